"""Growth files, desks and mentoring of a large district over HTTP: twenty entries a person, and one with two thousand.

python benchmarks/growth_file.py [--people 100000] [--rounds 40] [--folder DIR] [--explain TEXT]

Prints each page in milliseconds and as a multiple of the bare list of the same run, and whether the aims are met: the
page within 2.5 times the bare list and 12 queries, the longest file within 1.3 times that, a desk within 5 times the
bare list. A named folder is kept.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import roster, stand

MOST_TIMES, MOST_QUERIES, MOST_GROWTH, MOST_DESK = 2.5, 12, 1.3, 5.0
POSTS, TRANSFERS, NOTES, LONG = 7, 2, 3, 2_000
MENTORS, MENTOR, DESK = 4_000, "bench.mentor", "desk of a mentor"
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
PAIRS = """
WITH mentors AS (SELECT id, row_number() OVER (ORDER BY id) AS number FROM people_person LIMIT %s),
    files AS (SELECT *, row_number() OVER (ORDER BY id) AS number FROM people_trainee)
INSERT INTO mentorship_pairing
    (id, created_at, updated_at, version, trainee_id, mentor_id, kind, choice_reason, started_on, due_on,
     check_in_days, ended_on, end_kind, end_reason, next_check_in_on, last_note_on, last_record_on)
SELECT gen_random_uuid(), now(), now(), 1, files.id, mentors.id, kinds.kind, '职务空缺', arrived_on + 3, arrived_on + 730,
    30, CASE WHEN over THEN arrived_on + 730 END, CASE WHEN over THEN 'completed' ELSE '' END, '',
    CASE WHEN over THEN NULL ELSE current_date + 5 END, arrived_on + 93, arrived_on + 93
FROM files JOIN mentors ON mentors.number = 1 + files.number %% %s AND mentors.id <> person_id,
    LATERAL (SELECT arrived_on + 730 < current_date AS over) AS ended, (VALUES ('political'), ('community')) AS kinds (kind)
"""
RECORDS = """
INSERT INTO mentorship_guidancenote
    (id, created_at, updated_at, version, pairing_id, author_id, happened_on, way, topic, text, next_step, visibility,
     answer)
SELECT gen_random_uuid(), now(), now(), 1, id, mentor_id, started_on + 30 * number, 'face', '入户走访',
    '今天带小陈走了西坑组9户，听不懂方言的地方我当场翻译给他听。他记得细，但问话像查户口。', '下周他自己走3户', 'shared', ''
FROM mentorship_pairing, generate_series(1, %s) AS number
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
            cursor.execute(PAIRS, [MENTORS, MENTORS])
            cursor.execute(RECORDS, [NOTES])
            cursor.execute("DELETE FROM people_postrecord WHERE trainee_id = %s", [long])
            cursor.execute(ENTRIES, [1, LONG, long, False])
            cursor.execute("VACUUM ANALYZE")
        _sign_up_a_mentor()
    return str(plain), str(long)


def _sign_up_a_mentor() -> None:
    """An account for whoever mentors most people now."""
    from django.db.models import Count

    from cadre_app.accounts.models import AccountKind, User
    from cadre_app.mentorship.models import Pairing
    from cadre_app.people.models import Person

    busiest = Pairing.objects.running().order_by().values("mentor").annotate(many=Count("pk")).order_by("-many")
    unit = User.objects.get(username="bench").unit
    account = User.objects.create(username=MENTOR, display_name="庄世恒", unit=unit, kind=AccountKind.MENTOR)
    Person.objects.filter(pk=busiest[0]["mentor"]).update(account=account)


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
            "desk of staff": "/",
            "pairing board": "/mentoring/",
            "pairing list": "/mentoring/list/",
            "suggestions": "/mentoring/suggestions/",
            "guidance notes": "/mentoring/notes/",
        }
        if options.explain:
            roster.explain(paths, options.explain)
            return
        with stand.served(folder) as port:
            found = roster.measure(port, paths, options.rounds)
            found |= roster.measure(port, {DESK: "/"}, options.rounds, MENTOR)
        for name, path in paths.items():
            found[name]["queries"] = len(roster.queries_of(path))
        found[DESK]["queries"] = len(roster.queries_of("/", MENTOR))
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
        ("times the bare list, desk of staff", found["desk of staff"]["ms"] / found[roster.BASE]["ms"], MOST_DESK),
        ("times the bare list, desk of a mentor", found[DESK]["ms"] / found[roster.BASE]["ms"], MOST_DESK),
    ):
        print(f"{value:6.2f} {text}, aim {most}: {'met' if value <= most else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--folder", default="")
    parser.add_argument("--explain", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        run(options, folder)


if __name__ == "__main__":
    main()
