"""The one task that beat rings."""

from celery import shared_task

from cadre_app.runtime import services


@shared_task(name="runtime.sweep")
def sweep() -> None:
    """Run every registered sweep and say so; safe to run twice or late."""
    services.sweep_once()
