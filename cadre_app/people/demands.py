"""What the arrival asks of people; and how demands on units are told: each at the unit in which somebody was on that day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import PERSONS, Demand, demands
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.conditions import first_move_after, moves_after
from cadre_app.people.figures import files_of
from cadre_app.people.models import of_scope
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.policies import ARRIVAL_DAYS
from cadre_app.people.services.arrival import TABLE
from cadre_app.policy import codes

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("people.arrival", Demand(_("Arrival checklist"), PERSONS, 65, checklists))


def checklists(asked: "Asked") -> "QuerySet[Any]":
    """Once of whoever reported for duty, by the day on which the whole list is due."""
    days = timedelta(days=ARRIVAL_DAYS.now())
    rows = files_of(asked, Role.STAFF, Role.LEADER).filter(arrived_on__range=(asked.since - days, asked.as_of - days))
    if not codes.choices(TABLE):
        rows = rows.none()
    due = Cast(ExpressionWrapper(F("arrived_on") + days, DateTimeField()), DateField())
    return rows.annotate(asked_of=F("pk"), asked_on=due, asked_what=Value("", CharField()))


def at_the_unit_of_the_day(
    rows: "QuerySet[Any]", asked: "Asked", *roles: str, day: Any, what: str, file: str = "trainee"
) -> "QuerySet[Any]":
    """`rows` about growth files as demands on the unit in which each was on its `day`; `file` leads to the file.

    `rows` are those of a period: who left the scope or the unit since it began is among them, and the party keeps to its units.
    """
    rows = about_files(rows, asked, *roles, what=what, file=file).annotate(asked_on=day)
    ranges = _ranges(asked, *roles)
    if ranges is not None:
        left = moves_after(asked.since).filter(any_of(ranges, "from_unit__path"))
        here = any_of(ranges, f"{file}__home_unit__path")
        rows = rows.filter(here | Q(**{f"{file}__in": left.values("trainee_id")}))
    found: QuerySet[Any] = rows.annotate(asked_of=home_on(asked, file=file, day="asked_on"))
    return found


def about_files(
    rows: "QuerySet[Any]", asked: "Asked", *roles: str, what: str, file: str = "trainee"
) -> "QuerySet[Any]":
    """`rows` about standing files, never the own one or a relative's; what is told of those outside the scope is their day alone."""
    rows = rows.filter(**{f"{file}__voided_at": None})
    if asked.user is None:
        whole: QuerySet[Any] = rows.annotate(asked_what=F(what))
        return whole
    if avoided := avoided_persons(asked.user):
        rows = rows.exclude(**{f"{file}__person_id__in": avoided})
    known = When(of_scope(asked.user, *roles, prefix=f"{file}__"), then=F(what))
    found: QuerySet[Any] = rows.annotate(asked_what=Case(known, default=Value(""), output_field=CharField()))
    return found


def still_there(day: str, *, file: str = "trainee") -> Q:
    """The person had not left by the day in the column `day`; `file` leads to the file."""
    return Q(**{f"{file}__departed_on": None}) | Q(**{f"{file}__departed_on__gt": F(day)})


def home_on(asked: "Asked", *, file: str, day: str) -> Case:
    """The key of the unit in which a row's file was on the day in the column `day`, of the period that is asked."""
    first = Subquery(first_move_after(OuterRef(day), file=f"{file}_id").values("from_unit")[:1])
    home = F(f"{file}__home_unit_id")
    moved = When(**{f"{file}__in": moves_after(asked.since).values("trainee_id")}, then=Coalesce(first, home))
    return Case(moved, default=home, output_field=UUIDField())


def with_unit_on(files: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
    """`files` with the name and the path of the unit in which each was on `day`: `place_then`, `path_then`."""
    first = first_move_after(day)
    found: QuerySet[Any] = files.annotate(
        place_then=Coalesce(Subquery(first.values("from_unit__name")[:1]), F("home_unit__name")),
        path_then=Coalesce(Subquery(first.values("from_unit__path")[:1]), F("home_unit__path")),
    )
    return found


def _ranges(asked: "Asked", *roles: str) -> Any:
    """Where the units may lie that are asked for; None: anywhere."""
    if asked.unit is not None:
        return (asked.unit.range,)
    return asked.user.unit_ranges(*roles) if asked.user is not None else None
