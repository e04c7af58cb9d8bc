"""What is up and what is down, answered within about two seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
            return True, dict(Heartbeat.objects.values_list("name", "at"))
    except Error:
        return False, {}


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=None
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False
