"""个人述职 → 测评 → 评鉴 → 优秀公示 The days of the chain up to the decision, of one person or of a whole unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, Grade, NoGrade, UnitQuota
from cadre_app.appraisal.permissions.rooms import ENTERING
from cadre_app.appraisal.policies import NOTICE_DAYS
from cadre_app.appraisal.services.checks import lock_annual, lock_many, note_hand, raise_by_field
from cadre_app.appraisal.services.entries import Recorded, enter_again
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean
from cadre_app.policy import workdays

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

RECORDED = "appraisal.annualassessment.course_recorded"
STEPS = ("self_report_on", "survey_on", "appraised_on")
NOTICE = ("notice_from", "notice_until")
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
    """The days of one person: other ones than were checked take the check back. Raises Stale, ValidationError by field."""
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
        if _set(one, course, actor):
            enter_again(one)
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
    """The same days for everybody of the unit who is not checked; the notice for those who are excellent alone, also once
    they are checked where none stands.

    A step that is left empty stays as it is. Raises ValidationError by field.
    """
    course = Course(
        self_report_on=self_report_on, survey_on=survey_on, appraised_on=appraised_on,
        notice_from=notice_from, notice_until=notice_until,
    )  # fmt: skip
    raise_by_field(problems_of_course(course, quota.campaign.year))
    with history.changes_many(lock_many(recordable(actor, quota)), actor=actor, verb=RECORDED) as listed:
        for row in listed:
            _set(row, _left_open(row, course), actor)
            problems = problems_of_course(course_of(row), row.year)
            if problems:
                text = _("%(name)s: with the days recorded before this does not fit.")
                raise ValidationError({next(iter(problems)): text % {"name": row.trainee.person.name}})
        AnnualAssessment.objects.bulk_update(listed, [*STEPS, *NOTICE, "hands"], batch_size=200)
    return Recorded(len(listed))


def recordable(user: "User", quota: UnitQuota) -> "QuerySet[AnnualAssessment]":
    """Whose days `user` records for the whole unit: what is checked lacks the public notice alone."""
    rows = AnnualAssessment.objects.worked_on(user, *ENTERING).filter(quota=quota, confirmed_on=None)
    return rows.filter(Q(checked_on=None) | Q(grade=Grade.EXCELLENT, notice_until=None))


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


def lacking(one: AnnualAssessment) -> dict[str, str]:
    """What a graded one, or one with a comment alone, still lacks before it is checked, signed off or corrected: the name
    in words by field. Of what was decided on paper the paper has the rest.
    """
    if not one.outcome:
        return {"outcome": _("Grade or case")}
    if one.paper_signatory:
        return {}
    found: dict[str, str] = {}
    if not one.comment and one.no_grade not in (NoGrade.CASE_OPEN, NoGrade.TRANSFERRED, NoGrade.AWAY):
        found["comment"] = _("Comment on the year")
    for name in STEPS:
        if one.grade and getattr(one, name) is None:
            found[name] = str(one._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return found


def missing_of(one: AnnualAssessment) -> str:
    """The first of what is `lacking`; empty for nothing."""
    return next(iter(lacking(one).values()), "")


def _left_open(one: AnnualAssessment, course: Course) -> Course:
    """What the days of a unit change of one row: a step that they leave empty stays, and so does what is checked."""
    stands = course_of(one)
    given = {name: getattr(course, name) or getattr(stands, name) for name in (*STEPS, *NOTICE)}
    if one.checked_on is not None:
        given |= {name: getattr(stands, name) for name in STEPS}
    return Course(**given)


def _set(one: AnnualAssessment, course: Course, actor: "User") -> bool:
    """Whether something changed. Whoever set the days last counts as who entered; other days than those that were checked
    take the check back, but for a public notice where there was none.
    """
    before = course_of(one)
    for name in STEPS:
        setattr(one, name, getattr(course, name))
    if one.grade == Grade.EXCELLENT:
        one.notice_from, one.notice_until = course.notice_from, course.notice_until
    now = course_of(one)
    days = any(getattr(now, name) != getattr(before, name) for name in STEPS)
    notice = any(getattr(now, name) != getattr(before, name) for name in NOTICE)
    if days or notice:
        note_hand(one, actor)
    if days or (notice and before.notice_until is not None):
        one.checked_by, one.checked_on = None, None
    return days or notice
