"""A briefing of a whole district: composing it, its page, what changed since, the gaps for its shortcomings.

python benchmarks/briefing.py [--people 2000] [--rounds 5] [--folder DIR]

The district is that of benchmarks/postings.py: five years of postings, village terms and leave. Prints the median of each
step in seconds and the queries it takes, and whether the aim is met: 5 seconds for a briefing. A named folder is kept.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import postings, stand

MOST_SECONDS = 5.0
WRITTEN = "a briefing written from its figures"


def steps() -> dict[str, Callable[[], object]]:
    """What is measured, each as staff of the district would have it."""
    from django.utils import timezone

    from cadre_app.accounts.models import User
    from cadre_app.briefings import page, services, snapshots
    from cadre_app.briefings.gaps import gaps_of
    from cadre_app.core.figures import period_start
    from cadre_app.org.models import Unit, UnitKind

    staff, today = User.objects.get(username="bench"), timezone.localdate()
    since = period_start(today)
    unit = Unit.objects.filter(kind=UnitKind.DISTRICT).order_by("path")[0]
    counted = snapshots.take(unit, since, today)
    kept = services.create_briefing(unit=unit, since=since, as_of=today, actor=staff)

    def write() -> None:
        services.create_briefing(unit=unit, since=since, as_of=today, actor=staff)

    return {
        WRITTEN: write,
        "its figures and claims alone": lambda: snapshots.take(unit, since, today),
        "compared with what is counted now": lambda: page.compared(kept, asked_for=True),
        "gaps for its shortcomings": lambda: gaps_of(unit, since, today, counted),
    }


def run(options: argparse.Namespace, folder: Path) -> None:
    """Fill, measure, print."""
    site = stand.prepare(folder)
    with stand.database(site):
        postings.fill(options.people)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        medians = {}
        for name, step in steps().items():
            times = []
            for _round in range(options.rounds):
                began = time.perf_counter()
                step()
                times.append(time.perf_counter() - began)
            with CaptureQueriesContext(connection) as queries:
                step()
            medians[name] = statistics.median(times)
            print(f"{medians[name]:7.2f} s {len(queries):4} queries  {name}")
    is_met = medians[WRITTEN] <= MOST_SECONDS
    print(f"{options.people:,} people: aim {MOST_SECONDS:.0f} s {'met' if is_met else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        run(options, folder)


if __name__ == "__main__":
    main()
