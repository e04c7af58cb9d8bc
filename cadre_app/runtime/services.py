"""Signs of life and the housekeeping that the sweep rings for."""

from datetime import timedelta
from typing import Any

import structlog
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from cadre_app.core.models import Submission
from cadre_app.core.registries import sweeps
from cadre_app.runtime.models import Heartbeat

logger = structlog.get_logger("qinglan.sweep")

SUBMISSIONS_KEPT = timedelta(days=7)


def record_heartbeat(name: str, **detail: Any) -> None:
    """Write the sign of life of `name`, one statement; the row is made on the first one."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=timezone.now(), detail=detail)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "detail"],
    )


def run_sweeps() -> dict[str, int | None]:
    """Run every registered sweep; returns rows handled by key, None for one that failed (logged, the rest go on)."""
    done: dict[str, int | None] = {}
    for key in sweeps:
        try:
            done[key] = sweeps[key]()
        except Exception:
            logger.exception("sweep_failed", key=key)
            done[key] = None
            if not connection.in_atomic_block:
                connection.close()
    return done


def purge_submissions() -> int:
    """Forget the ids of forms sent more than seven days ago; a double tap is long past."""
    return Submission.objects.filter(sent_at__lt=timezone.now() - SUBMISSIONS_KEPT).delete()[0]


def purge_sessions() -> int:
    """Remove sessions that have expired."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
