"""What the pages of an evaluation share: the object that one sees, and a page with one form about it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.evaluation.models import Campaign, PaperBatch, Subject
from cadre_app.evaluation.wording import campaign_mark

if TYPE_CHECKING:
    from collections.abc import Callable

BOTH = require_http_methods(["GET", "POST"])
OF_SUBJECT = ("campaign__unit", "trainee__person", "trainee__home_unit")
OF_BATCH = ("subject__campaign__unit", "subject__trainee__person", "subject__trainee__home_unit", "entered_by")


def visible_campaign(request: UserRequest, pk: UUID) -> Campaign:
    """An evaluation that one sees, or 404."""
    rows = Campaign.objects.visible_to(request.user).select_related("unit", "set_by")
    found: Campaign = get_object_or_404(rows, pk=pk)
    return found


def visible_subject(request: UserRequest, pk: UUID) -> Subject:
    """One person of an evaluation whom one sees there, or 404."""
    found: Subject = get_object_or_404(Subject.objects.visible_to(request.user).select_related(*OF_SUBJECT), pk=pk)
    return found


def visible_batch(request: UserRequest, pk: UUID) -> PaperBatch:
    """A batch that one sees, or 404."""
    found: PaperBatch = get_object_or_404(PaperBatch.objects.visible_to(request.user).select_related(*OF_BATCH), pk=pk)
    return found


def one_form(
    request: UserRequest, campaign: Campaign, form: ChangeForm, service: "Callable[..., Any]", page: Page, *objects: Any
) -> HttpResponse:
    """A page with one form or one question about an evaluation, or about `objects` of it."""
    if submit(request, form, service, *(objects or (campaign,))):
        messages.success(request, page.said)
        return redirect("evaluation:campaign_detail", pk=campaign.pk)
    template = "evaluation/confirm.html" if page.question else "evaluation/form.html"
    context = {"form": form, "campaign": campaign, "page": page, "mark": campaign_mark(campaign)}
    return render(request, template, context)
