"""The own talks of somebody in development, as the page and the desk show them; nothing else of a talk is read here."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Problem, Talk, TalkPlan, TalkTrigger
from cadre_app.care.models.choices import TalkState
from cadre_app.care.wording import MARKS, follow_up_text
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

AT_MOST = 100
SHOWN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class SeenTalk:
    """Time, topics, state and follow-up of one talk (ACCESS.md); nothing that the person may not read is in it."""

    key: Any
    day: date
    time: str
    place: str
    interviewer: str
    topics: str
    mark: str
    state: str
    follow_up: tuple[str, ...]
    answers: tuple[tuple[str, str, date | None, str], ...]


def seen_by_person(talk: Talk) -> SeenTalk:
    """What the person concerned sees; problems are fetched unless the list did."""
    problems = [one for one in talk.problems.all() if not one.is_voided]
    is_timed = talk.booked_at is not None and talk.is_waiting
    return SeenTalk(
        key=talk.pk,
        day=talk.day,
        time=formats.time_format(timezone.localtime(talk.booked_at), "H:i") if is_timed and talk.booked_at else "",
        place=talk.place,
        interviewer=talk.interviewer.display_name if talk.interviewer is not None else "",
        topics=talk.topics_text,
        mark=MARKS[TalkState(talk.state)],
        state=talk.get_state_display(),
        follow_up=tuple(follow_up_text(one.text, one.handling_unit, one.state, one.due_on) for one in problems),
        answers=tuple(
            (one.text, one.answer, one.revisited_on, one.revisit_note)
            for one in problems
            if one.answer and not one.is_in_work
        ),
    )


def own_context(user: "User") -> dict[str, Any]:
    """The own talks, by when the next one is, and what became of a request; five queries."""
    _person, key = own_keys(user)
    rows = Talk.objects.filter(trainee=key, trainee__person__account=user).standing().without_texts()
    rows = rows.select_related("interviewer").prefetch_related(Prefetch("problems", Problem.objects.order_by("due_on")))
    plan = TalkPlan.objects.in_development().filter(trainee=key, trainee__person__account=user).first()
    asked = TalkTrigger.objects.open().filter(trainee=key, is_by_person=True, made_by=user).first()
    answered = TalkTrigger.objects.standing().filter(trainee=key, is_by_person=True, made_by=user)
    talks = list(rows.order_by("-planned_on", "pk")[:AT_MOST])
    lately = timezone.localdate() - SHOWN_FOR
    return {
        "set_aside": answered.filter(set_aside_on__gte=lately).order_by("-set_aside_on").first(),
        "talks": [seen_by_person(talk) for talk in talks],
        "next_on": _next_on(plan, talks, asked) if plan is not None else None,
        "asked": asked,
        "may_ask": plan is not None and asked is None,
    }


def _next_on(plan: TalkPlan, talks: list[Talk], asked: TalkTrigger | None) -> date:
    """The day of the first talk that waits; without one the day by which it is due, also because it was asked for."""
    waiting = [talk.planned_on for talk in talks if talk.is_waiting]
    return min(waiting or [plan.next_on, *([asked.due_on] if asked is not None else [])])


def own_panel(request: "UserRequest") -> dict[str, Any]:
    """The desk of somebody in development: the next talk, or by when there will be one, and the way to ask for one."""
    found = own_context(request.user)
    coming = [talk for talk in found["talks"] if talk.state == TalkState.BOOKED.label][::-1]
    return found | {"title": _("Heart-to-heart talks"), "coming": coming, "last": found["talks"][:1]}
