"""What must be true of a person's particulars, whoever enters them: the numbers, the codes, the order of the dates."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core import crypto
from cadre_app.core.days import add_months, add_years
from cadre_app.people.models import PartyStage, Person
from cadre_app.people.services.checks import refusal, refuse_before, refuse_future
from cadre_app.people.writing import id_numbers, phones
from cadre_app.people.writing.names import NOT_A_NAME, is_name, tidy_name
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Identity(TypedDict, total=False):
    """Months are days of that month; `id_number` None keeps the number that is known, "" takes it away."""

    sex: str
    birth_month: date | None
    ethnic_group: str
    native_place: str
    birth_place: str
    health: str
    id_number: str | None
    work_month: date | None
    specialty: str
    technical_post: str


class Contacts(TypedDict, total=False):
    """`phone` None keeps the number that is known, "" takes it away."""

    phone: str | None
    email: str


class Party(TypedDict, total=False):
    political_status: str
    party_stage: str
    party_applied_on: date | None
    party_activist_on: date | None
    party_candidate_on: date | None
    party_joined_on: date | None
    party_extended_to: date | None
    party_full_on: date | None
    party_full_why: str


class Particulars(Identity, Contacts, Party, total=False):
    """Everything that may be entered about a person besides the name."""

    resume: str


IDENTITY = tuple(Identity.__annotations__)
CONTACTS = tuple(Contacts.__annotations__)
PARTY = tuple(Party.__annotations__)

TABLES = {"sex": "sex", "ethnic_group": "ethnic_group", "political_status": "political_status"}
PARTY_DATES = ("party_applied_on", "party_activist_on", "party_candidate_on", "party_joined_on", "party_full_on")
MEMBER, PROBATIONARY_MEMBER = "01", "02"
STAGE_OF = {MEMBER: PartyStage.FULL, PROBATIONARY_MEMBER: PartyStage.PROBATIONARY}
STATUS_OF = {stage: status for status, stage in STAGE_OF.items()}
EARLIEST = date(1900, 1, 1)
YOUNGEST_WORKER = 14
SHORTEST_EXTENSION, LONGEST_EXTENSION = 6, 12


def plain_name(name: str) -> str:
    """A full name as `tidy_name` writes it; raises ValidationError on `name` for nothing, and for more than a name."""
    found = tidy_name(name)
    if not found:
        raise refusal("name", _("Please fill this in."), code="required")
    if not is_name(found):
        raise refusal("name", NOT_A_NAME, code="no_name")
    return found


def set_values(person: Person, values: Mapping[str, object], allowed: tuple[str, ...]) -> None:
    """Write `values` on an unsaved or locked person; TypeError for a name that does not belong here."""
    strangers = set(values) - set(allowed)
    if strangers:
        raise TypeError(f"unexpected: {sorted(strangers)}")
    for name, value in values.items():
        if value is None and name in ("id_number", "phone"):
            continue
        setattr(person, name, value)


def check_identity(person: Person, *, before: Person | None, actor: "User | None", may_be_taken: bool = False) -> None:
    """Complete and check identity on a person not yet saved; `before` holds the values so far.

    Month and sex are filled from the ID number where they are empty. Raises ValidationError by field, also for an ID
    number of somebody else unless it `may_be_taken`.
    """
    for field in ("birth_month", "work_month"):
        month = getattr(person, field)
        if month is not None:
            setattr(person, field, month.replace(day=1))
            refuse_future(field, month.replace(day=1))
            refuse_before(field, month, EARLIEST, _("No month before 1900 can be entered here."))
    for field in ("sex", "ethnic_group"):
        _check_code(person, field, before)
    if before is None or person.id_number != before.id_number:
        _take_number(person)
        if person.id_digest and not may_be_taken:
            _refuse_taken(person, actor)
    if person.id_number:
        _agree_with_number(person)
    if person.birth_month is not None and person.work_month is not None:
        earliest = add_years(person.birth_month, YOUNGEST_WORKER)
        refuse_before("work_month", person.work_month, earliest, _("This is before the fourteenth birthday."))


def check_contacts(person: Person, *, before: Person | None) -> None:
    """A phone number in its one form; numbers that were there before are let be."""
    if person.phone and (before is None or person.phone != before.phone):
        try:
            person.phone = phones.check(person.phone)
        except ValidationError as error:
            raise ValidationError({"phone": error}) from error


def check_party(person: Person, *, before: Person | None) -> None:
    """Affiliation, stage and dates that fit together (code 01 ⇔ full, 02 ⇔ probationary member).

    Each of affiliation and stage follows from the other where it is empty. Raises ValidationError by field.
    """
    _check_code(person, "political_status", before)
    if not person.party_stage and person.political_status in STAGE_OF:
        person.party_stage = STAGE_OF[person.political_status]
    if not person.political_status and person.party_stage in STATUS_OF:
        person.political_status = STATUS_OF[PartyStage(person.party_stage)]
    wanted = STAGE_OF.get(person.political_status)
    is_member_stage = person.party_stage in STATUS_OF
    if person.party_stage != (wanted or person.party_stage) or (is_member_stage and wanted is None):
        raise refusal("party_stage", _("Stage and political affiliation contradict each other."), code="contradiction")
    _check_party_dates(person)


def _check_party_dates(person: Person) -> None:
    last: tuple[str, date] | None = None
    for field in PARTY_DATES:
        day = getattr(person, field)
        if day is None:
            continue
        refuse_future(field, day)
        refuse_before(field, day, EARLIEST, _("No day before 1900 can be entered here."))
        if last is not None and day < last[1]:
            known = {"step": label_of(last[0]), "day": formats.date_format(last[1])}
            raise refusal(field, _("This lies before “%(step)s” (%(day)s).") % known, code="order")
        last = (field, day)
    _check_steps_of_members(person)
    _check_extension(person)
    if person.party_stage == PartyStage.PROBATIONARY and person.party_joined_on is None:
        raise refusal("party_joined_on", _("Enter when the branch meeting admitted the person."), code="required")
    _check_year(person)


def _check_steps_of_members(person: Person) -> None:
    reached = (PartyStage.PROBATIONARY, PartyStage.FULL)
    if person.party_joined_on is not None and person.party_stage not in reached:
        raise refusal("party_joined_on", _("Only members have been admitted. Check the stage."), code="stage")
    if person.party_full_on is not None and person.party_stage != PartyStage.FULL:
        raise refusal("party_full_on", _("Only full members have this date. Check the stage."), code="stage")


def _check_year(person: Person) -> None:
    """预备期一年 Whoever became a full member before it was over is an exception, with a reason."""
    joined_on, full_on = person.party_joined_on, person.party_full_on
    is_early = joined_on is not None and full_on is not None and full_on < add_years(joined_on, 1)
    if is_early and not person.party_full_why and joined_on is not None:
        known = {"day": formats.date_format(add_years(joined_on, 1))}
        message = _("The year of probation is over on %(day)s. Correct the day, or say why it was earlier.")
        raise refusal("party_full_on", message % known, code="too_early")
    if person.party_full_why and not is_early:
        message = _("This is said only of who became a full member before the year of probation was over.")
        raise refusal("party_full_why", message, code="not_early")


def _check_extension(person: Person) -> None:
    """延长预备期 Once, by 6 to 12 months after the year of probation."""
    joined_on, extended_to = person.party_joined_on, person.party_extended_to
    if extended_to is None:
        return
    if joined_on is None:
        raise refusal("party_extended_to", _("Enter first when the branch meeting admitted the person."), code="order")
    first, last = add_months(joined_on, 12 + SHORTEST_EXTENSION), add_months(joined_on, 12 + LONGEST_EXTENSION)
    if not first <= extended_to <= last:
        known = {"first": formats.date_format(first), "last": formats.date_format(last)}
        message = _("It is extended once, by 6 to 12 months: until a day from %(first)s to %(last)s.")
        raise refusal("party_extended_to", message % known, code="extension")
    if person.party_full_on is not None and person.party_full_on < extended_to:
        known = {"day": formats.date_format(extended_to)}
        raise refusal("party_full_on", _("The probation was extended until %(day)s.") % known, code="order")


def label_of(field: str) -> str:
    """The name of a column of Person in the viewer's language."""
    return str(getattr(Person._meta.get_field(field), "verbose_name", field))


def _check_code(person: Person, field: str, before: Person | None) -> None:
    keep = getattr(before, field) if before is not None else ""
    check_code(field, TABLES[field], getattr(person, field), keep=keep)


def check_code(field: str, table: str, code: str, *, keep: str = "") -> None:
    """Empty or a code in use of `table`; `keep` is one that the record had before. Raises ValidationError on `field`."""
    if code and code != keep and code not in dict(codes.choices(table)):
        raise refusal(field, _("This is not one of the choices."), code="unknown_code")


def _take_number(person: Person) -> None:
    """The number in its one form with its digest; raises ValidationError on `id_number`."""
    if not person.id_number:
        person.id_number = person.id_digest = ""
        return
    try:
        person.id_number = id_numbers.check(person.id_number)
    except ValidationError as error:
        raise ValidationError({"id_number": error}) from error
    person.id_digest = crypto.digest(person.id_number)


def _refuse_taken(person: Person, actor: "User | None") -> None:
    same = Person.objects.standing().filter(id_digest=person.id_digest).exclude(pk=person.pk)
    if same.exists():
        raise refusal("id_number", taken_text(person, actor), code="taken")


def taken_text(person: Person, actor: "User | None") -> str:
    """Whose number it is, to those who may see that person; to others only that it is taken."""
    seen = Person.objects.visible_to(actor) if actor is not None else Person.objects.all()
    other = (
        seen.standing()
        .filter(id_digest=person.id_digest)
        .exclude(pk=person.pk)
        .select_related("trainee__home_unit")
        .first()
    )
    if other is None:
        return _("This ID number belongs to somebody who is already entered outside your scope.")
    trainee = getattr(other, "trainee", None)
    if trainee is None:
        return _("This ID number belongs to %(name)s, who is already entered.") % {"name": other.name}
    known = {"name": other.name, "unit": trainee.home_unit.name, "number": trainee.file_number}
    return _("This ID number belongs to %(name)s of %(unit)s, file %(number)s.") % known


def _agree_with_number(person: Person) -> None:
    month = id_numbers.birth_day(person.id_number).replace(day=1)
    sex = id_numbers.sex_code(person.id_number)
    person.birth_month = person.birth_month or month
    person.sex = person.sex or sex
    if person.birth_month != month:
        known = {"month": formats.date_format(month, "YEAR_MONTH_FORMAT")}
        raise refusal("birth_month", _("The ID number says %(month)s.") % known, code="id_number")
    if person.sex in ("1", "2") and person.sex != sex:
        known = {"sex": codes.label("sex", sex)}
        raise refusal("sex", _("The ID number says %(sex)s.") % known, code="id_number")
