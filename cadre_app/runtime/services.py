"""Signs of life and the housekeeping that the sweep rings for."""

from datetime import timedelta
from typing import Any

import structlog
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from cadre_app.core.models import Submission
from cadre_app.core.registries import PartlyFailed, sweeps, vital_sweeps
from cadre_app.runtime.models import Heartbeat, SweepRun

logger = structlog.get_logger("qinglan.sweep")

SUBMISSIONS_KEPT = timedelta(days=7)
RUNS_KEPT = timedelta(days=7)


def record_heartbeat(name: str, **detail: Any) -> None:
    """Write the sign of life of `name`, one statement; the row is made on the first one."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=timezone.now(), detail=detail)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "detail"],
    )


def sweep_once() -> SweepRun:
    """Run every registered sweep, on record from its first moment: killed on the way, it leaves a row without an end.

    Without a vital one it gives no sign of life, so that three minutes later everybody concerned is told.
    """
    run = SweepRun.objects.create(started_at=timezone.now())
    done = run_sweeps()
    # The clock of the machine may have been set back meanwhile.
    run.ended_at = max(timezone.now(), run.started_at)
    run.handled = {key: count for key, count in done.items() if count is not None}
    run.failed = [key for key in sweeps if done.get(key) is None]
    run.save(update_fields=["ended_at", "handled", "failed"])
    if all(key in done for key in vital_sweeps if key in sweeps):
        record_heartbeat(Heartbeat.Name.SWEEP, handled={key: done.get(key) for key in sweeps})
    return run


def run_sweeps() -> dict[str, int | None]:
    """Run every registered sweep; returns rows handled by key, None for one that failed in part; one that failed is
    left out (logged, the rest go on).
    """
    done: dict[str, int | None] = {}
    for key in sweeps:
        try:
            done[key] = sweeps[key]()
        except PartlyFailed:
            logger.exception("sweep_partly_failed", key=key)
            done[key] = None
        except Exception:
            logger.exception("sweep_failed", key=key)
            if not connection.in_atomic_block:
                connection.close()
    return done


def purge_submissions() -> int:
    """Forget the ids of forms sent more than seven days ago; a double tap is long past."""
    return Submission.objects.filter(sent_at__lt=timezone.now() - SUBMISSIONS_KEPT).delete()[0]


def purge_sessions() -> int:
    """Remove sessions that have expired."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def purge_runs() -> int:
    """Forget sweeps that started more than seven days ago."""
    return SweepRun.objects.started_before(timezone.now() - RUNS_KEPT).delete()[0]
