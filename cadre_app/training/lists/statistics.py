"""The statistics as a workbook: the same numbers that the page shows its owner."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.jobs import services as jobs
from cadre_app.training.forms.statistics import StatisticsForm
from cadre_app.training.statistics import Statistics, statistics_of

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job

EXPORT = "training.statistics"


def write_statistics(job: "Job") -> None:
    """Write the whole, then every share. Raises Refused when the period or the unit can no longer be asked for."""
    form = StatisticsForm(QueryDict(str(job.params.get("query", ""))), user=job.owner)
    if not form.is_valid():
        raise jobs.Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    found = statistics_of(form.asked())
    headings = [
        _("Divided by"),
        _("Share"),
        pgettext("statistics", "Sessions"),
        _("People times"),
        _("Training hours"),
        _("Unit"),
        _("Period"),
    ]
    name = _("Training statistics %(date)s.xlsx") % {"date": f"{found.asked.as_of:%Y%m%d}"}
    with jobs.result_file(job, name=name) as path:
        write_sheet(path, headings, _rows(found), watermark=watermark_text(job.owner.display_name))


def _rows(found: Statistics) -> Iterator[list[Any]]:
    asked = found.asked
    place = asked.unit.name if asked.unit is not None else _("Everything I work for")
    known = {"since": formats.date_format(asked.since), "until": formats.date_format(asked.as_of)}
    tail = [place, _("%(since)s to %(until)s") % known]
    yield [_("In all"), "", found.sessions, found.times, float(found.total), *tail]
    for division in found.divisions:
        for line in division.lines:
            yield [division.label, line.label, line.sessions, line.times, float(line.hours), *tail]
