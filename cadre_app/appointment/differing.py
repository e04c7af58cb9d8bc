"""The difference between a form that was brought in and the growth file, field by field; what can be taken over of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.appointment.filling import CHINESE, family_row, fields_of
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.showing import text_of
from cadre_app.appointment.wording import LABELS
from cadre_app.people.models import Education, Relative
from cadre_app.people.writing.names import tidy_name
from cadre_app.people.writing.schooling import written_degree
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

# By the field of the form: the column of the person, and the table of its codes or "month".
IDENTITY = {
    "name": ("name", ""),
    "sex": ("sex", "sex"),
    "birth": ("birth_month", "month"),
    "ethnic_group": ("ethnic_group", "ethnic_group"),
    "native_place": ("native_place", ""),
    "birth_place": ("birth_place", ""),
    "work": ("work_month", "month"),
    "health": ("health", ""),
    "technical_post": ("technical_post", ""),
    "specialty": ("specialty", ""),
    "id_number": ("id_number", ""),
}
# What follows from records of its own: told, and entered there.
RECORDS = ("party", "post", "rewards", "assessments")
LEVELS = {"大学": "21", "大学本科": "21", "本科": "21", "大专": "31", "大学专科": "31", "中专": "41"}
POSTGRADUATE = {"博士": "11", "硕士": "14"}


@dataclass(frozen=True)
class Difference:
    """One field that differs. `values` are what is written where it is taken over (`may_take`), else `note` says why not."""

    key: str
    label: str
    ours: str
    theirs: str
    may_take: bool = True
    note: str = ""
    url: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """The file says nothing so far."""
        return not self.ours


def differences(user: "User", trainee: "Trainee", theirs: FormFields) -> list[Difference]:
    """What the form says and the file does not, in the order of the form; what the form leaves empty is no difference."""
    ours = fields_of(user, trainee)
    return [
        *_identity(ours, theirs),
        *_records(trainee, ours, theirs),
        *_education(user, trainee, ours, theirs),
        *_resume(ours, theirs, trainee),
        *_family(user, trainee, theirs),
    ]


def seen_as(found: Iterable[Difference]) -> str:
    """A digest of what was shown: whoever takes something over has read it as it is."""
    shown = repr([(one.key, one.ours, one.theirs, one.may_take) for one in found])
    return hashlib.sha256(shown.encode()).hexdigest()


def _identity(ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    for name, (column, table) in IDENTITY.items():
        text = getattr(theirs, name)
        if not text or text == getattr(ours, name):
            continue
        value, note = _value(text, column, table)
        label = str(LABELS[name])
        yield Difference(
            f"identity:{name}", label, text_of(ours, name), text_of(theirs, name),
            may_take=value is not None, note=note, values={column: value},
        )  # fmt: skip


def _value(text: str, column: str, table: str) -> tuple[Any, str]:
    """The value of a column, or None and why there is none."""
    if table == "month":
        month = dates.month_of(text)
        return month, "" if month is not None else _("This is no month that can be read.")
    if table:
        code = code_of(table, text)
        return code or None, "" if code else _("This is not among the words of the table.")
    return (tidy_name(text) if column == "name" else text), ""


def code_of(table: str, text: str) -> str:
    """The code of a word; endings such as 性 and 族 may be left out."""
    names = {name: code for code, name in codes.choices(table, language=CHINESE)}
    return names.get(text) or names.get(text.removesuffix("性")) or names.get(f"{text}族") or ""


def _records(trainee: "Trainee", ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    url = reverse("people:trainee_detail", kwargs={"pk": trainee.pk})
    for name in RECORDS:
        text = getattr(theirs, name)
        if text and text != getattr(ours, name):
            note = _("This comes from records of its own. Look whether one of them is missing.")
            if name == "party":
                note = _("The form knows the month alone. Enter the day in the file.")
                url = reverse("people:section_edit", kwargs={"pk": trainee.pk, "section": "party"})
            yield Difference(
                name, str(LABELS[name]), text_of(ours, name), text_of(theirs, name), may_take=False, note=note, url=url
            )


def _education(user: "User", trainee: "Trainee", ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    rows = Education.objects.visible_to(user).standing().filter(person=trainee.person_id)
    known = set(rows.values_list("mode", flat=True))
    for mode, prefix in ((Education.Mode.FULL_TIME, "full_time"), (Education.Mode.ON_THE_JOB, "on_job")):
        names = [f"{prefix}_{part}" for part in ("level", "degree", "school", "degree_school")]
        told = [getattr(theirs, name) for name in names]
        held = [getattr(ours, name) for name in names]
        if not told[0] or all(not text or text == other for text, other in zip(told, held, strict=True)):
            continue
        values = {
            "mode": str(mode), "level": _level(told[0], told[1]), "degree": _degree(told[1]),
            "school": (told[2] or told[3])[:60],
        }  # fmt: skip
        note = ""
        if mode in known:
            note = _("The file holds education of this kind already. Compare and correct it there.")
        elif not values["level"]:
            note = _("This is not among the words of the table.")
        yield Difference(
            f"education:{prefix}", str(LABELS[f"{prefix}_level"]), _said(held), _said(told), may_take=not note, note=note,
            url=reverse("people:trainee_detail", kwargs={"pk": trainee.pk}) + "#education", values=values,
        )  # fmt: skip


def _said(texts: list[str]) -> str:
    return "　".join(dict.fromkeys(text for text in texts if text))


def _level(level: str, degree: str) -> str:
    if level == "研究生":
        return next((code for word, code in POSTGRADUATE.items() if word in degree), "")
    return LEVELS.get(level, "")


def _degree(text: str) -> str:
    names = {written_degree(name): code for code, name in codes.choices("degree", language=CHINESE)}
    return names.get(text, "")


def _resume(ours: FormFields, theirs: FormFields, trainee: "Trainee") -> Iterator[Difference]:
    held = trainee.person.resume
    if theirs.resume and theirs.resume != held:
        yield Difference("resume", str(LABELS["resume"]), held, theirs.resume, values={"resume": theirs.resume})


def _family(user: "User", trainee: "Trainee", theirs: FormFields) -> Iterator[Difference]:
    rows = Relative.objects.visible_to(user).standing().filter(person=trainee.person_id)
    known = {tidy_name(row.name): row for row in rows.order_by("-created_at")}
    for number, row in enumerate(theirs.family):
        held = known.get(tidy_name(row.name))
        mine = family_row(held) if held is not None else FamilyRow()
        # What the form leaves empty stays as the file has it.
        told = replace(mine, **{name: text for name, text in vars(row).items() if text})
        if told == mine or not told.name:
            continue
        yield _relative(number, held, mine, told)


def _relative(number: int, held: Relative | None, mine: FamilyRow, told: FamilyRow) -> Difference:
    month: date | None = dates.month_of(told.birth)
    political = code_of("political_status", told.political) if told.political else ""
    values = {
        "relation": told.relation, "name": told.name, "birth_month": month, "political_status": political,
        "work": told.work[:100], "relative": str(held.pk) if held is not None else "",
    }  # fmt: skip
    lost = told.political and not political
    note = (
        _("“%(text)s” is not among the words of the table and is left out.") % {"text": told.political} if lost else ""
    )
    label = f"{LABELS['family']} {number + 1}"
    return Difference(f"family:{number}", label, _row(mine), _row(told), note=note, values=values)


def _row(row: FamilyRow) -> str:
    return "　".join(text for text in (row.relation, row.name, dates.shown(row.birth), row.political, row.work) if text)
