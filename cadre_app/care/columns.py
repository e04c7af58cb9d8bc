"""Columns of the lists of talks, plans and problems; none of them holds a restricted text."""

from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.care.models import Problem, ProblemState, Talk, TalkPlan
from cadre_app.care.wording import cadence_text, due_mark, problem_mark, talk_mark
from cadre_app.care.wording_meetings import raised_by, source_url
from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status


def _talk_url(talk: Talk) -> str:
    return reverse("care:talk_detail", kwargs={"pk": talk.pk})


def _day(talk: Talk) -> SafeString:
    return format_html("{}", formats.date_format(talk.day))


def _talk_person(talk: Talk) -> SafeString:
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', _talk_url(talk), talk.trainee.person.name)


def _time(talk: Talk) -> str:
    return formats.time_format(timezone.localtime(talk.booked_at), "H:i") if talk.booked_at is not None else ""


def _topics(talk: Talk) -> SafeString:
    return format_html('<span class="wrap">{}</span>', talk.topics_text or "—")


def _talk_state(talk: Talk) -> SafeString:
    return SafeString(status(*talk_mark(talk)))


def _interviewer(talk: Talk) -> str:
    return talk.interviewer.display_name if talk.interviewer is not None else ""


TALKS: tuple[Column[Talk], ...] = (
    Column("planned_on", gettext_lazy("Day"), lambda talk: talk.day, sort=("planned_on",), html=_day),
    Column("time", pgettext_lazy("of a talk", "Time"), _time),
    Column("name", gettext_lazy("Full name"), lambda talk: talk.trainee.person.name, html=_talk_person),
    Column("unit", gettext_lazy("Unit"), lambda talk: talk.trainee.home_unit.name),
    Column("kind", gettext_lazy("Kind of talk"), lambda talk: talk.get_kind_display(), shown=False),
    Column("occasion", gettext_lazy("Occasion"), lambda talk: talk.get_occasion_display()),
    Column("topics", gettext_lazy("Topics"), lambda talk: talk.topics_text, html=_topics),
    Column("interviewer", gettext_lazy("Interviewer"), _interviewer),
    Column("place", gettext_lazy("Place"), lambda talk: talk.place, shown=False),
    Column("state", gettext_lazy("State"), lambda talk: talk_mark(talk)[1], html=_talk_state),
    Column("held_on", pgettext_lazy("talk", "Held on"), lambda talk: talk.held_on, shown=False),
    Column("follow_up_on", gettext_lazy("Return visit by"), lambda talk: talk.follow_up_on, shown=False),
    Column("closed_on", pgettext_lazy("talk", "Closed on"), lambda talk: talk.closed_on, shown=False),
)


def _plan_person(plan: TalkPlan) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": plan.trainee_id})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, plan.trainee.person.name)


def _next(plan: TalkPlan) -> SafeString:
    mark, word = due_mark(plan.next_on)
    pause = format_html('<small class="sub">{}</small>', _paused(plan)) if plan.paused_until else ""
    day = "" if mark == "none" else format_html('<small class="sub">{}</small>', formats.date_format(plan.next_on))
    return format_html("{}{}{}", SafeString(status(mark, word)), day, pause)


def _paused(plan: TalkPlan) -> str:
    if plan.paused_until is None:
        return ""
    return _("paused until %(day)s") % {"day": formats.date_format(plan.paused_until)}


def _waiting(plan: Any) -> SafeString:
    """The talks planned or booked for somebody, as the list fetched them."""
    links = (
        (_talk_url(talk), formats.date_format(talk.planned_on), talk.get_state_display())
        for talk in plan.trainee.talks_waiting
    )
    return format_html_join(SafeString("<br>"), '<a href="{}">{} {}</a>', links) or SafeString("—")


def _waiting_text(plan: Any) -> str:
    return _(", ").join(
        f"{formats.date_format(talk.planned_on)} {talk.get_state_display()}" for talk in plan.trainee.talks_waiting
    )


def _occasions(plan: Any) -> SafeString:
    """Open occasions, each with the way to set it aside for staff."""
    lines = (
        (_trigger_url(one, "care:trigger_set_aside"), one.get_occasion_display(), formats.date_format(one.due_on))
        for one in plan.trainee.triggers_open
    )
    return format_html_join(SafeString("<br>"), '<a href="{}">{}</a> <small>{}</small>', lines) or SafeString("—")


def _occasions_text(plan: Any) -> str:
    return _(", ").join(one.get_occasion_display() for one in plan.trainee.triggers_open)


def _trigger_url(trigger: Any, name: str) -> str:
    return reverse(name, kwargs={"pk": trigger.pk})


def _acts(plan: Any) -> SafeString:
    pages = (
        ("care:talk_new", pgettext("action", "Plan")),
        ("care:talk_add_held", pgettext("action", "Record")),
        ("care:trigger_new", pgettext("action", "Occasion")),
    )
    name = plan.trainee.person.name
    links = ((reverse(page, kwargs={"pk": plan.trainee_id}), label, name) for page, label in pages)
    own = reverse("care:plan_edit", kwargs={"pk": plan.pk})
    acts = format_html_join(SafeString(" · "), '<a href="{}">{}<span class="sr"> {}</span></a>', links)
    return format_html(
        '<span class="wrap">{} · <a href="{}">{}<span class="sr"> {}</span></a></span>',
        acts,
        own,
        pgettext("action", "Pause"),
        name,
    )


PLANS: tuple[Column[TalkPlan], ...] = (
    Column("name", gettext_lazy("Full name"), lambda plan: plan.trainee.person.name, html=_plan_person),
    Column("unit", gettext_lazy("Unit"), lambda plan: plan.trainee.home_unit.name),
    Column("last_on", gettext_lazy("Last talk"), lambda plan: plan.last_on, sort=("last_on",)),
    Column("next_on", gettext_lazy("Next talk by"), lambda plan: plan.next_on, sort=("next_on",), html=_next),
    Column("waiting", gettext_lazy("Planned or booked"), _waiting_text, html=_waiting),
    Column("cadence", pgettext_lazy("talk", "How often"), lambda plan: cadence_text(plan.months), shown=False),
    Column("paused", gettext_lazy("Pause"), _paused, shown=False),
)
OCCASIONS: Column[TalkPlan] = Column("occasions", gettext_lazy("Open occasions"), _occasions_text)
FOR_STAFF: tuple[Column[TalkPlan], ...] = (
    Column("occasions", gettext_lazy("Open occasions"), _occasions_text, html=_occasions),
    Column("acts", pgettext_lazy("talk", "Actions"), lambda plan: "", html=_acts, acts=True),
)


def _problem_text(problem: Problem) -> SafeString:
    return format_html('<a class="nm wrap" href="{}"><b>{}</b></a>', source_url(problem), problem.text)


def _raised_at(problem: Problem) -> str:
    """The unit of whoever raised it; without a name the one that held the symposium."""
    if problem.trainee is not None:
        return problem.trainee.home_unit.name
    return problem.symposium.unit.name if problem.symposium is not None else ""


def _due(problem: Problem) -> SafeString:
    if not problem.is_in_work:
        return format_html("{}", formats.date_format(problem.due_on))
    mark, word = due_mark(problem.due_on)
    day = "" if mark == "none" else format_html('<small class="sub">{}</small>', formats.date_format(problem.due_on))
    return format_html("{}{}", SafeString(status(mark, word)), day)


def _problem_state(problem: Problem) -> SafeString:
    return SafeString(status(*problem_mark(problem)))


def _handler(problem: Problem) -> str:
    return problem.handler.display_name if problem.handler is not None else ""


def _answer(problem: Problem) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', problem.answer)


PROBLEMS: tuple[Column[Problem], ...] = (
    Column("text", gettext_lazy("Problem"), lambda problem: problem.text, html=_problem_text),
    Column("name", gettext_lazy("Raised by"), raised_by),
    Column("source", pgettext_lazy("problem", "Source"), lambda problem: str(problem.source_kind.label)),
    Column("unit", gettext_lazy("Unit"), _raised_at, shown=False),
    Column("handling_unit", gettext_lazy("Handled by (unit)"), lambda problem: problem.handling_unit),
    Column("handler", pgettext_lazy("problem", "Followed up by"), _handler),
    Column("due_on", gettext_lazy("Answer by"), lambda problem: problem.due_on, sort=("due_on",), html=_due),
    Column("state", gettext_lazy("State"), lambda problem: problem_mark(problem)[1], html=_problem_state),
    Column("answer", pgettext_lazy("problem", "Answer"), lambda problem: problem.answer, shown=False, html=_answer),
    Column("answered_on", pgettext_lazy("problem", "Answered on"), lambda problem: problem.answered_on, shown=False),
    Column("revisited_on", gettext_lazy("Return visit on"), lambda problem: problem.revisited_on, shown=False),
    Column("held_on", gettext_lazy("Raised on"), lambda problem: problem.source.day, shown=False),
)

NEXT_STEPS = {
    ProblemState.TO_ASSIGN: ("care:problem_assign", gettext_lazy("Assign")),
    ProblemState.IN_HAND: ("care:problem_answer", gettext_lazy("Enter the answer")),
    ProblemState.ANSWERED: ("care:problem_revisit", gettext_lazy("Record the return visit")),
    ProblemState.REVISITED: ("care:problem_close", pgettext_lazy("talk", "Close")),
}


def _next_step(problem: Problem) -> SafeString:
    """What comes next for a problem that stands in an open file."""
    step = NEXT_STEPS.get(ProblemState(problem.state))
    if step is None or problem.is_voided or (problem.trainee is not None and problem.trainee.is_read_only):
        return SafeString("")
    page, label = step
    url = reverse(page, kwargs={"pk": problem.pk})
    return format_html('<a href="{}">{}<span class="sr"> {}</span></a>', url, label, problem.text)


NEXT_STEP: Column[Problem] = Column(
    "acts", pgettext_lazy("talk", "Actions"), lambda problem: "", html=_next_step, acts=True
)
