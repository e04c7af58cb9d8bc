"""What falls due with topics: proposing one, deciding on it, first versions and reports of a call, steps agreed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import (
    ProgressItem,
    ProjectKind,
    ProjectState,
    ResearchCall,
    ResearchMember,
    ResearchProject,
)
from cadre_app.assignments.models.choices import OPEN_PROJECTS
from cadre_app.assignments.policies import RESEARCH_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

WRITING = (ProjectState.APPROVED, ProjectState.IN_PROGRESS, ProjectState.WRITING)


def announce() -> None:
    """Called once, when the app is ready."""
    lines: tuple[tuple[str, Any, Any, Any, Any, dict[str, Any]], ...] = (
        (
            "assignments.research_topic",
            gettext_lazy("Topic for the report of the village term"),
            terms,
            without_topic,
            topic_words,
            {"visible": as_own_term, "leads": (14, 3), "overdue": (), "personal": True},
        ),
        (
            "assignments.research_decide",
            gettext_lazy("Research topics to be decided"),
            projects,
            undecided,
            decide_words,
            {"visible": as_overseen, "leads": (0,)},
        ),
        (
            "assignments.research_draft",
            gettext_lazy("First version of a research report"),
            projects,
            without_draft,
            draft_words,
            {"visible": as_seen, "leads": (14, 3, 0)},
        ),
        (
            "assignments.research_report",
            gettext_lazy("Research report of a team"),
            projects,
            without_report,
            report_words,
            {"visible": as_seen, "leads": (14, 3, 0)},
        ),
        (
            "assignments.research_step",
            gettext_lazy("Step agreed at a progress meeting"),
            items,
            open_steps,
            step_words,
            {"visible": as_seen, "leads": (3, 0)},
        ),
    )
    for order, (key, label, rows, dues, words, more) in enumerate(lines):
        values = {"attention": None, "supervisors": ()} | more
        rule = ReminderRule(
            label=label, source=RESEARCH_RULE, rows=rows, dues=dues, words=words, order=230 + 2 * order, **values
        )
        reminder_rules.register(key, rule)


def terms() -> Rows:
    return VillageTerm.objects.select_related("trainee__person", "village")


def projects() -> Rows:
    return ResearchProject.objects.select_related("call")


def items() -> Rows:
    return ProgressItem.objects.select_related("project", "meeting")


def as_own_term(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def as_seen(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user)


def as_overseen(rows: Rows, user: "User") -> Rows:
    return rows.worked_on(user)


def without_topic(until: date) -> Rows:
    """Running village terms without a personal report, by the last day of an open call that lies in the term and has
    not passed; whoever has an account.
    """
    days = (timezone.localdate(), until)
    opened = ResearchCall.objects.standing().filter(is_open=True, topics_until__range=days)
    opened = opened.filter(topics_until__gte=OuterRef("started_on"))
    opened = opened.filter(topics_until__lte=Coalesce(OuterRef("due_on"), Value(date.max)))
    running = running_terms().filter(~Exists(begun()), trainee__person__account__isnull=False)
    due = Subquery(opened.order_by("-topics_until").values("topics_until")[:1])
    rows = running.annotate(due_day=due).filter(due_day__isnull=False)
    return rows.annotate(trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def topic_words(row: VillageTerm, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Choose the topic of your research report"),
        why=_("Topics of the call are proposed until %(day)s; every village term has one report.")
        % {"day": formats.date_format(day)},
        url=reverse("assignments:personal_new", kwargs={"pk": row.pk}),
        action=_("Choose the topic"),
    )


def undecided(until: date) -> Rows:
    """Proposed topics, due when their call takes no more, or at once without a call; staff decide."""
    rows = projects().standing().filter(state=ProjectState.CALL)
    rows = rows.annotate(due_day=Coalesce("call__topics_until", "state_since")).filter(due_day__lte=until)
    return rows.annotate(trainee_key=_lead("trainee_id"), doer_key=NOBODY).filter(trainee_key__isnull=False)


def decide_words(row: ResearchProject, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Decide on the topic “%(title)s”") % {"title": row.title},
        why=_("It was proposed; it is approved or dropped with a reason."),
        url=_page(row),
        action=_("Open the topic"),
    )


def without_draft(until: date) -> Rows:
    """Approved topics of a call without a version, by its day for first versions."""
    rows = projects().standing().filter(state__in=WRITING, versions_count=0, call__drafts_until__lte=until)
    return _of_lead(rows.filter(call__voided_at=None), "call__drafts_until")


def draft_words(row: ResearchProject, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Hand in the first version of “%(title)s”") % {"title": row.title},
        why=_("First versions are due on %(day)s.") % {"day": formats.date_format(day)},
        url=_page(row),
        action=_("Open the report"),
    )


def without_report(until: date) -> Rows:
    """Team topics that are not under review yet, by the day their report is due."""
    rows = projects().standing().filter(kind=ProjectKind.TEAM, state__in=WRITING, due_on__lte=until)
    return _of_lead(rows, "due_on")


def report_words(row: ResearchProject, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Finish the report “%(title)s”") % {"title": row.title},
        why=_("Reports are due on %(day)s.") % {"day": formats.date_format(day)},
        url=_page(row),
        action=_("Open the report"),
    )


def open_steps(until: date) -> Rows:
    """Steps of reports that are not over, by their day."""
    rows = items().standing().filter(done_on=None, due_on__lte=until, project__voided_at=None, meeting__voided_at=None)
    rows = rows.filter(project__state__in=OPEN_PROJECTS)
    return _of_lead(rows, "due_on", project="project")


def step_words(row: ProgressItem, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Next step of “%(title)s”") % {"title": row.project.title},
        why=_("%(step)s; agreed until %(day)s.") % {"step": row.next_step, "day": formats.date_format(day)},
        url=f"{_page(row.project)}#progress",
        action=_("Open the report"),
    )


def running_terms() -> Rows:
    """Village terms that have begun and are not over, of files that take new records."""
    rows = terms().standing().filter(ended_on=None, started_on__lte=timezone.localdate())
    return rows.filter(trainee__departed_on=None, trainee__voided_at=None)


def begun() -> Rows:
    """The personal report of a term."""
    rows = ResearchProject.objects.standing().filter(kind=ProjectKind.PERSONAL, term=OuterRef("pk"))
    return rows.exclude(state=ProjectState.DROPPED)


def _of_lead(rows: Rows, day: str, *, project: str = "pk") -> Rows:
    """Of those with a lead whose file takes new records: the lead acts, or staff where the lead has no account."""
    found = rows.annotate(
        due_day=F(day),
        trainee_key=_lead("trainee_id", project=project),
        doer_key=_lead("trainee__person__account_id", project=project),
    )
    return found.filter(trainee_key__isnull=False)


def _lead(column: str, *, project: str = "pk") -> Subquery:
    leads = ResearchMember.objects.standing().filter(
        Q(trainee__departed_on=None), project=OuterRef(project), is_lead=True, trainee__voided_at=None
    )
    return Subquery(leads.order_by().values(column)[:1])


def _page(project: ResearchProject) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": project.pk})
