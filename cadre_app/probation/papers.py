"""试用期人员考核登记表、任职定级呈批表 The two forms of the end of probation, as they are signed and handed over."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.documents.wording import day_text
from cadre_app.people.models import Education
from cadre_app.policy import codes
from cadre_app.policy.values import CORE_ORGANIZATION_NAME
from cadre_app.probation.models import Conclusion, Probation
from cadre_app.probation.permissions import reads_result, reads_work
from cadre_app.probation.services.steps import induction_of
from cadre_app.probation.terms import CIVIL_SERVANT, terms_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from cadre_app.accounts.models import User

ASSESSMENT, GRADING = "probation.assessment", "probation.grading"
WORD = Path(__file__).resolve().parent / "word"
RELATED = ("trainee__person", "trainee__home_unit")
CONCLUSIONS = {Conclusion.PASSED: "合格", Conclusion.FAILED: "不合格", Conclusion.DEFERRED: "延期"}


def assessment_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For staff and leaders; for liaison and person once it is signed off."""
    return _paper(user, owner_id, "试用期人员考核登记表", assessment_values)


def grading_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """As the other form, of those who passed."""
    return _paper(user, owner_id, "{act}呈批表", grading_values, passed=True)


def assessment_values(one: Probation, *, work: bool = True) -> Mapping[str, Any]:
    """What the registration form prints; what is not there yet stays empty, and so does the conclusion until it is signed.

    `work`: the department's reader; the person's copy leaves out what the page does not tell them.
    """
    signed, end = one.signed_on is not None, one.ended_on or one.trainee.probation_ends_on
    return _head(one) | {
        "until": _day(end),
        "induction": _induction(one, work=work),
        "summary": _lines(one.summary),
        "opinion": _lines(one.opinion),
        "missing": one.missing_reason if signed and work else "",
        "comment": _lines(one.comment) if signed else [],
        "conclusion": _concluded(one) if signed and one.conclusion else "",
        "reason": one.reason if signed else "",
        "document": _document(one) if signed and one.conclusion != Conclusion.PASSED else "",
    }


def grading_values(one: Probation, *, work: bool = True) -> Mapping[str, Any]:
    """What the approval form prints: also before it is signed, for it is what goes round to be signed."""
    end = one.ended_on or one.trainee.probation_ends_on
    with translation.override("zh-hans"):
        rank = codes.label("rank", one.rank) if one.rank else one.post_grade
    return _head(one) | {
        "until": _day(end),
        "assessed": CONCLUSIONS[Conclusion.PASSED],
        "wanted": f"聘用为{one.post}，岗位等级为{rank}" if one.post_grade else f"任{one.post}，定为{rank}",
        "since": _day(end),
        "why": one.rank_reason if work else "",
        "document": _document(one),
        "comment": _lines(one.comment),
    }


def announce() -> None:
    """Called once, when the app is ready."""
    for key, label, name, paper, sample in (
        (ASSESSMENT, _("Registration form of the end-of-probation assessment"), "assessment", assessment_paper, SAMPLE),
        (GRADING, _("Approval form of first appointment, or of a first post"), "grading", grading_paper, GRADED),
    ):
        kind = DocumentKind(
            label=label,
            word=WORD / f"{name}.docx",
            html=f"probation/papers/{name}.html",
            paper=paper,
            page_of=lambda owner_id: reverse("probation:detail", kwargs={"pk": owner_id}),
            sample=sample,
            mark=Mark.FOOT,
        )
        document_kinds.register(key, kind)


def _paper(
    user: "User", owner_id: "UUID", name: str, values: Callable[..., Mapping[str, Any]], *, passed: bool = False
) -> Paper | None:
    rows = Probation.objects.visible_to(user).standing().filter(trainee__voided_at=None)
    if passed:
        rows = rows.filter(conclusion=Conclusion.PASSED)
    one = rows.select_related(*RELATED).filter(pk=owner_id).first()
    if one is None or not reads_result(user, one):
        return None
    title = name.format(**terms_of(one).papers)
    return Paper(one, f"{title}（{one.trainee.person.name}）", values(one, work=reads_work(user, one)))


def _head(one: Probation) -> dict[str, Any]:
    file = one.trainee
    with translation.override("zh-hans"):
        sex = codes.label("sex", file.person.sex)
        status = str(file.get_status_display())
    born = file.person.birth_month
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        **terms_of(one).papers,
        "trainee": file.person.name,
        "sex": sex,
        "born": f"{born.year}年{born.month}月" if born is not None else "",
        "unit": file.home_unit.name,
        "status": status,
        "education": _education(one),
        "since_arrival": _day(file.arrived_on),
    }


def _education(one: Probation) -> str:
    """The highest full-time one."""
    rows = Education.objects.standing().filter(person=one.trainee.person_id, mode=Education.Mode.FULL_TIME)
    found = rows.order_by("level").first()
    if found is None:
        return ""
    with translation.override("zh-hans"):
        return "，".join(
            codes.label(table, code) for table, code in (("education", found.level), ("degree", found.degree)) if code
        )


def _induction(one: Probation, *, work: bool) -> str:
    done_on, title = induction_of(one)
    if done_on is not None:
        return f"{day_text(done_on)}完成{f'“{title}”' if title else terms_of(one).papers['training']}。"
    if not one.waiver_reason:
        return ""
    return f"免予参加（{one.waiver_reason}）。" if work else "免予参加。"


def _concluded(one: Probation) -> str:
    text = CONCLUSIONS[Conclusion(one.conclusion)]
    return f"{text}（延长至{_day(one.extended_to)}）" if one.extended_to is not None else text


def _document(one: Probation) -> str:
    return f"{one.document_number}（{_day(one.document_on)}）" if one.document_number else ""


def _day(day: "date | None") -> str:
    return day_text(day) if day is not None else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


HEAD: Mapping[str, Any] = {
    **CIVIL_SERVANT.papers,
    "department": "中共某区委组织部",
    "trainee": "李某某",
    "sex": "男",
    "born": "2002年9月",
    "unit": "某镇",
    "status": "公务员",
    "education": "大学本科毕业，管理学学士学位",
    "since_arrival": "2025年8月4日",
    "until": "2026年8月4日",
}
SAMPLE: Mapping[str, Any] = {
    **HEAD,
    "induction": "2026年3月20日完成“新录用公务员初任培训班”。",
    "summary": ["到岗以来，走遍全村农户。"],
    "opinion": ["该同志学习认真，遵守纪律，能完成交办任务。"],
    "comment": ["该同志试用期间政治表现良好，初任培训考核合格，能够胜任岗位工作。"],
    "conclusion": "合格",
    "missing": "",
    "reason": "",
    "document": "",
}
GRADED: Mapping[str, Any] = {
    **HEAD,
    "assessed": "合格",
    "wanted": "任党建办公室工作人员，定为一级科员",
    "since": "2026年8月4日",
    "why": "",
    "document": "望委组〔2026〕31号（2026年8月20日）",
    "comment": ["考核结果为合格，同意按期任职定级。"],
}
