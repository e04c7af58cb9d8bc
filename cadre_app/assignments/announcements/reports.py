"""What reports announce to the registries."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import User
from cadre_app.assignments import award_rows
from cadre_app.assignments.lists import reports as lists
from cadre_app.assignments.panels.research import reading_panel, review_items
from cadre_app.assignments.permissions import reports as permissions
from cadre_app.assignments.permissions.research import can_follow
from cadre_app.assignments.permissions.rooms import is_reviewer
from cadre_app.assignments.rules import reports as rules
from cadre_app.assignments.services.reports import FAMILIES, FILE
from cadre_app.core.registries import DeskPanel, FileKind, JobKind, desk_panels, file_kinds, job_kinds, verbs
from cadre_app.people.models.persons import own_keys

VERBS = {
    "assignments.reportversion.handed_in": _("Version of a research report handed in"),
    "assignments.researchproject.version_in": _("New version of a research report"),
    "assignments.researchproject.in_review": _("Research report given to reviewers"),
    "assignments.researchproject.counted": _("Reviews of a research report counted"),
    "assignments.researchproject.released": _("Reviews shown to the research team"),
    "assignments.researchproject.unreleased": _("Reviews hidden from the research team"),
    "assignments.reportremark.written": _("Said by the department of a version"),
    "assignments.mentorreading.read": _("Research report read by the mentor"),
    "assignments.researchreview.given": _("Research report given to a reviewer"),
    "assignments.researchreview.handed_in": _("Review of a research report handed in"),
    "assignments.researchreview.day_moved": _("Day of a review of a research report moved"),
    "assignments.researchreview.returned": _("Review of a research report returned"),
    "assignments.researchreview.voided": _("Reviewer taken off a research report"),
    "assignments.researchprize.recorded": _("Research prize recorded"),
    "assignments.researchprize.voided": _("Research prize voided"),
    "assignments.researchprize.restored": _("Research prize restored"),
    "assignments.researchaward.written": _("Research award written into the file"),
    "assignments.researchaward.voided": _("Research award taken out of the file"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    rules.announce()
    award_rows.announce()
    file_kinds.register(
        FILE, FileKind(_("File of a research report"), FAMILIES, permissions.may_read_file, page_of=version_page)
    )
    for key, label, table in (
        (lists.REPORTS, _("Research reports"), lists.exported_reports),
        (lists.PRIZES, _("Prizes for research reports"), lists.exported_prizes),
    ):
        job_kinds.register(key, JobKind(label=label, may_run=can_follow, table=table))
    desk_panels.register("assignments.reviews", DeskPanel(order=14, visible=is_reviewer, items=review_items))
    desk_panels.register(
        "assignments.readings",
        DeskPanel(
            order=15, visible=is_somebody_else, template="assignments/_desk_readings.html", context=reading_panel
        ),
    )


def version_page(owner: UUID) -> str:
    return reverse("assignments:version_detail", kwargs={"pk": owner})


def is_somebody_else(user: User) -> bool:
    """A person who is not in development: whoever may mentor somebody."""
    person, trainee = own_keys(user)
    return person is not None and trainee is None
