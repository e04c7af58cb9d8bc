"""走访慰问: planned for one or many, changed, recorded, cancelled, taken up again, closed, voided."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import CareVisit, Problem, VisitState
from cadre_app.care.models.visits import DESCRIBING, FAMILY_CHANGE, OCCASIONS
from cadre_app.care.policies import VISIT_MOST
from cadre_app.care.services.checks import PLANNED_AHEAD, check_held, check_worker, workers_for
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_before, refuse_standing
from cadre_app.policy import codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cadre_app.accounts.models import User

MOST = 500


@transaction.atomic
def plan_visit(
    trainee: Trainee,
    *,
    occasion: str,
    subject: str = "",
    planned_on: date,
    place: str = "",
    visitor: "User",
    companions: str = "",
    actor: "User",
) -> CareVisit:
    """Plan a visit to one person. Raises ValidationError by field."""
    visit = CareVisit(trainee=lock_open_file(trainee.pk))
    with history.change(visit, actor=actor, verb="care.carevisit.planned"):
        check_ahead(planned_on)
        visit.planned_on = planned_on
        given = {"occasion": occasion, "subject": subject, "place": place, "visitor": visitor, "companions": companions}
        _set(visit, given)
        visit.save(force_insert=True)
    return visit


@transaction.atomic
def plan_visits_many(
    trainees: "Iterable[Trainee]",
    *,
    occasion: str,
    subject: str = "",
    planned_on: date,
    place: str = "",
    visitor: "User",
    companions: str = "",
    actor: "User",
) -> list[CareVisit]:
    """批量安排 One visit for each of `trainees` (already narrowed to what `actor` works on), e.g. before a holiday.

    Whoever has one planned for the same occasion is left out. Raises ValidationError by field.
    """
    check_ahead(planned_on)
    files = list(trainees)
    list(Trainee.objects.select_for_update().filter(pk__in=[file.pk for file in files]).order_by("pk"))
    waiting = CareVisit.objects.standing().filter(state=VisitState.PLANNED, occasion=occasion)
    there = set(waiting.filter(trainee__in=[file.pk for file in files]).values_list("trainee_id", flat=True))
    wanted = {file.pk: file for file in files if file.pk not in there}
    if not wanted:
        raise ValidationError(_("Nobody is left: each of them has such a visit planned already."), code="nobody")
    refused = [file.person.name for file in wanted.values() if not workers_for(file).filter(pk=visitor.pk).exists()]
    if refused:
        message = _("%(visitor)s may not visit %(names)s. Choose somebody else or plan these one by one.")
        names = {"visitor": visitor.display_name, "names": _(", ").join(refused[:5])}
        raise refusal("visitor", message % names, code="not_a_worker")
    given = {"occasion": occasion, "subject": subject, "place": place, "visitor": visitor, "companions": companions}
    visits = [CareVisit(trainee=file, planned_on=planned_on, **given) for file in wanted.values()]
    _check_occasion(visits[0])
    clean(visits[0])
    CareVisit.objects.bulk_create(visits)
    history.record_created_many(visits, actor=actor, verb="care.carevisit.planned")
    return visits


@transaction.atomic
def change_visit(
    visit: CareVisit,
    *,
    occasion: str,
    subject: str = "",
    planned_on: date | None = None,
    place: str = "",
    visitor: "User",
    companions: str = "",
    version: int | None = None,
    actor: "User",
) -> CareVisit:
    """Change a visit that is planned, or correct one that was made. Raises Stale, or ValidationError by field."""
    visit = lock_visit(visit, version)
    require_state(visit, (VisitState.PLANNED, VisitState.HELD))
    with history.change(visit, actor=actor, verb="care.carevisit.changed"):
        if visit.state == VisitState.PLANNED and planned_on is not None and planned_on != visit.planned_on:
            check_ahead(planned_on)
            visit.planned_on = planned_on
        given = {"occasion": occasion, "subject": subject, "place": place, "visitor": visitor, "companions": companions}
        _set(visit, given)
        visit.save()
    return visit


@transaction.atomic
def record_visit(
    visit: CareVisit,
    *,
    held_on: date,
    place: str = "",
    visitor: "User",
    companions: str = "",
    brought: str = "",
    amount: Decimal | None = None,
    basis: str = "",
    summary: str = "",
    version: int | None = None,
    actor: "User",
) -> CareVisit:
    """登记走访 It was made, or what was recorded of it is corrected. Raises Stale, or ValidationError by field."""
    visit = lock_visit(visit, version)
    require_state(visit, (VisitState.PLANNED, VisitState.HELD))
    given = {"held_on": held_on, "place": place, "visitor": visitor, "companions": companions, "brought": brought}
    return _record(visit, given | {"amount": amount, "basis": basis, "summary": summary}, actor=actor)


@transaction.atomic
def add_held_visit(
    trainee: Trainee,
    *,
    occasion: str,
    subject: str = "",
    held_on: date,
    place: str = "",
    visitor: "User",
    companions: str = "",
    brought: str = "",
    amount: Decimal | None = None,
    basis: str = "",
    summary: str = "",
    actor: "User",
) -> CareVisit:
    """Record a visit that nobody had planned. Raises ValidationError by field."""
    visit = CareVisit(trainee=lock_open_file(trainee.pk), planned_on=held_on, occasion=occasion, subject=subject)
    given = {"held_on": held_on, "place": place, "visitor": visitor, "companions": companions, "brought": brought}
    return _record(visit, given | {"amount": amount, "basis": basis, "summary": summary}, actor=actor)


@transaction.atomic
def cancel_visit(visit: CareVisit, *, reason: str, version: int | None = None, actor: "User") -> CareVisit:
    """取消（注明原因） One that was not made yet. Raises Stale, ValidationError."""
    visit = lock_visit(visit, version)
    require_state(visit, (VisitState.PLANNED,))
    with history.change(visit, actor=actor, verb="care.carevisit.cancelled"):
        visit.state, visit.cancel_reason = VisitState.CANCELLED, reason
        clean(visit)
        visit.save()
    return visit


@transaction.atomic
def reopen_visit(visit: CareVisit, *, reason: str, version: int | None = None, actor: "User") -> CareVisit:
    """A cancelled one is planned again, a closed one counts as made. Raises Stale, ValidationError."""
    visit = lock_visit(visit, version)
    require_state(visit, (VisitState.CANCELLED, VisitState.CLOSED))
    with history.change(visit, actor=actor, verb="care.carevisit.reopened", reason=reason):
        visit.state = VisitState.HELD if visit.state == VisitState.CLOSED else VisitState.PLANNED
        visit.cancel_reason, visit.closed_on = "", None
        clean(visit)
        visit.save()
    return visit


@transaction.atomic
def close_visit(visit: CareVisit, *, version: int | None = None, actor: "User") -> CareVisit:
    """办结 One that was made, once what was raised is settled. Raises Stale, ValidationError."""
    visit = lock_visit(visit, version)
    require_state(visit, (VisitState.HELD,))
    if Problem.objects.unsettled().filter(visit=visit).exists():
        raise ValidationError(_("A problem raised on this visit is not settled yet."), code="unsettled")
    with history.change(visit, actor=actor, verb="care.carevisit.closed"):
        visit.state, visit.closed_on = VisitState.CLOSED, timezone.localdate()
        clean(visit)
        visit.save()
    return visit


@transaction.atomic
def void_visit(visit: CareVisit, *, reason: str, version: int | None = None, actor: "User") -> CareVisit:
    """Void one that was entered by mistake. Raises Stale, ValidationError."""
    visit = lock_visit(visit, version)
    history.void(visit, actor=actor, reason=reason)
    return CareVisit.objects.get(pk=visit.pk)


@transaction.atomic
def restore_visit(visit: CareVisit, *, reason: str = "", version: int | None = None, actor: "User") -> CareVisit:
    """Undo `void_visit`. Raises Stale, ValidationError."""
    lock_open_file(visit.trainee_id)
    visit = CareVisit.objects.lock(visit.pk, version)
    refuse_standing(visit)
    history.restore(visit, actor=actor, reason=reason)
    return CareVisit.objects.get(pk=visit.pk)


def lock_visit(visit: CareVisit, version: int | None = None) -> CareVisit:
    """The visit with its open file, locked in this order. Raises Stale, or ValidationError for a closed file or a voided
    visit.
    """
    trainee = lock_open_file(visit.trainee_id)
    visit = CareVisit.objects.lock(visit.pk, version)
    visit.trainee = trainee
    if visit.is_voided:
        raise ValidationError(_("This visit was voided: it can be read, no longer changed."), code="voided")
    return visit


def require_state(visit: CareVisit, states: "Iterable[str]") -> None:
    """Raise ValidationError unless the visit is in one of `states`."""
    if visit.state not in states:
        message = _("This cannot be done now: the visit is in the state “%(state)s”.")
        raise ValidationError(message % {"state": visit.get_state_display()}, code="wrong_state")


def check_ahead(day: date) -> None:
    """A visit is planned for today or later, and one year ahead at most."""
    today = timezone.localdate()
    refuse_before("planned_on", day, today, _("A visit is planned for today or later. One that was made is recorded."))
    if day > today + PLANNED_AHEAD:
        raise refusal("planned_on", _("A visit is planned one year ahead at most."), code="too_late")


def _record(visit: CareVisit, given: dict[str, Any], *, actor: "User") -> CareVisit:
    is_new = visit._state.adding
    with history.change(visit, actor=actor, verb="care.carevisit.recorded"):
        check_held(visit.trainee, given["held_on"])
        amount = given["amount"]
        if amount is not None and amount > VISIT_MOST.now():
            message = _("A visit brings %(most)s at most.") % {"most": VISIT_MOST.text(VISIT_MOST.now())}
            raise refusal("amount", message, code="too_much")
        visit.state = VisitState.HELD
        _set(visit, given)
        visit.save(force_insert=is_new)
    return visit


def _set(visit: CareVisit, given: dict[str, Any]) -> None:
    """`given` without a change of the visitor may name one who has left the office since."""
    if visit._state.adding or given["visitor"].pk != visit.visitor_id:
        check_worker(visit.trainee, "visitor", given["visitor"])
    for name, value in given.items():
        setattr(visit, name, value)
    _check_occasion(visit)
    clean(visit)


def _check_occasion(visit: CareVisit) -> None:
    if visit.occasion not in codes.names(OCCASIONS):
        raise refusal("occasion", _("Choose one of what is offered here."), code="unknown")
    told = [name for name in DESCRIBING if getattr(visit, name)]
    if visit.occasion == FAMILY_CHANGE and told:
        message = _("Of a serious change in the family only that is recorded. Leave this empty.")
        raise refusal(told[0], message, code="family")
