"""Figures of a large district that took long to count are kept for a while, so that its overview opens as fast as a list.

Where there are few files, or counting is quick, everything is counted each time. What is kept says when it was counted,
is counted anew every ten minutes while somebody looks at it, and at once for whoever asks.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone, translation

from cadre_app.accounts.models import User
from cadre_app.core.figures import Asked, Share, period_start
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons
from cadre_app.reports import permissions
from cadre_app.reports.models import KeptFigures
from cadre_app.reports.services import Counts, count_now

LARGE = 10_000  # files; below that everything is counted each time
SLOW_SECONDS = 0.1
ANEW_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(hours=1)
WATCHED_FOR = timedelta(days=1)
FORGOTTEN_AFTER = timedelta(days=7)
SECONDS_AT_ONCE = 20.0


def counts_for(asked: Asked) -> Counts:
    """In a large district what is kept of this, at most an hour old; else counted now, and kept where that took long."""
    if not is_large():
        return count_now(asked)
    now = timezone.now()
    row = KeptFigures.objects.filter(key=_key(asked)).first()
    if row is None or row.counted_at < now - KEPT_FOR:
        return _count(asked, opened_at=now)
    if row.opened_at < now - ANEW_AFTER:
        KeptFigures.objects.filter(pk=row.pk).update(opened_at=now)
    return Counts(
        row.numbers, {key: [_read(share) for share in rows] for key, rows in row.shares.items()}, row.counted_at
    )


def is_large() -> bool:
    """By the database's own estimate, which costs nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [Trainee._meta.db_table])
        [(files,)] = cursor.fetchall()
    return float(files) >= LARGE


def forget(asked: Asked) -> None:
    """Whoever opens this next gets it counted."""
    KeptFigures.objects.filter(key=_key(asked)).delete()


def recount_kept() -> int:
    """Count anew what somebody looked at within a day and, on a new day, the overview that opened within a week.

    Stops after twenty seconds: the next ring goes on. Returns how many were counted.
    """
    now, begun, counted = timezone.now(), time.monotonic(), 0
    KeptFigures.objects.filter(opened_at__lt=now - FORGOTTEN_AFTER).delete()
    for asked, language, opened_at in _due(now):
        if time.monotonic() - begun > SECONDS_AT_ONCE:
            break
        with translation.override(language):
            _count(asked, opened_at=opened_at)
        counted += 1
    return counted


def _due(now: datetime) -> "Iterator[tuple[Asked, str, datetime]]":
    """What is to be counted, the longest waiting first, for accounts that may still see it."""
    today = timezone.localdate(now)
    rows = KeptFigures.objects.select_related("account", "unit").order_by("counted_at")
    watched = rows.filter(as_of=today).opened_since(now - WATCHED_FOR).counted_before(now - ANEW_AFTER)
    for row in watched:
        if (user := _fresh(row.account)) is not None:
            asked = Asked(as_of=today, since=row.since, unit=row.unit, user=user)
            if _key(asked, row.language) == row.key:
                yield asked, row.language, row.opened_at
    known: set[tuple[UUID, UUID | None, str]] = set()
    known.update(KeptFigures.objects.filter(as_of=today).values_list("account_id", "unit_id", "language"))
    for row in rows.filter(as_of__lt=today):
        place = (row.account_id, row.unit_id, row.language)
        was_open = row.as_of == timezone.localdate(row.counted_at) and row.since == period_start(row.as_of)
        if was_open and place not in known and (user := _fresh(row.account)) is not None:
            known.add(place)
            yield Asked.on(today, unit=row.unit, user=user), row.language, row.opened_at


def _fresh(account: User) -> User | None:
    return account if account.is_active and permissions.can_see_overview(account) else None


def _count(asked: Asked, *, opened_at: datetime) -> Counts:
    begun = time.monotonic()
    found = count_now(asked)
    key, is_slow = _key(asked), time.monotonic() - begun >= SLOW_SECONDS
    if not is_slow:
        KeptFigures.objects.filter(key=key).delete()
        return found
    values: dict[str, Any] = {
        "account": asked.user,
        "unit": asked.unit,
        "language": translation.get_language(),
        "since": asked.since,
        "as_of": asked.as_of,
        "numbers": dict(found.numbers),
        "shares": {name: [_written(share) for share in rows] for name, rows in found.shares.items()},
        "counted_at": timezone.now(),
        "opened_at": opened_at,
    }
    row, _is_new = KeptFigures.objects.update_or_create(key=key, defaults=values)
    return Counts(found.numbers, found.shares, row.counted_at)


def _key(asked: Asked, language: str | None = None) -> str:
    """Everything that the numbers and their words depend on, but for the records themselves."""
    user = asked.user
    parts: list[object] = [asked.as_of, asked.since, asked.unit and (asked.unit.pk, asked.unit.path)]
    parts.append(language or translation.get_language())
    if user is not None:
        parts += [user.pk, sorted((grant.role, grant.unit and grant.unit.path) for grant in user.standing_grants)]
        parts.append(sorted(map(str, avoided_persons(user))))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _written(share: Share) -> dict[str, Any]:
    month = share.month and share.month.isoformat()
    return asdict(share) | {"label": str(share.label), "month": month, "exact": [str(number) for number in share.exact]}


def _read(row: dict[str, Any]) -> Share:
    """As it was counted: JSON knows neither tuples nor days nor decimals."""
    month = date.fromisoformat(row["month"]) if row["month"] else None
    exact = tuple(Decimal(number) for number in row["exact"])
    return Share(row["label"], tuple(row["counts"]), row["url"], tuple(row["urls"]), month, exact)
