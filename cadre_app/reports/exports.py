"""The overview as a workbook: the same figures, shares and rules that the page shows its owner."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.sheets import watermark_text, write_sheet
from cadre_app.jobs import services as jobs
from cadre_app.reports.absence import absent_text, compared
from cadre_app.reports.forms import OverviewForm
from cadre_app.reports.services import Divided, Group, groups_of

if TYPE_CHECKING:
    from cadre_app.core.figures import Asked
    from cadre_app.jobs.models import Job

EXPORT = "reports.overview"


def write_overview(job: "Job") -> None:
    """Write every figure, then every share, with period, unit and rule.

    Raises Refused when the unit or the day can no longer be asked for.
    """
    form = OverviewForm(QueryDict(str(job.params.get("query", ""))), user=job.owner)
    if not form.is_valid():
        raise jobs.Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    asked = form.asked()
    before, not_compared = compared(form.before())
    name = _("Overview %(date)s.xlsx") % {"date": f"{asked.as_of:%Y%m%d}"}
    with jobs.result_file(job, name=name) as path:
        write_sheet(path, *_sheet(asked, before, not_compared), watermark=watermark_text(job.owner.display_name))


def _sheet(asked: "Asked", before: "Asked | None", not_compared: str) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows; with the year before, its period and the difference beside the number where it is compared."""
    beside = [_("Year before"), _("Difference")] if before is not None else []
    headings = [_("Group"), _("Figure"), pgettext("figures", "Number"), *beside, _("Counted in"), _("Rule")]
    name = asked.unit.name if asked.unit is not None else _("Everything I work for")
    place = " ".join(filter(None, (absent_text(asked.unit, asked.as_of) or name, not_compared)))
    periods, days = [_("From"), _("As of")], [asked.since, asked.as_of]
    if before is not None:
        periods += [_("Year before from"), _("Year before until")]
        days += [before.since, before.as_of]
    rows = []
    for group in groups_of(asked, before):
        for named, earlier, said in _rows(group):
            rows.append([*named, *earlier[: len(beside)], *said, place, *days])
    return [*headings, _("Unit"), *periods], rows


Row = tuple[list[Any], list[Any], list[Any]]


def _rows(group: Group) -> Iterator[Row]:
    """What is counted, the comparison, and what is said of it."""
    for counted in group.counted:
        figure, before = counted.figure, counted.before
        earlier = [before, counted.number - before] if before is not None else [None, None]
        yield [str(group.label), str(figure.label), counted.number], earlier, [counted.unit, str(figure.rule)]
    for divided in group.divided:
        yield from _shares(group, divided)


def _shares(group: Group, divided: Divided) -> Iterator[Row]:
    """One row for each number, named by the whole, the share and the column."""
    whole = divided.breakdown
    for bar in divided.bars:
        then = bar.before.counts if bar.before is not None else (0,) * len(whole.columns)
        for column, number, before in zip(whole.columns, bar.share.counts, then, strict=True):
            name = " · ".join(map(str, (whole.label, bar.share.label, column)))
            earlier = [before, number - before] if divided.is_compared else [None, None]
            yield [str(group.label), name, number], earlier, [whole.worded(number), str(whole.rule)]
