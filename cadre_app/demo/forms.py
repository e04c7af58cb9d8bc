"""One appointment form that is being prepared on the as-of day, of somebody whose family is declared."""

from dataclasses import replace
from datetime import date

from cadre_app.accounts.models import User
from cadre_app.appointment.services import drafts
from cadre_app.people.models import Trainee
from cadre_app.people.services import family

WHOSE = "陈嘉穗"
RELATIVES = (
    ("父亲", "陈望海", date(1971, 3, 1), "13", "临澜市第二中学教师"),
    ("母亲", "周念慈", date(1973, 5, 1), "01", "望屿区医院主管护师（退休）"),
)


def load_forms(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """A draft with the reason typed, which still lacks what the file does not say."""
    staff, trainee = users["staff"], files[WHOSE]
    for relation, name, birth_month, status, work in RELATIVES:
        family.add_relative(
            trainee.person, relation=relation, name=name, birth_month=birth_month, political_status=status, work=work,
            actor=staff,
        )  # fmt: skip
    draft = drafts.make_draft(trainee, actor=staff)
    fields = replace(draft.fields(), reason="工作需要", age_day=f"{as_of:%Y%m%d}", filled_in=f"{as_of:%Y%m}")
    drafts.edit_draft(draft, fields=fields, actor=staff)
