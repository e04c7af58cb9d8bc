"""What both sides of 干部任免审批表 print, as texts, whichever way they are put on paper."""

import re
from collections.abc import Mapping
from typing import Any

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import MOST_RELATIVES, FormFields
from cadre_app.appointment.showing import rows_of_family, text_of
from cadre_app.core.documents import Picture
from cadre_app.people.file.heads import age_on

PHOTO_SIZE = (28, 35)
PERIOD = re.compile(r"[0-9]{4}\.[0-9]{2}--(?:[0-9]{4}\.[0-9]{2})?")
BLANK = dict.fromkeys(("relation", "name", "birth", "political", "work"), "")
PLAIN = (
    "name", "sex", "birth", "ethnic_group", "native_place", "birth_place", "party", "work", "health",
    "technical_post", "specialty", "post", "new_post", "old_post", "reporting_unit", "filled_by",
)  # fmt: skip


def form_values(form: FormFields) -> Mapping[str, Any]:
    """The values of both sides; the family as it is, without rows that stay blank."""
    family = [
        {"relation": row.relation, "name": row.name, "birth": row.birth, "political": row.political, "work": row.work}
        for row in rows_of_family(form)[:MOST_RELATIVES]
    ]
    return {
        **{name: text_of(form, name) for name in PLAIN},
        "age": _age(form),
        "photo": Picture(form.photo, *PHOTO_SIZE) if form.photo else "",
        "full_time": [text for text in (form.full_time_level, form.full_time_degree) if text],
        "full_time_school": _joined(form.full_time_school, _other(form.full_time_degree_school, form.full_time_school)),
        "on_job": [text for text in (form.on_job_level, form.on_job_degree) if text],
        "on_job_school": _joined(form.on_job_school, _other(form.on_job_degree_school, form.on_job_school)),
        "resume": [_line(row) for row in form.resume.splitlines() if row.strip()],
        "rewards": form.rewards.splitlines(),
        "assessments": form.assessments.splitlines(),
        "reason": form.reason.splitlines(),
        "family": family,
        "filled_in": _month(form.filled_in),
    }


def _age(form: FormFields) -> str:
    """（27岁）on the day of the form."""
    born, day = dates.month_of(form.birth), dates.read_day(form.age_day)
    return f"（{age_on(born, day[0])}岁）" if born is not None and day is not None else ""


def _joined(*texts: str) -> str:
    return "　".join(text for text in texts if text)


def _other(text: str, same: str) -> str:
    return "" if text == same else text


def _line(row: str) -> Mapping[str, str]:
    """The months apart from what was done; a row without months, such as （其间：…）, by itself."""
    plain = row.strip()
    period = PERIOD.match(plain)
    return {"period": period[0] if period else "", "text": plain[period.end() :].strip() if period else plain}


def _month(text: str) -> str:
    month = dates.month_of(text)
    return f"{month.year}年{month.month}月" if month is not None else text
