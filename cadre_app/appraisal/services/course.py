"""个人述职 → 测评 → 评鉴 → 优秀公示 The days of the chain up to the decision, of one person or of a whole unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, Grade, NoGrade, UnitQuota
from cadre_app.appraisal.permissions.rooms import ENTERING
from cadre_app.appraisal.policies import NOTICE_DAYS
from cadre_app.appraisal.services.checks import lock_annual, lock_many, raise_by_field
from cadre_app.appraisal.services.entries import Recorded
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean
from cadre_app.policy import workdays

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RECORDED = "appraisal.annualassessment.course_recorded"
STEPS = ("self_report_on", "survey_on", "appraised_on")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Course:
    """The days; None leaves a step open."""

    self_report_on: date | None = None
    survey_on: date | None = None
    appraised_on: date | None = None
    notice_from: date | None = None
    notice_until: date | None = None


@transaction.atomic
def record_course(
    one: AnnualAssessment,
    *,
    self_report_on: date | None = None,
    survey_on: date | None = None,
    appraised_on: date | None = None,
    notice_from: date | None = None,
    notice_until: date | None = None,
    version: int | None = None,
    actor: "User",
) -> AnnualAssessment:
    """The days of one person. Raises Stale, ValidationError by field."""
    one = lock_annual(one, version)
    if one.confirmed_on is not None:
        raise ValidationError(_("This assessment is confirmed: its days stand."), code="confirmed")
    course = Course(
        self_report_on=self_report_on, survey_on=survey_on, appraised_on=appraised_on,
        notice_from=notice_from, notice_until=notice_until,
    )  # fmt: skip
    if notice_from is not None and one.grade != Grade.EXCELLENT:
        raise ValidationError({"notice_from": _("Only those who are excellent are shown in public.")})
    raise_by_field(problems_of_course(course, one.year))
    with history.change(one, actor=actor, verb=RECORDED):
        _set(one, course)
        clean(one)
        one.save()
    return one


@transaction.atomic
def record_unit_course(
    quota: UnitQuota,
    *,
    self_report_on: date | None = None,
    survey_on: date | None = None,
    appraised_on: date | None = None,
    notice_from: date | None = None,
    notice_until: date | None = None,
    actor: "User",
) -> Recorded:
    """The same days for everybody of the unit who is not confirmed; the notice for those who are excellent alone.

    A step that is left empty stays as it is. Raises ValidationError by field.
    """
    course = Course(
        self_report_on=self_report_on, survey_on=survey_on, appraised_on=appraised_on,
        notice_from=notice_from, notice_until=notice_until,
    )  # fmt: skip
    raise_by_field(problems_of_course(course, quota.campaign.year))
    rows = AnnualAssessment.objects.worked_on(actor, *ENTERING).filter(quota=quota, confirmed_on=None)
    with history.changes_many(lock_many(rows), actor=actor, verb=RECORDED) as listed:
        for row in listed:
            _set(row, course, keeps=True)
            problems = problems_of_course(course_of(row), row.year)
            if problems:
                text = _("%(name)s: with the days recorded before this does not fit.")
                raise ValidationError({next(iter(problems)): text % {"name": row.trainee.person.name}})
        AnnualAssessment.objects.bulk_update(listed, [*STEPS, "notice_from", "notice_until"], batch_size=200)
    return Recorded(len(listed))


def course_of(one: AnnualAssessment) -> Course:
    return Course(
        self_report_on=one.self_report_on,
        survey_on=one.survey_on,
        appraised_on=one.appraised_on,
        notice_from=one.notice_from,
        notice_until=one.notice_until,
    )


def problems_of_course(course: Course, year: int) -> dict[str, ValidationError]:
    """Days that have not come, lie before the year, or before the step that comes first; a notice that is too short."""
    found: dict[str, ValidationError] = {}
    today, before = timezone.localdate(), date(year, 1, 1)
    for name in (*STEPS, "notice_from"):
        day = getattr(course, name)
        if day is None:
            continue
        if day > today:
            found[name] = ValidationError(_("This day has not come yet. Record it on that day."), code="future")
        elif day < before:
            message = _("This lies before %(day)s, the first day of the year or the step that comes first.")
            found[name] = ValidationError(message, params={"day": formats.date_format(before)}, code="order")
        before = max(before, day)
    return found | problems_of_notice(course)


def problems_of_notice(course: Course) -> dict[str, ValidationError]:
    """A notice with one of its days alone, or one that is too short."""
    found: dict[str, ValidationError] = {}
    if (course.notice_from is None) != (course.notice_until is None):
        name = "notice_until" if course.notice_until is None else "notice_from"
        found[name] = ValidationError(_("A public notice has a first and a last day."), code="required")
    elif course.notice_from is not None and course.notice_until is not None:
        least = earliest_end(course.notice_from)
        if course.notice_until < least:
            message = _("A public notice from that day lasts until %(day)s at least.")
            found["notice_until"] = ValidationError(message, params={"day": formats.date_format(least)}, code="short")
    return found


def earliest_end(first: date) -> date:
    """The first day on which a public notice from `first` can end."""
    return workdays.add_workdays(first - DAY, NOTICE_DAYS.on(first))


def missing_of(one: AnnualAssessment) -> str:
    """What a graded one, or one with a comment alone, still lacks before it can be checked; empty for nothing."""
    if not one.outcome:
        return _("Grade or case")
    if not one.comment and one.no_grade not in (NoGrade.CASE_OPEN, NoGrade.TRANSFERRED, NoGrade.AWAY):
        return _("Comment on the year")
    if one.grade:
        for name in STEPS:
            if getattr(one, name) is None:
                return str(one._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return ""


def _set(one: AnnualAssessment, course: Course, *, keeps: bool = False) -> None:
    for name in STEPS:
        day = getattr(course, name)
        if day is not None or not keeps:
            setattr(one, name, day)
    if one.grade == Grade.EXCELLENT and (course.notice_from is not None or not keeps):
        one.notice_from, one.notice_until = course.notice_from, course.notice_until
