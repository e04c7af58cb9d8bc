"""The workbook of units: exactly what the list shows its owner."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.core.tables import Empty, Table
from cadre_app.jobs import services as jobs
from cadre_app.org.columns import unit_columns
from cadre_app.org.filters import chosen_unit, filtered_units, top_unit

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job

KIND = "org.units"
ROWS_PER_REPORT = 200


def export_units(job: "Job") -> None:
    """Write the units of the list with the URL parameters `job.params["query"]`, as the job's owner sees them."""
    request = HttpRequest()
    request.GET = QueryDict(str(job.params.get("query", "")))
    key = request.GET.get("unit", "")
    chosen = chosen_unit(key, user=job.owner) if key else top_unit(job.owner)
    if key and chosen is None:
        raise jobs.Refused(_("This unit is not among those that you see."))
    units = filtered_units(request.GET, user=job.owner, chosen=chosen).qs
    table = Table(request, units, unit_columns(job.owner), name="units", empty=Empty(""))
    rows = table.export_rows()
    headings = next(rows)
    name = _("Units %(date)s.xlsx") % {"date": f"{timezone.localdate():%Y%m%d}"}
    with jobs.result_file(job, name=name) as path:
        told = _told(rows, job, units.count())
        write_sheet(path, headings, told, watermark=watermark_text(job.owner.display_name))


def _told(rows: Iterator[list[Any]], job: "Job", total: int) -> Iterator[list[Any]]:
    """The same rows; tells the job's page how far it is."""
    for done, row in enumerate(rows, start=1):
        if done % ROWS_PER_REPORT == 0:
            jobs.report(job, min(done, total), total, _("Writing the workbook"))
        yield row
    jobs.report(job, total, total, _("Writing the workbook"))
