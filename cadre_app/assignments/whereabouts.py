"""在外人员一览 Who is where on a local date: village term, posting, leave, or in the own unit."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.models import LeaveStage, PostingStage
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.scope import scope_files
from cadre_app.assignments.stretch_words import STAGE_STATES, front_names
from cadre_app.assignments.stretches import (
    LEAVE,
    VILLAGE,
    Stretch,
    by_person,
    leave_stretches,
    leaves_within,
    posting_stretches,
    postings_within,
    term_stretches,
    terms_within,
)
from cadre_app.people import conditions
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

MOST_PEOPLE = 500
OFFICIAL = ("home_unit__path", "stroke_key", "pk")


@dataclass(frozen=True)
class Somebody:
    """One person on the day: the unit of that day, and everything that takes them."""

    trainee: Trainee
    unit: str
    stretches: list[Stretch]

    @property
    def is_at_home(self) -> bool:
        return not self.stretches


@dataclass
class Place:
    """One heading: a host, leave, or a unit; with who is there and by what."""

    label: str
    rows: list[tuple[Somebody, list[Stretch]]] = field(default_factory=list)

    @property
    def people(self) -> int:
        return len({one.trainee.pk for one, _stretches in self.rows})


@dataclass
class Whereabouts:
    day: date
    people: list[Somebody]
    total: int

    @property
    def is_cut(self) -> bool:
        """There are more than are shown; a unit narrows them."""
        return self.total > len(self.people)

    @property
    def away(self) -> list[Somebody]:
        return [one for one in self.people if not one.is_at_home]

    @property
    def at_home(self) -> list[Somebody]:
        return [one for one in self.people if one.is_at_home]

    def count(self, kind: str) -> int:
        """How many are taken by something of this kind."""
        return sum(any(stretch.kind == kind for stretch in one.stretches) for one in self.people)


def whereabouts_of(
    user: "User", day: date, today: date, unit: "Unit | None" = None, *, most: int = MOST_PEOPLE
) -> Whereabouts:
    """Everybody in scope who was in development on the day; eight queries at most, however many people."""
    files = scope_files(user, unit, day).filter(conditions.here(day)).order_by(*OFFICIAL)
    total = files.order_by().count()
    people = list(files.select_related("person", "home_unit")[:most])
    known = {one.pk: one for one in people}
    found: list[Stretch] = []
    postings = _real(postings_within(day, day, today)).filter(trainee__in=known)
    found += _with_fronts(posting_stretches(postings, today, known, drawn=False))
    found += term_stretches(terms_within(day, day, today).filter(trainee__in=known), today, known)
    found += leave_stretches(leaves_within(day, day, today).filter(trainee__in=known), today, known)
    taken = by_person([_as_of(one, day, today) for one in found if _is_there(one, day)])
    units = _units_then(list(known), day) if day < today else {}
    rows = [Somebody(one, units.get(one.pk, one.home_unit.name), taken.get(one.pk, [])) for one in people]
    return Whereabouts(day, rows, total)


def by_host(found: Whereabouts) -> list[Place]:
    """Villages, hosts of postings, leave; each by name."""
    places: dict[tuple[int, str], Place] = {}
    for one in found.away:
        for stretch in one.stretches:
            rank, label = _place_of(stretch)
            place = places.setdefault((rank, label), Place(label))
            place.rows.append((one, [stretch]))
    return [places[key] for key in sorted(places)]


def by_unit(found: Whereabouts) -> list[Place]:
    """Units in their official order, each with everybody of it."""
    places: dict[str, Place] = {}
    for one in found.people:
        places.setdefault(one.unit, Place(one.unit)).rows.append((one, one.stretches))
    return list(places.values())


def sheet_rows(found: Whereabouts) -> Iterator[list[Any]]:
    """One row for each thing that takes somebody; those in their own unit have one as well."""
    for one in found.people:
        person = [one.unit, one.trainee.person.name]
        for stretch in one.stretches:
            where = [stretch.label, stretch.host, stretch.front_name, stretch.tasks, stretch.document, stretch.mode]
            yield [*person, *where, stretch.starts, stretch.planned_until or "", stretch.mark[1]]
        if one.is_at_home:
            yield [*person, at_home(), one.unit, *[""] * 7]


def at_home() -> str:
    return pgettext("who is where", "In the own unit")


VILLAGES, POSTINGS, ON_LEAVE = range(3)


def _place_of(stretch: Stretch) -> tuple[int, str]:
    if stretch.kind == LEAVE:
        return ON_LEAVE, _("On leave")
    return (POSTINGS if stretch.mode else VILLAGES), stretch.host


def _real(rows: Any) -> Any:
    """Without what is only proposed: nobody is there by it."""
    return rows.exclude(state__in=PENDING)


def _with_fronts(stretches: list[Stretch]) -> list[Stretch]:
    """With the names of their fronts; one query."""
    names = front_names()
    return [replace(one, front_name=names.get(one.front, "")) if one.front is not None else one for one in stretches]


def _is_there(stretch: Stretch, day: date) -> bool:
    """Taken on the day; an interrupted village term leaves somebody in the own unit."""
    if not stretch.covers(day):
        return False
    return not any(first <= day and (last is None or last >= day) for first, last in stretch.breaks)


def _as_of(stretch: Stretch, day: date, today: date) -> Stretch:
    """On another day than today the mark says how it was, how it goes on, or that it is planned."""
    if day == today:
        return stretch
    if stretch.starts > today:
        return replace(stretch, mark=("none", pgettext("who is where", "Planned")))
    if stretch.kind == LEAVE:
        return replace(stretch, mark=("miss", str(LeaveStage.ON_LEAVE.label)))
    if stretch.kind == VILLAGE:
        return replace(stretch, mark=("ok", pgettext("village term", "Under way")))
    is_late = stretch.late_since is not None and stretch.late_since <= day
    stage = PostingStage.OVERSTAY if is_late else PostingStage.UNDER_WAY
    return replace(stretch, mark=(STAGE_STATES[stage], str(stage.label)))


def _units_then(keys: list[UUID], day: date) -> dict[UUID, str]:
    """Names of the units of those who were moved after a past day; one query."""
    moves = conditions.moves_after(day).filter(trainee__in=keys)
    rows = moves.order_by("-effective_on", "-created_at").values_list("trainee", "from_unit__name")
    return {trainee: name for trainee, name in rows if name}
