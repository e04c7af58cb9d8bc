"""What every change of an annual assessment asks first: locks in one order, the right scale, the quota."""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import SCALES, AnnualAssessment, Grade, NoGrade, QuarterlyAssessment, UnitQuota
from cadre_app.appraisal.models.choices import OUTCOMES
from cadre_app.appraisal.services.years import lock_quotas
from cadre_app.core.tables import joined
from cadre_app.people.models import Status
from cadre_app.people.services.checks import READ_ONLY
from cadre_app.people.services.probation import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

R = TypeVar("R", AnnualAssessment, QuarterlyAssessment)


def lock_annual(one: AnnualAssessment, version: int | None = None, *, closed: bool = False) -> AnnualAssessment:
    """The quota of the unit, then the standing assessment of an open file, or with `closed` of any. Raises Stale;
    ValidationError.
    """
    quota_id = AnnualAssessment.objects.values_list("quota_id", flat=True).get(pk=one.pk)
    quotas = lock_quotas({quota_id})
    row = AnnualAssessment.objects.lock(one.pk, version)
    if row.quota_id not in quotas:
        raise ValidationError(_("This assessment went to another unit a moment ago. Open it again."), code="moved")
    row.quota = quotas[row.quota_id]
    if row.is_voided or row.quota.campaign.is_voided:
        raise ValidationError(_("This assessment is voided."), code="voided")
    if row.trainee.is_read_only and not closed:
        raise ValidationError(READ_ONLY, code="read_only")
    return row


def lock_many(rows: "QuerySet[AnnualAssessment]") -> list[AnnualAssessment]:
    """Their quotas first, then the rows, in one order; people and quotas come with them."""
    keys = set(rows.order_by().values_list("quota_id", flat=True))
    quotas = lock_quotas(keys)
    found = list(
        rows.select_related("trainee__person", "trainee__home_unit").select_for_update(of=("self",)).order_by("pk")
    )
    for row in found:
        row.quota = quotas[row.quota_id]
    return found


def take_listed(rows: "list[R]", listed: "Mapping[UUID, int] | None") -> "list[R]":
    """Of these locked rows those that a page showed, in the versions that it showed; all without `listed`. Raises
    ValidationError, naming who changed since, or without a name for whoever no longer waits.
    """
    if listed is None:
        return rows
    found = [row for row in rows if row.pk in listed]
    names = [row.trainee.person.name for row in found if row.version != listed[row.pk]]
    if names:
        message = _("Changed since you opened the page: %(names)s. Read the list again, then send it.")
        raise ValidationError(message, params={"names": joined(names)}, code="changed")
    if len(found) != len(listed):
        message = _("Some of these no longer wait for this step. Read the list again, then send it.")
        raise ValidationError(message, code="changed")
    return found


def problems_of(one: AnnualAssessment) -> dict[str, ValidationError]:
    """What speaks against grade, case and comment as they stand, by field."""
    found: dict[str, ValidationError] = {}
    if one.year < one.trainee.arrived_on.year:
        message = _("%(name)s reported for duty only in %(year)s: there is nothing to assess before.")
        known = {"name": one.trainee.person.name, "year": one.trainee.arrived_on.year}
        found["outcome"] = ValidationError(message, params=known, code="before_arrival")
    elif one.grade and one.grade not in SCALES[one.status]:
        found["outcome"] = ValidationError(wrong_scale(one.grade, one.status), code="wrong_scale")
    elif problem := _problem_of_probation(one):
        found["outcome"] = problem
    if one.no_grade == NoGrade.CASE_OPEN and one.comment:
        message = _("While a case is open no comment is written and no grade is given.")
        found["comment"] = ValidationError(message, code="case_open")
    if one.no_grade in (NoGrade.AWAY, NoGrade.CASE_OPEN, NoGrade.TRANSFERRED) and not one.case_note:
        found["case_note"] = ValidationError(_("Say in short what the case is."), code="required")
    return found


def refuse_against_probation(one: AnnualAssessment) -> None:
    """Asked again at check and sign-off: the file may know another end of probation since. Raises ValidationError."""
    if problem := _problem_of_probation(one):
        known = {"name": one.trainee.person.name, "why": problem.messages[0]}
        raise ValidationError(_("%(name)s: %(why)s") % known, code="probation")


def _problem_of_probation(one: AnnualAssessment) -> ValidationError | None:
    """No grade for whom the file knows on probation at the end of the year; the case of probation for nobody else."""
    last, recorded = date(one.year, 12, 31), one.trainee.probation_ends_on
    if one.grade and recorded is not None and recorded > last:
        message = _("On probation at the end of the year, until %(day)s: a comment is written and no grade is given.")
        return ValidationError(message, params={"day": formats.date_format(recorded)}, code="probation")
    if one.no_grade == NoGrade.PROBATION and (end := end_of(one.trainee)) <= last:
        message = _("Probation ended on %(day)s by the growth file: choose a grade or another case.")
        return ValidationError(message, params={"day": formats.date_format(end)}, code="probation")
    return None


def wrong_scale(grade: str, status: str) -> str:
    """等次“合格”适用于事业单位工作人员，该同志为公务员… (demo-texts A6)."""
    names = joined(str(each.label) for each in SCALES[status])
    known = {"grade": str(Grade(grade).label), "names": names}
    if status == Status.CIVIL_SERVANT:
        return (
            _(
                "The grade “%(grade)s” is for staff of public institutions; this person is a civil servant. Choose one of: %(names)s."
            )
            % known
        )
    return (
        _(
            "The grade “%(grade)s” is for civil servants; this person is on the staff of a public institution. Choose one of: %(names)s."
        )
        % known
    )


def note_hand(one: AnnualAssessment | QuarterlyAssessment, actor: "User | None") -> None:
    """Whoever entered part of it neither checks nor signs it (`permissions.hands`); not saved."""
    if actor is not None:
        one.hands = sorted({*one.hands, actor.pk})


def set_status(one: AnnualAssessment, status: str, note: str) -> None:
    """What the person was in that year; a note says why, while the growth file says otherwise."""
    one.status, one.status_note = status, note.strip() if status != one.trainee.status else ""


def set_outcome(one: AnnualAssessment, outcome: str) -> None:
    """A grade or a case, or neither; a notice of somebody who is no longer excellent goes with it."""
    one.grade = outcome if outcome in Grade.values else ""
    one.no_grade = outcome if outcome in NoGrade.values else ""
    if one.grade != Grade.EXCELLENT:
        one.notice_from, one.notice_until = None, None


def over_quota(
    quota: UnitQuota, wanted: "Iterable[AnnualAssessment]", *, apart_from: "Iterable[AnnualAssessment]" = ()
) -> ValidationError | None:
    """What the locked quota says to these being excellent, with all others of the unit as they stand but `apart_from`."""
    keys: set[UUID] = {one.pk for one in wanted}
    if not keys or quota.approval_number:
        return None
    others = AnnualAssessment.objects.standing().filter(quota=quota, grade=Grade.EXCELLENT, excellent_on_paper=False)
    others = others.exclude(pk__in=keys | {one.pk for one in apart_from})
    return over_number(quota, others.count() + len(keys))


def over_number(quota: UnitQuota, excellents: int) -> ValidationError | None:
    """What the quota says to so many being excellent."""
    if quota.approval_number:
        return None
    if quota.approved is None:
        message = _("Enter first how many people are to be assessed and the approved number of excellent.")
        return ValidationError(message, code="no_quota")
    if excellents > quota.approved:
        return ValidationError(quota_message(), code="over_quota")
    return None


def quota_message() -> str:
    within = next(each for each in UnitQuota._meta.constraints if each.name == "excellent_within_quota")
    return str(within.get_violation_error_message())


def label_of(outcome: str) -> str:
    """A grade or a case in words; a dash for neither."""
    return str(dict(OUTCOMES).get(outcome, "—"))


def raise_by_field(found: dict[str, Any]) -> None:
    if found:
        raise ValidationError(found)
