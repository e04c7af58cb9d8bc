"""A proposal line by line: what was recorded when it was made, what is recorded now, what is proposed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.people.models import Education, PartyStage, Person, Proposal
from cadre_app.people.services.proposals import EDUCATION, body_of, from_json
from cadre_app.people.writing import id_numbers, phones
from cadre_app.policy import codes

MASKS = {"id_number": id_numbers.masked, "phone": phones.masked}
TABLES = {
    "sex": "sex",
    "ethnic_group": "ethnic_group",
    "political_status": "political_status",
    "level": "education",
    "degree": "degree",
}
CHOICES = {"party_stage": PartyStage, "mode": Education.Mode}
HIDDEN_NUMBER = "****"
MONTHS = Person.month_fields | Education.month_fields


@dataclass(frozen=True)
class Line:
    """One field in words. While the proposal waits: `moved` where the record changed after it was made, `same` where
    it has the proposed value by now, neither told of numbers that are hidden. Numbers are masked. `taken`: None until
    answered.
    """

    name: str
    label: str
    then: str
    now: str
    proposed: str
    moved: bool
    same: bool
    is_number: bool
    is_masked: bool
    taken: bool | None


def lines_of(proposal: Proposal, person: Person, *, sees_numbers: bool) -> list[Line]:
    """Every field of the proposal beside what is recorded about `person` now."""
    found = body_of(proposal)
    return [_line(proposal, person, name, pair, sees_numbers=sees_numbers) for name, pair in found.items()]


def shown_value(name: str, value: Any, *, sees_numbers: bool = True) -> str:
    """A value of a section in words, in the viewer's language; numbers masked, or only that there is one."""
    if value in (None, ""):
        return ""
    if name in MASKS:
        return MASKS[name](str(value)) if sees_numbers else HIDDEN_NUMBER
    if name in TABLES:
        return codes.label(TABLES[name], str(value))
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value))
    if isinstance(value, date):
        return formats.date_format(value, "YEAR_MONTH_FORMAT" if name in MONTHS else "DATE_FORMAT")
    return str(value)


def _line(proposal: Proposal, person: Person, name: str, pair: list[Any], *, sees_numbers: bool) -> Line:
    then, proposed = (from_json(proposal.section, name, value) for value in pair[:2])
    is_new = proposal.section == EDUCATION
    waits = proposal.status == Proposal.Status.WAITING and not is_new
    now = None if is_new else getattr(person, name)
    model = Education if is_new else Person
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    is_compared = waits and (sees_numbers or name not in MASKS)
    return Line(
        name=name,
        label=label,
        then=shown_value(name, then, sees_numbers=sees_numbers),
        now=shown_value(name, now, sees_numbers=sees_numbers),
        proposed=shown_value(name, proposed, sees_numbers=sees_numbers) or _("(empty)"),
        moved=is_compared and now != then,
        same=is_compared and now == proposed,
        is_number=name in MASKS,
        is_masked=name in MASKS and bool(proposed),
        taken=pair[2] if len(pair) > 2 else None,  # noqa: PLR2004
    )
