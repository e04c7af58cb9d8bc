"""Growth files of a large district over HTTP: twenty entries a person, and one person with two thousand.

python benchmarks/growth_file.py [--people 100000] [--rounds 40] [--folder DIR] [--explain TEXT]

Prints each page in milliseconds and as a multiple of the bare list of the same run, and whether the aims are met: the
page within 2.5 times the bare list and 12 queries, the longest file within 1.3 times that. A named folder is kept.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import roster, stand

MOST_TIMES, MOST_QUERIES, MOST_GROWTH = 2.5, 12, 1.3
POSTS, TRANSFERS, LONG = 15, 2, 2_000
ENTRIES = """
INSERT INTO people_postrecord
    (id, created_at, updated_at, version, trainee_id, started_on, post, post_level, rank, post_grade, document_number)
SELECT gen_random_uuid(), now(), now(), 1, id, arrived_on + %s * number, '科员 ' || number, '', '10', '', '望组干'
FROM people_trainee, generate_series(1, %s) AS number WHERE id = %s OR %s
"""
MOVES = """
INSERT INTO people_transfer
    (id, created_at, updated_at, version, trainee_id, kind, effective_on, from_unit_id, to_unit_id, destination,
     document_number, served_months, approval, note)
SELECT gen_random_uuid(), now(), now(), 1, id, 'internal', arrived_on + 45 * number, home_unit_id, home_unit_id, '',
    '望组干', number, '', ''
FROM people_trainee, generate_series(1, %s) AS number
"""


def fill(people: int) -> tuple[str, str]:
    """The district with the entries of everybody; keys of a file like all others and of the longest one."""
    stand.fill(people)
    from django.db import connection

    from cadre_app.people.models import PostRecord, Trainee

    running = Trainee.objects.in_development().order_by("file_number")
    plain, long = running[people // 2].pk, running[people // 3].pk
    if not PostRecord.objects.filter(trainee=plain).exists():
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES, [30, POSTS, None, True])
            cursor.execute(MOVES, [TRANSFERS])
            cursor.execute("DELETE FROM people_postrecord WHERE trainee_id = %s", [long])
            cursor.execute(ENTRIES, [1, LONG, long, False])
            cursor.execute("VACUUM ANALYZE")
    return str(plain), str(long)


def run(options: argparse.Namespace, folder: Path) -> None:
    """Fill, serve, measure, print."""
    site = stand.prepare(folder)
    with stand.database(site):
        plain, long = fill(options.people)
        paths = {
            roster.BASE: "/bare/list/",
            "growth file": f"/people/{plain}/",
            "one kind of it": f"/people/{plain}/?kind=posts",
            "longest growth file": f"/people/{long}/",
            "a year of the longest": f"/people/{long}/?year=2030",
            "its record": f"/people/{plain}/record/",
        }
        if options.explain:
            roster.explain(paths, options.explain)
            return
        with stand.served(folder) as port:
            found = roster.measure(port, paths, options.rounds)
        for name, path in paths.items():
            found[name]["queries"] = len(roster.queries_of(path))
    roster.tabulate({options.people: found})
    _judge(found)


def _judge(found: dict[str, dict[str, Any]]) -> None:
    times = found["growth file"]["ms"] / found[roster.BASE]["ms"]
    grows = found["longest growth file"]["ms"] / found["growth file"]["ms"]
    queries = found["growth file"]["queries"]
    for text, value, most in (
        ("times the bare list", times, MOST_TIMES),
        ("times for the longest", grows, MOST_GROWTH),
        ("queries", queries, MOST_QUERIES),
    ):
        print(f"{value:6.2f} {text}, aim {most}: {'met' if value <= most else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--folder", default="")
    parser.add_argument("--explain", default="")
    options = parser.parse_args()
    folder = Path(options.folder or tempfile.mkdtemp(prefix="qinglan-bench-", dir="/tmp"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    try:
        run(options, folder)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
