"""Celery's clock: rings the sweep and says that it is alive."""

import time
from typing import Any

import structlog
from celery.beat import Scheduler
from django.db import Error, connection

logger = structlog.get_logger("qinglan.beat")

HEARTBEAT_SECONDS = 10


class HeartbeatScheduler(Scheduler):
    """Keeps its schedule in memory: the one entry rings every minute, and a missed ring is made up by the next."""

    max_interval = 5

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._last = -float(HEARTBEAT_SECONDS)
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        self.merge_inplace(self.app.conf.beat_schedule)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Ring what is due; a database that is away costs a heartbeat, never the clock."""
        delay: float = super().tick(*args, **kwargs)
        if time.monotonic() - self._last >= HEARTBEAT_SECONDS:
            self._last = time.monotonic()
            beat_quietly("beat")
        return min(delay, float(self.max_interval))


def beat_quietly(name: str) -> None:
    """Write a heartbeat on a connection of its own moment; a failure is logged and forgotten."""
    from cadre_app.runtime.services import record_heartbeat

    try:
        record_heartbeat(name)
    except Error as error:
        logger.warning("heartbeat_failed", name=name, error=str(error).strip())
    finally:
        connection.close()
