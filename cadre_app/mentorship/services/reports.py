"""导师工作小结 A mentor's half-year report: generated, generated anew, edited, sent to the department, taken back."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.mentorship.models import MentorReport
from cadre_app.mentorship.models.reports import days_of
from cadre_app.mentorship.report_text import mentees_of, text_of
from cadre_app.people.models import Person
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def generate_report(mentor: Person, *, year: int, half: int, actor: "User | None") -> MentorReport:
    """The first text of a half-year, from the data.

    Raises ValidationError for a half-year to come, for an empty one, and where the report is there already.
    """
    mentor = Person.objects.lock(mentor.pk)
    report = MentorReport(mentor=mentor, year=year, half=half)
    report.first_day, report.last_day = days_of(year, half)
    report.generated = report.text = _made(report)
    report.generated_at = timezone.now()
    with history.change(report, actor=actor, verb="mentorship.mentorreport.generated"):
        clean(report)
        report.save(force_insert=True)
    return report


@transaction.atomic
def regenerate_report(report: MentorReport, *, version: int | None = None, actor: "User") -> MentorReport:
    """Made anew from the data as they are now; the text that stood is kept beside it. Raises Stale, ValidationError."""
    report = _locked(report, version)
    made = _made(report)
    with history.change(report, actor=actor, verb="mentorship.mentorreport.regenerated"):
        report.previous_text = report.text if report.text != made else report.previous_text
        report.generated = report.text = made
        report.generated_at = timezone.now()
        clean(report)
        report.save()
    return report


@transaction.atomic
def change_report(report: MentorReport, *, text: str, version: int | None = None, actor: "User") -> MentorReport:
    """Edit the text until it is sent. Raises Stale; ValidationError by field."""
    report = _locked(report, version)
    if not text.strip():
        raise refusal("text", _("Please fill this in."), code="required")
    with history.change(report, actor=actor, verb="mentorship.mentorreport.changed"):
        report.text = text
        clean(report)
        report.save()
    return report


@transaction.atomic
def send_report(report: MentorReport, *, version: int | None = None, actor: "User | None") -> MentorReport:
    """报送 The department reads it from now on. Raises Stale, ValidationError."""
    report = _locked(report, version)
    if report.last_day > timezone.localdate():
        raise ValidationError(_("This half-year is not over yet: send the report afterwards."), code="not_over")
    with history.change(report, actor=actor, verb="mentorship.mentorreport.sent"):
        report.sent_at = timezone.now()
        clean(report)
        report.save()
    return report


@transaction.atomic
def take_back_report(report: MentorReport, *, version: int | None = None, actor: "User") -> MentorReport:
    """撤回 It is the mentor's alone again, to be changed. Raises Stale, ValidationError."""
    Person.objects.lock(report.mentor_id)
    report = MentorReport.objects.lock(report.pk, version)
    if report.sent_at is None:
        raise ValidationError(_("This report is not sent."), code="not_sent")
    with history.change(report, actor=actor, verb="mentorship.mentorreport.taken_back"):
        report.sent_at = None
        clean(report)
        report.save()
    return report


def _made(report: MentorReport) -> str:
    today = timezone.localdate()
    if report.first_day > today:
        raise refusal("half", _("This half-year has not begun yet."), code="future")
    mentees = mentees_of(report.mentor, report.first_day, report.last_day)
    text = text_of(mentees, report.first_day, report.last_day, today)
    if not text:
        message = _("There is no guidance note, check-in or review in this half-year: nothing to report.")
        raise refusal("half", message, code="empty")
    return text


def _locked(report: MentorReport, version: int | None) -> MentorReport:
    """The mentor, then the report. Raises Stale; ValidationError for one that was sent."""
    mentor = Person.objects.lock(report.mentor_id)
    report = MentorReport.objects.lock(report.pk, version)
    report.mentor = mentor
    if report.sent_at is not None:
        raise ValidationError(_("This report was sent. Take it back before it is changed."), code="sent")
    return report
