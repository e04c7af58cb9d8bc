"""Sheets of records by themselves, over people who are there already: training history and pairings, checked, written, undone.

Prints the seconds that passed, and those in which Python worked. The room checks once in each language: count the check twice.

python -m benchmarks.import_records [--rows 10000] [--people 5000]
"""

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.import_steps import silent, timed
from benchmarks.stand import database, fill, prepare

if TYPE_CHECKING:
    from cadre_app.core.importing import ImportRow, ImportSheet

MENTORS = 400


def main() -> None:
    """Print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=5_000, help="trainees that are there already")
    parser.add_argument("--sheets", nargs="+", default=["courses", "pairings"], choices=["courses", "pairings"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qinglan-records-") as name:
        site = prepare(Path(name))
        with database(site):
            fill(options.people)
            from cadre_app.mentorship.importing import pairings
            from cadre_app.training.importing import courses

            if "courses" in options.sheets:
                run("training history", courses.SHEET, courses_of(options.rows))
            if "pairings" in options.sheets:
                run("pairings", pairings.SHEET, pairings_of(options.rows))


def run(name: str, sheet: "ImportSheet", rows: "list[ImportRow]") -> None:
    """All steps, one after the other."""
    from django.db import transaction

    from cadre_app.accounts.models import User

    actor = User.objects.get(username="bench")
    print(f"{name}: {len(rows)} rows")
    timed("check", lambda: sheet.check(rows, actor, silent))
    faulty = [row for row in rows if row.has_errors or row.is_unchosen]
    if faulty:
        raise SystemExit(f"{len(faulty)} rows cannot be imported, such as {faulty[0].number}: {faulty[0].errors}")
    with transaction.atomic():
        applied = timed("apply", lambda: sheet.apply(rows, actor, silent))
    with transaction.atomic():
        obstacles = timed("undo", lambda: sheet.undo(applied[::-1], actor, "benchmark"))
    if obstacles:
        raise SystemExit(f"not undone: {obstacles[:3]}")


def courses_of(count: int) -> "list[ImportRow]":
    """Courses of one day, several for everybody."""
    rows = []
    for number, (name, key, arrived) in enumerate(_people(count)):
        day = arrived + timedelta(days=30 + number % 200)
        values = {"title": f"专题班{number}", "organiser": "市委党校", "started_on": day, "hours": "6"}
        rows.append(_row(number, name, key, values))
    return rows


def pairings_of(count: int) -> "list[ImportRow]":
    """One of each kind for as many people as there are, completed after a year, by mentors in office since long ago."""
    mentors = _mentors()
    people = list(dict.fromkeys(_people(count)))
    rows = []
    for kind in ("political", "community"):
        for name, key, arrived in people:
            number = len(rows)
            day = arrived + timedelta(days=10)
            values = {"kind": kind, "mentor": mentors[number % MENTORS], "started_on": day}
            rows.append(_row(number, name, key, values | {"ended_on": day + timedelta(days=364)}))
    return rows[:count]


def _people(count: int) -> list[tuple[str, str, date]]:
    """Names, file numbers and days of arrival, over and over; nobody who came within the last two years."""
    from django.utils import timezone

    from cadre_app.people.models import Trainee

    long_here = Trainee.objects.in_development().filter(arrived_on__lt=timezone.localdate() - timedelta(days=800))
    found = list(long_here.order_by("file_number").values_list("person__name", "file_number", "arrived_on"))
    return [found[place % len(found)] for place in range(count)]


def _mentors() -> list[str]:
    """Holders of offices that give both kinds of mentor, entered by hand."""
    from cadre_app.org.models import Unit
    from cadre_app.people.models import Office, OfficeHolding, Person

    units = list(Unit.objects.filter(depth__gt=0)[:MENTORS])
    persons = Person.objects.bulk_create([Person(name=f"导师{place}") for place in range(MENTORS)])
    offices = Office.objects.bulk_create(
        [
            Office(unit=unit, name=f"书记{place}", is_political_source=True, is_community_source=True)
            for place, unit in enumerate(units)
        ]
    )
    OfficeHolding.objects.bulk_create(
        [
            OfficeHolding(office=office, person=person, since=date(2000, 1, 1))
            for office, person in zip(offices, persons, strict=True)
        ]
    )
    return [person.name for person in persons]


def _row(number: int, name: str, key: str, values: dict[str, Any]) -> "ImportRow":
    from cadre_app.core.importing import ImportRow

    known = {"name": name, "file_number": key, **values}
    return ImportRow(number + 2, cells={key: str(value) for key, value in known.items()}, values=known)


if __name__ == "__main__":
    main()
