"""The overview and the burden page of a large district over HTTP, with pairings, notes, talks, hours and postings of everybody.

python benchmarks/overview.py [--people 100000] [--rounds 20] [--folder DIR] [--explain TEXT]

DATABASE_URL may name an empty scratch database; else a server is started in the folder, which is kept only when it was
named. `--explain` prints the plan of every query behind the pages whose name holds the text. Everything is measured in
multiples of the bare list of people of the same run.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import growth_file, roster, stand

OVERVIEW = "overview"
MOST_TIMES = 5.0
# Three talks of everybody in two years, and four outside courses with their hours.
TALKS = """
INSERT INTO care_talk (id, created_at, updated_at, version, trainee_id, kind, occasion, topics, state, planned_on, place,
    interviewer_id, held_on, content, response, has_texts, closed_on, cancel_reason)
SELECT gen_random_uuid(), now(), now(), 1, id, 'routine', 'routine', '{}', 'closed', day, '部会议室', %(interviewer)s, day, '', '', false,
    day, ''
FROM people_trainee, LATERAL (SELECT current_date - ((hashtext(id::text) & 127) + 220 * number) AS day
    FROM generate_series(0, 2) AS number) AS held
"""
COURSES = """
INSERT INTO training_outsidecourse (id, created_at, updated_at, version, trainee_id, title, organiser, started_on, ended_on,
    hours, mode, is_induction, state, submitted_on, return_reason, verified_on, certificate_number, course_format)
SELECT gen_random_uuid(), now(), now(), 1, id, '业务培训', '市委党校', day, day, 4,
    CASE number %% 4 WHEN 0 THEN 'online' ELSE 'classroom' END, false, 'verified', day, '', day, '', ''
FROM people_trainee, LATERAL (SELECT number, current_date - ((hashtext(id::text) & 63) + 80 * number) AS day
    FROM generate_series(0, 3) AS number) AS taken
"""
HOURS = """
INSERT INTO training_hoursentry (id, created_at, updated_at, version, trainee_id, source, outside_id, hours, mode, earned_on)
SELECT gen_random_uuid(), now(), now(), 1, trainee_id, 'outside', id, hours, mode, ended_on FROM training_outsidecourse
"""


def fill(people: int) -> None:
    """The district of the growth files, with talks and hours of everybody."""
    growth_file.fill(people)
    from django.db import connection

    from cadre_app.accounts.models import User
    from cadre_app.care.models import Talk
    from cadre_app.training.models import HoursEntry, OutsideCourse

    interviewer = User.objects.get(username="bench").pk
    for model, statement in ((Talk, TALKS), (OutsideCourse, COURSES), (HoursEntry, HOURS)):
        if not model._default_manager.exists():
            with connection.cursor() as cursor:
                cursor.execute(statement, {"interviewer": interviewer})
                cursor.execute("VACUUM ANALYZE")


def pages() -> dict[str, str]:
    """Name and address of everything that is measured."""
    found = {
        roster.BASE: "/bare/list/",
        OVERVIEW: "/reports/",
        "… beside the year before": "/reports/?compare=year",
        "… of the year before, whole": "/reports/?period=last",
        "burden of people": "/reports/burden/",
        "burden of mentors": "/reports/burden/?party=mentors",
        "burden of units": "/reports/burden/?party=units",
    }
    for kind, key in roster.some_units():
        found[f"overview of a {kind}"] = f"/reports/?unit={key}"
        found[f"overview of a {kind} on a past day"] = f"/reports/?as_of=2026-01-02&unit={key}"
    return found


def counted_anew() -> float:
    """Seconds that it takes to count what the overview of the whole district shows, once, on a warm connection."""
    from django.utils import timezone

    from cadre_app.accounts.models import User
    from cadre_app.core.figures import Asked
    from cadre_app.reports.services import count_now

    asked = Asked.on(timezone.localdate(), user=User.objects.get(username="bench"))
    count_now(asked)
    begun = time.monotonic()
    count_now(asked)
    return time.monotonic() - begun


def run(options: argparse.Namespace, folder: Path) -> None:
    """Fill, serve, measure, print."""
    site = stand.prepare(folder)
    with stand.database(site):
        fill(options.people)
        paths = pages()
        if options.explain:
            roster.explain(paths, options.explain)
            return
        anew = counted_anew()
        with stand.served(folder) as port:
            found: dict[str, dict[str, Any]] = roster.measure(port, paths, options.rounds)
        for name, path in paths.items():
            found[name]["queries"] = len(roster.queries_of(path))
    roster.tabulate({options.people: found})
    print(f"{anew * 1000:6.0f} ms to count everything of the whole district anew, as the sweep does every ten minutes")
    times = found[OVERVIEW]["ms"] / found[roster.BASE]["ms"]
    print(f"{times:6.2f} times the bare list, aim {MOST_TIMES}: {'met' if times <= MOST_TIMES else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--folder", default="")
    parser.add_argument("--explain", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        run(options, folder)


if __name__ == "__main__":
    main()
