"""The pairings of the fictional district: the newest two cohorts run, the others completed theirs after two years.

Whoever held the office on the first day is the mentor. Where it changed hands at the end of last year while a pairing ran,
that one ended early and the successor followed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cadre_app.core.days import add_years
from cadre_app.demo.predecessors import PREDECESSORS
from cadre_app.demo.trainees import DemoTrainee, trainees
from cadre_app.mentorship.models import EndKind, MentorKind
from cadre_app.mentorship.services.bulk import NewPairing, create_pairings_many
from cadre_app.mentorship.services.pairings import due_day
from cadre_app.people.models import Office, OfficeHolding, Trainee
from cadre_app.people.services import bulk

RUNNING_COHORTS = (0, 1)
AFTER_ARRIVAL = timedelta(days=3)
EARLIER_YEARS = 7
OFFICE_CHANGED = "导师职务变动，由继任同志接续帮带"

Holders = dict[str, list[OfficeHolding]]


def load_predecessors() -> None:
    """The former holders of the offices that give mentors, each until the day before the present one came."""
    current = OfficeHolding.objects.current().filter(office__unit__name__in=PREDECESSORS).select_related("office__unit")
    sources = [each for each in current if each.office.is_political_source or each.office.is_community_source]
    persons = bulk.create_persons_many(
        [bulk.NewPerson(name=PREDECESSORS[each.office.unit.name]) for each in sources], actor=None
    )
    earlier = [
        OfficeHolding(
            office=each.office,
            person=person,
            since=add_years(each.since, -EARLIER_YEARS),
            until=each.since - timedelta(days=1),
        )
        for each, person in zip(sources, persons, strict=True)
    ]
    bulk.write_many(earlier, actor=None, verb="people.officeholding.started", reason="")


def load_pairings(files: dict[str, Trainee], as_of: date) -> None:
    """Both pairings of everybody, as they stand on `as_of`; whoever reported a few days ago waits for theirs."""
    political, community = _holders("is_political_source"), _holders("is_community_source")
    wanted: list[NewPairing] = []
    for one in trainees(as_of):
        if one.term is None:
            continue
        file = files[one.name]
        wanted += _pairings(one, file, MentorKind.POLITICAL, political[one.arrival_unit], as_of)
        wanted += _pairings(one, file, MentorKind.COMMUNITY, community[one.term.village], as_of)
    create_pairings_many(wanted, actor=None)


def _holders(flag: str) -> Holders:
    """Everybody who held the flagged office, the first first, by the name of the unit."""
    found: Holders = {}
    offices = Office.objects.standing().filter(**{flag: True})
    rows = OfficeHolding.objects.standing().filter(office__in=offices).select_related("office__unit", "person")
    for holding in rows.order_by("since"):
        found.setdefault(holding.office.unit.name, []).append(holding)
    return found


def _pairings(
    one: DemoTrainee, file: Trainee, kind: MentorKind, holders: list[OfficeHolding], as_of: date
) -> Iterator[NewPairing]:
    started = one.arrived_on + AFTER_ARRIVAL
    due = due_day(started)
    is_over = one.cohort not in RUNNING_COHORTS
    end = {"ended_on": due, "end_kind": EndKind.COMPLETED} if is_over else {}
    first, last = next(each for each in holders if each.until is None or each.until >= started), holders[-1]
    recent = add_years(as_of, -1) - timedelta(days=31)
    if first.until is not None and max(started, recent) < last.since <= (due if is_over else as_of):
        early = {"ended_on": first.until, "end_kind": EndKind.EARLY, "end_reason": OFFICE_CHANGED}
        yield _new(file, kind, first, started, due, **early)
        first, started = last, last.since
    yield _new(file, kind, first, started, due, **end)


def _new(
    file: Trainee, kind: MentorKind, mentor: OfficeHolding, started_on: date, due_on: date, **end: Any
) -> NewPairing:
    return NewPairing(
        trainee=file, kind=kind, mentor=mentor.person, office=mentor.office, started_on=started_on, due_on=due_on, **end
    )
