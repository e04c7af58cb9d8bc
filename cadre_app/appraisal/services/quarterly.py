"""平时考核 A unit's civil servants in one quarter: entered as one table, confirmed by others of the department; voided, restored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import QuarterGrade, QuarterlyAssessment
from cadre_app.appraisal.permissions import hands
from cadre_app.appraisal.permissions.rooms import CHECKING, ENTERING
from cadre_app.appraisal.policies import QUARTER_DAYS
from cadre_app.appraisal.services.checks import note_hand, take_listed
from cadre_app.appraisal.services.entries import STALE, Recorded, cell
from cadre_app.core.days import add_months
from cadre_app.history import services as history
from cadre_app.people.models import Status, Trainee, of_scope
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.checks import lock_file, refuse_standing
from cadre_app.people.services.rewriting import void_many as void_records

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit
    from cadre_app.people.models.trainees import TraineeQuerySet

ENTERED = "appraisal.quarterlyassessment.entered"
FROM_PAPER = "appraisal.quarterlyassessment.entered_from_paper"
CONFIRMED = "appraisal.quarterlyassessment.confirmed"
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class QuarterEntered:
    """What was typed of one person; `version` of the record that the page showed, None where there was none."""

    grade: str = ""
    remark: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewQuarter:
    """A quarter as it stands, for many at once."""

    trainee: Trainee
    year: int
    quarter: int
    grade: str
    remark: str = ""
    entered_on: date
    confirmed_on: date | None = None


def first_day(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def last_day(year: int, quarter: int) -> date:
    return add_months(first_day(year, quarter), 3) - DAY


def due_day(year: int, quarter: int) -> date:
    """The last day of entering it."""
    end = last_day(year, quarter)
    return end + timedelta(days=QUARTER_DAYS.on(end))


def latest_quarter(today: date) -> tuple[int, int]:
    """The last quarter that is over."""
    year, month = divmod(today.year * 12 + today.month - 1 - 3, 12)
    return year, month // 3 + 1


def first_entered() -> date | None:
    """The day (local date) on which a quarter was first entered here, in any unit, other than from paper; None before."""
    here = QuarterlyAssessment.objects.filter(paper_signatory="")
    first: date | None = here.aggregate(first=Min("entered_on"))["first"]
    return first


def assessed_in(year: int, quarter: int) -> "TraineeQuerySet":
    """Civil servants in development who had arrived by the end of the quarter."""
    people = Trainee.objects.in_development().filter(status=Status.CIVIL_SERVANT)
    return people.filter(arrived_on__lte=last_day(year, quarter))


def enterable(user: "User", unit: "Unit", year: int, quarter: int) -> "TraineeQuerySet":
    """Those of the unit whom `user` enters: never oneself or a relative, nobody whose quarter is confirmed."""
    done = QuarterlyAssessment.objects.standing().filter(year=year, quarter=quarter, confirmed_on__isnull=False)
    people = assessed_in(year, quarter).filter(of_scope(user, *ENTERING), home_unit=unit)
    return people.exclude(pk__in=done.values("trainee"))


@transaction.atomic
def enter_quarter(
    unit: "Unit", *, year: int, quarter: int, given: Mapping[UUID, QuarterEntered], actor: "User"
) -> Recorded:
    """The table of a unit: all of `given` (keys of growth files) or nothing; an empty grade leaves a person out.

    Raises ValidationError by cell (`grade_<hex>`, `remark_<hex>`), also where somebody else changed the row since.
    """
    if last_day(year, quarter) > timezone.localdate():
        raise ValidationError(_("This quarter is not over yet."), code="not_over")
    people = {one.pk: one for one in _locked(enterable(actor, unit, year, quarter).filter(pk__in=given))}
    rows = QuarterlyAssessment.objects.standing().filter(trainee__in=given, year=year, quarter=quarter)
    known = {row.trainee_id: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    found: dict[str, ValidationError] = {}
    for key, wanted in given.items():
        row = known.get(key)
        if error := _problem(key in people, row, wanted):
            found[cell("grade", key)] = error
    if found:
        raise ValidationError(found)
    changed = [key for key, wanted in given.items() if wanted.grade and not _fits(known.get(key), wanted)]
    _write(unit, year, quarter, {key: given[key] for key in changed}, people, known, actor)
    return Recorded(len(changed))


def to_confirm(user: "User", unit: "Unit", year: int, quarter: int) -> "QuerySet[QuarterlyAssessment]":
    """What others entered of people who are in `unit` now, and `user`, of staff or leaders, may confirm."""
    rows = QuarterlyAssessment.objects.standing().filter(of_scope(user, *CHECKING, prefix="trainee__"))
    rows = rows.filter(trainee__home_unit=unit, year=year, quarter=quarter, confirmed_on=None)
    return rows.filter(trainee__voided_at=None, trainee__departed_on=None).filter(hands.to_check(user))


@transaction.atomic
def confirm_quarter(
    unit: "Unit", *, year: int, quarter: int, listed: Mapping[UUID, int] | None = None, actor: "User"
) -> Recorded:
    """All that wait in the unit, or exactly those `listed` in their versions; the people read it from now on. Raises
    ValidationError.
    """
    waiting = to_confirm(actor, unit, year, quarter).select_related("trainee__person")
    rows = take_listed(list(waiting.select_for_update(of=("self",)).order_by("pk")), listed)
    with history.changes_many(rows, actor=actor, verb=CONFIRMED) as taken:
        for row in taken:
            row.confirmed_by, row.confirmed_on = actor, timezone.localdate()
        QuarterlyAssessment.objects.bulk_update(taken, ["confirmed_by", "confirmed_on"], batch_size=200)
    return Recorded(len(rows))


@transaction.atomic
def void_quarter(
    one: QuarterlyAssessment, *, reason: str, version: int | None = None, actor: "User"
) -> QuarterlyAssessment:
    """Entered wrongly: it is entered again. Raises Stale."""
    lock_file(one.trainee_id)
    QuarterlyAssessment.objects.lock(one.pk, version)
    history.void(one, actor=actor, reason=reason)
    return QuarterlyAssessment.objects.get(pk=one.pk)


@transaction.atomic
def restore_quarter(
    one: QuarterlyAssessment, *, reason: str = "", version: int | None = None, actor: "User"
) -> QuarterlyAssessment:
    """Undo `void_quarter`. Raises Stale; ValidationError where the quarter was entered again."""
    lock_file(one.trainee_id)
    refuse_standing(QuarterlyAssessment.objects.lock(one.pk, version))
    history.restore(one, actor=actor, reason=reason)
    return QuarterlyAssessment.objects.get(pk=one.pk)


@transaction.atomic
def add_quarters_many(wanted: Sequence[NewQuarter], *, entered_by: "User", confirmed_by: "User") -> int:
    """Quarters as they stand, with history; how many."""
    rows = [
        QuarterlyAssessment(
            trainee=one.trainee,
            unit_id=one.trainee.home_unit_id,
            status=one.trainee.status,
            year=one.year,
            quarter=one.quarter,
            grade=one.grade,
            remark=one.remark,
            entered_by=entered_by,
            hands=[entered_by.pk],
            entered_on=one.entered_on,
            confirmed_by=confirmed_by if one.confirmed_on else None,
            confirmed_on=one.confirmed_on,
        )
        for one in wanted
    ]
    QuarterlyAssessment.objects.bulk_create(rows, batch_size=500)
    history.record_created_many(rows, actor=entered_by, verb=ENTERED)
    return len(rows)


@transaction.atomic
def enter_many(rows: Sequence[QuarterlyAssessment], *, actor: "User", reason: str = "") -> None:
    """Save unsaved quarters as entered by `actor`: others confirm them, but for those that were confirmed on paper. Callers
    have locked the files and checked them.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    for row in rows:
        row.entered_by, row.hands = actor, [actor.pk]
    waiting = [row for row in rows if not row.paper_signatory]
    write_many(waiting, actor=actor, verb=ENTERED, reason=reason)
    write_many([row for row in rows if row.paper_signatory], actor=actor, verb=FROM_PAPER, reason=reason)


@transaction.atomic
def void_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> None:
    """Void locked quarters that nobody has confirmed here."""
    void_records(QuarterlyAssessment, keys, actor=actor, reason=reason)


def _problem(is_theirs: bool, row: QuarterlyAssessment | None, wanted: QuarterEntered) -> ValidationError | None:
    if not is_theirs:
        message = _("This person's quarter is confirmed, or they left the unit: it is no longer entered here.")
        return ValidationError(message, code="gone")
    is_other = (row.version if row is not None else None) != wanted.version
    if is_other and not _fits(row, wanted):
        label = row.get_grade_display() if row is not None else "—"
        message = _("Somebody else changed this row meanwhile: %(outcome)s. Save again to keep what stands here.")
        return ValidationError(message, params={"outcome": label}, code=STALE)
    if row is not None and not wanted.grade:
        return ValidationError(_("An entered grade is changed, not taken away."), code="required")
    if not wanted.grade and wanted.remark:
        return ValidationError(_("Choose the grade to which the feedback belongs."), code="required")
    if wanted.grade and wanted.grade not in QuarterGrade.values:
        return ValidationError(_("Choose one of what is offered here."), code="invalid")
    return None


def _fits(row: QuarterlyAssessment | None, wanted: QuarterEntered) -> bool:
    return (row.grade, row.remark) == (wanted.grade, wanted.remark.strip()) if row is not None else not wanted.grade


def _write(
    unit: "Unit",
    year: int,
    quarter: int,
    given: Mapping[UUID, QuarterEntered],
    people: Mapping[UUID, Trainee],
    known: Mapping[UUID, QuarterlyAssessment],
    actor: "User",
) -> None:
    today = timezone.localdate()
    new = [
        QuarterlyAssessment(
            trainee=people[key], unit=unit, status=people[key].status, year=year, quarter=quarter,
            grade=wanted.grade, remark=wanted.remark.strip(), entered_by=actor, entered_on=today,
            hands=[actor.pk],
        )
        for key, wanted in given.items()
        if key not in known
    ]  # fmt: skip
    QuarterlyAssessment.objects.bulk_create(new)
    history.record_created_many(new, actor=actor, verb=ENTERED)
    with history.changes_many([known[key] for key in given if key in known], actor=actor, verb=ENTERED) as listed:
        for row in listed:
            wanted = given[row.trainee_id]
            row.grade, row.remark = wanted.grade, wanted.remark.strip()
            row.unit, row.entered_by, row.entered_on = unit, actor, today
            note_hand(row, actor)
        QuarterlyAssessment.objects.bulk_update(
            listed, ["grade", "remark", "unit", "entered_by", "entered_on", "hands"]
        )


def _locked(people: "TraineeQuerySet") -> list[Trainee]:
    """In one order for everybody: two tables of one unit wait for each other."""
    return list(people.select_related("person").select_for_update(of=("self",)).order_by("pk"))
