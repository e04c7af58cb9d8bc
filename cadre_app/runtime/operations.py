"""What the operations page shows of the machinery: signs of life, the last sweeps, the queue, and the rooms' own parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.core.operations import OperationsPart, OperationsReport, operations_parts
from cadre_app.runtime import permissions
from cadre_app.runtime.health import SECONDS, SILENCE, Part
from cadre_app.runtime.models import Heartbeat, SweepRun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

SHOWN = 20
QUEUE = "celery"
# A sweep rings again after a minute and is cut off after half an hour (CELERY_TASK_TIME_LIMIT).
LONGEST = timedelta(minutes=30)
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Sign:
    """One part of the system with how long ago it last gave a sign of life."""

    part: Part
    ago: str


@dataclass(frozen=True)
class SweepLine:
    """One sweep in words: state, how long it took, what each key handled (nothing is left out), which failed."""

    run: SweepRun
    state: str
    state_text: str
    seconds: float | None
    handled: list[tuple[str, int]]
    total: int


def signs(parts: Sequence[Part], now: datetime) -> list[Sign]:
    """Parts that are asked directly have no time."""
    return [Sign(part, ago(now - part.at) if part.at is not None else "") for part in parts]


def ago(span: timedelta) -> str:
    """A span in its largest unit: 12 seconds ago, 3 minutes ago."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(count)d second ago", "%(count)d seconds ago", seconds) % {"count": seconds}
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if seconds < 2 * DAY:
        hours = seconds // HOUR
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    days = seconds // DAY
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def last_sweeps(now: datetime) -> list[SweepLine]:
    """The newest sweeps first; one query."""
    runs = list(SweepRun.objects.all()[:SHOWN])
    return [_line(run, now, is_newest=number == 0) for number, run in enumerate(runs)]


def queue_length() -> int | None:
    """How many tasks wait in the broker; None when it does not answer within two seconds."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=None
        ) as client:
            return int(client.llen(QUEUE))
    except (redis.RedisError, OSError, ValueError):
        return None


def reports(user: "User") -> list[tuple[OperationsPart, OperationsReport]]:
    """What the rooms announced, in order."""
    parts = sorted(operations_parts.values(), key=lambda part: part.order)
    return [(part, part.report(user)) for part in parts]


def standstill(request: "UserRequest") -> "Mapping[str, Any] | None":
    """What the desk says when no sweep has run for three minutes; None while all is well. One query."""
    since = Heartbeat.objects.filter(name=Heartbeat.Name.SWEEP).values_list("at", flat=True).first()
    if since is not None and timezone.now() - since <= SILENCE[Heartbeat.Name.SWEEP]:
        return None
    return {"since": since, "manages_system": permissions.manages_system(request.user)}


def _line(run: SweepRun, now: datetime, *, is_newest: bool) -> SweepLine:
    handled = sorted(run.handled.items())
    seconds = (run.ended_at - run.started_at).total_seconds() if run.ended_at is not None else None
    state, text = _state(run, now, is_newest=is_newest)
    return SweepLine(run, state, text, seconds, [item for item in handled if item[1]], sum(run.handled.values()))


def _state(run: SweepRun, now: datetime, *, is_newest: bool) -> tuple[str, str]:
    if run.ended_at is not None:
        return ("over", _("Partly failed")) if run.failed else ("ok", pgettext("sweep", "Completed"))
    if now - run.started_at < (LONGEST if is_newest else SILENCE[Heartbeat.Name.SWEEP]):
        return "wait", _("Running now")
    return "over", _("Broken off, no end on record")
