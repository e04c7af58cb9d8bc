"""What talks give to the growth file: those that were held, the next one in its head, and one that is overdue.

Staff, leaders and the person concerned see time, topics, state and follow-up; nobody sees a text here (ACCESS.md).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.care.ahead import (
    WORKERS,
    Ahead,
    first_ahead,
    is_arranged,
    occasions_ahead,
    plan_of,
    talks_ahead,
    visits_ahead,
)
from cadre_app.care.models import Problem, Talk, TalkState, Topic
from cadre_app.care.wording import MARKS, cadence_text, due_mark, follow_up_text
from cadre_app.core.growth import (
    Access,
    Coming,
    ComingPart,
    Entries,
    Gap,
    GapPart,
    GrowthKind,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    coming_parts,
    gap_parts,
    growth_kinds,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.file.heads import coming_on
from cadre_app.people.models import Trainee

KIND = "talks"
TOLD = ("care.talk_booked", "care.talk_planned", "care.own_talk", "care.talk_trigger", "care.visit_due")


def announce() -> None:
    """Called once, when the app is ready."""
    growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Talks"), "chat-square-text", 50, tone="l"))
    growth_sources.register("care.talk", GrowthSource((KIND,), talk_words, talks_seen, talks, order=65))
    head_parts.register("care.talk", HeadPart(order=30, lines=next_talk))
    coming_parts.register("care", ComingPart(order=30, items=ahead_of, rules=TOLD))
    gap_parts.register("care.talk", GapPart(order=30, gaps=overdue))


def talks_seen(access: Access) -> str | None:
    """Staff, leaders and the person concerned see the same of it."""
    return "everything public" if access.reads(*WORKERS) else None


def talks(trainee: UUID, seen: str) -> Entries:
    """Talks that were held, with what was raised in them."""
    raised = Problem.objects.standing().filter(talk=OuterRef("pk")).order_by().values("talk")
    line = JSONObject(text="text", unit="handling_unit", state="state", due="due_on")
    problems = Subquery(raised.annotate(lines=JSONBAgg(line)).values("lines"), output_field=JSONField())
    data: dict[str, Any] = {"topics": "topics", "interviewer": "interviewer__display_name", "problems": problems}
    return Entries(Talk.objects.held().filter(trainee=trainee), day="held_on", kind=KIND, data=data, status=F("state"))


def talk_words(row: Row, access: Access) -> Words:
    known = row.data
    topics = joined(str(Topic(code).label) for code in known["topics"] or () if code in Topic.values)
    follow_up = [
        follow_up_text(one["text"], one["unit"], one["state"], date.fromisoformat(one["due"]))
        for one in sorted(known["problems"] or (), key=lambda one: (one["due"], one["text"]))
    ]
    state = TalkState(row.status)
    return Words(
        topics or _("Heart-to-heart talk"),
        text=_("Follow-up: %(what)s") % {"what": joined(follow_up)} if follow_up else "",
        by=_("held by %(name)s") % {"name": known["interviewer"]} if known["interviewer"] else "",
        state=MARKS[state],
        label=str(state.label),
        url=reverse("care:talk_detail", kwargs={"pk": row.id}),
    )


def next_talk(trainee: Trainee, access: Access) -> list[HeadLine]:
    """The last talk and what comes next: one that waits, one after an occasion, or the regular one."""
    plan = plan_of(trainee, access)
    if plan is None:
        return []
    ahead = first_ahead(plan, access, trainee.person.name)
    mark = due_mark(ahead.day) if access.works(*WORKERS) else ("", "")
    last = _("last held on %(day)s") % {"day": formats.date_format(plan.last_on)} if plan.last_on else ""
    return [
        HeadLine(
            label=_("Heart-to-heart talk"),
            text=_ahead_text(ahead),
            detail=ahead.title,
            note=last or _("none held yet"),
            state=mark[0] if mark[0] != "none" else "",
            state_label=mark[1],
            url=ahead.url,
        )
    ]


def ahead_of(trainee: Trainee, access: Access) -> list[Coming]:
    """Talks that wait, open occasions and planned visits; of the query that the head line asked."""
    plan, today = plan_of(trainee, access), timezone.localdate()
    if plan is None:
        return []
    name = trainee.person.name
    talks = [(one, _("Heart-to-heart talk"), True) for one in talks_ahead(plan, access)]
    occasions = [(one, _("Heart-to-heart talk"), False) for one in occasions_ahead(plan, access, name)]
    visits = [(one, _("Planned visit"), False) for one in visits_ahead(plan, access)]
    return [
        coming_on(title, one.day, _why(one), today, url=one.url, on_paper=on_paper)
        for one, title, on_paper in (*talks, *occasions, *visits)
    ]


def overdue(trainee: Trainee, access: Access) -> list[Gap]:
    """A talk that should have been held, where none waits for about now."""
    plan = plan_of(trainee, access)
    today = timezone.localdate()
    if plan is None or plan.next_on >= today or is_arranged(plan) or not access.works(*WORKERS):
        return []
    is_staff = access.works(Role.STAFF)
    return [
        Gap(
            _("A talk was due by %(day)s") % {"day": formats.date_format(plan.next_on)},
            why=cadence_text(plan.months),
            url=reverse("care:talk_new", kwargs={"pk": trainee.pk}) if is_staff else "",
            action=_("Plan a talk") if is_staff else "",
        )
    ]


def _ahead_text(ahead: Ahead) -> str:
    day = {"day": formats.date_format(ahead.day)}
    if ahead.state == TalkState.BOOKED:
        return pgettext("next talk", "booked for %(day)s") % day
    if ahead.state:
        return pgettext("next talk", "planned for %(day)s") % day
    return _("next by %(day)s") % day


def _why(ahead: Ahead) -> str:
    return joined(part for part in (ahead.title, " ".join(one for one in (ahead.time, ahead.place) if one)) if part)
