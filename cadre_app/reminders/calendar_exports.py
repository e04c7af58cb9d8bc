"""The office's year as a workbook: the same rounds that the page shows its owner."""

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.jobs import services as jobs
from cadre_app.reminders.work_item_forms import CalendarFilter
from cadre_app.reminders.yearview import export_rows, months_of

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job

EXPORT = "reminders.work_calendar"


def write_calendar(job: "Job") -> None:
    """Write the rounds of the year and the conditions that the page was asked with."""
    asked = CalendarFilter(QueryDict(str(job.params.get("query", ""))), job.owner).asked
    headings, *rows = export_rows(months_of(job.owner, asked))
    name = _("Annual work calendar %(year)s.xlsx") % {"year": asked.year}
    with jobs.result_file(job, name=name) as path:
        write_sheet(path, headings, rows, watermark=watermark_text(job.owner.display_name))
