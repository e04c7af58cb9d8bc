"""Campaigns of the annual assessment: opened with a quota for each unit and a row for each person, followed as people move."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, NoGrade, UnitQuota, is_assessed
from cadre_app.appraisal.policies import ENTRY_DAYS, ENTRY_MONTH
from cadre_app.core.fields import seen
from cadre_app.history import services as history
from cadre_app.org.paths import any_of
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, refusal, refuse_numberless, refuse_standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit
    from cadre_app.people.models.trainees import TraineeQuerySet

BATCH = 500
ENTERED_FIELDS = (
    "grade", "no_grade", "case_note", "comment", "self_report_on", "survey_on", "appraised_on", "notice_from",
    "notice_until", "entered_on", "hands", "returned_on", "return_reason",
)  # fmt: skip


def usual_days(year: int) -> tuple[date, date]:
    """First and last day of entering the assessment of `year`, by the settings."""
    return date(year, ENTRY_MONTH.now(), 1), date(year, 12, 31) + timedelta(days=ENTRY_DAYS.now())


def usual_year(today: date) -> tuple[int, date, date]:
    """The year whose assessment is opened on that day, with its usual days: the last one until its time is over."""
    year = today.year if today > usual_days(today.year - 1)[1] else today.year - 1
    return (year, *usual_days(year))


@transaction.atomic
def open_year(
    *, unit: "Unit", year: int, starts_on: date, ends_on: date, note: str = "", actor: "User | None"
) -> AssessmentYear:
    """Begin the assessment of `year` in `unit` and below. Raises ValidationError by field, also where a unit above or
    below has a campaign of that year already.
    """
    if year > timezone.localdate().year:
        raise refusal("year", _("This year has not come yet."), code="future")
    campaign = AssessmentYear(unit=unit, year=year, starts_on=starts_on, ends_on=ends_on, note=note)
    _refuse_other(campaign)
    _refuse_days(campaign)
    with history.change(campaign, actor=actor, verb="appraisal.assessmentyear.opened"):
        clean(campaign)
        campaign.save(force_insert=True)
    complete_year(campaign, actor=actor)
    return campaign


@transaction.atomic
def change_year(
    campaign: AssessmentYear,
    *,
    starts_on: date,
    ends_on: date,
    note: str = "",
    version: int | None = None,
    actor: "User",
) -> AssessmentYear:
    """Other days or another remark. Raises Stale, ValidationError."""
    campaign = AssessmentYear.objects.lock(campaign.pk, version)
    with history.change(campaign, actor=actor, verb="appraisal.assessmentyear.changed"):
        campaign.starts_on, campaign.ends_on, campaign.note = starts_on, ends_on, note
        _refuse_days(campaign)
        clean(campaign)
        campaign.save()
    return campaign


@transaction.atomic
def void_year(campaign: AssessmentYear, *, reason: str, version: int | None = None, actor: "User") -> AssessmentYear:
    """Opened by mistake. Raises Stale; ValidationError once something of it was entered."""
    campaign = AssessmentYear.objects.lock(campaign.pk, version)
    rows = AnnualAssessment.objects.standing().filter(quota__campaign=campaign)
    if rows.exclude(state="not_started").exists():
        raise ValidationError(_("Assessments of this year were entered already."), code="entered")
    with history.changes_many(rows, actor=actor, verb="appraisal.annualassessment.voided", reason=reason) as voided:
        for row in voided:
            row.voided_at, row.voided_with_year = timezone.now(), True
        AnnualAssessment.objects.bulk_update(voided, ["voided_at", "voided_with_year"], batch_size=BATCH)
    history.void(campaign, actor=actor, reason=reason)
    return AssessmentYear.objects.get(pk=campaign.pk)


@transaction.atomic
def restore_year(
    campaign: AssessmentYear, *, reason: str = "", version: int | None = None, actor: "User"
) -> AssessmentYear:
    """Undo `void_year`, with rows for everybody; what was voided one by one stays voided. Raises Stale, ValidationError."""
    campaign = AssessmentYear.objects.lock(campaign.pk, version)
    refuse_standing(campaign)
    _refuse_other(campaign)
    history.restore(campaign, actor=actor, reason=reason)
    campaign = AssessmentYear.objects.get(pk=campaign.pk)
    elsewhere = AnnualAssessment.objects.standing().filter(trainee=OuterRef("trainee"), year=campaign.year)
    rows = AnnualAssessment.objects.filter(~Exists(elsewhere), quota__campaign=campaign, voided_with_year=True)
    with history.changes_many(rows, actor=actor, verb="appraisal.annualassessment.restored", reason=reason) as found:
        for row in found:
            row.voided_at, row.voided_with_year = None, False
        AnnualAssessment.objects.bulk_update(found, ["voided_at", "voided_with_year"], batch_size=BATCH)
    complete_year(campaign, actor=actor)
    return campaign


@transaction.atomic
def set_quota(
    quota: UnitQuota,
    *,
    participants: int | None,
    approved: int | None,
    approval_number: str = "",
    version: int | None = None,
    actor: "User",
) -> UnitQuota:
    """应参加人数、核定名额 and, above it, the approval number. Raises Stale, ValidationError by field."""
    quota = UnitQuota.objects.lock(quota.pk, version)
    approval_number = seen(approval_number).strip()
    if approval_number:
        refuse_numberless("approval_number", approval_number)
    _refuse_too_few(quota, participants)
    with history.change(quota, actor=actor, verb="appraisal.unitquota.set"):
        quota.participants, quota.approved = participants, approved
        quota.approval_number = approval_number
        clean(quota)
        quota.save(update_fields=["participants", "approved", "approval_number", "updated_at"])
    return quota


@transaction.atomic
def set_quotas_many(campaign: AssessmentYear, *, numbers: "Mapping[UUID, tuple[int, int]]", actor: "User") -> int:
    """应参加人数、核定名额 of many units by key of the unit. Raises ValidationError as `set_quota`."""
    rows = UnitQuota.objects.standing().filter(campaign=campaign, unit__in=numbers).select_for_update(of=("self",))
    with history.changes_many(rows.order_by("pk"), actor=actor, verb="appraisal.unitquota.set") as listed:
        for row in listed:
            row.participants, row.approved = numbers[row.unit_id]
            row.validate_constraints(exclude={"unit", "campaign"})
        UnitQuota.objects.bulk_update(listed, ["participants", "approved"], batch_size=BATCH)
    return len(listed)


@transaction.atomic
def complete_year(campaign: AssessmentYear, *, actor: "User | None") -> int:
    """A quota for each unit with people, a row for each of them who had arrived; how many rows were added."""
    people = list(latecomers(campaign).select_related("home_unit").order_by("home_unit__path", "pk"))
    quotas = _quotas_for(campaign, {one.home_unit_id for one in people}, actor)
    rows = [
        AnnualAssessment(trainee=one, year=campaign.year, quota=quotas[one.home_unit_id], status=one.status)
        for one in people
    ]
    kept = AnnualAssessment.objects.bulk_create(rows, batch_size=BATCH)
    history.record_created_many(kept, actor=actor, verb="appraisal.annualassessment.opened")
    return len(rows)


@transaction.atomic
def add_latecomers(campaign: AssessmentYear, *, version: int | None = None, actor: "User") -> int:
    """Whoever's file came since gets a row, also in a year that is long over; how many. Raises Stale, ValidationError."""
    campaign = AssessmentYear.objects.lock(campaign.pk, version)
    if campaign.is_voided:
        raise ValidationError(_("The assessment of this year is voided. Restore the year first."), code="year_voided")
    return complete_year(campaign, actor=actor)


def sweep_years() -> int:
    """People who came or moved since a campaign was opened: a row, or the quota of their unit, until it is over.

    Whoever comes later was as a rule assessed elsewhere: somebody says so for a past year (`add_latecomers`).
    """
    today, done = timezone.localdate(), 0
    for campaign in AssessmentYear.objects.standing().filter(year__gte=today.year - 1).order_by("pk"):
        if latecomers(campaign).exists():
            done += complete_year(campaign, actor=None)
        done += follow_units(campaign)
    return done


@transaction.atomic
def follow_units(campaign: AssessmentYear) -> int:
    """新调入由现单位考核: what is not checked yet goes with the person to the unit that assesses now; how many."""
    rows = AnnualAssessment.objects.in_work().filter(quota__campaign=campaign, checked_on=None)
    rows = rows.exclude(quota__unit=F("trainee__home_unit")).filter(
        any_of((campaign.unit.range,), "trainee__home_unit__path"), trainee__departed_on=None, trainee__voided_at=None
    )
    moved = list(rows.select_related("trainee").order_by("pk")[:BATCH])
    if not moved:
        return 0
    quotas = _quotas_for(campaign, {one.trainee.home_unit_id for one in moved}, None)
    keys = {one.quota_id for one in moved} | {quotas[one.trainee.home_unit_id].pk for one in moved}
    lock_quotas(keys)
    done = 0
    for row in moved:
        locked = AnnualAssessment.objects.lock(row.pk)
        if locked.checked_on is not None or locked.is_voided:
            continue
        with history.change(locked, actor=None, verb="appraisal.annualassessment.moved"):
            _begin_anew(locked)
            locked.quota = quotas[row.trainee.home_unit_id]
            locked.save()
        done += 1
    return done


def _begin_anew(one: AnnualAssessment) -> None:
    """The new unit assesses: what the old one entered is kept beside, as what it knows of the person; not saved."""
    if one.outcome or one.comment:
        with translation.override(settings.LANGUAGE_CODE):
            told = [one.quota.unit.name, one.outcome_label, one.comment]
            one.former = " · ".join(text for text in told if text)
    empty = AnnualAssessment()
    for name in (*ENTERED_FIELDS, "entered_by", "returned_by"):
        setattr(one, name, getattr(empty, name))


def lock_quotas(keys: "set[UUID]") -> dict["UUID", UnitQuota]:
    """Before any assessment: whoever gives grades waits here, in one order for everybody."""
    rows = UnitQuota.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows.select_related("campaign", "unit")}


def latecomers(campaign: AssessmentYear) -> "TraineeQuerySet":
    """Who has no row of this year; one voided by itself is one, those that were voided with their year are none."""
    known = AnnualAssessment.objects.filter(trainee=OuterRef("pk"), year=campaign.year, quota__campaign__voided_at=None)
    people = Trainee.objects.in_development().filter(any_of((campaign.unit.range,), "home_unit__path"))
    return people.filter(~Exists(known), arrived_on__lte=date(campaign.year, 12, 31))


def _quotas_for(campaign: AssessmentYear, units: "set[UUID]", actor: "User | None") -> dict["UUID", UnitQuota]:
    found = {row.unit_id: row for row in UnitQuota.objects.standing().filter(campaign=campaign, unit__in=units)}
    new = [UnitQuota(campaign=campaign, unit_id=key) for key in sorted(units - set(found))]
    UnitQuota.objects.bulk_create(new, batch_size=BATCH)
    history.record_created_many(new, actor=actor, verb="appraisal.unitquota.opened")
    return found | {row.unit_id: row for row in new}


def _refuse_too_few(quota: UnitQuota, participants: int | None) -> None:
    """Nobody of the unit who is assessed is left out; whoever was transferred is assessed by the new unit."""
    rows = AnnualAssessment.objects.standing().filter(is_assessed(), quota=quota).exclude(no_grade=NoGrade.TRANSFERRED)
    if participants is not None and participants < (count := rows.count()):
        message = ngettext(
            "%(count)d person with a growth file here is in the assessment of this unit.",
            "%(count)d people with a growth file here are in the assessment of this unit.",
            count,
        )
        raise refusal("participants", message % {"count": count}, code="too_few")


def _refuse_days(campaign: AssessmentYear) -> None:
    """It is entered in the year that is assessed or in the one after."""
    first, last = date(campaign.year, 1, 1), date(campaign.year + 1, 12, 31)
    for name in ("starts_on", "ends_on"):
        if not first <= getattr(campaign, name) <= last:
            message = _("The assessment of %(year)s is entered between %(first)s and %(last)s.")
            known = {"year": campaign.year, "first": formats.date_format(first), "last": formats.date_format(last)}
            raise refusal(name, message % known, code="other_year")


def _refuse_other(campaign: AssessmentYear) -> None:
    """Nobody is assessed in two campaigns of one year."""
    same = AssessmentYear.objects.standing().filter(year=campaign.year).exclude(pk=campaign.pk)
    others = same.select_related("unit").select_for_update(of=("self",)).order_by("pk")
    for other in others:
        if campaign.unit.path in other.unit.range or other.unit.path in campaign.unit.range:
            message = _("%(unit)s has a campaign of this year, which covers the same people.")
            raise refusal("unit", message % {"unit": other.unit.name}, code="covered")
