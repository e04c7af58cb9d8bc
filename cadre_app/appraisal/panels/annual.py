"""One annual assessment as its page shows it: the chain with its days, what can be done, its corrections."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade
from cadre_app.appraisal.permissions import annual as permissions
from cadre_app.appraisal.services.checks import over_quota
from cadre_app.appraisal.services.persons import review_until
from cadre_app.core.tables import joined

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# What shows or takes a result: not on a phone, where that is not told.
AT_A_DESK = ("annual_edit", "annual_check", "annual_sign_off", "annual_sign", "annual_correct")
StepRow = tuple[str, str, Any, str]  # what it is called, its day in words, whose account did it, what else it says


@dataclass(frozen=True)
class Step:
    """One step of the chain; `by` did it, `is_next` waits."""

    label: str
    day: str
    by: str = ""
    text: str = ""
    is_next: bool = False


def acts_of(user: "User", one: AnnualAssessment, *, at_desk: bool) -> list[tuple[str, str, bool]]:
    """What the reader can do here and now: label, address, and whether it is the next step."""
    waits = AnnualCorrection.objects.waiting().filter(assessment=one).exists()
    offered = (
        ("annual_edit", permissions.can_edit, pgettext("annual assessment", "Enter"), not one.outcome),
        ("annual_course", permissions.can_record_course, _("Enter the days"), False),
        ("annual_check", permissions.can_check, pgettext("annual assessment", "Check"), True),
        ("annual_send_back", permissions.can_send_back, _("Send back"), False),
        ("annual_sign_off", permissions.can_sign_off, _("Sign off"), True),
        ("annual_file", permissions.can_file, pgettext("annual assessment", "File"), True),
        ("annual_sign", permissions.can_sign, pgettext("annual assessment", "Sign"), True),
        ("annual_ask", permissions.can_ask_review, _("Ask for a review"), False),
        ("annual_answer", permissions.can_answer_review, _("Answer the review"), True),
    )
    found = [(label, _url(name, one), is_next) for name, predicate, label, is_next in offered if predicate(user, one)]
    if review_time(one) is None:
        found = [act for act in found if act[1] != _url("annual_ask", one)]
    if not waits and permissions.can_correct(user, one):
        found.append((_("Propose a correction"), _url("annual_correct", one), False))
    if one.is_told_at_a_desk and not at_desk:
        elsewhere = {_url(name, one) for name in AT_A_DESK}
        found = [act for act in found if act[1] not in elsewhere]
    if permissions.can_void(user, one):
        found.append((_("Void"), _url("annual_void", one), False))
    if permissions.can_restore(user, one):
        found.append((_("Restore"), _url("annual_restore", one), True))
    return found


def steps_of(user: "User", one: AnnualAssessment) -> list[Step]:
    """个人述职 → 测评 → 评鉴 → 优秀公示 → 审核 → 确定 → 备案 → 本人签字; the person reads days, not who."""
    office = permissions.reads_course(user, one)
    rows = _paper_rows(one, office=office) if one.paper_signatory else _rows(one, office=office)
    found, is_waiting = [], True
    for label, day, actor, text in rows:
        is_next = is_waiting and not day and not one.is_voided
        is_waiting = is_waiting and bool(day)
        by = actor.display_name if office and actor is not None else ""
        found.append(Step(label, day, by, text, is_next))
    return found


def _rows(one: AnnualAssessment, *, office: bool) -> list[StepRow]:
    notice = _day(one.notice_from)
    if one.notice_until is not None:
        notice = _("%(first)s to %(last)s") % {"first": notice, "last": _day(one.notice_until)}
    rows: list[StepRow] = [
        (_("Own report"), _day(one.self_report_on), None, ""),
        (_("Opinions gathered"), _day(one.survey_on), None, ""),
        (pgettext("annual assessment", "Appraised"), _day(one.appraised_on), None, ""),
    ]
    if office:
        rows.append((pgettext("annual assessment", "Entered"), _day(one.entered_on), one.entered_by, ""))
    shown = [(_("Public notice of excellent"), notice, None, "")] if one.grade == Grade.EXCELLENT else []
    is_corrected = bool(
        one.corrected_on and one.confirmed_on and one.notice_from and one.notice_from > one.confirmed_on
    )
    if not is_corrected:
        rows += shown
    if office:
        rows.append((pgettext("annual assessment", "Checked"), _day(one.checked_on), one.checked_by, ""))
    return [
        *rows,
        (_("Signed off by a leader"), _day(one.confirmed_on), one.confirmed_by, ""),
        _filed(one),
        *(shown if is_corrected else []),
        *([_corrected(one, office=office)] if one.corrected_on else []),
        _signed(one),
    ]


def _paper_rows(one: AnnualAssessment, *, office: bool) -> list[StepRow]:
    """Before its year was opened here: no account checked it or signed it off, and the person signed the paper."""
    by = one.paper_signatory if office else ""
    return [
        (_("Signed off on paper"), _day(one.confirmed_on), None, by),
        _filed(one),
        *([(_("Entered by import"), _day(one.entered_on), one.entered_by, "")] if office else []),
        *([_corrected(one, office=office)] if one.corrected_on else []),
        *([_signed(one)] if one.signed_on or one.waits_for_signature else []),
    ]


def _filed(one: AnnualAssessment) -> StepRow:
    return pgettext("annual assessment", "Filed"), _day(one.filed_on), None, one.filing_number


def _signed(one: AnnualAssessment) -> StepRow:
    return _("Written feedback, signed by the person"), _day(one.signed_on), None, one.opinion


def _corrected(one: AnnualAssessment, *, office: bool) -> StepRow:
    """The day on which what stands was signed, and by whom."""
    signed = AnnualCorrection.objects.signed().filter(assessment=one).select_related("decided_by")
    last = signed.order_by("-decided_on", "-created_at").first() if office else None
    by = last.decided_by if last is not None else None
    return pgettext("annual assessment", "Corrected"), _day(one.corrected_on), by, ""


def facts_of(one: AnnualAssessment) -> list[str]:
    """What else is checked and signed with a result: personnel status, facts of a case, days of the chain and of the notice."""
    steps = ("self_report_on", "survey_on", "appraised_on")
    days = [f"{one._meta.get_field(name).verbose_name} {_day(getattr(one, name))}"  # type: ignore[union-attr]
            for name in steps if getattr(one, name)]  # fmt: skip
    notice = ""
    if one.notice_from is not None:
        known = {"first": _day(one.notice_from), "last": _day(one.notice_until)}
        notice = _("Public notice %(first)s to %(last)s") % known
    found = [one.get_status_display(), one.case_note, joined(days), notice]
    return [text for text in found if text]


def review_of(user: "User", one: AnnualAssessment) -> dict[str, Any] | None:
    """The review for those who read it; None where none was asked for."""
    if one.review_asked_on is None or not permissions.reads_review(user, one):
        return None
    return {
        "asked_on": one.review_asked_on,
        "reason": one.review_reason,
        "answered_on": one.review_answered_on,
        "outcome": one.get_review_outcome_display(),
        "answer": one.review_answer,
    }


def corrections_of(user: "User", one: AnnualAssessment, *, at_desk: bool) -> list[dict[str, Any]]:
    """Corrections, newest first, also withdrawn ones, with what the reader can do about them here; one query."""
    rows = AnnualCorrection.objects.visible_to(user).filter(assessment=one)
    found = []
    for row in rows.select_related("proposed_by", "decided_by"):
        row.assessment = one
        is_kept_off = not at_desk and row.is_told_at_a_desk
        found.append({
            "object": row,
            "is_kept_off": is_kept_off,
            "outcomes": row.outcomes_told(at_desk=at_desk),
            "notices": quota_notice(one, row.grade) if row.decided_on is None and not row.is_voided else (),
            "may_decide": not is_kept_off and permissions.can_decide_correction(user, row),
            "may_withdraw": not is_kept_off and permissions.can_withdraw_correction(user, row),
        })  # fmt: skip
    return found


def quota_notice(one: AnnualAssessment, grade: str) -> tuple[str, ...]:
    """What the quota of the unit says to one more who is excellent, before anybody signs it off."""
    if grade != Grade.EXCELLENT or one.grade == Grade.EXCELLENT:
        return ()
    found = over_quota(one.quota, [one])
    if found is None:
        return ()
    text = _("As the quota stands, “excellent” cannot be signed off: %(why)s")
    return (text % {"why": found.messages[0]},)


def returned_text(one: AnnualAssessment) -> tuple[str, ...]:
    """That it was sent back and why, for whoever enters it again."""
    if one.returned_on is None:
        return ()
    text = _("Sent back on %(day)s by %(name)s: %(reason)s")
    known = {
        "day": _day(one.returned_on),
        "name": one.returned_by.display_name if one.returned_by else "—",
        "reason": one.return_reason,
    }
    return (text % known,)


def taken_back_text(one: AnnualAssessment) -> tuple[str, ...]:
    """What other days do to a check, before they are sent."""
    if one.checked_on is None:
        return ()
    if one.grade == Grade.EXCELLENT and one.notice_until is None:
        text = _("It is checked: the public notice can be added. Other days take the check back.")
    else:
        text = _("It is checked: other days take the check back.")
    return (text, _("Whoever records days neither checks nor signs it off."))


def review_time(one: AnnualAssessment) -> date | None:
    """Until when a review of the result that stands can be asked for, while nobody did."""
    last = review_until(one)
    is_open = permissions.is_open_to_review(one) and last is not None and last >= timezone.localdate()
    return last if is_open else None


def _day(day: date | None) -> str:
    return formats.date_format(day) if day is not None else ""


def _url(name: str, one: AnnualAssessment) -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": one.pk})
