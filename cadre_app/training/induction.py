"""初任培训 Who has completed induction training, and who needs it: it comes before the first grading (PRODUCT.md)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db.models import CharField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from cadre_app.people.models import PostRecord, Trainee
from cadre_app.training.models import CourseKind, Enrolment, Outcome, Result
from cadre_app.training.models.choices import COMING
from cadre_app.training.policies import INDUCTION_MONTHS

if TYPE_CHECKING:
    from cadre_app.people.models.trainees import TraineeQuerySet

Q_ = TypeVar("Q_", bound="QuerySet[Trainee]")

# Probation lasts a year and can be extended; older files are no longer chased.
CHASED = timedelta(days=2 * 366)


def completed() -> "QuerySet[Enrolment]":
    """Places in a session of induction that was completed and not failed."""
    rows = Enrolment.objects.enrolled().filter(outcome=Outcome.COMPLETED, session__course__kind=CourseKind.INDUCTION)
    return rows.filter(session__voided_at=None).exclude(result=Result.FAILED)


def before_grading(day: date) -> "TraineeQuerySet":
    """In development, reported for duty within two years, and without rank or post grade since the end of probation."""
    graded = PostRecord.objects.standing().filter(~Q(rank="") | ~Q(post_grade=""), trainee=OuterRef("pk"))
    graded = graded.filter(started_on__gte=OuterRef("probation_ends_on"))
    files = Trainee.objects.in_development().filter(arrived_on__gt=day - CHASED, arrived_on__lte=day)
    return files.filter(~Exists(graded))


def is_done() -> Exists:
    """For a file: completed."""
    return Exists(completed().filter(trainee=OuterRef("pk")).order_by())


def asked_on() -> Func:
    """For a file: the day on which missing induction training is asked for."""
    months = Value(INDUCTION_MONTHS.now())
    sql = "(%(expressions)s * interval '1 month')::date"
    return Func(F("arrived_on"), months, template=sql, arg_joiner=" + ", output_field=DateField())


def with_induction(rows: Q_) -> Q_:
    """Files annotated with `done_on` (last day of the session, NULL while missing), `coming_on` (first day of a session
    in which they have a place), `done_in` (its course) and `ask_on`.
    """
    done = completed().filter(trainee=OuterRef("pk")).order_by("session__ends_on")
    coming = Enrolment.objects.enrolled().filter(trainee=OuterRef("pk"), session__state__in=COMING)
    coming = coming.filter(session__voided_at=None, session__course__kind=CourseKind.INDUCTION)
    return rows.annotate(
        done_on=Subquery(done.values("session__ends_on")[:1], output_field=DateField()),
        done_in=Subquery(done.values("session__course__title")[:1], output_field=CharField()),
        coming_on=Subquery(
            coming.order_by("session__starts_on").values("session__starts_on")[:1], output_field=DateField()
        ),
        ask_on=asked_on(),
    )
