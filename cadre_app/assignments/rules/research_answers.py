"""What goes to and fro between the department and those who write: a report to look at, one sent back, what was decided."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import (
    ProjectKind,
    ProjectState,
    ReportRemark,
    ReportVersion,
    ResearchMember,
    ResearchProject,
)
from cadre_app.assignments.policies import RESEARCH_RULE
from cadre_app.assignments.rules.research import as_overseen, as_seen, projects
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LOOK_WITHIN = 7
NEWS_FOR = timedelta(days=14)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.research_check",
        ReminderRule(
            label=gettext_lazy("Personal research report to be looked at"),
            source=RESEARCH_RULE,
            rows=projects,
            dues=unchecked,
            visible=as_overseen,
            words=check_words,
            order=244,
            leads=(7, 0),
            overdue=(7,),
            attention=None,
            supervisors=(),
        ),
    )
    reminder_rules.register(
        "assignments.research_returned",
        ReminderRule(
            label=gettext_lazy("Research report sent back to be supplemented"),
            source=RESEARCH_RULE,
            rows=with_reason,
            dues=sent_back,
            visible=as_seen,
            words=sent_back_words,
            order=246,
            leads=(0,),
            overdue=(7, 14),
            attention=None,
            supervisors=(),
        ),
    )
    reminder_rules.register(
        "assignments.research_news",
        ReminderRule(
            label=gettext_lazy("News of one's own research"),
            source=RESEARCH_RULE,
            rows=lambda: ResearchMember.objects.select_related("project"),
            dues=news,
            visible=as_own,
            words=news_words,
            order=248,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            on_desk=False,
        ),
    )


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def unchecked(until: date) -> Rows:
    """Personal reports of whose latest version the department has said nothing, a week after it came in."""
    rows = projects().handed_in().filter(kind=ProjectKind.PERSONAL, state=ProjectState.WRITING)
    rows = rows.filter(recommended_on=None, remarked_on=None)
    versions = ReportVersion.objects.standing().filter(project=OuterRef("pk")).order_by("-number")
    came_in = Subquery(versions.annotate(day=TruncDate("handed_in_at")).values("day")[:1])
    due = ExpressionWrapper(came_in + Value(LOOK_WITHIN), output_field=DateField())
    rows = rows.annotate(due_day=due, trainee_key=_lead("trainee_id"), doer_key=NOBODY)
    return rows.filter(due_day__lte=until, trainee_key__isnull=False)


def check_words(row: ResearchProject, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Look at the personal report “%(title)s”") % {"title": row.title},
        why=_("A version came in: comment on it, send it back, recommend it or close it until %(day)s.")
        % {"day": formats.date_format(day)},
        url=_page(row),
        action=_("Open the report"),
    )


def with_reason() -> Rows:
    """Projects with `why_returned`: why they were sent back the last time."""
    returns = ReportRemark.objects.standing().filter(report__project=OuterRef("pk"), is_return=True)
    return projects().annotate(why_returned=Subquery(returns.order_by("-created_at", "-pk").values("text")[:1]))


def sent_back(until: date) -> Rows:
    """Reports that were sent back and of which no other version came in; the author acts."""
    rows = projects().standing().filter(returned_on__lte=until, state=ProjectState.WRITING)
    rows = rows.annotate(
        due_day=F("returned_on"), trainee_key=_lead("trainee_id"), doer_key=_lead("trainee__person__account_id")
    )
    return rows.filter(trainee_key__isnull=False)


def sent_back_words(row: Any, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Supplement the report “%(title)s”") % {"title": row.title},
        why=_("Sent back: %(reason)s") % {"reason": row.why_returned},
        url=_page(row),
        action=_("Open the report"),
    )


def news(until: date) -> Rows:
    """What teams were told in the last two weeks, for each of them who has an account."""
    days = (timezone.localdate() - NEWS_FOR, until)
    rows = ResearchMember.objects.standing().filter(left_on=None, trainee__person__account__isnull=False)
    rows = rows.filter(_here(), project__news_on__range=days, project__voided_at=None)
    return rows.annotate(
        due_day=F("project__news_on"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id")
    )


def news_words(row: ResearchMember, day: date, user: "User") -> DueWords:
    return DueWords(
        title=str(row.project.get_news_display()),
        why=row.project.title,
        url=_page(row.project),
        action=_("Open the report"),
    )


def _here() -> Q:
    """Of files that take new records."""
    return Q(trainee__departed_on=None, trainee__voided_at=None)


def _lead(column: str) -> Subquery:
    leads = ResearchMember.objects.standing().filter(_here(), project=OuterRef("pk"), is_lead=True)
    return Subquery(leads.order_by().values(column)[:1])


def _page(project: ResearchProject) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": project.pk})
