"""The one task: it names a row, the row says everything else."""

from uuid import UUID

from celery import shared_task

from cadre_app.jobs import services


@shared_task(name=services.TASK)
def run(pk: str) -> None:
    """Do the job; safe to be delivered twice or late."""
    services.run_job(UUID(pk))
