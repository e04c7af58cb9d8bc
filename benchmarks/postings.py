"""The timeline, the board and who is where of a district over HTTP: five years of postings, village terms and leave.

python benchmarks/postings.py [--people 2000] [--rounds 40] [--folder DIR] [--explain TEXT]

A page of the timeline draws a hundred people whatever the district has. Prints each page in milliseconds and as a
multiple of the bare list of the same run, and whether the aims are met: the timeline within 15 times the bare list (of which a third is the box of 2,000 units) and
15 queries. A named folder is kept.
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import roster, stand

MOST_TIMES, MOST_QUERIES = 15.0, 15
YEARS, POSTINGS, LEAVES = 5, 5, 3
TIMELINE = "timeline by person"


def fill(people: int) -> None:
    """A posting a year of everybody, the next begins where the last one ended, and leave in three of the years."""
    stand.fill(people)
    from django.db import connection
    from django.utils import timezone

    from cadre_app.accounts.models import User
    from cadre_app.assignments.models import Front, Leave, Posting
    from cadre_app.people.models import Trainee

    if Posting.objects.exists():
        return
    today, fronts = timezone.localdate(), list(Front.objects.all())
    staff = User.objects.get(username="bench")
    postings, leaves = [], []
    for number, trainee in enumerate(Trainee.objects.in_development().order_by("file_number")):
        for year in range(POSTINGS):
            starts = today - timedelta(days=365 * (YEARS - year) - number % 200)
            due = starts + timedelta(days=179)
            is_over = due < today and number % 50 > 0
            postings.append(
                Posting(
                    trainee=trainee,
                    kind="task_force",
                    mode=("full", "half", "beside")[(number + year) % 3] if is_over else "beside",
                    front=fronts[(number + year) % len(fronts)],
                    host_name="环湾大道工程建设指挥部",
                    tasks="包干征迁入户",
                    document_number="" if number % 9 == 0 else "望委组〔2026〕18号",
                    started_on=starts,
                    due_on=due,
                    state="closed" if is_over else "approved",
                    ended_on=due if is_over else None,
                    proposed_by=staff,
                )
            )
            if year < LEAVES:
                away = starts + timedelta(days=30)
                leaves.append(
                    Leave(
                        trainee=trainee,
                        kind="annual",
                        started_on=away,
                        due_on=away + timedelta(days=4),
                        reason="探亲",
                        ended_on=away + timedelta(days=4),
                        state="returned",
                        requested_by=staff,
                        requested_on=starts,
                    )
                )
    Posting.objects.bulk_create(postings, batch_size=2_000)
    Leave.objects.bulk_create(leaves, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def run(options: argparse.Namespace, folder: Path) -> None:
    """Fill, serve, measure, print."""
    site = stand.prepare(folder)
    with stand.database(site):
        fill(options.people)
        paths = {
            roster.BASE: "/bare/list/",
            TIMELINE: "/postings/timeline/",
            "timeline of one year": "/postings/timeline/?year=2026",
            "timeline by front": "/postings/timeline/?by=front",
            "timeline as a table": "/postings/timeline/?by=table",
            "board": "/postings/",
            "list of postings": "/postings/list/",
            "list with notes": "/postings/list/?notes=any",
            "who is where": "/postings/where/",
            "coverage": "/postings/coverage/",
            "compliance notes": "/postings/notes/",
        }
        if options.explain:
            roster.explain(paths, options.explain)
            return
        with stand.served(folder) as port:
            found = roster.measure(port, paths, options.rounds)
        for name, path in paths.items():
            found[name]["queries"] = len(roster.queries_of(path))
    roster.tabulate({options.people: found})
    times, queries = found[TIMELINE]["ms"] / found[roster.BASE]["ms"], found[TIMELINE]["queries"]
    for text, value, most in (("times the bare list", times, MOST_TIMES), ("queries", queries, MOST_QUERIES)):
        print(f"{value:6.2f} {text}, aim {most}: {'met' if value <= most else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--folder", default="")
    parser.add_argument("--explain", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        run(options, folder)


if __name__ == "__main__":
    main()
