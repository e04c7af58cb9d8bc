"""干部任免审批表 on paper, in Word and as PDF: the standard form of two sides."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.appointment import printed
from cadre_app.appointment.fitting import Side, back_side, fit_word, front_side
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services.drafts import content_of
from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

FORM = "appointment.form"
NAME = "干部任免审批表"
WORD = Path(__file__).resolve().parent / "word" / "form.docx"
DRAFT, VOIDED = "草稿", "已作废"


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
    front, back, values = _printed(content_of(form))
    return Paper(
        form,
        f"{NAME}（{form.trainee.person.name}）",
        {**values, "front": front, "back": back},
        state=_state(form),
        finish=lambda document: fit_word(document, front, back),
    )


def _printed(form: FormFields) -> tuple[Side, Side, dict[str, Any]]:
    """Both sides as they fit on their pages, and what they print with the rows of the family that stay blank."""
    values = printed.form_values(form)
    front, back = front_side(values), back_side(values)
    return front, back, {**values, "family": [*values["family"], *[printed.BLANK] * back.blanks]}


def _state(form: AppointmentForm) -> str:
    """What stands across a form that is not one to be handed on."""
    return VOIDED if form.is_voided else DRAFT if form.is_draft else ""


SAMPLE: Mapping[str, Any] = _printed(
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
)[-1]
