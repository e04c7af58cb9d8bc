"""Filling in, submitting, returning, freezing, voiding and restoring a report to the superior."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_standing
from cadre_app.rosters.absence import days_kept
from cadre_app.rosters.comparing import COMPARED, comparison_of
from cadre_app.rosters.models import ReportKind, ReportState, SuperiorReport
from cadre_app.rosters.sheets import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


@transaction.atomic
def start_report(
    *,
    kind: str = ReportKind.YEARLY,
    unit: "Unit",
    as_of: date,
    remark: str = "",
    on: date | None = None,
    actor: "User",
) -> SuperiorReport:
    """Begin a draft; its numbers follow the files. `on`: the day of the entry, today by default.

    Raises ValidationError: a day to come, a unit that has this report already.
    """
    report = SuperiorReport(kind=kind, unit=unit, as_of=as_of, remark=remark.strip())
    if as_of > timezone.localdate():
        message = _("This day has not come yet. Lists and reports stand as of today or an earlier day.")
        raise ValidationError({"as_of": ValidationError(message, code="future")})
    with history.change(report, actor=actor, verb="rosters.superiorreport.started"):
        _by(report, actor, on)
        clean(report)
        report.save(force_insert=True)
    return report


@transaction.atomic
def change_report(
    report: SuperiorReport, *, remark: str = "", version: int | None = None, actor: "User"
) -> SuperiorReport:
    """The remark of a draft. Raises Stale, ValidationError."""
    report = _lock(report, version, ReportState.DRAFT)
    with history.change(report, actor=actor, verb="rosters.superiorreport.changed"):
        report.remark = remark.strip()
        _by(report, actor)
        clean(report)
        report.save()
    return report


@transaction.atomic
def number_report(
    report: SuperiorReport, *, filing_number: str = "", version: int | None = None, actor: "User"
) -> SuperiorReport:
    """The number under which a frozen report was filed. Raises Stale, ValidationError."""
    report = _lock(report, version, ReportState.FROZEN)
    with history.change(report, actor=actor, verb="rosters.superiorreport.numbered"):
        report.filing_number = filing_number.strip()
        clean(report)
        report.save()
    return report


@transaction.atomic
def submit_report(
    report: SuperiorReport, *, on: date | None = None, version: int | None = None, actor: "User"
) -> SuperiorReport:
    """报送审核: what counts now is kept, and a leader decides on exactly that. Raises Stale, ValidationError."""
    report = _lock(report, version, ReportState.DRAFT)
    with history.change(report, actor=actor, verb="rosters.superiorreport.submitted"):
        report.state, report.return_reason = ReportState.SUBMITTED, ""
        names = {"unit": report.unit.name, "filled_in_by": actor.display_name}
        report.numbers = snapshot(report.kind, report.unit, report.as_of) | {"names": names} | days_kept(report.unit)
        report.submitted_on = on or timezone.localdate()
        _by(report, actor, on)
        clean(report)
        report.save()
    return report


@transaction.atomic
def return_report(report: SuperiorReport, *, reason: str, version: int | None = None, actor: "User") -> SuperiorReport:
    """退回补充 with a reason: a draft again, counted anew. Raises Stale, ValidationError."""
    report = _lock(report, version, ReportState.SUBMITTED)
    with history.change(report, actor=actor, verb="rosters.superiorreport.returned", reason=reason):
        report.state, report.return_reason = ReportState.DRAFT, reason.strip()
        report.numbers, report.submitted_on = {}, None
        clean(report)
        report.save()
    return report


@transaction.atomic
def freeze_report(
    report: SuperiorReport, *, on: date | None = None, version: int | None = None, actor: "User"
) -> SuperiorReport:
    """定稿: the numbers that were submitted stay for good, with what they are compared with. Raises Stale; ValidationError for
    whoever filled in part of it.
    """
    report = _lock(report, version, ReportState.SUBMITTED)
    if actor.pk in report.hands:
        raise ValidationError(_("Nobody checks or signs off what they entered themselves."), code="own_entry")
    with history.change(report, actor=actor, verb="rosters.superiorreport.frozen"):
        report.state, report.frozen_by = ReportState.FROZEN, actor
        report.frozen_on = on or timezone.localdate()
        names = report.numbers.get("names", {}) | {"checked_by": actor.display_name}
        report.numbers = report.numbers | {"names": names, COMPARED: comparison_of(report)}
        clean(report)
        report.save()
    return report


@transaction.atomic
def void_report(report: SuperiorReport, *, reason: str, version: int | None = None, actor: "User") -> SuperiorReport:
    """Take a report out of use, with its numbers as they are; another can be filled in. Raises Stale."""
    report = _lock(report, version)
    history.void(report, actor=actor, reason=reason)
    return SuperiorReport.objects.get(pk=report.pk)


@transaction.atomic
def restore_report(
    report: SuperiorReport, *, reason: str = "", version: int | None = None, actor: "User"
) -> SuperiorReport:
    """Undo `void_report`. Raises Stale; ValidationError where another took its place."""
    report = SuperiorReport.objects.lock(report.pk, version)
    refuse_standing(report)
    history.restore(report, actor=actor, reason=reason)
    return SuperiorReport.objects.get(pk=report.pk)


def _lock(report: SuperiorReport, version: int | None, state: str = "") -> SuperiorReport:
    report = SuperiorReport.objects.select_related("unit").lock(report.pk, version)
    if report.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    if state and report.state != state:
        raise ValidationError(_("This report does not wait for this step."), code="not_waiting")
    return report


def _by(report: SuperiorReport, actor: "User", on: date | None = None) -> None:
    """Whoever filled in part of it does not freeze it; the last one stands on the form."""
    report.entered_by, report.entered_on = actor, on or timezone.localdate()
    if actor.pk not in report.hands:
        report.hands = [*report.hands, actor.pk]
