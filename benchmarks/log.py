"""Fills the activity log in a transaction that is rolled back, and measures its pages.

DATABASE_URL=… python benchmarks/log.py [entries]
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.utils import timezone  # noqa: E402

from cadre_app.accounts.models import User  # noqa: E402
from cadre_app.core.tables import Empty, Table, asked  # noqa: E402
from cadre_app.history.columns import ENTRY_COLUMNS  # noqa: E402
from cadre_app.history.filters import filtered_entries  # noqa: E402
from cadre_app.history.models import Entry  # noqa: E402
from cadre_app.org.models import Unit, UnitKind  # noqa: E402
from cadre_app.org.tree import path_of  # noqa: E402

ROUNDS = 5
PEOPLE = 200


def fill(count: int) -> None:
    """Entries spread over two years and over two hundred people."""
    unit = Unit(name="Bench", kind=UnitKind.DISTRICT, serial=9_000_001, opened_on="2020-01-01")
    unit.path = path_of(None, 0, unit.serial)
    unit.save()
    people = User.objects.bulk_create(
        User(username=f"bench{number:04d}", display_name=f"人{number}", unit=unit) for number in range(PEOPLE)
    )
    now = timezone.now()
    step = timedelta(days=730) / count
    kinds = (Entry.Kind.CHANGE, Entry.Kind.CHANGE, Entry.Kind.SIGN_IN, Entry.Kind.READING)
    Entry.objects.bulk_create(
        (
            Entry(verb="org.unit.changed", kind=kinds[n % 4], at=now - n * step, actor=people[n % PEOPLE])
            for n in range(count)
        ),
        batch_size=2000,
    )


def page(query: str) -> None:
    """One page of the log, its count included."""
    data = QueryDict(query)
    entries = filtered_entries(data).qs
    table = Table(asked(data), entries, ENTRY_COLUMNS, name="entries", empty=Empty(""), default_sort="-at")
    _ = len(table.rows), table.total


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    day = timezone.localdate() - timedelta(days=365)
    with transaction.atomic():
        fill(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE history_entry")
        for query in ("", f"until={day}", f"since={day}&until={day}", "kind=reading", "person=bench0007", "page=40"):
            best = min(_once(query) for _ in range(ROUNDS))
            print(f"{count:,} entries  {query or 'first page':32} {best:8.1f} ms")
        transaction.set_rollback(True)


def _once(query: str) -> float:
    started = time.perf_counter()
    page(query)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
