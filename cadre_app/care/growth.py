"""What talks give to the growth file: those that were held, the next one in its head, and one that is overdue.

Staff, leaders and the person concerned see time, topics, state and follow-up; nobody sees a text here (ACCESS.md).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Exists, F, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.care.models import Problem, Talk, TalkPlan, TalkState, Topic
from cadre_app.care.wording import MARKS, cadence_text, due_mark, follow_up_text
from cadre_app.core.growth import (
    Access,
    Entries,
    Gap,
    GapPart,
    GrowthKind,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    gap_parts,
    growth_kinds,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.models import Trainee

KIND = "talks"
WORKERS = (Role.STAFF, Role.LEADER)


def announce() -> None:
    """Called once, when the app is ready."""
    growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Talks"), "chat-square-text", 50, tone="l"))
    growth_sources.register("care.talk", GrowthSource((KIND,), talk_words, talks_seen, talks, order=65))
    head_parts.register("care.talk", HeadPart(order=30, lines=next_talk))
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
    """The last talk and by when the next one is; one query, which `overdue` shares."""
    plan = _plan(trainee, access)
    if plan is None:
        return []
    mark = due_mark(plan.next_on) if access.works(*WORKERS) else ("", "")
    last = _("last held on %(day)s") % {"day": formats.date_format(plan.last_on)} if plan.last_on else ""
    return [
        HeadLine(
            label=_("Heart-to-heart talk"),
            text=_("next by %(day)s") % {"day": formats.date_format(plan.next_on)},
            note=last or _("none held yet"),
            state=mark[0] if mark[0] != "none" else "",
            state_label=mark[1],
            url=_list_url(trainee, access),
        )
    ]


def overdue(trainee: Trainee, access: Access) -> list[Gap]:
    """A talk that should have been held and is neither planned nor booked."""
    plan = _plan(trainee, access)
    today = timezone.localdate()
    if plan is None or plan.next_on >= today or plan.is_waiting or not access.works(*WORKERS):
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


def _plan(trainee: Trainee, access: Access) -> Any:
    """The plan with whether a talk waits; None where nobody is to see one."""
    if trainee.is_read_only or not access.reads(*WORKERS):
        return None
    if "_talk_plan" not in trainee.__dict__:
        waiting = Talk.objects.waiting().filter(trainee=OuterRef("trainee"))
        rows = TalkPlan.objects.standing().filter(trainee=trainee).annotate(is_waiting=Exists(waiting))
        trainee.__dict__["_talk_plan"] = rows.first()
    return trainee.__dict__["_talk_plan"]


def _list_url(trainee: Trainee, access: Access) -> str:
    url = reverse("care:talk_list")
    return url if access.is_own else f"{url}?{urlencode({'q': trainee.person.name})}"
