"""Persons: entering them, and the sections of what is known about them."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cadre_app.core import crypto
from cadre_app.history import services as history
from cadre_app.people import id_numbers, phones
from cadre_app.people.models import PartyStage, Person, Trainee
from cadre_app.people.resume import check as check_resume
from cadre_app.people.services.checks import clean, refusal, refuse_future
from cadre_app.people.services.naming import give_name, keep_stroke_key

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FULL_MEMBER, PROBATIONARY_MEMBER = "01", "02"
PARTY_DAYS = ("party_applied_on", "party_activist_on", "party_candidate_on", "party_joined_on", "party_full_on")
# The day that each stage needs to have come, as far as it is known.
LAST_DAY_OF_STAGE = {
    "": None,
    PartyStage.APPLICANT: "party_applied_on",
    PartyStage.ACTIVIST: "party_activist_on",
    PartyStage.CANDIDATE: "party_candidate_on",
    PartyStage.PROBATIONARY: "party_joined_on",
    PartyStage.FULL: "party_full_on",
}


@transaction.atomic
def create_person(
    *,
    name: str,
    sex: str = "",
    birth_month: date | None = None,
    ethnic_group: str = "",
    native_place: str = "",
    birth_place: str = "",
    health: str = "",
    id_number: str = "",
    phone: str = "",
    email: str = "",
    actor: "User | None",
) -> Person:
    """Enter a person; sex and month of birth follow from the ID number where they are not given.

    Raises ValidationError by field: a number that does not check out, contradicts the rest or is somebody else's.
    """
    person = Person(native_place=native_place, birth_place=birth_place, health=health, email=email)
    person.ethnic_group = ethnic_group
    give_name(person, name)
    person.phone = _phone(phone)
    _identify(person, sex=sex, birth_month=birth_month, id_number=id_number, actor=actor)
    with history.change(person, actor=actor, verb="people.person.created"):
        clean(person)
        person.save()
    return person


@transaction.atomic
def change_identity(
    person: Person,
    *,
    name: str,
    sex: str,
    birth_month: date | None,
    ethnic_group: str,
    native_place: str,
    birth_place: str,
    health: str,
    id_number: str | None = None,
    work_month: date | None = None,
    specialty: str = "",
    technical_post: str = "",
    version: int | None = None,
    actor: "User",
) -> Person:
    """Change who a person is; `id_number` None leaves the number as it is. Raises Stale, ValidationError by field."""
    person = lock_person(person, version)
    with history.change(person, actor=actor, verb="people.person.identity_changed"):
        give_name(person, name)
        person.ethnic_group, person.native_place, person.birth_place = ethnic_group, native_place, birth_place
        person.health, person.specialty, person.technical_post = health, specialty, technical_post
        number = person.id_number if id_number is None else id_number
        _identify(person, sex=sex, birth_month=birth_month, id_number=number, actor=actor)
        if work_month is not None:
            refuse_future("work_month", work_month)
        person.work_month = work_month
        clean(person)
        person.save()
    keep_stroke_key(person)
    return person


@transaction.atomic
def change_contacts(
    person: Person, *, phone: str | None = None, email: str = "", version: int | None = None, actor: "User"
) -> Person:
    """Change phone (None leaves it as it is) and e-mail. Raises Stale, ValidationError by field."""
    person = lock_person(person, version)
    with history.change(person, actor=actor, verb="people.person.contacts_changed"):
        person.phone = person.phone if phone is None else _phone(phone)
        person.email = email
        clean(person)
        person.save(update_fields=["phone", "email", "updated_at"])
    return person


@transaction.atomic
def change_party(
    person: Person,
    *,
    political_status: str,
    party_stage: str = "",
    party_applied_on: date | None = None,
    party_activist_on: date | None = None,
    party_candidate_on: date | None = None,
    party_joined_on: date | None = None,
    party_full_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Person:
    """Change political affiliation and the days of Party membership (PRODUCT.md, "Party membership").

    Code 01 and the stage of full members go together, as do 02 and probationary members; an empty stage follows from
    the code. Days stand in order and have come. Raises Stale, ValidationError by field.
    """
    person = lock_person(person, version)
    with history.change(person, actor=actor, verb="people.person.party_changed"):
        person.political_status, person.party_stage = political_status, party_stage or stage_of(political_status)
        person.party_applied_on, person.party_activist_on = party_applied_on, party_activist_on
        person.party_candidate_on, person.party_joined_on = party_candidate_on, party_joined_on
        person.party_full_on = party_full_on
        check_party(person)
        clean(person)
        person.save()
    return person


@transaction.atomic
def change_resume(person: Person, *, resume: str, version: int | None = None, actor: "User") -> Person:
    """Write the résumé anew, in the lines of the appointment form. Raises Stale, ValidationError naming the line."""
    person = lock_person(person, version)
    with history.change(person, actor=actor, verb="people.person.resume_changed"):
        try:
            person.resume = check_resume(resume) if resume.strip() else ""
        except ValidationError as error:
            raise ValidationError({"resume": error}) from error
        person.save(update_fields=["resume", "updated_at"])
    return person


def stage_of(political_status: str) -> str:
    """The Party stage that a code of political affiliation implies; empty for all others."""
    return {FULL_MEMBER: PartyStage.FULL.value, PROBATIONARY_MEMBER: PartyStage.PROBATIONARY.value}.get(
        political_status, ""
    )


def check_party(person: Person) -> None:
    """Raise ValidationError by field where affiliation, stage and days contradict each other."""
    implied = stage_of(person.political_status)
    if implied != (person.party_stage if person.party_stage in (PartyStage.FULL, PartyStage.PROBATIONARY) else ""):
        message = _("Full members have the stage “full member”, probationary members “probationary member”.")
        raise refusal("party_stage", message, code="party_stage")
    allowed = list(LAST_DAY_OF_STAGE).index(person.party_stage)
    earlier: date | None = None
    for place, name in enumerate(PARTY_DAYS, start=1):
        day = getattr(person, name)
        if day is None:
            continue
        if place > allowed:
            raise refusal(name, _("This day belongs to a later stage. Choose that stage."), code="later_stage")
        refuse_future(name, day)
        if earlier is not None and day < earlier:
            raise refusal(name, _("The days of Party membership stand in order."), code="order")
        earlier = day


def lock_person(person: Person, version: int | None = None) -> Person:
    """The person, locked, whose file is open. Raises Stale; ValidationError for a voided person or a closed file."""
    locked = Person.objects.lock(person.pk, version)
    closed = Q(departed_on__isnull=False) | Q(voided_at__isnull=False)
    if locked.is_voided or Trainee.objects.filter(closed, person=locked).exists():
        raise ValidationError(_("This growth file is closed: it can be read, no longer changed."), code="read_only")
    return locked


def _phone(text: str) -> str:
    try:
        return phones.check(text) if text.strip() else ""
    except ValidationError as error:
        raise ValidationError({"phone": error}) from error


def _identify(person: Person, *, sex: str, birth_month: date | None, id_number: str, actor: "User | None") -> None:
    """Set number, sex and month of birth so that they agree."""
    try:
        number = id_numbers.check(id_number) if id_number.strip() else ""
    except ValidationError as error:
        raise ValidationError({"id_number": error}) from error
    if number:
        born = id_numbers.birth_day(number).replace(day=1)
        if birth_month is not None and birth_month.replace(day=1) != born:
            raise refusal("birth_month", _("The ID number says another month of birth."), code="birth_month")
        if sex and sex != id_numbers.sex_code(number):
            raise refusal("sex", _("The ID number says another sex."), code="sex")
        birth_month, sex = born, sex or id_numbers.sex_code(number)
    if birth_month is not None:
        refuse_future("birth_month", birth_month)
    person.sex = sex
    person.birth_month = birth_month.replace(day=1) if birth_month is not None else None
    person.id_number, person.id_digest = number, crypto.digest(number) if number else ""
    if number:
        _refuse_taken(person, actor)


def _refuse_taken(person: Person, actor: "User | None") -> None:
    """Name the other holder of the number only to those who see them."""
    same = Person.objects.standing().filter(id_digest=person.id_digest).exclude(pk=person.pk)
    other = same.first()
    if other is None:
        return
    visible = actor is not None and Person.objects.visible_to(actor).filter(pk=other.pk).exists()
    if not visible:
        message = _("This ID number belongs to somebody who is already entered.")
        raise refusal("id_number", message, code="taken")
    trainee = Trainee.objects.select_related("home_unit").filter(person=other).first()
    where = trainee.home_unit.name if trainee is not None else _("holder of an office")
    message = _("This ID number belongs to %(name)s (%(unit)s).") % {"name": other.name, "unit": where}
    raise refusal("id_number", message, code="taken")
