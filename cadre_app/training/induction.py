"""初任培训 Who has completed induction training, and who needs it: it comes before the first grading (PRODUCT.md)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import CharField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cadre_app.people.models import PostRecord, Trainee
from cadre_app.probation.models import Probation, State
from cadre_app.training.models import CourseKind, Enrolment, Outcome, OutsideCourse, OutsideState
from cadre_app.training.models.choices import COMING
from cadre_app.training.policies import INDUCTION_MONTHS

if TYPE_CHECKING:
    from django.db.models import Field

    from cadre_app.people.models.trainees import TraineeQuerySet
    from cadre_app.training.models.enrolments import EnrolmentQuerySet
    from cadre_app.training.models.hours import OutsideCourseQuerySet

Q_ = TypeVar("Q_", bound="QuerySet[Trainee]")

# Probation lasts a year and can be extended; older files are no longer chased.
CHASED = timedelta(days=2 * 366)


def before_grading(day: date) -> "TraineeQuerySet":
    """In development, reported for duty within two years, without rank or post grade since the end of probation, and not
    cancelled on probation: then nobody is graded any more.
    """
    graded = PostRecord.objects.standing().filter(~Q(rank="") | ~Q(post_grade=""), trainee=OuterRef("pk"))
    graded = graded.filter(started_on__gte=OuterRef("probation_ends_on"))
    files = Trainee.objects.in_development().filter(arrived_on__gt=day - CHASED, arrived_on__lte=day)
    cancelled = Probation.objects.of_now().filter(trainee=OuterRef("pk"), state=State.CANCELLED)
    return files.filter(~Exists(graded), ~Exists(cancelled))


def is_done() -> Q:
    """For a file: completed and passed here, or given elsewhere and verified."""
    return Q(Exists(_places().earned())) | Q(Exists(_elsewhere()))


def asked_on() -> Func:
    """For a file: the day on which missing induction training is asked for."""
    months = Value(INDUCTION_MONTHS.now())
    sql = "(%(expressions)s * interval '1 month')::date"
    return Func(F("arrived_on"), months, template=sql, arg_joiner=" + ", output_field=DateField())


def with_induction(rows: Q_) -> Q_:
    """Files annotated with `done_on` (last day, NULL while missing) and `done_in` (its course), `untested_on` (last day of
    a session that was completed and whose result is not recorded), `coming_on` (first day of a session in which they
    have a place) and `ask_on`. A session here goes before a course given elsewhere.
    """
    untested = _places().enrolled().filter(outcome=Outcome.COMPLETED, result="").order_by("session__ends_on")
    coming = _places().enrolled().filter(session__state__in=COMING).order_by("session__starts_on")
    return rows.annotate(
        done_on=done_on("pk"),
        done_in=done_in("pk"),
        untested_on=_first(untested, "session__ends_on"),
        coming_on=_first(coming, "session__starts_on"),
        ask_on=asked_on(),
    )


def done_on(path: str) -> Coalesce:
    """The last day of the induction training that was completed; `path` leads to the key of the file."""
    return Coalesce(_first(_earned(path), "session__ends_on"), _first(_elsewhere(path), "ended_on"))


def done_in(path: str) -> Coalesce:
    """The title of that training."""
    title = _first(_earned(path), "session__course__title", CharField())
    return Coalesce(title, _first(_elsewhere(path), "title", CharField()))


def _earned(path: str) -> "EnrolmentQuerySet":
    return _places(path).earned().order_by("session__ends_on")


def _places(path: str = "pk") -> "EnrolmentQuerySet":
    """Places of a file in sessions of induction."""
    rows = Enrolment.objects.filter(trainee=OuterRef(path), session__kind=CourseKind.INDUCTION)
    return rows.filter(session__voided_at=None).order_by()


def _elsewhere(path: str = "pk") -> "OutsideCourseQuerySet":
    """Induction of a file given by others, verified."""
    rows = OutsideCourse.objects.standing().filter(trainee=OuterRef(path), is_induction=True)
    return rows.filter(state=OutsideState.VERIFIED).order_by("ended_on")


def _first(rows: "QuerySet[Any]", name: str, field: "Field[Any, Any] | None" = None) -> Subquery:
    return Subquery(rows.values(name)[:1], output_field=field or DateField())
