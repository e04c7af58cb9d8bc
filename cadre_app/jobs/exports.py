"""A list as a workbook: exactly the rows, columns and order that the page shows its owner."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import job_kinds
from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.jobs import services

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.tables import Table
    from cadre_app.jobs.models import Job

ROWS_PER_REPORT = 200


def write_table(job: "Job", build: "Callable[[User, QueryDict], Table[Any]]") -> None:
    """Write the table that `build` makes for the job's owner and `job.params["query"]`."""
    table = build(job.owner, QueryDict(str(job.params.get("query", ""))))
    rows = table.export_rows()
    headings = next(rows)
    what = job_kinds[job.kind].label
    name = _("%(what)s %(date)s.xlsx") % {"what": what, "date": f"{timezone.localdate():%Y%m%d}"}
    with services.result_file(job, name=name) as path:
        told = _told(rows, job, table.queryset.count())
        write_sheet(path, headings, told, watermark=watermark_text(job.owner.display_name), note=table.note)


def _told(rows: Iterator[list[Any]], job: "Job", total: int) -> Iterator[list[Any]]:
    """The same rows; tells the job's page how far it is."""
    for done, row in enumerate(rows, start=1):
        if done % ROWS_PER_REPORT == 0:
            services.report(job, min(done, total), total, _("Writing the workbook"))
        yield row
    services.report(job, total, total, _("Writing the workbook"))
