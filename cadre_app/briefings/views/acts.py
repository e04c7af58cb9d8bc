"""A briefing whose numbers are taken over or left, that is submitted, taken back, returned, issued, copied, voided, restored."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from cadre_app.briefings import page, permissions, services, snapshots
from cadre_app.briefings.forms import PeriodForm, ReturnForm
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.notices import before_issue
from cadre_app.briefings.views.pages import BOTH, require_act, require_draft, visible_briefing
from cadre_app.briefings.wording import mark_of
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit

if TYPE_CHECKING:
    from collections.abc import Callable


@require_POST
def numbers_take(request: UserRequest, pk: UUID) -> HttpResponse:
    """改为新数: one number, or all that changed."""
    return _numbers(request, pk, services.take_numbers, _("The numbers were counted anew and taken over."))


@require_POST
def numbers_keep(request: UserRequest, pk: UUID) -> HttpResponse:
    """保持原数: what is counted now was seen, the text stays."""
    return _numbers(request, pk, services.keep_numbers, _("The numbers stay as they are."))


@BOTH
def briefing_submit(request: UserRequest, pk: UUID) -> HttpResponse:
    """报送签发."""
    briefing = visible_briefing(request, pk)
    duty = permissions.can_write(request.user, briefing.unit)
    require_act(request, briefing, permissions.can_submit(request.user, briefing), duty=duty)
    shown = Page(
        pgettext("briefing", "Submit the briefing"),
        _("Submitted. A leader reads the briefing and issues it or returns it."),
        pgettext("briefing", "Submit to be issued"),
        question=_("Submit this briefing to be issued?"),
        consequence=_("Text and figures stay as they are until a leader issues or returns it, or you take it back."),
        notices=before_issue(briefing),
    )
    form = ChangeForm(request.POST or None, instance=briefing)
    return _one_form(request, briefing, form, services.submit_briefing, shown)


@BOTH
def briefing_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回."""
    briefing = visible_briefing(request, pk)
    duty = permissions.can_write(request.user, briefing.unit)
    require_act(request, briefing, permissions.can_withdraw(request.user, briefing), duty=duty)
    shown = Page(
        pgettext("briefing", "Take the briefing back"),
        _("The briefing is a draft again."),
        pgettext("briefing", "Take back"),
        question=_("Take this briefing back?"),
        consequence=_("It is a draft again and can be changed. The reason stands among its changes."),
    )
    form = ReasonForm(request.POST or None, instance=briefing)
    return _one_form(request, briefing, form, services.withdraw_briefing, shown)


@BOTH
def briefing_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    briefing = visible_briefing(request, pk)
    duty = permissions.issues(request.user, briefing)
    require_act(request, briefing, permissions.can_return(request.user, briefing), duty=duty)
    shown = Page(
        pgettext("briefing", "Return the briefing"),
        _("The briefing is returned for completion."),
        _("Return for completion"),
        question=_("Return this briefing for completion?"),
        consequence=_("It is a draft again. Whoever submitted it is reminded and reads what is to be completed."),
    )
    form = ReturnForm(request.POST or None, instance=briefing)
    return _one_form(request, briefing, form, services.return_briefing, shown)


@BOTH
def briefing_issue(request: UserRequest, pk: UUID) -> HttpResponse:
    """签发."""
    briefing = visible_briefing(request, pk)
    duty = permissions.issues(request.user, briefing)
    require_act(request, briefing, permissions.can_issue(request.user, briefing), duty=duty)
    shown = Page(
        pgettext("briefing", "Issue the briefing"),
        _("The briefing is issued. Text and figures stay as they are now."),
        pgettext("briefing", "Issue"),
        question=_("Issue this briefing?"),
        consequence=_("It gets the next number of the year. Nothing of it is changed any more."),
        notices=before_issue(briefing),
    )
    return _one_form(
        request, briefing, ChangeForm(request.POST or None, instance=briefing), services.issue_briefing, shown
    )


@BOTH
def briefing_copy(request: UserRequest, pk: UUID) -> HttpResponse:
    """The same words for another period."""
    briefing = visible_briefing(request, pk)
    require(permissions.can_copy(request.user, briefing))
    shown = Page(
        pgettext("briefing", "Copy as a new draft"),
        _("A new draft has the same words. Numbers that differ are shown beside it."),
        pgettext("briefing", "Copy"),
        notices=(
            _(
                "Words are copied. A number that is another one in the new period stays until you take over the new one or keep it."
            ),
        ),
    )
    return _one_form(request, briefing, PeriodForm(request.POST or None), services.copy_briefing, shown)


@BOTH
def briefing_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """It is kept, with the reason; an issued one keeps its number."""
    briefing = visible_briefing(request, pk)
    require(permissions.can_void(request.user, briefing))
    shown = Page(
        pgettext("briefing", "Void the briefing"),
        _("The briefing is voided."),
        pgettext("briefing", "Void"),
        question=_("Void this briefing?"),
        consequence=_("It stays in the list of voided ones. Its number is not given to another one."),
        danger=True,
    )
    return _one_form(
        request, briefing, ReasonForm(request.POST or None, instance=briefing), services.void_briefing, shown
    )


@BOTH
def briefing_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    briefing = visible_briefing(request, pk)
    require(permissions.can_restore(request.user, briefing))
    shown = Page(
        pgettext("briefing", "Restore the briefing"),
        _("The briefing is restored."),
        _("Restore"),
        question=_("Restore this briefing?"),
        consequence=_("It stands again as it was."),
    )
    return _one_form(
        request, briefing, RestoreForm(request.POST or None, instance=briefing), services.restore_briefing, shown
    )


def _numbers(request: UserRequest, pk: UUID, service: "Callable[..., Any]", said: str) -> HttpResponse:
    briefing = visible_briefing(request, pk)
    require_draft(request, briefing)
    keys = request.POST.getlist("figure")
    if not keys or not set(keys) <= set(snapshots.KEYS):
        raise BadRequest
    form = ChangeForm(request.POST, instance=briefing)
    if done := submit(request, form, service, briefing, keys=keys):
        messages.success(request, said)
        for sentence in page.left_of(done.result):
            messages.warning(request, sentence)
    else:
        messages.error(request, form.errors.as_text())
    return redirect("briefings:briefing_detail", pk=briefing.pk)


def _one_form(
    request: UserRequest, briefing: Briefing, form: ChangeForm, service: "Callable[..., Any]", shown: Page
) -> HttpResponse:
    """A page with one form or one question about a briefing."""
    if done := submit(request, form, service, briefing):
        messages.success(request, shown.said)
        return redirect("briefings:briefing_detail", pk=done.result.pk)
    template = "briefings/confirm.html" if shown.question else "briefings/form.html"
    context = {"form": form, "briefing": briefing, "page": shown, "mark": mark_of(briefing)}
    return render(request, template, context)
