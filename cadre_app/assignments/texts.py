"""What the full-text search finds of postings and field research: appraisals, reports as handed in last, minutes of meetings."""

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import PostingAppraisal, ProgressMeeting, ReportVersion, ResearchProject
from cadre_app.assignments.models.appraisals import SEARCHED as APPRAISALS
from cadre_app.assignments.models.reports import SEARCHED as REPORTS
from cadre_app.assignments.models.research import members_seen
from cadre_app.assignments.permissions.rooms import has_texts
from cadre_app.assignments.stretch_words import days_text, kind_with_level
from cadre_app.core.texts import Place, TextSource, text_sources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEAR_REPORTS = 200


def announce() -> None:
    """Called once, when the app is ready."""
    for key, source in (
        (
            "assignments.reports",
            TextSource(
                label=gettext_lazy("Research reports"),
                order=30,
                visible=has_texts,
                rows=reports_of,
                fields=REPORTS,
                day="handed_in_at",
                place=report_place,
                near=NEAR_REPORTS,
            ),
        ),
        (
            "assignments.meetings",
            TextSource(
                label=gettext_lazy("Progress meetings"),
                order=32,
                visible=has_texts,
                rows=meetings_of,
                fields=("minutes",),
                day="held_on",
                place=meeting_place,
            ),
        ),
        (
            "assignments.appraisals",
            TextSource(
                label=gettext_lazy("Appraisals of postings"),
                order=34,
                visible=has_texts,
                rows=appraisals_of,
                fields=APPRAISALS,
                day="written_on",
                place=appraisal_place,
            ),
        ),
    ):
        text_sources.register(key, source)


def reports_of(user: "User") -> QuerySet[ReportVersion]:
    """The latest version of each project; what one only reviews has no page to open."""
    opened = Q(project__in=members_seen(user).values("project"))
    opened |= Q(project__in=ResearchProject.objects.mentored_by(user))
    rows = ReportVersion.objects.visible_to(user).standing().filter(opened, project__voided_at=None)
    return rows.filter(number=F("project__versions_count")).select_related("project__call")


def report_place(version: ReportVersion) -> Place:
    project = version.project
    parts = (str(project.get_kind_display()), str(project.call or ""))
    url = reverse("assignments:version_detail", kwargs={"pk": version.pk})
    day = timezone.localdate(version.handed_in_at)
    return Place(version.title, " · ".join(part for part in parts if part), day, url)


def meetings_of(user: "User") -> QuerySet[ProgressMeeting]:
    return ProgressMeeting.objects.visible_to(user).standing().select_related("call")


def meeting_place(meeting: ProgressMeeting) -> Place:
    url = reverse("assignments:meeting_detail", kwargs={"pk": meeting.pk})
    return Place(_("Progress meeting"), str(meeting.call or ""), meeting.held_on, url)


def appraisals_of(user: "User") -> QuerySet[PostingAppraisal]:
    rows = PostingAppraisal.objects.visible_to(user).standing()
    rows = rows.filter(posting__voided_at=None, posting__trainee__voided_at=None)
    return rows.select_related("posting__unit", "posting__trainee__person")


def appraisal_place(appraisal: PostingAppraisal) -> Place:
    posting = appraisal.posting
    parts = (posting.host, kind_with_level(posting), days_text(posting.started_on, posting.covered_until))
    url = reverse("assignments:posting_detail", kwargs={"pk": posting.pk})
    return Place(posting.trainee.person.name, " · ".join(parts), appraisal.written_on, url)
