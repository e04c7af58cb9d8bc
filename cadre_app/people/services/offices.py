"""Offices and who holds them: one holder at a time, entered once they have taken office."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people import permissions
from cadre_app.people.models import Office, OfficeHolding, Person
from cadre_app.people.services.checks import clean, refusal, refuse_future, refuse_standing
from cadre_app.people.services.persons import create_somebody

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def create_office(
    *,
    unit: Unit,
    name: str,
    order: int = 0,
    is_political_source: bool = False,
    is_community_source: bool = False,
    actor: "User | None",
) -> Office:
    """Add an office to a unit; `actor` is None only at installation.

    Raises ValidationError by field: unit out of scope, name taken, another office is that source of mentors already.
    """
    _check_scope(unit, actor)
    office = Office(unit=unit, name=name, order=order)
    office.is_political_source, office.is_community_source = is_political_source, is_community_source
    with history.change(office, actor=actor, verb="people.office.created"):
        clean(office)
        office.save()
    return office


@transaction.atomic
def change_office(
    office: Office,
    *,
    name: str,
    order: int,
    is_political_source: bool,
    is_community_source: bool,
    version: int | None = None,
    actor: "User",
) -> Office:
    """Change what is written about an office. Raises Stale, or ValidationError as `create_office` does."""
    office = _lock_standing(office, version)
    with history.change(office, actor=actor, verb="people.office.changed"):
        office.name, office.order = name, order
        office.is_political_source, office.is_community_source = is_political_source, is_community_source
        clean(office)
        office.save()
    return office


@transaction.atomic
def void_office(office: Office, *, reason: str, version: int | None = None, actor: "User") -> Office:
    """Void an office entered by mistake; raises ValidationError while a holder of it stands in the records."""
    office = _lock_standing(office, version)
    if office.holdings.filter(voided_at=None).exists():
        message = _("Holders are recorded for this office. Void them first, or leave the office vacant.")
        raise ValidationError(message, code="has_holders")
    history.void(office, actor=actor, reason=reason, version=version)
    return Office.objects.get(pk=office.pk)


@transaction.atomic
def restore_office(office: Office, *, reason: str = "", version: int | None = None, actor: "User") -> Office:
    """Undo `void_office`; raises ValidationError if its name or its source of mentors is taken meanwhile."""
    office = Office.objects.lock(office.pk, version)
    if office.unit.is_voided:
        raise ValidationError(_("The unit of this office is voided. Restore the unit first."), code="voided_unit")
    history.restore(office, actor=actor, reason=reason, version=version)
    return Office.objects.get(pk=office.pk)


@transaction.atomic
def appoint(
    office: Office,
    *,
    person: Person,
    since: date,
    document_number: str = "",
    ends_predecessor: bool = False,
    version: int | None = None,
    actor: "User | None",
) -> OfficeHolding:
    """Record that `person` took the office on `since` (local date, not in the future).

    `ends_predecessor` sets the last day of whoever holds it to the day before. Raises Stale for an old `version` of
    the office; ValidationError by field, on `ends_predecessor` when somebody holds it and was not to be ended.
    """
    person = Person.objects.lock(person.pk)
    office = _lock_standing(office, version)
    _check_scope(office.unit, actor)
    if person.is_voided:
        raise refusal("person", _("This person is voided. Choose somebody else."), code="voided_person")
    refuse_future("since", since)
    _end_predecessor(office, person, since, ends_predecessor=ends_predecessor, actor=actor)
    holding = OfficeHolding(office=office, person=person, since=since, document_number=document_number)
    with history.change(holding, actor=actor, verb="people.officeholding.started"):
        clean(holding)
        holding.save()
    return holding


@transaction.atomic
def appoint_somebody(
    office: Office,
    *,
    person: Person | None = None,
    name: str = "",
    is_namesake: bool = False,
    phone: str = "",
    since: date,
    document_number: str = "",
    ends_predecessor: bool = False,
    version: int | None = None,
    actor: "User",
) -> OfficeHolding:
    """As `appoint`; without a `person` one of this `name` is entered first.

    Raises ValidationError on `name` (NAMESAKE) when `actor` sees somebody of this name, unless `is_namesake`.
    """
    if person is None:
        person = create_somebody(name=name, is_namesake=is_namesake, phone=phone, actor=actor)
    return appoint(
        office,
        person=person,
        since=since,
        document_number=document_number,
        ends_predecessor=ends_predecessor,
        version=version,
        actor=actor,
    )


@transaction.atomic
def change_holding(
    holding: OfficeHolding,
    *,
    since: date,
    until: date | None,
    document_number: str = "",
    version: int | None = None,
    actor: "User",
) -> OfficeHolding:
    """Correct the days or the document of a holding. Raises Stale, or ValidationError by field."""
    holding = _lock_holding(holding, version)
    refuse_future("since", since)
    with history.change(holding, actor=actor, verb="people.officeholding.changed"):
        holding.since, holding.document_number = since, document_number
        _set_until(holding, until)
        holding.save()
    return holding


@transaction.atomic
def end_holding(
    holding: OfficeHolding, *, until: date, reason: str = "", version: int | None = None, actor: "User | None"
) -> OfficeHolding:
    """Record the last day in the office (local date, not in the future). Raises Stale, ValidationError by field."""
    holding = _lock_holding(holding, version)
    if holding.until is not None:
        raise ValidationError(_("The last day in this office is already recorded."), code="already_ended")
    with history.change(holding, actor=actor, verb="people.officeholding.ended", reason=reason):
        _set_until(holding, until)
        holding.save()
    return holding


@transaction.atomic
def void_holding(holding: OfficeHolding, *, reason: str, version: int | None = None, actor: "User") -> OfficeHolding:
    """Void a holding entered by mistake."""
    holding = _lock_holding(holding, version)
    history.void(holding, actor=actor, reason=reason, version=version)
    return OfficeHolding.objects.get(pk=holding.pk)


@transaction.atomic
def restore_holding(
    holding: OfficeHolding, *, reason: str = "", version: int | None = None, actor: "User"
) -> OfficeHolding:
    """Undo `void_holding`. Raises Stale; ValidationError for a voided office, or if another holds it in those days."""
    holding = _lock_holding(holding, version, voided=True)
    if holding.office.is_voided:
        raise ValidationError(_("This office is voided."), code="voided_office")
    history.restore(holding, actor=actor, reason=reason)
    return OfficeHolding.objects.get(pk=holding.pk)


@transaction.atomic
def reopen_holding(
    holding: OfficeHolding, *, reason: str = "", version: int | None = None, actor: "User"
) -> OfficeHolding:
    """Take the last day back: the person holds the office on. Raises Stale; ValidationError if somebody followed."""
    holding = _lock_holding(holding, version)
    if holding.until is None:
        raise ValidationError(_("No last day in this office is recorded."), code="not_ended")
    with history.change(holding, actor=actor, verb="people.officeholding.reopened", reason=reason):
        _set_until(holding, None)
        holding.save()
    return holding


def holder_now(office: Office) -> OfficeHolding | None:
    """Whoever holds the office without a last day."""
    return OfficeHolding.objects.current().filter(office=office).select_related("person").first()


def _end_predecessor(
    office: Office, person: Person, since: date, *, ends_predecessor: bool, actor: "User | None"
) -> None:
    current = holder_now(office)
    if current is None:
        return
    known = {"name": current.person.name, "day": formats.date_format(current.since, "DATE_FORMAT")}
    if current.person_id == person.pk:
        message = _("%(name)s already holds this office, since %(day)s.") % known
        raise refusal("person", message, code="already_holds")
    if current.since >= since:
        message = _("%(name)s holds this office since %(day)s; a successor follows after that day.") % known
        raise refusal("since", message, code="before_predecessor")
    if not ends_predecessor:
        message = _("%(name)s holds this office since %(day)s. Tick this box, or enter their last day first.") % known
        raise refusal("ends_predecessor", message, code="has_holder")
    end_holding(current, until=since - timedelta(days=1), actor=actor)


def _set_until(holding: OfficeHolding, until: date | None) -> None:
    """The database cannot even build a period that ends before it starts, so that is asked first."""
    if until is not None:
        refuse_future("until", until)
        if until < holding.since:
            raise refusal("until", _("An office cannot be left before it was taken."), code="before_start")
    holding.until = until
    clean(holding)


def _lock_standing(office: Office, version: int | None) -> Office:
    office = Office.objects.lock(office.pk, version)
    if office.is_voided:
        raise ValidationError(_("This office is voided."), code="voided")
    return office


def _lock_holding(holding: OfficeHolding, version: int | None, *, voided: bool = False) -> OfficeHolding:
    """Person, then office, then the holding itself, as `appoint` locks them."""
    person = Person.objects.lock(holding.person_id)
    office = Office.objects.lock(holding.office_id)
    holding = OfficeHolding.objects.lock(holding.pk, version)
    if voided:
        refuse_standing(holding)
    elif holding.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    holding.person, holding.office = person, office
    return holding


def _check_scope(unit: Unit, actor: "User | None") -> None:
    if actor is not None and not permissions.can_manage_offices(actor, unit):
        raise refusal("unit", _("This unit is outside your own scope."), code="out_of_scope")
