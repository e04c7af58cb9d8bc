"""What comes before the conclusion: own summary, opinion of the unit, and induction training waived with a reason."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.probation import induction_columns
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future
from cadre_app.probation.models import Probation, State
from cadre_app.probation.permissions import opens_on
from cadre_app.probation.services.records import end_of, lock_probation, refuse_closed

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def write_summary(
    one: Probation, *, summary: str, summary_on: date | None = None, version: int | None = None, actor: "User"
) -> Probation:
    """本人总结 By the person (today), or by staff from paper with its day; until the unit has written its opinion.

    Raises Stale, ValidationError by field.
    """
    one = _lock_in_work(one, version)
    if one.opinion_on is not None:
        message = _("The unit wrote its opinion on %(day)s: the summary stands as it is.")
        raise ValidationError(message % {"day": formats.date_format(one.opinion_on)}, code="opinion")
    _refuse_empty("summary", summary)
    by_person = one.trainee.person.account_id == actor.pk
    day = timezone.localdate() if by_person or summary_on is None else summary_on
    _check_day(one, "summary_on", day)
    with history.change(one, actor=actor, verb="probation.probation.summary_written"):
        one.summary, one.summary_on = summary.strip(), day
        one.state = State.UNDER_WAY
        clean(one)
        one.save()
    return one


@transaction.atomic
def write_opinion(
    one: Probation, *, opinion: str, opinion_on: date, version: int | None = None, actor: "User"
) -> Probation:
    """所在单位意见 After the own summary, until a conclusion is with the department. Raises Stale, ValidationError by field."""
    one = _lock_in_work(one, version)
    if one.summary_on is None:
        raise ValidationError(_("The own summary is missing."), code="missing_step")
    _refuse_empty("opinion", opinion)
    _check_day(one, "opinion_on", opinion_on)
    message = _("The own summary was handed in on %(day)s: the opinion cannot lie before it.")
    known = {"day": formats.date_format(one.summary_on)}
    refuse_before("opinion_on", opinion_on, one.summary_on, message % known)
    with history.change(one, actor=actor, verb="probation.probation.opinion_written"):
        one.opinion, one.opinion_on, one.opinion_by = opinion.strip(), opinion_on, actor
        clean(one)
        one.save()
    return one


@transaction.atomic
def waive_induction(one: Probation, *, waiver_reason: str, version: int | None = None, actor: "User") -> Probation:
    """免予初任培训 Staff say why; an empty reason takes the waiver back. Raises Stale, ValidationError by field."""
    one = lock_probation(one, version)
    refuse_closed(one)
    refuse_waiting(one)
    reason = waiver_reason.strip()
    if not reason and not one.waiver_reason:
        raise refusal("waiver_reason", _("Say why induction training is waived."), code="required")
    verb = "probation.probation.induction_waived" if reason else "probation.probation.waiver_taken_back"
    with history.change(one, actor=actor, verb=verb):
        one.waiver_reason = reason
        one.waived_by, one.waived_on = (actor, timezone.localdate()) if reason else (None, None)
        clean(one)
        one.save()
    return one


def induction_of(one: Probation) -> tuple[date | None, str]:
    """The last day and the title of the induction training that was completed; one query."""
    rows: Any = Probation.objects.filter(pk=one.pk).order_by().annotate(**induction_columns("trainee_id"))
    done_on, title = rows.values_list("induction_on", "induction_in").get()
    return done_on, title or ""


def refuse_waiting(one: Probation) -> None:
    """While a conclusion is with the department its grounds stand."""
    if one.state == State.WAITING:
        message = _("A conclusion is with the department: it has to be returned first.")
        raise ValidationError(message, code="waiting")


def _lock_in_work(one: Probation, version: int | None) -> Probation:
    one = lock_probation(one, version)
    refuse_closed(one)
    refuse_waiting(one)
    end_of(one)
    first = opens_on(one.trainee)
    if first is not None and timezone.localdate() < first:
        message = _("Summary and opinion are written from %(day)s on.") % {"day": formats.date_format(first)}
        raise ValidationError(message, code="too_early")
    return one


def _check_day(one: Probation, field: str, day: date) -> None:
    refuse_future(field, day)
    first = opens_on(one.trainee)
    if first is not None:
        message = _("Summary and opinion are written from %(day)s on.") % {"day": formats.date_format(first)}
        refuse_before(field, day, first, message)
    known = {"day": formats.date_format(one.trainee.arrived_on)}
    refuse_before(field, day, one.trainee.arrived_on, _("The person reported for duty on %(day)s.") % known)


def _refuse_empty(field: str, text: str) -> None:
    if not text.strip():
        raise refusal(field, _("Please fill this in."), code="required")
