"""What is up and what is down, answered within about two seconds."""

import select
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg2
import psycopg2.extensions
import redis
from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadre_app.runtime.models import Heartbeat

SECONDS = 2
SILENCE: dict[str, timedelta] = {
    Heartbeat.Name.WORKER: timedelta(seconds=35),
    Heartbeat.Name.BEAT: timedelta(seconds=35),
    Heartbeat.Name.SWEEP: timedelta(minutes=3),
}


@dataclass(frozen=True)
class Part:
    """One part of the system; `at` is its last sign of life (UTC), None for parts that are asked directly."""

    name: str
    label: str | Promise
    ok: bool
    at: datetime | None = None


def check() -> list[Part]:
    """Database, broker, worker, beat and sweep, in this order; never raises."""
    database_ok, beats = _heartbeats()
    now = timezone.now()
    parts = [Part("database", _("Database"), database_ok), Part("broker", _("Message queue"), _broker_answers())]
    for name in Heartbeat.Name:
        at = beats.get(name.value)
        parts.append(Part(name.value, name.label, at is not None and now - at <= SILENCE[name], at))
    return parts


def down(parts: Sequence[Part]) -> list[str]:
    """Names of the parts that are not well."""
    return [part.name for part in parts if not part.ok]


def _heartbeats() -> tuple[bool, dict[str, datetime]]:
    if not _database_answers():
        return False, {}
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
            return True, dict(Heartbeat.objects.values_list("name", "at"))
    except Error:
        return False, {}


def _database_answers() -> bool:
    """Asks on a connection of its own and gives up after SECONDS: a frozen server enforces no time limit itself."""
    parameters = {**connection.get_connection_params(), "cursor_factory": None}
    deadline = time.monotonic() + SECONDS
    try:
        asking = psycopg2.connect(**parameters, async_=True)
        try:
            if not _wait(asking, deadline):
                return False
            question = asking.cursor()  # must live until the answer is here
            question.execute("SELECT 1")
            return _wait(asking, deadline)
        finally:
            asking.close()
    except psycopg2.Error:
        return False


def _wait(asking: Any, deadline: float) -> bool:
    """Drive an asynchronous connection until it is ready; False when the deadline passes."""
    while (state := asking.poll()) != psycopg2.extensions.POLL_OK:
        left = deadline - time.monotonic()
        reading = [asking] if state == psycopg2.extensions.POLL_READ else []
        writing = [asking] if state == psycopg2.extensions.POLL_WRITE else []
        if left <= 0 or not any(select.select(reading, writing, [], left)):
            return False
    return True


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=None
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False
