"""What falls due with reports: a review by its reviewer, another reviewer where one is barred."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import ProjectState, ResearchMember, ResearchProject, ResearchReview
from cadre_app.assignments.policies import RESEARCH_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.research_review",
        ReminderRule(
            label=gettext_lazy("Research report to be reviewed"),
            source=RESEARCH_RULE,
            rows=lambda: ResearchReview.objects.select_related("report__project", "reviewer"),
            dues=waiting,
            visible=lambda rows, user: rows.visible_to(user),
            words=review_words,
            order=240,
            leads=(7, 1, 0),
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "assignments.research_barred",
        ReminderRule(
            label=gettext_lazy("Reviewer of a research report to be replaced"),
            source=RESEARCH_RULE,
            rows=lambda: ResearchReview.objects.select_related("report", "reviewer"),
            dues=barred,
            visible=lambda rows, user: rows.filter(
                report__project__in=ResearchProject.objects.worked_on(user).values("pk")
            ),
            words=barred_words,
            order=241,
            leads=(14, 7, 1, 0),
        ),
    )


def waiting(until: date) -> Rows:
    """Reviews that are not handed in, of reports under review; whoever has no account any more leaves it to staff."""
    return _keyed(_under_review(until).impartial(), F("reviewer__account_id"))


def barred(until: date) -> Rows:
    """Reviews of the latest version, waiting or in, whose reviewer came to be in the team or a relative of it."""
    rows = ResearchReview.objects.standing().filter(due_on__lte=until, report__project__voided_at=None)
    rows = rows.filter(report__project__state=ProjectState.REVIEW, report__number=F("report__project__versions_count"))
    return _keyed(rows.barred(), NOBODY)


def barred_words(row: ResearchReview, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Name another reviewer for “%(title)s”") % {"title": row.report.title},
        why=_("%(name)s is in the team or a declared relative of a member: the review does not count.")
        % {"name": row.reviewer.name},
        url=reverse("assignments:project_detail", kwargs={"pk": row.report.project_id}) + "#reviews",
        action=_("Open the report"),
    )


def _under_review(until: date) -> Rows:
    rows = ResearchReview.objects.waiting().filter(due_on__lte=until)
    return rows.filter(report__project__state=ProjectState.REVIEW, report__project__voided_at=None)


def _keyed(rows: Rows, doer: object) -> Rows:
    lead = ResearchMember.objects.standing().filter(project=OuterRef("report__project"), is_lead=True)
    return rows.annotate(
        due_day=F("due_on"),
        trainee_key=Subquery(lead.order_by().values("trainee_id")[:1]),
        doer_key=doer,
    )


def review_words(row: ResearchReview, day: date, user: "User") -> DueWords:
    is_own = row.reviewer.account_id == user.pk
    page = reverse("assignments:review_write", kwargs={"pk": row.pk})
    project = reverse("assignments:project_detail", kwargs={"pk": row.report.project_id})
    return DueWords(
        title=_("Review the report “%(title)s”") % {"title": row.report.title},
        why=_("The review is due on %(day)s.") % {"day": formats.date_format(day)},
        url=page if is_own else project,
        action=_("Read and review") if is_own else _("Open the report"),
        subject="" if is_own else row.reviewer.name,
    )
