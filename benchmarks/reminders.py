"""The bell in a large district: of a million next steps of guidance notes ten thousand become due in one minute.

python benchmarks/reminders.py [--sources 1000000] [--due 10000] [--folder DIR]

Prints what a sweep costs, statement by statement, what a second and a concurrent one do, and what claiming costs, and
whether the aim is met: collected, written and committed within a second. A named folder is kept.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import stand

PEOPLE, MENTORS = 20_000, 4_000
MOST_SECONDS = 1.0
PAIRS = """
WITH mentors AS (SELECT id, row_number() OVER (ORDER BY id) AS number FROM people_person LIMIT %(mentors)s),
    files AS (SELECT *, row_number() OVER (ORDER BY id) AS number FROM people_trainee
        WHERE departed_on IS NULL AND person_id NOT IN (SELECT id FROM mentors))
INSERT INTO mentorship_pairing
    (id, created_at, updated_at, version, trainee_id, mentor_id, kind, choice_reason, started_on, due_on,
     check_in_days, end_kind, end_reason, next_check_in_on, last_note_on, last_record_on)
SELECT gen_random_uuid(), now(), now(), 1, files.id, mentors.id, 'political', '职务空缺', date '2025-01-06',
    date '2032-01-05', 30, '', '', date '2031-01-06', %(today)s, %(today)s
FROM files JOIN mentors ON mentors.number = 1 + files.number %% %(mentors)s AND mentors.id <> person_id
"""
NOTES = """
INSERT INTO mentorship_guidancenote
    (id, created_at, updated_at, version, pairing_id, author_id, happened_on, way, topic, text, next_step, next_step_on,
     visibility, answer)
SELECT gen_random_uuid(), now(), now(), 1, pairing.id, mentor_id, date '2025-02-03', 'face', '', '入户走访', '下周自己走3户',
    CASE WHEN row_number() OVER () <= %(due)s THEN %(today)s ELSE %(today)s + 60 + (row_number() OVER () %% 900)::int END,
    'shared', ''
FROM mentorship_pairing AS pairing, generate_series(1, %(each)s) LIMIT %(sources)s
"""


def fill(sources: int, due: int) -> None:
    """Mentors with accounts, and so many open next steps, `due` of them of today."""
    stand.fill(PEOPLE)
    from django.db import connection
    from django.utils import timezone

    from cadre_app.accounts.models import AccountKind, User
    from cadre_app.mentorship.models import GuidanceNote, Pairing
    from cadre_app.people.models import Person

    with connection.cursor() as cursor:
        # Files that the district itself would chase would be told as well; this is about the notes alone.
        cursor.execute("UPDATE people_trainee SET probation_ends_on = NULL, arrived_on = date '2020-01-06'")
        cursor.execute("UPDATE people_villageterm SET ended_on = due_on WHERE ended_on IS NULL")
        cursor.execute("UPDATE people_person SET party_stage = ''")
        cursor.execute("DELETE FROM reminders_workitemdone")
        cursor.execute("DELETE FROM reminders_workitem")
        if not Pairing.objects.exists():
            cursor.execute(PAIRS, {"mentors": MENTORS, "today": timezone.localdate()})
            unit = User.objects.get(username="bench").unit
            mentors = list(Person.objects.filter(pk__in=Pairing.objects.values("mentor")).order_by("pk"))
            accounts = User.objects.bulk_create(
                User(username=f"mentor{n:05d}", display_name=person.name, unit=unit, kind=AccountKind.MENTOR)
                for n, person in enumerate(mentors)
            )
            for person, account in zip(mentors, accounts, strict=True):
                person.account = account
            Person.objects.bulk_update(mentors, ["account"], batch_size=1_000)
        if not GuidanceNote.objects.exists():
            each = -(-sources // Pairing.objects.count())
            cursor.execute(NOTES, {"due": due, "today": timezone.localdate(), "each": each, "sources": sources})
        cursor.execute("TRUNCATE reminders_occurrence, reminders_notice, reminders_message")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def timed_statements(found: list[tuple[float, str]]) -> Iterator[None]:
    """Every statement with its milliseconds."""
    from django.db import connection

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            found.append(((time.perf_counter() - started) * 1000, " ".join(sql.split())[:90]))

    with connection.execute_wrapper(run):
        yield


def sweep_seconds(statements: list[tuple[float, str]] | None = None) -> tuple[float, Any]:
    from cadre_app.reminders.services.sweeping import sweep

    started = time.perf_counter()
    with timed_statements(statements if statements is not None else []):
        swept = sweep()
    return time.perf_counter() - started, swept


def _beside(results: Any) -> None:
    import django

    django.setup()
    results.put(sweep_seconds())


def two_at_once() -> list[Any]:
    """Two sweeps in processes of their own, started together."""
    from django.db import connection

    connection.close()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    both = [context.Process(target=_beside, args=(results,)) for _ in range(2)]
    for process in both:
        process.start()
    found = [results.get(timeout=120) for _ in both]
    for process in both:
        process.join(timeout=60)
    return found


def measure(options: argparse.Namespace) -> bool:
    from cadre_app.reminders.models import Message, Mode, Notice, Occurrence, Preference
    from cadre_app.reminders.services.plans import plans

    recipients = Occurrence.doer.field.remote_field.model.objects.filter(username__startswith="mentor")
    if not Preference.objects.exists():
        chosen = (Preference(user=user, channel="email", mode=Mode.AT_ONCE, address="a@b.cn") for user in recipients)
        Preference.objects.bulk_create(chosen, batch_size=1_000)
    if not options.mail:
        Preference.objects.update(mode=Mode.OFF)
    statements: list[tuple[float, str]] = []
    seconds, swept = sweep_seconds(statements)
    notices = Notice.objects.filter(channel="inbox").count()
    print(
        f"{options.sources:,} sources, {swept.found:,} became due, {notices:,} notices in inboxes, "
        f"{Message.objects.count():,} messages: {seconds:.2f} s, {len(statements)} statements for {len(plans())} rules"
    )
    for milliseconds, sql in sorted(statements, reverse=True)[:8]:
        print(f"  {milliseconds:7.1f} ms  {sql}")
    before = (Occurrence.objects.count(), Notice.objects.count(), Message.objects.count())
    second, again = sweep_seconds()
    print(f"second sweep: {second:.2f} s, {again}")
    for took, beside in two_at_once():
        print(f"one of two at once: {took:.2f} s, {beside}")
    after = (Occurrence.objects.count(), Notice.objects.count(), Message.objects.count())
    print(f"rows before and after: {before} {after}: {'nothing made twice' if before == after else 'MADE TWICE'}")
    if options.mail:
        _claims()
    met = seconds <= MOST_SECONDS and before == after and notices == options.due
    print(f"{seconds:.2f} s, aim {MOST_SECONDS}: {'met' if met else 'MISSED'}")
    return met


def _claims() -> None:
    from cadre_app.reminders.services.sending import claim

    later = datetime.now(UTC) + timedelta(days=10)
    started = time.perf_counter()
    sizes = []
    while claimed := claim(later):
        sizes.append(len(claimed))
    took = (time.perf_counter() - started) * 1000
    print(f"claimed {sum(sizes):,} messages, at most {max(sizes)} at a time: {took / len(sizes):.1f} ms each claim")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--mail", action="store_true", help="every recipient also wants each notice by e-mail")
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        site = stand.prepare(folder)
        with stand.database(site):
            fill(options.sources, options.due)
            measure(options)


if __name__ == "__main__":
    main()
