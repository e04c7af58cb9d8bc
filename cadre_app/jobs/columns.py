"""Columns of one's own jobs."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.tables import Column
from cadre_app.jobs.models import Job


def _minute(value: object) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""  # type: ignore[arg-type]


JOB_COLUMNS: tuple[Column[Job], ...] = (
    Column("kind", _("Task"), lambda job: job.label, sort=("kind",), template="jobs/_cell_kind.html"),
    Column("state", _("State"), lambda job: job.get_state_display(), sort=("state",), template="jobs/_cell_state.html"),
    Column("created_at", _("Requested"), lambda job: _minute(job.created_at), sort=("created_at",)),
    Column("finished_at", _("Finished"), lambda job: _minute(job.finished_at), sort=("finished_at",)),
)
