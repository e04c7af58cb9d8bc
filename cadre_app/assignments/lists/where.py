"""Who is where as a workbook: the same people that the page shows its owner, without its limit."""

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.forms.board import WhereForm
from cadre_app.assignments.whereabouts import sheet_rows, whereabouts_of
from cadre_app.core.sheets import MOST_ROWS, watermark_text, write_sheet
from cadre_app.jobs import services as jobs

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job

EXPORT = "assignments.where"


def write_where(job: "Job") -> None:
    """Write everybody on the day. Raises Refused when the day or the unit can no longer be asked for."""
    form = WhereForm(QueryDict(str(job.params.get("query", ""))), user=job.owner)
    if not form.is_valid():
        raise jobs.Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    found = whereabouts_of(job.owner, form.day, timezone.localdate(), form.asked["unit"], most=MOST_ROWS)
    headings = [
        _("Unit"),
        _("Full name"),
        _("Kind of posting"),
        pgettext("who is where", "Where"),
        _("Front"),
        _("Tasks"),
        _("Document number"),
        _("Working time"),
        _("From"),
        _("Until"),
        _("State"),
    ]
    name = _("Who is where %(date)s.xlsx") % {"date": f"{form.day:%Y%m%d}"}
    with jobs.result_file(job, name=name) as path:
        write_sheet(path, headings, sheet_rows(found), watermark=watermark_text(job.owner.display_name))
