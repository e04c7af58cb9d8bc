"""The steps of a probation: each one form or one question, which lead back to its page."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import require_step, submit
from cadre_app.people import permissions as people
from cadre_app.people.models import Status
from cadre_app.probation import panels, permissions
from cadre_app.probation.forms import (
    ExtensionForm,
    FailureForm,
    GradingForm,
    OpinionForm,
    SummaryForm,
    WaiverForm,
)
from cadre_app.probation.grading import proposed
from cadre_app.probation.models import Conclusion, Probation
from cadre_app.probation.services import conclusions, steps
from cadre_app.probation.services.records import longest_end
from cadre_app.probation.terms import terms_of
from cadre_app.probation.views.records import visible_probation
from cadre_app.probation.wording import shown_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from cadre_app.core.forms import ChangeForm

BOTH = require_http_methods(["GET", "POST"])
ON_PROBATION = "试用期"


@BOTH
def summary(request: UserRequest, pk: UUID) -> HttpResponse:
    """本人总结 By the person on the phone, by staff from paper."""
    one = visible_probation(request, pk)
    user = request.user
    may, duty = permissions.can_write_summary(user, one), permissions.gives_summary(user, one)
    require_step(request, may, one, duty=duty, page=page_of(one))
    by_person = people.is_own(request.user, one.trainee)
    initial = {} if by_person or one.summary_on else {"summary_on": timezone.localdate()}
    form = SummaryForm(request.POST or None, instance=one, by_person=by_person, initial=initial)
    page = Page(
        _("Own summary of the probation"),
        _("The summary is handed in. It can be changed until the unit has written its opinion."),
        _("Hand the summary in") if by_person else _("Save"),
    )
    return step_page(request, one, form, steps.write_summary, page)


@BOTH
def opinion(request: UserRequest, pk: UUID) -> HttpResponse:
    """所在单位意见."""
    one = visible_probation(request, pk)
    user = request.user
    may, duty = permissions.can_write_opinion(user, one), permissions.gives_opinion(user, one)
    require_step(request, may, one, duty=duty, page=page_of(one))
    initial = {} if one.opinion_on else {"opinion_on": timezone.localdate()}
    form = OpinionForm(request.POST or None, instance=one, initial=initial)
    page = Page(_("Opinion of the unit"), _("The opinion of the unit is written."), extra={"shows": ("summary",)})
    return step_page(request, one, form, steps.write_opinion, page)


@BOTH
def waive(request: UserRequest, pk: UUID) -> HttpResponse:
    """免予初任培训."""
    one = visible_probation(request, pk)
    require(permissions.can_waive(request.user, one))
    form = WaiverForm(request.POST or None, instance=one)
    page = Page(
        str(terms_of(one).waive), _("What you said of the training is recorded."),
        notices=(_("The training is a condition of the conclusion “qualified”. A waiver stands on record with its reason."),),
    )  # fmt: skip
    return step_page(request, one, form, steps.waive_induction, page)


@BOTH
def passed(request: UserRequest, pk: UUID) -> HttpResponse:
    """合格 With the grading that education proposes."""
    one = _concludable(request, pk)
    by_rank = one.trainee.status != Status.INSTITUTION
    form = GradingForm(
        request.POST or None, instance=one, by_rank=by_rank, because=panels.grading_hint(one), initial=_grading(one)
    )
    page = Page(
        str(terms_of(one).passed_act), _("The conclusion is with the department: it is checked and signed off next."),
        _("Submit"), notices=_notices(one, panels.not_yet(one)), extra={"shows": ("summary", "opinion")},
    )  # fmt: skip
    return step_page(request, one, form, conclusions.conclude_passed, page)


@BOTH
def deferred(request: UserRequest, pk: UUID) -> HttpResponse:
    """延期."""
    one = _concludable(request, pk)
    last = longest_end(one.trainee.arrived_on)
    form = ExtensionForm(
        request.POST or None, instance=one, last=panels.extension_hint(last), is_written=one.opinion_on is not None
    )
    page = Page(
        _("Extend probation"), _("The conclusion is with the department: it is checked and signed off next."),
        _("Submit"),
        notices=_notices(one, _("Once it is signed off the growth file has the new end, and a new assessment opens.")),
        extra={"shows": ("summary", "opinion")},
    )  # fmt: skip
    return step_page(request, one, form, conclusions.conclude_deferred, page)


@BOTH
def failed(request: UserRequest, pk: UUID) -> HttpResponse:
    """不合格 取消录用."""
    one = _concludable(request, pk)
    form = FailureForm(request.POST or None, instance=one, is_written=one.opinion_on is not None)
    page = Page(
        str(terms_of(one).failed_act), _("The conclusion is with the department: it is checked and signed off next."),
        _("Submit"), notices=_notices(one, _("Once it is signed off, enter the departure in the growth file.")),
        extra={"shows": ("summary", "opinion")},
    )  # fmt: skip
    return step_page(request, one, form, conclusions.conclude_failed, page)


def step_page(
    request: UserRequest, one: Probation, form: "ChangeForm", service: "Callable[..., Any]", page: Page
) -> HttpResponse:
    """A page with one form about a probation, or one question; both lead back to it."""
    if submit(request, form, service, one):
        messages.success(request, page.said)
        return redirect("probation:detail", pk=one.pk)
    template = "probation/confirm.html" if page.question else "probation/form.html"
    lines = shown_lines(one, *page.extra.get("shows", ()))
    return render(request, template, {"form": form, "one": one, "trainee": one.trainee, "page": page, "lines": lines})


def page_of(one: Probation) -> str:
    return reverse("probation:detail", kwargs={"pk": one.pk})


def _concludable(request: UserRequest, pk: UUID) -> Probation:
    one = visible_probation(request, pk)
    require(permissions.can_conclude(request.user, one))
    return one


def _notices(one: Probation, *texts: str) -> tuple[str, ...]:
    """What was returned comes first; a conclusion that waits is asked for anew when it is changed."""
    found = [returned_text(one)] if one.return_reason else []
    if one.state == "waiting":
        found.append(_("It is with the department already: after the change it is checked and signed off anew."))
    return (*found, *(text for text in texts if text))


def returned_text(one: Probation) -> str:
    known = {"reason": one.return_reason}
    if one.was_unsigned:
        return _("The sign-off was taken back: %(reason)s") % known
    return _("Returned to be completed: %(reason)s") % known


def _grading(one: Probation) -> dict[str, Any]:
    """What a grading begins with, where none was entered yet."""
    if one.conclusion == Conclusion.PASSED:
        return {}
    file = one.trainee
    found = proposed(file, file.probation_ends_on or timezone.localdate())
    initial = {"post": "" if file.post.startswith(ON_PROBATION) else file.post, "rank": found.rank}
    return initial | {"post_grade": file.post_grade, "document_on": None}
