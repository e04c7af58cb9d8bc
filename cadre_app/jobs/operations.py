"""Failed long work, as the operations page tells of it: what and when, not whose and not why (its owner reads that)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.operations import OperationsLine, OperationsPart, OperationsReport
from cadre_app.jobs.models import Job

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DAYS = timedelta(days=7)
SHOWN = 20


def failed_report(user: "User") -> OperationsReport:
    """Long work of the last seven days that was not completed; two queries."""
    failed = Job.objects.failed_since(timezone.now() - DAYS)
    newest = failed.only("kind", "state", "finished_at", "attempts").order_by("-finished_at")
    return OperationsReport([_line(job) for job in newest[:SHOWN]], failed.order_by().count())


def _line(job: Job) -> OperationsLine:
    tries = ngettext("tried %(count)d time", "tried %(count)d times", job.attempts) % {"count": job.attempts}
    in_log = _("in the log as %(id)s") % {"id": job.pk}
    return OperationsLine(
        str(job.label), "over", str(job.get_state_display()), when=job.finished_at, note=f"{tries} · {in_log}"
    )


FAILED = OperationsPart(
    title=gettext_lazy("Long tasks not completed, last 7 days"),
    empty=gettext_lazy("All long tasks of the last seven days were completed."),
    order=10,
    report=failed_report,
)
