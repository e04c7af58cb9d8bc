"""材料移交清单 the list that both sides sign: of what waits, before it goes; of a hand-over, as it was signed."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.documents.services.templates import template_content
from cadre_app.documents.word import fill
from cadre_app.documents.wording import day_text, mark_text
from cadre_app.handover.models import HandOver, Material
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.handover.models import HandOverLine

SHEET = "handover.sheet"
NAME = "材料移交清单"
STRUCK = "移交已撤回"
VOIDED = "材料已作废"
WORD = Path(__file__).resolve().parent / "word" / "sheet.docx"


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        SHEET,
        DocumentKind(
            label=pgettext_lazy("material", "Hand-over list"),
            word=WORD,
            html="handover/papers/sheet.html",
            paper=hand_over_paper,
            page_of=record_url,
            sample=SAMPLE,
            mark=Mark.FOOT,
        ),
    )


def record_url(pk: "UUID") -> str:
    """The page of a hand-over."""
    return reverse("handover:hand_over_detail", kwargs={"pk": pk})


def sheet_url(pk: "UUID") -> str:
    """Where the list of a hand-over is read, printed and saved again."""
    return reverse("documents:paper", kwargs={"kind": SHEET, "pk": pk})


def hand_over_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """The list as it was signed, with the lines that `user` reads."""
    kept = HandOver.objects.visible_to(user).filter(pk=owner_id).first()
    if kept is None:
        return None
    seen = kept.lines.filter(material__in=Material.objects.visible_to(user))
    lines = list(seen.select_related("material__trainee__person").order_by("number"))
    went = sum(line.went for line in lines)
    values = _values(map(_line, lines), count=went, day=kept.handed_over_on, received_by=kept.received_by)
    return Paper(kept, f"{NAME}（{kept.handed_over_on:%Y%m%d}）", values)


def waiting_values(rows: Iterable[Material], *, total: int, today: date) -> dict[str, Any]:
    """The list of what waits; `total` papers wait, of which `rows` are on it."""
    listed = list(rows)
    return _values(map(_row, enumerate(listed, start=1)), count=len(listed), day=today, left=total - len(listed))


def waiting_word(values: Mapping[str, Any], *, user: "User") -> bytes:
    """The list in the template in use, marked below with its reader and the time. Raises ValidationError."""
    marked = mark_text(user, timezone.now())
    return fill(template_content(SHEET), {**values, "number": ""}, mark=Mark.FOOT, marked=marked)


def _values(
    rows: Iterable[Mapping[str, Any]], *, count: int, day: date, received_by: str = "", left: int = 0
) -> dict[str, Any]:
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "count": str(count),
        "day": day_text(day),
        "received_by": received_by,
        "left": f"另有{left}份待移交材料未列入本清单。" if left else "",
        "rows": list(rows),
    }


def _row(numbered: tuple[int, Material]) -> Mapping[str, Any]:
    number, row = numbered
    return {
        "number": str(number),
        "name": row.trainee.person.name,
        "unit": row.trainee.home_unit.name,
        "title": row.title,
        "formed_on": day_text(row.formed_on),
        "remark": row.remark,
    }


def _line(line: "HandOverLine") -> Mapping[str, Any]:
    return {
        "number": str(line.number),
        "name": line.material.trainee.person.name,
        "unit": line.unit,
        "title": line.title,
        "formed_on": day_text(line.formed_on),
        "remark": "；".join(filter(None, (line.remark, _mark(line)))),
    }


def _mark(line: "HandOverLine") -> str:
    if line.is_voided:
        return STRUCK
    return VOIDED if line.material.is_voided else ""


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "count": "1",
    "day": "2026年11月23日",
    "received_by": "王某某",
    "left": "",
    "rows": [
        {
            "number": "1",
            "name": "李某某",
            "unit": "某镇",
            "title": "2025年度考核登记表",
            "formed_on": "2026年11月2日",
            "remark": "",
        }
    ],
}
