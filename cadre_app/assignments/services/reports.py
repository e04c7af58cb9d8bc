"""Versions of a report as they are handed in, and what the mentor says of them."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    MentorReading,
    ProjectKind,
    ProjectNews,
    ProjectState,
    ReportVersion,
    ResearchProject,
)
from cadre_app.assignments.services.research_states import (
    WRITABLE,
    due_of,
    lock_project,
    move,
    refuse_abandoned,
    tell,
)
from cadre_app.files import services as files
from cadre_app.history import services as history
from cadre_app.people.models import Person
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.files.uploads import CheckedUpload

FILE = "assignments.report"
FAMILIES = ("pdf", "document")


@transaction.atomic
def hand_in(
    project: ResearchProject,
    *,
    title: str,
    body: str,
    changes: str = "",
    file: "CheckedUpload | None" = None,
    version: int | None = None,
    actor: "User",
) -> ReportVersion:
    """Hand in the next version; it gets its number and never changes. What was recommended or said of the version
    before does not hold for it. Raises Stale, ValidationError by field.
    """
    project = lock_project(project, version, states=WRITABLE)
    refuse_abandoned(project)
    if project.versions_count and not changes.strip():
        raise refusal("changes", _("Say in a line what is new in this version."), code="required")
    report = ReportVersion(project=project, number=project.versions_count + 1, title=title, body=body, changes=changes)
    report.handed_in_by, report.handed_in_at = actor, timezone.now()
    with history.change(report, actor=actor, verb="assignments.reportversion.handed_in"):
        clean(report)
        report.save()
    with history.change(project, actor=actor, verb="assignments.researchproject.version_in"):
        move(project, ProjectState.WRITING)
        project.versions_count, project.title = report.number, title
        project.due_on = due_of(project.call, project.term)
        project.reviews_done, project.reviews_released_on = 0, None
        project.recommended_on = project.remarked_on = project.returned_on = project.news_on = None
        project.news = ""
        clean(project)
        project.save()
    if file is not None:
        files.store_file(kind=FILE, owner=report, upload=file, actor=actor)
    return report


@transaction.atomic
def read_report(
    report: ReportVersion, *, comment: str = "", version: int | None = None, actor: "User"
) -> MentorReading:
    """The mentor has read a version and may say what to better; once more it changes the comment.

    Raises Stale, ValidationError.
    """
    project = lock_project(report.project)
    if project.kind != ProjectKind.PERSONAL:
        raise ValidationError(_("Mentors read personal reports."), code="team")
    mentor = Person.objects.get(account=actor)
    rows = MentorReading.objects.standing().select_for_update(of=("self",))
    reading = rows.filter(report=report, mentor=mentor).first() or MentorReading(report=report, mentor=mentor)
    with history.change(reading, actor=actor, verb="assignments.mentorreading.read"):
        reading.read_on, reading.comment = reading.read_on or timezone.localdate(), comment
        clean(reading)
        reading.save()
    with history.change(project, actor=actor, verb="assignments.researchproject.told"):
        tell(project, ProjectNews.READ)
        project.save(update_fields=["news", "news_on", "updated_at"])
    return reading
