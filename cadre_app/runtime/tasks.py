"""The one task that beat rings."""

from celery import shared_task

from cadre_app.runtime import services
from cadre_app.runtime.models import Heartbeat


@shared_task(name="runtime.sweep")
def sweep() -> None:
    """Run every registered sweep and say so; safe to run twice or late."""
    services.record_heartbeat(Heartbeat.Name.SWEEP, handled=services.run_sweeps())
