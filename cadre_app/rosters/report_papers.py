"""A report to the superior as a workbook and as a PDF, with the superior's usual head."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.sheets import watermark_text
from cadre_app.rosters.absence import told_on_paper
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.printing import make_table_pdf
from cadre_app.rosters.report_page import Shown, facts_of, in_year_text, notes_below, shown
from cadre_app.rosters.workbook import Form, write_form

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LABEL_WIDTH, RULE_WIDTH, NUMBER_WIDTH = 10, 22, 5


def name_of(report: SuperiorReport) -> str:
    """望屿区引进生、选调生情况年报20251231."""
    with translation.override(settings.LANGUAGE_CODE):
        unit = report.numbers.get("names", {}).get("unit", report.unit.name)
        return f"{unit}{report.get_kind_display()}{report.as_of:%Y%m%d}"


def workbook(report: SuperiorReport, user: "User") -> bytes:
    """The numbers with their rules, in Chinese as they are handed over."""
    with translation.override(settings.LANGUAGE_CODE), TemporaryDirectory() as folder:
        found, path = shown(report), Path(folder) / "report.xlsx"
        write_form(path, _form(report, found, user), _rows(found))
        return path.read_bytes()


def pdf(report: SuperiorReport, user: "User") -> bytes:
    """Raises documents.pdf.NoPdfError."""
    with translation.override(settings.LANGUAGE_CODE):
        found = shown(report)
        context = {
            "report": report,
            "sheet": found.sheet,
            "notes": notes_below(report, found),
            "facts": facts_of(report),
            "absent_on_paper": told_on_paper(report),
            "draft": state_text(report),
            "watermark": watermark_text(user.display_name),
        }
        return make_table_pdf(render_to_string("rosters/report_pdf.html", context))


def state_text(report: SuperiorReport) -> str:
    """What has to stand on paper: that it is not final, or that it counts no more."""
    if report.is_voided:
        return pgettext("report on paper", "Voided")
    return "" if report.state == ReportState.FROZEN else pgettext("report on paper", "Not checked yet")


def _form(report: SuperiorReport, found: Shown, user: "User") -> Form:
    sheet, draft, absent = found.sheet, state_text(report), told_on_paper(report)
    facts = [_("%(label)s: %(value)s") % {"label": label, "value": text} for label, text in facts_of(report)]
    heads = [
        pgettext("report to the superior", "Item"),
        "",
        _("Counted in"),
        *(column.label for column in sheet.columns),
    ]
    widths = [LABEL_WIDTH, LABEL_WIDTH, NUMBER_WIDTH, *(NUMBER_WIDTH for _column in sheet.columns)]
    if found.before is not None:
        heads.append(_("Change on the year before"))
        widths.append(NUMBER_WIDTH)
    remark = [_("%(label)s: %(value)s") % {"label": _("Remark"), "value": report.remark}] if report.remark else []
    return Form(
        title=f"{sheet.title}（{draft}）" if draft else sheet.title,
        above=["    ".join(facts[:3]), "    ".join(facts[3:]), *([absent] if absent else [])],
        below=[sheet.note, *_notes(report, found), *remark],
        headings=[*heads, pgettext("report to the superior", "Rule of counting")],
        widths=[*widths, RULE_WIDTH],
        watermark=watermark_text(user.display_name),
    )


def _notes(report: SuperiorReport, found: Shown) -> list[str]:
    """As on paper, but for the differences, which have a column of their own."""
    if found.before is None:
        return []
    known = {"column": found.sheet.columns[0].label, "day": formats.date_format(found.before.as_of)}
    change = _("Change on the year before: “%(column)s” beside the frozen report as of %(day)s.") % known
    return [note for note in (change, in_year_text(report, found)) if note]


def _rows(found: Shown) -> list[list[object]]:
    rows: list[list[object]] = []
    for group in found.sheet.groups:
        for number, line in enumerate(group.lines):
            cells = [cell.number for cell in line.cells]
            change = [line.cells[0].change] if found.before is not None else []
            rows.append([group.label if not number else "", line.label, line.unit, *cells, *change, line.rule])
    return rows
