"""Writes the roster of a whole district to Excel as its job does, and counts a report to the superior.

python benchmarks/rosters.py [--people 5000] [--rounds 3] [--folder DIR]

The workbook has the official columns, as of today and as of a year ago; what runs is the job itself, without the
broker. The best of the rounds is printed beside its aim. A named folder is kept.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import stand

AIM = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder, stand.database(stand.prepare(folder)):
        stand.fill(options.people)
        measure(options.rounds)


def measure(rounds: int) -> None:
    from django.utils import timezone

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit
    from cadre_app.rosters.sheets import counted_sheet

    staff = User.objects.get(username="bench")
    today = timezone.localdate()
    for name, day in (("today", today), ("a year ago", today - timedelta(days=365))):
        (seconds, python), size = best(rounds, lambda day=day: workbook(staff, day))
        print(
            f"roster to Excel as of {name}: {seconds:.1f} s (aim {AIM:.0f}), {python:.1f} s of it Python, {size:,} bytes"
        )
    top = Unit.objects.order_by("path").first()
    year_end = date(today.year - 1, 12, 31)
    (seconds, python), here = best(rounds, lambda: counted_sheet("yearly", top, year_end).numbers["here", "all"])
    print(f"yearly return of {here:,} people: {seconds:.1f} s, {python:.1f} s of it Python")


def workbook(staff: Any, day: date) -> int:
    """The bytes of the job's result."""
    from cadre_app.jobs import services as jobs
    from cadre_app.jobs.models import Job

    # No broker runs here: waiting for one is no part of the work.
    jobs.current_app.send_task = lambda *args, **options: None
    job = jobs.start_job("rosters.workbook", {"query": f"as_of={day}&order=unit", "round": time.time()}, staff)
    jobs.run_job(job.pk)
    done = Job.objects.get(pk=job.pk)
    if not done.has_result:
        raise SystemExit(done.error)
    return jobs.result_path(done).stat().st_size


def best(rounds: int, work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """The least seconds, with those of Python alone, and what came of it."""
    found = []
    for _ in range(rounds):
        started, own = time.perf_counter(), time.process_time()
        result = work()
        found.append(((time.perf_counter() - started, time.process_time() - own), result))
    return min(found, key=lambda one: one[0])


if __name__ == "__main__":
    main()
