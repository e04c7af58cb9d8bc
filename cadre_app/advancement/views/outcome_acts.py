"""What is done to an outcome: checked, signed off, returned, voided, restored."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.advancement import outcome_page
from cadre_app.advancement.forms.outcomes import RestoringForm, ReturnForm, SignForm, WhyForm
from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.services import decisions
from cadre_app.advancement.services import outcomes as services
from cadre_app.advancement.services.effects import planned
from cadre_app.advancement.views.outcomes import BOTH, visible_outcome
from cadre_app.advancement.wording import planned_lines
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.signing import before_check_text
from cadre_app.core.submit import require_step, submit


@BOTH
def outcome_check(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核."""
    outcome = visible_outcome(request, pk)
    may, duty = permissions.can_check_outcome(request.user, outcome), permissions.checks(request.user, outcome)
    require_step(request, may, outcome, duty=duty, page=_page_of(outcome))
    page = Page(
        _("Check the outcome"), _("Checked. The outcome waits for the sign-off by a leader."),
        pgettext("outcome", "Checked, pass on"),
        question=_("Does this agree with what was announced?"),
        consequence=before_check_text(
            _("It then waits for the sign-off by a leader. Until then nothing in the file changes."),
            leads=permissions.signs(request.user, outcome),
        ),
    )  # fmt: skip
    return _form(request, outcome, SignForm(request.POST or None, instance=outcome), decisions.check_outcome, page)


@BOTH
def outcome_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批, after what it will change in the file."""
    outcome = visible_outcome(request, pk)
    may, duty = permissions.can_sign_outcome(request.user, outcome), permissions.signs(request.user, outcome)
    only_checked = permissions.has_only_checked(request.user, outcome)
    require_step(request, may, outcome, duty=duty, page=_page_of(outcome), own_check=only_checked)
    page = Page(
        _("Sign off the outcome"), _("The outcome is signed off and in the file."), _("Sign off"),
        question=_("Sign this outcome off?"),
        consequence=_("What stands above is written into the growth file, and the person sees the outcome there."),
        extra={
            "changes": planned_lines(planned(outcome)), "unit_differs": outcome_page.unit_differs(outcome),
        },
    )  # fmt: skip
    return _form(request, outcome, SignForm(request.POST or None, instance=outcome), decisions.sign_outcome, page)


@BOTH
def outcome_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    outcome = visible_outcome(request, pk)
    user = request.user
    duty = permissions.checks(user, outcome) or permissions.signs(user, outcome)
    require_step(request, permissions.can_return_outcome(user, outcome), outcome, duty=duty, page=_page_of(outcome))
    page = Page(
        _("Return the outcome for completion"), _("The outcome is returned for completion."),
        _("Return for completion"),
        question=_("Return this outcome for completion?"),
        consequence=_("Whoever entered it reads what is to be completed. After that it is checked anew."),
    )  # fmt: skip
    return _form(request, outcome, ReturnForm(request.POST or None, instance=outcome), decisions.return_outcome, page)


@BOTH
def outcome_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """作废, with what goes back and what stays."""
    outcome = visible_outcome(request, pk)
    require(permissions.can_void_outcome(request.user, outcome))
    is_signed = outcome.state == OutcomeState.IN_FILE
    page = Page(
        _("Void the outcome"), _("The outcome was voided."), _("Void"), question=_("Void this outcome?"), danger=True,
        consequence=_("What its sign-off wrote goes back to what it was before; what somebody changed since stays.")
        if is_signed else _("It no longer counts anywhere and can be restored."),
        extra={"made": outcome_page.changes_of(outcome, request.user)},
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=outcome)
    return _form(request, outcome, form, services.void_outcome, page, said=_voided)


@BOTH
def outcome_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    outcome = visible_outcome(request, pk)
    require(permissions.can_restore_outcome(request.user, outcome))
    again = services.starts_anew(outcome)
    page = Page(
        _("Restore the outcome"), _("The outcome stands again."), _("Restore"), question=_("Restore this outcome?"),
        consequence=_("It is checked and signed off anew before anything is written into the file.") if again
        else _("It stands as it did before."),
    )  # fmt: skip
    form = RestoringForm(request.POST or None, instance=outcome)
    return _form(request, outcome, form, services.restore_outcome, page)


def _page_of(outcome: Outcome) -> str:
    return reverse("advancement:outcome_detail", kwargs={"pk": outcome.pk})


def _form(
    request: UserRequest,
    outcome: Outcome,
    form: ChangeForm,
    service: Callable[..., Any],
    page: Page,
    said: Callable[[Outcome], str] | None = None,
) -> HttpResponse:
    """A question about an outcome; back on it when it is answered."""
    if done := submit(request, form, service, outcome):
        messages.success(request, said(done.result) if said is not None and done.result is not None else page.said)
        return redirect("advancement:outcome_detail", pk=outcome.pk)
    context = {"form": form, "outcome": outcome, "trainee": outcome.trainee, "page": page}
    context |= outcome_page.facts_of(outcome)
    return render(request, "advancement/outcome_confirm.html", context | page.extra)


def _voided(outcome: Outcome) -> str:
    """What was taken back, and what stays because somebody changed it since."""
    left = [str(change.get_part_display()) for change in outcome.changes.standing()]
    if not left:
        return _("The outcome was voided.")
    text = _("The outcome was voided. Changed by somebody since and left as it is: %(parts)s. Look at it in the file.")
    return text % {"parts": _(", ").join(left)}
