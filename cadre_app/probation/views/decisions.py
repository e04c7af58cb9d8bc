"""What is decided on a probation: checked, signed off, returned, taken back, voided, restored."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.signing import before_check_text
from cadre_app.core.submit import require_step
from cadre_app.probation import permissions
from cadre_app.probation.forms import DocumentForm, RestoringForm, ReturnForm, SignForm, WhyForm
from cadre_app.probation.models import Conclusion, Probation
from cadre_app.probation.services import decisions, records
from cadre_app.probation.terms import terms_of
from cadre_app.probation.views.acts import BOTH, page_of, step_page
from cadre_app.probation.views.records import visible_probation
from cadre_app.probation.wording import grading_text

SHOWN = {"shows": ("opinion", "conclusion")}


@BOTH
def check(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核."""
    one = visible_probation(request, pk)
    user = request.user
    require_step(request, permissions.can_check(user, one), one, duty=permissions.checks(user, one), page=page_of(one))
    page = Page(
        _("Check the conclusion"), _("Checked. The conclusion waits for the sign-off by a leader."),
        pgettext("probation", "Checked, pass on"), question=_("Pass this conclusion on to a leader?"),
        consequence=before_check_text(
            _("Until it is signed off nothing in the growth file changes."), leads=permissions.signs(user, one)
        ), extra=SHOWN,
    )  # fmt: skip
    return step_page(request, one, SignForm(request.POST or None, instance=one), decisions.check_conclusion, page)


@BOTH
def sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批, after what it will change in the file."""
    one = visible_probation(request, pk)
    user = request.user
    require_step(
        request, permissions.can_sign(user, one), one, duty=permissions.signs(user, one), page=page_of(one),
        own_check=permissions.has_only_checked(user, one),
    )  # fmt: skip
    page = Page(
        _("Sign the conclusion off"), _("The conclusion is signed off."), _("Sign off"),
        question=pgettext("probation", "Sign off the conclusion “%(conclusion)s”?")
        % {"conclusion": one.get_conclusion_display()},
        consequence=what_follows(one), danger=one.conclusion == Conclusion.FAILED, extra=SHOWN,
    )  # fmt: skip
    # What was typed is shown again also where the conclusion has been changed since.
    form = DocumentForm if decisions.asks_document(one) or "document_number" in request.POST else SignForm
    return step_page(request, one, form(request.POST or None, instance=one), decisions.sign_conclusion, page)


@BOTH
def send_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    one = visible_probation(request, pk)
    user = request.user
    duty = permissions.checks(user, one) or permissions.signs(user, one)
    require_step(request, permissions.can_return(user, one), one, duty=duty, page=page_of(one))
    page = Page(
        _("Return the conclusion for completion"), _("The conclusion is returned for completion."),
        _("Return for completion"), question=_("Return this conclusion for completion?"),
        consequence=_("Whoever entered it reads what is to be completed. After that it is checked anew."), extra=SHOWN,
    )  # fmt: skip
    return step_page(request, one, ReturnForm(request.POST or None, instance=one), decisions.return_conclusion, page)


@BOTH
def take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤销签批."""
    one = visible_probation(request, pk)
    require(permissions.can_take_back(request.user, one))
    page = Page(
        pgettext("probation", "Take the sign-off back"), pgettext("probation", "The sign-off was taken back."),
        pgettext("probation", "Take the sign-off back"),
        question=pgettext("probation", "Take the sign-off back?"), danger=True, extra=SHOWN,
        consequence=_("Post and rank, or the end of probation, go back to what they were; forms on the list are voided."),
    )  # fmt: skip
    return step_page(request, one, WhyForm(request.POST or None, instance=one), decisions.take_sign_off_back, page)


@BOTH
def void(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_probation(request, pk)
    require(permissions.can_void(request.user, one))
    page = Page(
        _("Void the assessment"), _("The assessment was voided."), _("Void"), question=_("Void this assessment?"),
        danger=True, consequence=_("What was written in it is kept. It does not open again by itself."),
    )  # fmt: skip
    return step_page(request, one, WhyForm(request.POST or None, instance=one), records.void_probation, page)


@BOTH
def restore(request: UserRequest, pk: UUID) -> HttpResponse:
    one = visible_probation(request, pk)
    require(permissions.can_restore(request.user, one))
    page = Page(
        _("Restore the assessment"), _("The assessment stands again."), _("Restore"),
        question=_("Restore this assessment?"),
        consequence=_("It stands as it was, with everything that was written in it."),
    )  # fmt: skip
    return step_page(request, one, RestoringForm(request.POST or None, instance=one), records.restore_probation, page)


def _note_of_later(one: Probation, end: date) -> str:
    later = one.trainee.post_records.standing().filter(started_on__gt=end).order_by("started_on").first()
    if later is None:
        return ""
    if later.rank or later.post_grade:
        return _("A later record of post and rank stands: what the file shows today stays as it is.")
    return _("The post held from %(day)s on stays and takes this rank over.") % {
        "day": formats.date_format(later.started_on)
    }


def what_follows(one: Probation) -> str:
    """What the sign-off writes into the growth file."""
    end = one.trainee.probation_ends_on
    if one.conclusion == Conclusion.PASSED and end is not None:
        text = _(
            "The growth file has from %(day)s on: %(grading)s. A talk is due, and two forms are to be handed over."
        )
        text %= {"day": formats.date_format(end), "grading": grading_text(one)}
        return f"{text} {_note_of_later(one, end)}".strip()
    if one.conclusion == Conclusion.DEFERRED and one.extended_to is not None:
        text = _("Probation then ends on %(day)s, and is assessed once more.")
        return text % {"day": formats.date_format(one.extended_to)}
    return str(terms_of(one).failed_next)
