"""The printed roster as a workbook and as a PDF: long work, made as its owner may see it then."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.sheets import watermark_text
from cadre_app.documents.pdf import NoPdfError
from cadre_app.jobs import services as jobs
from cadre_app.rosters.lists import PrintedRoster, printed_roster
from cadre_app.rosters.models import Paper
from cadre_app.rosters.printing import make_table_pdf
from cadre_app.rosters.workbook import Form, write_form

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job

WORKBOOK, PDF = "rosters.workbook", "rosters.pdf"
ROWS_PER_REPORT = 200
MOST_IN_PDF = 1_000


def write_workbook(job: "Job") -> None:
    """Raises ValidationError where day or unit can no longer be asked for."""
    roster = _roster_of(job)
    total = roster.count()
    form = Form(
        title=roster.title,
        above=[roster.day_text],
        below=[*roster.notes, _signatures(roster, job)],
        headings=roster.headings,
        widths=[column.width for column in roster.columns],
        watermark=watermark_text(job.owner.display_name),
        is_a3=roster.paper == Paper.A3,
    )
    with jobs.result_file(job, name=f"{_name(roster)}.xlsx") as path:
        write_form(path, form, _told(roster.cells(), job, total))


def write_pdf(job: "Job") -> None:
    """Raises ValidationError as the workbook; Refused for a list that is too long for it, and where no PDF can be made."""
    roster = _roster_of(job)
    if (total := roster.count()) > MOST_IN_PDF:
        message = ngettext(
            "A PDF holds %(most)s row at most. Narrow the list, or export it to Excel.",
            "A PDF holds %(most)s rows at most. Narrow the list, or export it to Excel.",
            MOST_IN_PDF,
        )
        raise jobs.Refused(message % {"most": MOST_IN_PDF})
    rows = roster.shown()
    jobs.report(job, total, total, _("Writing the list"))
    context = {
        "roster": roster,
        "rows": rows,
        "signatures": _signatures(roster, job),
        "watermark": watermark_text(job.owner.display_name),
        "paper": roster.paper,
    }
    try:
        content = make_table_pdf(render_to_string("rosters/roster_pdf.html", context))
    except NoPdfError as error:
        raise jobs.Refused(str(error)) from error
    with jobs.result_file(job, name=f"{_name(roster)}.pdf") as path:
        path.write_bytes(content)


def _roster_of(job: "Job") -> PrintedRoster:
    return printed_roster(job.owner, QueryDict(str(job.params.get("query", ""))))


def _name(roster: PrintedRoster) -> str:
    return f"{roster.title}{roster.day:%Y%m%d}"


def _signatures(roster: PrintedRoster, job: "Job") -> str:
    """制表单位、制表人、审核人."""
    return _("Made by (unit): %(unit)s    Made by: %(name)s    Checked by: ____________    %(day)s") % {
        "unit": roster.made_by,
        "name": job.owner.display_name,
        "day": f"{timezone.localdate():%Y-%m-%d}",
    }


def _told(rows: Iterator[list[Any]], job: "Job", total: int) -> Iterator[list[Any]]:
    """The same rows; tells the job's page how far it is."""
    for done, row in enumerate(rows, start=1):
        if done % ROWS_PER_REPORT == 0:
            jobs.report(job, min(done, total), total, _("Writing the list"))
        yield row
    jobs.report(job, total, total, _("Writing the list"))
