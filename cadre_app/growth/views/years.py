"""年度小结 The year view of a growth file: on the page, and as a paper to be printed or kept as PDF."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET

from cadre_app.core.growth import Access
from cadre_app.core.http import UserRequest, require
from cadre_app.documents.pdf import PDF_TYPE, NoPdfError, make_pdf
from cadre_app.documents.sending import file_answer
from cadre_app.documents.wording import day_text, mark_text
from cadre_app.growth import permissions
from cadre_app.growth.entries import Entry
from cadre_app.growth.views.files import keep_opening, may_of, opened
from cadre_app.growth.years import MOST, YearView, is_year, year_view
from cadre_app.history import services as history
from cadre_app.people.file.heads import post_of
from cadre_app.people.file.stations import stations_of
from cadre_app.people.models import Trainee

CHINESE = "zh-hans"
PAPER = "growth/papers/year.html"


@require_GET
def growth_year(request: UserRequest, pk: UUID, year: int) -> HttpResponse:
    """One year on the page."""
    trainee, access = _readable(request, pk, year)
    context = {"trainee": trainee, "view": year_view(trainee, access, year), "today": timezone.localdate()}
    context["may"] = may_of(trainee, access)
    return render(request, "growth/year.html", context)


@require_GET
def growth_year_print(request: UserRequest, pk: UUID, year: int) -> HttpResponse:
    """The year on A4; that it was printed is on record before it is shown."""
    trainee, access = _readable(request, pk, year, on_paper=True)
    context = _paper(trainee, access, year) | {"may": may_of(trainee, access)}
    history.record_reading("growth.year.printed", actor=access.user, obj=trainee)
    return render(request, "growth/year_print.html", {"trainee": trainee, "year": year, **context})


@require_GET
def growth_year_pdf(request: UserRequest, pk: UUID, year: int) -> HttpResponse:
    """As `growth_year_print`, as a file; back to the year where no PDF can be made."""
    trainee, access = _readable(request, pk, year, on_paper=True)
    name = f"{year}年度小结（{trainee.person.name}）"
    context = _paper(trainee, access, year)
    with translation.override(CHINESE):
        html = render_to_string("documents/pdf.html", {"name": name, **context})
    try:
        content = make_pdf(html, strip_tags(html) + context["marked"])
    except NoPdfError as error:
        messages.error(request, str(error))
        return redirect("growth:year", pk=pk, year=year)
    history.record_reading("growth.year.printed", actor=access.user, obj=trainee)
    return file_answer(content, PDF_TYPE, f"{name}.pdf", saved=True)


def _readable(request: UserRequest, pk: UUID, year: int, *, on_paper: bool = False) -> tuple[Trainee, Access]:
    """Whoever reads the head of the file; 404 for what is no year."""
    if not is_year(year):
        raise Http404
    trainee, access = opened(request, pk, on_paper=on_paper)
    require(permissions.can_print(access))
    keep_opening(trainee, access)
    return trainee, access


def _paper(trainee: Trainee, access: Access, year: int) -> dict[str, Any]:
    """What documents/_paper.html asks for; in Chinese, whoever looks."""
    with translation.override(CHINESE):
        view = year_view(trainee, access, year)
        sections = _sections(view)
        values = {
            "trainee": trainee.person.name,
            **_station(trainee, access, year, is_present=view.is_present),
            "year": str(year),
            "until": day_text(timezone.localdate()) if view.is_present else "",
            "summary": _summary(view, sections),
            "lines": [f"{line.label}：{line.text}{f'（{line.note}）' if line.note else ''}" for line in view.lines],
            "sections": [(label, len(found), [_entry_text(one) for one in found]) for label, found in sections],
            "coming": [f"{day_text(due.day)}：{due.title}" for due in view.coming],
            "gaps": [gap.text for gap in view.gaps],
            "is_present": view.is_present,
        }
    flags = {"mark_across": True, "mark_foot": False, "numbered": True}
    return {"v": values, "paper_html": PAPER, "marked": mark_text(access.user, timezone.now()), **flags}


def _station(trainee: Trainee, access: Access, year: int, *, is_present: bool) -> dict[str, str]:
    """Unit and post at the end of that year; today's for the present one."""
    if is_present:
        return {"unit": trainee.home_unit.name, "post": post_of(trainee)}
    last = date(year, 12, 31)
    if last < trainee.arrived_on:
        return {"unit": "", "post": ""}
    stations = stations_of(access.user, trainee)
    return {"unit": stations.unit(last), "post": "、".join(stations.parts(last))}


def _sections(view: YearView) -> list[tuple[str, list[Entry]]]:
    """What counts on a paper that is handed round: facts alone."""
    found = [(str(one.kind.label), [entry for entry in one.entries if entry.is_held]) for one in view.sections]
    return [(label, entries) for label, entries in found if entries]


def _summary(view: YearView, sections: list[tuple[str, list[Entry]]]) -> str:
    """How much is on record, of which kinds, and how much is not verified yet."""
    open_ones = sum(not entry.is_held for one in view.sections for entry in one.entries)
    left = f"另有{open_ones}项尚未核实，不计入。" if open_ones else ""
    if not sections:
        return f"本年度没有{'已核实的' if left else ''}记载。{left}"
    kinds = "、".join(f"{label}{len(entries)}项" for label, entries in sections)
    most = f"（只列最近{MOST}项）" if view.is_cut else ""
    return f"本年度共记载{sum(len(entries) for _label, entries in sections)}项{most}，其中{kinds}。{left}"


def _entry_text(entry: Entry) -> str:
    """The day, what it was, and in brackets its state and who verified it or on which document."""
    line = f"{entry.day.month}月{entry.day.day}日　{entry.title}"
    said = _running("，".join(part for part in (entry.label, entry.source) if part))
    if said:  # no brackets behind brackets
        line = f"{line}，{said}" if "（" in line else f"{line}（{said}）"
    return f"{line}。{_running(entry.text)}" if entry.text else line


def _running(text: str) -> str:
    """Dots that set parts apart on a page are commas in running text."""
    return re.sub(r"。?\s*·\s*", "，", text)
