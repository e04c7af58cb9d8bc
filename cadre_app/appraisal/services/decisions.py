"""审核、签批（确定）、备案 of one assessment or of all that wait in a unit; sent back, voided, restored."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade, UnitQuota
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.permissions.rooms import CHECKING
from cadre_app.appraisal.services.checks import (
    lock_annual,
    lock_many,
    quota_message,
    refuse_against_probation,
    take_listed,
)
from cadre_app.appraisal.services.course import missing_of
from cadre_app.appraisal.services.entries import Recorded
from cadre_app.care.models import Occasion
from cadre_app.care.services.triggers import add_trigger
from cadre_app.core.roles import Role
from cadre_app.handover.models import MaterialKind
from cadre_app.handover.services.notes import Formed, note_materials_many, retract_material
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_future, refuse_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

    Rows = QuerySet[AnnualAssessment]
    Listed = Mapping[UUID, int] | None  # what a page showed; None for all that waits

CHECKED, CONFIRMED = "appraisal.annualassessment.checked", "appraisal.annualassessment.confirmed"
FILED = "appraisal.annualassessment.filed"


def to_check(user: "User", quota: UnitQuota) -> "Rows":
    """What somebody else entered and `user` may check."""
    rows = AnnualAssessment.objects.worked_on(user, *CHECKING).filter(quota=quota, confirmed_on=None, checked_on=None)
    return rows.exclude(grade="", no_grade="").filter(hands.to_check(user), returned_on=None)


def to_sign(user: "User", quota: UnitQuota) -> "Rows":
    """What is checked and `user`, a leader who neither entered nor checked it, may sign off: without those on display."""
    rows = AnnualAssessment.objects.worked_on(user, Role.LEADER).filter(quota=quota, confirmed_on=None)
    shown = ~Q(grade=Grade.EXCELLENT) | Q(notice_until__lt=timezone.localdate())
    return rows.filter(shown, hands.to_sign(user), checked_on__isnull=False)


def to_file(user: "User", quota: UnitQuota) -> "Rows":
    """What is confirmed and not filed."""
    rows = AnnualAssessment.objects.worked_on(user, Role.STAFF)
    return rows.filter(quota=quota, confirmed_on__isnull=False, filed_on=None)


@transaction.atomic
def check_annual(one: AnnualAssessment, *, version: int | None = None, actor: "User") -> AnnualAssessment:
    """审核 Raises Stale; ValidationError for what oneself entered, and where something is missing."""
    one = lock_annual(one, version)
    _refuse_confirmed(one)
    hands.refuse_check(actor, one)
    if one.returned_on is not None:
        raise ValidationError(_("This assessment was sent back: it has to be entered again first."), code="returned")
    _refuse_incomplete(one)
    with history.change(one, actor=actor, verb=CHECKED):
        one.checked_by, one.checked_on = actor, timezone.localdate()
        clean(one)
        one.save()
    return one


@transaction.atomic
def check_unit(quota: UnitQuota, *, listed: "Listed" = None, actor: "User") -> Recorded:
    """All that wait, or exactly those `listed` in their versions, or none: the first that lacks something is named.

    Raises ValidationError.
    """
    rows = take_listed(lock_many(to_check(actor, quota)), listed)
    for row in rows:
        _refuse_incomplete(row)
    with history.changes_many(rows, actor=actor, verb=CHECKED) as taken:
        for row in taken:
            row.checked_by, row.checked_on = actor, timezone.localdate()
        AnnualAssessment.objects.bulk_update(taken, ["checked_by", "checked_on"], batch_size=200)
    return Recorded(len(rows))


@transaction.atomic
def send_back_annual(
    one: AnnualAssessment, *, reason: str, version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """退回 It waits to be entered again by whoever is told why; what stands in it is kept. Raises Stale, ValidationError."""
    one = lock_annual(one, version)
    _refuse_confirmed(one)
    hands.refuse_sign_off(actor, one)
    if not one.outcome or one.returned_on is not None:
        raise ValidationError(_("This assessment waits to be entered already."), code="not_waiting")
    if not reason.strip():
        raise refusal("reason", _("Please fill this in."), code="required")
    with history.change(one, actor=actor, verb="appraisal.annualassessment.sent_back", reason=reason):
        one.checked_by, one.checked_on = None, None
        one.returned_by, one.returned_on, one.return_reason = actor, timezone.localdate(), reason.strip()
        clean(one)
        one.save()
    return one


@transaction.atomic
def sign_off_annual(one: AnnualAssessment, *, version: int | None = None, actor: "User") -> AnnualAssessment:
    """签批、确定 The person can read it from now on, and a talk on it is due. Raises Stale, ValidationError."""
    one = lock_annual(one, version)
    _refuse_confirmed(one)
    hands.refuse_sign_off(actor, one)
    if one.checked_on is None:
        raise ValidationError(_("This assessment has to be checked first."), code="not_checked")
    refuse_on_display(one)
    _refuse_incomplete(one)
    with history.change(one, actor=actor, verb=CONFIRMED):
        one.confirmed_by, one.confirmed_on = actor, timezone.localdate()
        clean(one)
        one.save()
    _ask_for_talk(one, actor)
    return one


@transaction.atomic
def sign_off_unit(quota: UnitQuota, *, listed: "Listed" = None, actor: "User") -> Recorded:
    """As `check_unit`, what others checked, but for those still on display. Raises ValidationError."""
    rows = take_listed(lock_many(to_sign(actor, quota)), listed)
    for row in rows:
        _refuse_incomplete(row)
    with history.changes_many(rows, actor=actor, verb=CONFIRMED) as taken:
        for row in taken:
            row.confirmed_by, row.confirmed_on = actor, timezone.localdate()
        AnnualAssessment.objects.bulk_update(taken, ["confirmed_by", "confirmed_on"], batch_size=200)
    for row in rows:
        _ask_for_talk(row, actor)
    return Recorded(len(rows))


@transaction.atomic
def file_annual(
    one: AnnualAssessment, *, filed_on: date, filing_number: str = "", version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """备案 Raises Stale, ValidationError by field."""
    one = lock_annual(one, version)
    if one.confirmed_on is None or one.filed_on is not None:
        raise ValidationError(_("This assessment does not wait for this step."), code="not_waiting")
    _refuse_filing(filed_on, one.confirmed_on)
    with history.change(one, actor=actor, verb=FILED):
        one.filed_on, one.filing_number = filed_on, filing_number.strip()
        clean(one)
        one.save()
    note_forms([one], filed_on, actor)
    return one


@transaction.atomic
def file_unit(
    quota: UnitQuota, *, filed_on: date, filing_number: str = "", listed: "Listed" = None, actor: "User"
) -> Recorded:
    """As `check_unit`, what is confirmed. Raises ValidationError by field."""
    rows = take_listed(lock_many(to_file(actor, quota)), listed)
    for row in rows:
        if row.confirmed_on is not None:
            _refuse_filing(filed_on, row.confirmed_on)
    with history.changes_many(rows, actor=actor, verb=FILED) as taken:
        for row in taken:
            row.filed_on, row.filing_number = filed_on, filing_number.strip()
        AnnualAssessment.objects.bulk_update(taken, ["filed_on", "filing_number"], batch_size=200)
    note_forms(rows, filed_on, actor)
    return Recorded(len(rows))


@transaction.atomic
def void_annual(one: AnnualAssessment, *, reason: str, version: int | None = None, actor: "User") -> AnnualAssessment:
    """Opened for somebody who is not assessed, or who left. Raises Stale; ValidationError for a confirmed one."""
    one = lock_annual(one, version, closed=True)
    _refuse_confirmed(one)
    history.void(one, actor=actor, reason=reason)
    return AnnualAssessment.objects.get(pk=one.pk)


@transaction.atomic
def restore_annual(
    one: AnnualAssessment, *, reason: str = "", version: int | None = None, actor: "User"
) -> AnnualAssessment:
    """Undo `void_annual`. Raises Stale; ValidationError, also where the quota of the unit is used up since."""
    quota = UnitQuota.objects.lock(one.quota_id)
    one = AnnualAssessment.objects.lock(one.pk, version)
    refuse_standing(one)
    if quota.campaign.is_voided:
        raise ValidationError(_("The assessment of this year is voided. Restore the year first."), code="year_voided")
    full = UnitQuota.objects.filter(pk=one.quota_id, approval_number="", excellents__gte=F("approved"))
    if one.grade == Grade.EXCELLENT and not one.excellent_on_paper and full.exists():
        raise ValidationError(quota_message(), code="over_quota")
    history.restore(one, actor=actor, reason=reason)
    return AnnualAssessment.objects.get(pk=one.pk)


def _refuse_confirmed(one: AnnualAssessment) -> None:
    if one.confirmed_on is not None:
        message = _("This assessment is confirmed. It is changed by a correction that a leader signs off.")
        raise ValidationError(message, code="confirmed")


def _refuse_incomplete(one: AnnualAssessment) -> None:
    missing = missing_of(one)
    if missing:
        known: dict[str, Any] = {"name": one.trainee.person.name, "missing": missing}
        raise ValidationError(_("%(name)s: missing is “%(missing)s”.") % known, code="incomplete")
    refuse_against_probation(one)


def refuse_on_display(one: AnnualAssessment) -> None:
    """Raises ValidationError for an excellent one that was not shown in public to the end."""
    if one.grade != Grade.EXCELLENT:
        return
    if one.notice_until is None:
        message = _("Whoever is excellent is shown in public first. Enter the days of the public notice.")
        raise ValidationError(message, code="no_notice")
    if one.notice_until >= timezone.localdate():
        message = _("The public notice lasts until %(day)s.") % {"day": formats.date_format(one.notice_until)}
        raise ValidationError(message, code="on_display")


def note_forms(rows: "Iterable[AnnualAssessment]", filed_on: date, actor: "User") -> None:
    """The registration forms are handed over within a month of their filing (PRODUCT.md, "Materials to hand over"); those of
    years before the last one lie in the archive.
    """
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Registration form of the annual assessment of %(year)d")
        formed = [
            Formed(obj=one, trainee=one.trainee, title=name % {"year": one.year})
            for one in rows
            if one.is_recent(filed_on)
        ]
    note_materials_many(formed, kind=MaterialKind.ANNUAL, formed_on=filed_on, actor=actor)


def note_corrected_form(one: AnnualAssessment, correction: AnnualCorrection, actor: "User") -> None:
    """The form of the corrected result goes where the first one went, in place of what still waits; formed on the day of the
    correction. Of years before the last one it only takes the place of one that waits.
    """
    today = timezone.localdate()
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Corrected registration form of the annual assessment of %(year)d") % {"year": one.year}
        reason = _("The assessment was corrected.")
    formers = (one, *AnnualCorrection.objects.signed().filter(assessment=one).exclude(pk=correction.pk))
    waited = sum(retract_material(former, reason=reason, actor=actor) for former in formers)
    if not waited and not one.is_recent(today):
        return
    formed = Formed(obj=correction, trainee=one.trainee, title=title)
    note_materials_many([formed], kind=MaterialKind.ANNUAL, formed_on=today, actor=actor)


def _refuse_filing(filed_on: date, confirmed_on: date) -> None:
    refuse_future("filed_on", filed_on)
    if filed_on < confirmed_on:
        raise ValidationError({"filed_on": _("This lies before the sign-off by a leader.")})


def _ask_for_talk(one: AnnualAssessment, actor: "User") -> None:
    """年度考核后 30 日内谈话; not about a year that is long past, which an office brings along when it moves in."""
    if one.confirmed_on is not None and one.is_recent(one.confirmed_on):
        with translation.override(settings.LANGUAGE_CODE):
            subject = _("Annual assessment %(year)s") % {"year": one.year}
        add_trigger(
            one.trainee, occasion=Occasion.ASSESSMENT, happened_on=one.confirmed_on, subject=subject, actor=actor
        )
