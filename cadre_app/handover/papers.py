"""材料移交清单 the sheet that both sides sign, in Word."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.core.documents import Mark
from cadre_app.documents.word import fill
from cadre_app.documents.wording import day_text, mark_text
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.handover.models import Material

WORD = Path(__file__).resolve().parent / "word" / "sheet.docx"


def sheet_word(rows: "Sequence[Material]", *, user: "User", today: date) -> bytes:
    """The sheet with these papers, marked below with its reader and the time."""
    values = sheet_values(rows, today=today)
    return fill(WORD.read_bytes(), values, mark=Mark.FOOT, marked=mark_text(user, timezone.now()))


def sheet_values(rows: "Sequence[Material]", *, today: date) -> dict[str, Any]:
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "count": len(rows),
        "dated": day_text(today),
        "number": "",
        "rows": [
            {
                "number": number,
                "name": row.trainee.person.name,
                "unit": row.trainee.home_unit.name,
                "title": row.title,
                "formed_on": day_text(row.formed_on),
                "remark": row.remark,
            }
            for number, row in enumerate(rows, start=1)
        ],
    }
