"""What is done to one annual assessment: each one form or one question."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.appraisal.forms.annual import (
    AnnualForm,
    AnswerForm,
    CorrectionForm,
    CourseForm,
    DecisionForm,
    FileForm,
    ReviewForm,
    SignForm,
)
from cadre_app.appraisal.hints import hints_of
from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade
from cadre_app.appraisal.panels.annual import facts_of, quota_notice, returned_text, review_time, taken_back_text
from cadre_app.appraisal.permissions import annual as permissions
from cadre_app.appraisal.services import corrections, course, decisions, entries, persons
from cadre_app.appraisal.views.pages import RELATED, form_page, require_desk, visible_annual
from cadre_app.appraisal.views.years import notice_text
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.phones import says_phone
from cadre_app.core.roles import Role
from cadre_app.core.signing import before_check_text
from cadre_app.core.submit import require_step
from cadre_app.people import permissions as people

BOTH = require_http_methods(["GET", "POST"])


@BOTH
def annual_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_annual(request, pk)
    require(permissions.can_edit(request.user, one))
    require_desk(request, one, back=_page_of(one))
    form = AnnualForm(request.POST or None, instance=one, at_desk=not says_phone(request))
    notices = (*returned_text(one), *_hints(request, one))
    page = Page(_("Enter the annual assessment"), _("The assessment is entered."), notices=notices)
    return _page(request, one, form, entries.edit_annual, page)


@BOTH
def annual_course(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_annual(request, pk)
    require(permissions.can_record_course(request.user, one))
    is_shown = one.grade == Grade.EXCELLENT
    form = CourseForm(request.POST or None, instance=one, shows_notice=is_shown)
    notices = (*returned_text(one), *taken_back_text(one), *((notice_text(),) if is_shown else ()))
    page = Page(_("Days of the assessment"), _("The days are recorded."), notices=notices)
    return _page(request, one, form, course.record_course, page)


@BOTH
def annual_check(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核."""
    one = visible_annual(request, pk)
    may, duty = permissions.can_check(request.user, one), permissions.checks(request.user, one)
    require_step(request, may, one, duty=duty, page=_page_of(one))
    require_desk(request, one, back=_page_of(one))
    page = Page(
        _("Check the assessment"), _("Checked. The assessment waits for the sign-off by a leader."), _("Approve"),
        question=_("Approve this assessment?"), extra={"shows": one, "facts": facts_of(one)},
        consequence=before_check_text("", leads=request.user.holds(one.trainee.home_unit, Role.LEADER)).strip(), notices=_hints(request, one),
    )  # fmt: skip
    return _page(request, one, _question(request, one), decisions.check_annual, page)


@BOTH
def annual_send_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回."""
    one = visible_annual(request, pk)
    require(permissions.can_send_back(request.user, one))
    page = Page(
        _("Send the assessment back"), _("The assessment waits to be entered again."), _("Send back"),
        question=_("Send this assessment back?"),
        consequence=_("What stands in it is kept. Whoever entered it is told the reason, until it is entered again."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=one)
    return _page(request, one, form, decisions.send_back_annual, page)


@BOTH
def annual_sign_off(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批、确定."""
    one = visible_annual(request, pk)
    may, duty = permissions.can_sign_off(request.user, one), permissions.signs(request.user, one)
    require_step(request, may, one, duty=duty, page=_page_of(one))
    require_desk(request, one, back=_page_of(one))
    page = Page(
        _("Sign the assessment off"), _("The assessment is signed off. A talk with the person is due."), _("Sign off"),
        question=_("Sign this assessment off?"), extra={"shows": one, "facts": facts_of(one)}, notices=_hints(request, one),
        consequence=_("From then on the person reads it, and it is changed by corrections alone."),
    )  # fmt: skip
    return _page(request, one, _question(request, one), decisions.sign_off_annual, page)


@BOTH
def annual_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """备案."""
    one = visible_annual(request, pk)
    require(permissions.can_file(request.user, one))
    initial = {"filed_on": timezone.localdate()}
    form = FileForm(request.POST or None, instance=one, initial=initial)
    page = Page(_("File the assessment"), _("The assessment is filed. The person is asked to sign."))
    return _page(request, one, form, decisions.file_annual, page)


@BOTH
def annual_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """本人签字."""
    one = visible_annual(request, pk)
    if people.is_own(request.user, one.trainee) and one.signed_on is not None:
        return redirect("appraisal:annual_detail", pk=pk)  # a second tap
    require(permissions.can_sign(request.user, one))
    require_desk(request, one, back=_page_of(one))
    by_person = people.is_own(request.user, one.trainee)
    initial = {} if by_person else {"signed_on": timezone.localdate()}
    form = SignForm(request.POST or None, instance=one, by_person=by_person, initial=initial)
    page = Page(
        _("Sign the annual assessment"), _("The assessment is signed."), pgettext("annual assessment", "Sign"),
        extra={"shows": one},
        notices=(_sign_notice(one),) if by_person else (),
    )  # fmt: skip
    return _page(request, one, form, persons.sign_annual, page)


def _sign_notice(one: AnnualAssessment) -> str:
    """What signing means; a review is spoken of while it can be asked for."""
    if review_time(one) is None:
        return _("Signing says that you have read it. If you disagree, say so here.")
    return _("Signing says that you have read it. If you disagree, say so here or ask for a review.")


@BOTH
def annual_ask(request: UserRequest, pk: UUID) -> HttpResponse:
    """申请复核."""
    one = visible_annual(request, pk)
    if people.is_own(request.user, one.trainee) and not permissions.is_open_to_review(one):
        return redirect("appraisal:annual_detail", pk=pk)  # a second tap
    require(permissions.can_ask_review(request.user, one))
    last = persons.review_until(one)
    if request.method == "GET" and last is not None and review_time(one) is None:
        messages.info(request, _("A review could be asked for until %(day)s.") % {"day": formats.date_format(last)})
        return redirect("appraisal:annual_detail", pk=pk)
    form = ReviewForm(request.POST or None, instance=one)
    page = Page(
        _("Ask for a review"), _("The review is asked for. The organization department answers it."),
        _("Ask for a review"),
    )  # fmt: skip
    return _page(request, one, form, persons.ask_for_review, page)


@BOTH
def annual_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """复核."""
    one = visible_annual(request, pk)
    require(permissions.can_answer_review(request.user, one))
    form = AnswerForm(request.POST or None, instance=one)
    page = Page(
        _("Answer the review"), _("The review is answered."), extra={"asked": one.review_reason},
        notices=(_("If the result changes, propose a correction first; a leader signs it off."),),
    )  # fmt: skip
    return _page(request, one, form, persons.answer_review, page)


@BOTH
def annual_correct(request: UserRequest, pk: UUID) -> HttpResponse:
    """更正."""
    one = visible_annual(request, pk)
    require(permissions.can_correct(request.user, one))
    require_desk(request, one, back=_page_of(one))
    form = CorrectionForm(request.POST or None, instance=one, at_desk=not says_phone(request))
    page = Page(
        _("Propose a correction"), _("The correction waits for the sign-off by a leader."), _("Propose a correction"),
        notices=(
            _("Until a leader signs it off, the assessment stands as it is."), *quota_notice(one, Grade.EXCELLENT),
        ),
    )  # fmt: skip
    return _page(request, one, form, corrections.propose_correction, page)


@BOTH
def correction_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批更正."""
    correction = _correction(request, pk)
    _require_decision(request, correction)
    page = Page(
        _("Sign the correction off"), _("The correction is signed off."), _("Sign off"),
        question=_("Sign this correction off?"), extra={"correction": correction},
        consequence=_("From then on the corrected result stands; the former one is kept beside it."),
        notices=quota_notice(correction.assessment, correction.grade),
    )  # fmt: skip
    return _decide(request, correction, _question(request, correction), corrections.sign_correction, page)


@BOTH
def correction_decline(request: UserRequest, pk: UUID) -> HttpResponse:
    correction = _correction(request, pk)
    _require_decision(request, correction)
    page = Page(
        _("Decline the correction"), _("The correction is declined."), _("Decline"), danger=True,
        question=_("Decline this correction?"), extra={"correction": correction},
        consequence=_("The assessment stands as it is. Whoever proposed the correction is told the reason."),
    )  # fmt: skip
    form = DecisionForm(request.POST or None, instance=correction)
    return _decide(request, correction, form, corrections.decline_correction, page)


@BOTH
def correction_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回."""
    correction = _correction(request, pk)
    require(permissions.can_withdraw_correction(request.user, correction))
    require_desk(request, correction, back=_page_of(correction.assessment))
    page = Page(
        _("Withdraw the correction"), _("The correction is withdrawn."), pgettext("correction", "Withdraw"), danger=True,
        question=_("Withdraw this correction?"), extra={"correction": correction},
        consequence=_("It is kept as withdrawn. After that another one can be proposed."),
    )  # fmt: skip
    form = DecisionForm(request.POST or None, instance=correction)
    return _decide(request, correction, form, corrections.withdraw_correction, page)


@BOTH
def annual_void(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_annual(request, pk)
    require(permissions.can_void(request.user, one))
    page = Page(
        _("Void the assessment"), _("The assessment is voided."), _("Void"), danger=True,
        question=_("Void this assessment?"), consequence=_("For somebody who is not assessed. It can be restored."),
    )  # fmt: skip
    return _page(request, one, ReasonForm(request.POST or None, instance=one), decisions.void_annual, page)


@BOTH
def annual_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_annual(request, pk)
    require(permissions.can_restore(request.user, one))
    page = Page(
        _("Restore the assessment"), _("The assessment is restored."), _("Restore"),
        question=_("Restore this assessment?"),
    )  # fmt: skip
    return _page(request, one, RestoreForm(request.POST or None, instance=one), decisions.restore_annual, page)


def _require_decision(request: UserRequest, correction: AnnualCorrection) -> None:
    may, duty = (
        permissions.can_decide_correction(request.user, correction), permissions.decides(request.user, correction),
    )  # fmt: skip
    require_step(request, may, correction, duty=duty, page=_page_of(correction.assessment))
    require_desk(request, correction, back=_page_of(correction.assessment))


def _hints(request: UserRequest, one: AnnualAssessment) -> tuple[str, ...]:
    return tuple(hints_of([one], at_desk=not says_phone(request)).get(one.pk, []))


def _correction(request: UserRequest, pk: UUID) -> AnnualCorrection:
    related = ("proposed_by", *(f"assessment__{name}" for name in RELATED))
    rows = AnnualCorrection.objects.visible_to(request.user).standing().select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _question(request: UserRequest, instance: AnnualAssessment | AnnualCorrection) -> ChangeForm:
    return ChangeForm(request.POST if request.method == "POST" else None, instance=instance)


def _page_of(one: AnnualAssessment) -> str:
    return reverse("appraisal:annual_detail", kwargs={"pk": one.pk})


def _page(request: UserRequest, one: AnnualAssessment, form: ChangeForm, service: object, page: Page) -> HttpResponse:
    return form_page(request, one, form, service, page, back=_page_of(one), subject=subject_of(one))  # type: ignore[arg-type]


def _decide(
    request: UserRequest, correction: AnnualCorrection, form: ChangeForm, service: object, page: Page
) -> HttpResponse:
    one = correction.assessment
    return form_page(request, correction, form, service, page, back=_page_of(one), subject=subject_of(one))  # type: ignore[arg-type]


def subject_of(one: AnnualAssessment) -> str:
    return f"{one.trainee.person.name} · {one.year}"
