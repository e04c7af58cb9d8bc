"""年度小结 The year view of a growth file: on the page, and as a paper to be printed or kept as PDF."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from cadre_app.core.growth import Access
from cadre_app.core.http import UserRequest, require
from cadre_app.documents.pdf import NoPdfError, make_pdf
from cadre_app.documents.wording import day_text, mark_text
from cadre_app.growth import permissions
from cadre_app.growth.views.files import keep_opening, may_of, opened
from cadre_app.growth.years import YearView, is_year, year_view
from cadre_app.history import services as history
from cadre_app.people.file.heads import post_of
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
    trainee, access = _readable(request, pk, year)
    context = _paper(trainee, access, year)
    history.record_reading("growth.year.printed", actor=access.user, obj=trainee)
    return render(request, "growth/year_print.html", {"trainee": trainee, "year": year, **context})


@require_GET
def growth_year_pdf(request: UserRequest, pk: UUID, year: int) -> HttpResponse:
    """As `growth_year_print`, as a file; back to the year where no PDF can be made."""
    trainee, access = _readable(request, pk, year)
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
    response = HttpResponse(content, content_type="application/pdf")
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _readable(request: UserRequest, pk: UUID, year: int) -> tuple[Trainee, Access]:
    """Whoever reads the head of the file; 404 for what is no year."""
    if not is_year(year):
        raise Http404
    trainee, access = opened(request, pk)
    require(permissions.can_print(access))
    keep_opening(trainee, access)
    return trainee, access


def _paper(trainee: Trainee, access: Access, year: int) -> dict[str, Any]:
    """What documents/_paper.html asks for; in Chinese, whoever looks."""
    with translation.override(CHINESE):
        view = year_view(trainee, access, year)
        values = {
            "trainee": trainee.person.name,
            "unit": trainee.home_unit.name,
            "post": post_of(trainee),
            "year": str(year),
            "until": day_text(timezone.localdate()) if view.is_present else "",
            "summary": _summary(view),
            "lines": [f"{line.label}：{line.text}{f'（{line.note}）' if line.note else ''}" for line in view.lines],
            "sections": [
                (
                    str(one.kind.label),
                    one.count,
                    [_entry_text(entry.day, entry.title, entry.text) for entry in one.entries],
                )
                for one in view.sections
            ],
            "coming": [f"{day_text(due.day)}：{due.title}" for due in view.coming],
            "gaps": [gap.text for gap in view.gaps],
            "is_present": view.is_present,
        }
    flags = {"mark_across": True, "mark_foot": False, "numbered": True}
    return {"v": values, "paper_html": PAPER, "marked": mark_text(access.user, timezone.now()), **flags}


def _summary(view: YearView) -> str:
    """How much is on record, of which kinds."""
    if not view.total:
        return "本年度没有记载。"
    kinds = "、".join(f"{one.kind.label}{one.count}项" for one in view.sections)
    return f"本年度共记载{view.total}项，其中{kinds}。"


def _entry_text(day: date, title: str, text: str) -> str:
    line = f"{day.month}月{day.day}日　{title}"
    return f"{line}。{text}" if text else line
