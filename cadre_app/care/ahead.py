"""What talks and visits lie ahead of one person: the waiting ones, open occasions, and the day of the regular talk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode

from cadre_app.care.models import CareVisit, Occasion, Talk, TalkPlan, TalkState, TalkTrigger, VisitState
from cadre_app.care.models.choices import ABOUT
from cadre_app.care.models.visits import OCCASIONS
from cadre_app.core.growth import Access
from cadre_app.core.roles import Role
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee

WORKERS = (Role.STAFF, Role.LEADER)
TOLD_TO_ALL = (Occasion.ROUTINE, Occasion.REQUEST)


@dataclass(frozen=True)
class Ahead:
    """One day that lies ahead: `state` of a talk that waits, "" of one that is still to be arranged by then."""

    day: date
    title: str
    state: str
    time: str = ""
    place: str = ""
    url: str = ""


def plan_of(trainee: "Trainee", access: Access) -> Any:
    """The plan with all that waits; None where nobody is to see one. One query, kept on the file."""
    if trainee.is_read_only or not access.reads(*WORKERS):
        return None
    if "_talk_plan" not in trainee.__dict__:
        trainee.__dict__["_talk_plan"] = with_waiting(TalkPlan.objects.standing().filter(trainee=trainee)).first()
    return trainee.__dict__["_talk_plan"]


def with_waiting(plans: Any) -> Any:
    """Plans with the talks, occasions and visits that wait."""
    mine = OuterRef("trainee")
    talks = Talk.objects.waiting().filter(trainee=mine).order_by("planned_on", "pk")
    open_ones = TalkTrigger.objects.open().filter(trainee=mine).order_by("due_on", "pk")
    visits = CareVisit.objects.standing().filter(trainee=mine, state=VisitState.PLANNED).order_by("planned_on", "pk")
    talk = JSONObject(
        pk="pk", day="planned_on", state="state", occasion="occasion", at="booked_at", place="place", trigger="trigger"
    )
    trigger = JSONObject(pk="pk", day="due_on", occasion="occasion", own="is_by_person")
    visit = JSONObject(pk="pk", day="planned_on", occasion="occasion", subject="subject")
    return plans.annotate(
        talks_waiting=ArraySubquery(talks.values(found=talk)),
        occasions_open=ArraySubquery(open_ones.values(found=trigger)),
        visits_planned=ArraySubquery(visits.values(found=visit)),
    )


def first_ahead(plan: Any, access: Access, name: str = "") -> Ahead:
    """What comes first: a talk that waits, an open occasion, or the regular talk unless one about that day waits."""
    regular = [] if is_arranged(plan) else [Ahead(plan.next_on, "", "", url=_talks(access, name))]
    return min([*talks_ahead(plan, access), *occasions_ahead(plan, access, name), *regular], key=lambda one: one.day)


def is_arranged(plan: Any) -> bool:
    """Whether a talk waits for about the day of the regular one (as TalkQuerySet.arranged)."""
    latest = max(plan.next_on, timezone.localdate()) + ABOUT
    return any(date.fromisoformat(one["day"]) <= latest for one in plan.talks_waiting)


def talks_ahead(plan: Any, access: Access) -> list[Ahead]:
    """Planned and booked talks; the person concerned reads an occasion only where they asked for the talk (ACCESS.md: time, topic, status)."""
    is_worker = _reads_occasions(access)
    return [
        Ahead(
            date.fromisoformat(one["day"]),
            str(Occasion(one["occasion"]).label) if is_worker or one["occasion"] in TOLD_TO_ALL else "",
            one["state"],
            time=_time(one["at"]) if one["state"] == TalkState.BOOKED else "",
            place=one["place"],
            url=reverse("care:talk_detail", kwargs={"pk": one["pk"]}),
        )
        for one in plan.talks_waiting
    ]


def occasions_ahead(plan: Any, access: Access, name: str = "") -> list[Ahead]:
    """Open occasions without a talk that waits; the person concerned knows of what they asked for themselves."""
    arranged = {one["trigger"] for one in plan.talks_waiting}
    is_worker = _reads_occasions(access)
    return [
        Ahead(
            date.fromisoformat(one["day"]),
            str(Occasion(one["occasion"]).label),
            "",
            url=f"{reverse('care:plan_list')}?{urlencode({'q': name})}" if is_worker else reverse("care:talk_list"),
        )
        for one in plan.occasions_open
        if one["pk"] not in arranged and (is_worker or one["own"])
    ]


def visits_ahead(plan: Any, access: Access) -> list[Ahead]:
    """Planned visits; the person concerned reads of those that took place alone."""
    if not _reads_occasions(access):
        return []
    return [
        Ahead(
            date.fromisoformat(one["day"]),
            one["subject"] or codes.label(OCCASIONS, one["occasion"]),
            VisitState.PLANNED,
            url=reverse("care:visit_detail", kwargs={"pk": one["pk"]}),
        )
        for one in plan.visits_planned
    ]


def _reads_occasions(access: Access) -> bool:
    """Who works on the file, and not on a paper that the person may read."""
    return access.works(*WORKERS) and not access.on_paper


def _talks(access: Access, name: str) -> str:
    url = reverse("care:talk_list")
    return url if access.is_own else f"{url}?{urlencode({'q': name})}"


def _time(at: str | None) -> str:
    if not at:
        return ""
    return formats.time_format(timezone.localtime(datetime.fromisoformat(at)), "H:i")
