"""干部任免审批表 on paper, in Word and as PDF: the standard form of two sides."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import MOST_RELATIVES, FormFields
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services.drafts import content_of
from cadre_app.appointment.showing import rows_of_family, text_of
from cadre_app.core.documents import DocumentKind, Mark, Paper, Picture, document_kinds
from cadre_app.people.file.heads import age_on

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

FORM = "appointment.form"
NAME = "干部任免审批表"
WORD = Path(__file__).resolve().parent / "word" / "form.docx"
PHOTO_SIZE = (28, 35)
LEAST_ROWS = 7
PERIOD = re.compile(r"[0-9]{4}\.[0-9]{2}--(?:[0-9]{4}\.[0-9]{2})?")
PLAIN = (
    "name", "sex", "birth", "ethnic_group", "native_place", "birth_place", "party", "work", "health",
    "technical_post", "specialty", "post", "new_post", "old_post", "reporting_unit", "filled_by",
)  # fmt: skip


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        FORM,
        DocumentKind(
            label=_("Cadre appointment form"),
            word=WORD,
            html="appointment/papers/form.html",
            paper=form_paper,
            page_of=lambda owner_id: reverse("appointment:form_detail", kwargs={"pk": owner_id}),
            sample=SAMPLE,
            mark=Mark.FOOT,
            pages_numbered=False,
            desk_alone=True,
        ),
    )


def form_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """The form as it stands, to staff and leaders of the unit."""
    form = AppointmentForm.objects.visible_to(user).select_related("trainee__person").filter(pk=owner_id).first()
    if form is None:
        return None
    return Paper(form, f"{NAME}（{form.trainee.person.name}）", form_values(content_of(form)))


def form_values(form: FormFields) -> Mapping[str, Any]:
    """What both sides print."""
    family = [
        {"relation": row.relation, "name": row.name, "birth": row.birth, "political": row.political, "work": row.work}
        for row in rows_of_family(form)[:MOST_RELATIVES]
    ]
    blank = dict.fromkeys(("relation", "name", "birth", "political", "work"), "")
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
        "family": family + [blank] * (LEAST_ROWS - len(family)),
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


SAMPLE: Mapping[str, Any] = form_values(
    FormFields(
        name="李某某",
        sex="女",
        birth="199908",
        ethnic_group="汉族",
        native_place="某省某市",
        birth_place="某省某市",
        party="201906",
        work="202208",
        health="健康",
        technical_post="助理工程师",
        specialty="公共管理",
        full_time_level="研究生",
        full_time_degree="公共管理硕士",
        full_time_school="某大学公共管理学院公共管理专业",
        full_time_degree_school="某大学公共管理学院公共管理专业",
        on_job_level="大学",
        on_job_degree="法学学士",
        on_job_school="某大学法学院法学专业",
        on_job_degree_school="某大学法学院法学专业",
        post="某区某镇一级科员",
        new_post="某镇党建办公室主任",
        resume="2018.09--2022.06  某大学行政管理专业学习\n2022.08--         某区某镇一级科员",
        rewards="2024年度考核优秀，给予嘉奖。",
        assessments="2023年：称职；2024年：优秀；2025年：称职",
        reason="工作需要",
        reporting_unit="中共某区委组织部",
        age_day="20261123",
        filled_in="202611",
        filled_by="王某某",
    )
)
