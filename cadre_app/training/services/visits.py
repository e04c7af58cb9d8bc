"""现场教学 study visits: planned, changed, cancelled, taken up again. Whoever takes part is told of what changes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import News, StudyVisit, VisitRoute, VisitState
from cadre_app.training.models.choices import MOST_A_DAY
from cadre_app.training.services import news
from cadre_app.training.services.visit_routes import tidy_sites

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

AHEAD = timedelta(days=731)
CLOSED = {
    VisitState.POSTED: gettext_lazy("The hours of this study visit are posted. Take them back first."),
    VisitState.CANCELLED: gettext_lazy("This study visit is cancelled. Plan it again first."),
}
# What is told to those who take part when it changes while the visit is planned.
TOLD = ("visited_on", "meets_at", "sites", "symposium_place")


@transaction.atomic
def create_visit(
    *,
    title: str,
    visited_on: date,
    sites: str,
    route: VisitRoute | None = None,
    meets_at: str = "",
    topic: str = "",
    symposium_place: str = "",
    hours: Decimal | None = None,
    actor: "User | None",
) -> StudyVisit:
    """Plan a visit; also for a day that is past, to record it afterwards. Raises ValidationError by field."""
    visit = StudyVisit(title=title, visited_on=visited_on, sites=tidy_sites(sites), route=route, meets_at=meets_at)
    visit.topic, visit.symposium_place, visit.hours = topic, symposium_place, hours
    with history.change(visit, actor=actor, verb="training.studyvisit.planned"):
        _check(visit)
        visit.save()
    return visit


@transaction.atomic
def change_visit(
    visit: StudyVisit,
    *,
    title: str,
    visited_on: date,
    sites: str,
    route: VisitRoute | None = None,
    meets_at: str = "",
    topic: str = "",
    symposium_place: str = "",
    hours: Decimal | None = None,
    version: int | None = None,
    actor: "User",
) -> StudyVisit:
    """Change a visit that is planned or held; another day or place is told to everybody on the list.

    Raises Stale, ValidationError by field.
    """
    visit = lock_open(visit, version)
    before = {name: getattr(visit, name) for name in TOLD}
    with history.change(visit, actor=actor, verb="training.studyvisit.changed"):
        visit.title, visit.visited_on, visit.sites = title, visited_on, tidy_sites(sites)
        visit.route, visit.meets_at, visit.topic = route, meets_at, topic
        visit.symposium_place, visit.hours = symposium_place, hours
        _check(visit)
        visit.save()
    if visit.state == VisitState.PLANNED and before != {name: getattr(visit, name) for name in TOLD}:
        _tell(visit, News.MOVED, actor=actor, was_on=before["visited_on"], was_place=before["meets_at"])
    return visit


@transaction.atomic
def cancel_visit(visit: StudyVisit, *, reason: str, version: int | None = None, actor: "User") -> StudyVisit:
    """Cancel a planned visit; everybody on the list is told. Raises Stale; ValidationError once attendance is recorded."""
    visit = StudyVisit.objects.lock(visit.pk, version)
    if visit.state != VisitState.PLANNED or visit.is_voided:
        raise ValidationError(_("Only a planned study visit can be cancelled."), code="not_planned")
    if has_records(visit):
        message = _("Attendance is recorded: take those who were recorded by mistake off the list first.")
        raise ValidationError(message, code="recorded")
    with history.change(visit, actor=actor, verb="training.studyvisit.cancelled"):
        visit.state, visit.cancel_reason = VisitState.CANCELLED, reason
        clean(visit)
        visit.save()
    _tell(visit, News.CANCELLED, actor=actor, reason=reason)
    return visit


@transaction.atomic
def reopen_visit(visit: StudyVisit, *, reason: str, version: int | None = None, actor: "User") -> StudyVisit:
    """A cancelled visit, or one recorded as held by mistake, is planned again; attendance that was recorded stays.

    Raises Stale, ValidationError.
    """
    visit = StudyVisit.objects.lock(visit.pk, version)
    if visit.state not in (VisitState.CANCELLED, VisitState.HELD) or visit.is_voided:
        raise ValidationError(_("This study visit cannot be planned again as it stands."), code="not_reopenable")
    was_cancelled = visit.state == VisitState.CANCELLED
    with history.change(visit, actor=actor, verb="training.studyvisit.reopened", reason=reason):
        visit.state, visit.cancel_reason = VisitState.PLANNED, ""
        clean(visit)
        visit.save()
    if was_cancelled:
        _tell(visit, News.TAKEN_UP, actor=actor)
    return visit


def lock_open(visit: StudyVisit, version: int | None = None) -> StudyVisit:
    """Lock a visit that is planned or held. Raises Stale; ValidationError in any other state."""
    visit = StudyVisit.objects.lock(visit.pk, version)
    if visit.state == VisitState.POSTED:
        raise ValidationError(str(CLOSED[VisitState.POSTED]), code="posted")
    if visit.state == VisitState.CANCELLED or visit.is_voided:
        raise ValidationError(str(CLOSED[VisitState.CANCELLED]), code="cancelled")
    return visit


def has_records(visit: StudyVisit) -> bool:
    """The attendance of somebody on the list is recorded."""
    return visit.members.standing().exclude(presence="").exists()


def _check(visit: StudyVisit) -> None:
    _check_day(visit)
    if visit.hours is not None and visit.hours > MOST_A_DAY:
        message = _("At most %(a_day)s training hours: a study visit is one day.") % {"a_day": MOST_A_DAY}
        raise refusal("hours", message, code="too_many")
    clean(visit)


def _check_day(visit: StudyVisit) -> None:
    today = timezone.localdate()
    if visit.visited_on > today and (visit.state == VisitState.HELD or has_records(visit)):
        raise refusal("visited_on", _("It was held: this day has not come yet."), code="future")
    if visit.visited_on > today + AHEAD:
        raise refusal("visited_on", _("A study visit is planned two years ahead at most."), code="too_late")
    if visit.visited_on < today - 5 * AHEAD:
        raise refusal("visited_on", _("This day lies more than ten years back."), code="too_early")


def _tell(visit: StudyVisit, kind: News, *, actor: "User", **about: Any) -> None:
    members = list(visit.members.standing().select_for_update(of=("self",)))
    with history.changes_many(members, actor=actor, verb="training.visitmember.news"):
        for member in members:
            member.told_at = None
        visit.members.model.objects.bulk_update(members, ["told_at"])
    news.tell(members, kind, **about)
