"""The sheet of trainees by itself: rows checked, written, checked and written again as changes, and taken back.

Prints the seconds that passed, and those in which Python worked: the rest is the database, and whatever else the
machine does. `benchmarks/imports.py` measures the room of imports around the sheets.

python -m benchmarks.import_steps [--rows 10000] [--people 0]
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.stand import database, fill, prepare

T = TypeVar("T")
MOST_SECONDS = {"check, new": 10.0, "apply, new": 30.0}
FIRST_YEAR, YEARS = 2014, 12


def main() -> None:
    """Print what each step takes, and whether it is within what was aimed at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=0, help="trainees that are there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qinglan-import-") as name:
        site = prepare(Path(name))
        with database(site):
            fill(options.people)
            measure(options.rows)


def measure(count: int) -> None:
    """All steps, one after the other."""
    from django.db import transaction

    from cadre_app.accounts.models import User
    from cadre_app.people.importing import trainees

    actor = User.objects.get(username="bench")
    rows = new_rows(count)
    timed("check, new", lambda: trainees.check(rows, actor, silent))
    faulty = [row for row in rows if row.has_errors or row.is_unchosen]
    if faulty:
        raise SystemExit(f"{len(faulty)} rows cannot be imported, such as {faulty[0].number}: {faulty[0].errors}")
    with transaction.atomic():
        timed("apply, new", lambda: trainees.apply(rows, actor, silent))
    for row in rows:
        row.errors, row.notes, row.changes, row.candidates, row.target = [], [], [], [], None
        row.values["phone"] = "139" + row.values["phone"][3:]
        row.values["native_place"] = "临澜沧浦"
    timed("check, changes", lambda: trainees.check(rows, actor, silent))
    with transaction.atomic():
        changed = timed("apply, changes", lambda: trainees.apply(rows, actor, silent))
    with transaction.atomic():
        obstacles = timed("undo, changes", lambda: trainees.undo(changed[::-1], actor, "benchmark"))
    if obstacles:
        raise SystemExit(f"not undone: {obstacles[:3]}")


def timed(label: str, work: Callable[[], T]) -> T:
    """Run `work` and print how long it took."""
    started, working = time.perf_counter(), time.process_time()
    result = work()
    seconds, working = time.perf_counter() - started, time.process_time() - working
    most = MOST_SECONDS.get(label)
    aim = f"  aim {most:.0f} s: {'met' if seconds <= most else 'MISSED'}" if most else ""
    print(f"{label:16} {seconds:7.1f} s, Python {working:6.1f} s{aim}", flush=True)
    return result


def new_rows(count: int) -> list[Any]:
    """Rows of whole files, as the reading hands them over; the same ones each time."""
    from benchmarks.population import GIVEN, SCHOOLS, SURNAMES
    from cadre_app.core.importing import ImportRow
    from cadre_app.org.models import Unit
    from cadre_app.people.writing.id_numbers import check_character

    chance = random.Random(11)
    homes = list(Unit.objects.filter(depth=1).values_list("name", flat=True))
    villages = list(Unit.objects.filter(depth=2).values_list("parent__name", "name"))
    rows = []
    for number in range(count):
        born = date(1990, 1, 1) + timedelta(days=chance.randint(0, 3_650))
        digits = f"99{number // 1000:04d}{born:%Y%m%d}{number % 1000:03d}"
        arrived = date(FIRST_YEAR + number % YEARS, 8, 15)
        values = {
            "name": chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            "id_number": digits + check_character(digits),
            "ethnic_group": "01",
            "native_place": "临澜望屿",
            "political_status": "01",
            "party_joined_on": date(2012, 6, 1),
            "party_full_on": date(2013, 6, 1),
            "full_time_level": "21",
            "full_time_school": chance.choice(SCHOOLS),
            "full_time_major": "行政管理",
            "kind": "selected",
            "sub_kind": "ordinary",
            "arrived_on": arrived,
            "home_unit": chance.choice(homes),
            "post": "党建办公室工作人员",
            "rank": "11",
            "rank_since": arrived.replace(year=arrived.year + 1),
            "village": "/".join(chance.choice(villages)),
            "term_started_on": arrived + timedelta(days=17),
            "phone": f"138{number:08d}",
            "wants_account": True,
        }
        rows.append(ImportRow(number + 2, cells={key: str(value) for key, value in values.items()}, values=values))
    return rows


def silent(done: int, total: int) -> None:
    """Nobody watches the progress."""


if __name__ == "__main__":
    main()
