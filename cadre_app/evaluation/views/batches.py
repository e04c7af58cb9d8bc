"""Paper sheets of one person: the batch, its sheets or its tally, counted, voided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.evaluation import permissions
from cadre_app.evaluation.forms.batches import BatchForm, CoverForm, GridForm, TallyForm
from cadre_app.evaluation.models import PaperBatch
from cadre_app.evaluation.services import batches as services
from cadre_app.evaluation.services.codes import has_codes
from cadre_app.evaluation.views.pages import BOTH, one_form, visible_batch, visible_subject
from cadre_app.evaluation.wording import sheets_text


@BOTH
def batch_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """How many sheets, of which day, collected by whom."""
    subject = visible_subject(request, pk)
    require(permissions.can_enter(request.user, subject))
    form = BatchForm(request.POST or None, has_codes=has_codes(subject), initial={"held_on": timezone.localdate()})
    if done := submit(request, form, services.begin_batch, subject):
        return redirect("evaluation:batch_enter", pk=done.result.pk)
    title = _("Enter paper sheets: %(name)s") % {"name": subject.trainee.person.name}
    page = Page(title, "", _("Go on"), notices=(_("The person evaluated collects and enters nothing."),))
    return render(request, "evaluation/form.html", {"form": form, "campaign": subject.campaign, "page": page})


@BOTH
def batch_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """What the cover says."""
    batch = visible_batch(request, pk)
    require(permissions.can_write_batch(request.user, batch))
    form = CoverForm(request.POST or None, has_codes=has_codes(batch.subject), instance=batch)
    if submit(request, form, services.change_batch, batch):
        return redirect("evaluation:batch_enter", pk=batch.pk)
    page = Page(_("Change the cover of the batch"), "")
    return render(request, "evaluation/form.html", {"form": form, "campaign": batch.subject.campaign, "page": page})


@BOTH
def batch_enter(request: UserRequest, pk: UUID) -> HttpResponse:
    """The grid of sheets, or the tally; what is kept can be gone on with later."""
    batch = visible_batch(request, pk)
    require(permissions.can_write_batch(request.user, batch))
    form = _entry_form(request, batch)
    service = services.write_tally if batch.is_tally else services.write_sheets
    if submit(request, form, service, batch):
        if request.POST.get("then") == "count":
            return redirect("evaluation:batch_count", pk=batch.pk)
        messages.success(request, _("Kept. Nothing is counted yet."))
        return redirect("evaluation:batch_enter", pk=batch.pk)
    context: dict[str, Any] = {
        "batch": batch,
        "subject": batch.subject,
        "campaign": batch.subject.campaign,
        "form": form,
        "problem": services.problem_of(batch),
    }
    return render(request, "evaluation/batch_enter.html", context)


@BOTH
def batch_count(request: UserRequest, pk: UUID) -> HttpResponse:
    """Kept as sheets, or added up."""
    batch = visible_batch(request, pk)
    require(permissions.can_write_batch(request.user, batch))
    if request.method == "GET" and (wrong := services.problem_of(batch)):
        messages.warning(request, wrong)
        return redirect("evaluation:batch_enter", pk=batch.pk)
    consequence = _("Sheets that are counted are mixed with the others and can no longer be told from them.")
    if batch.is_tally:
        consequence = _("The numbers are added to those of the other sheets.")
    page = Page(
        _("Count the batch"), _("The batch is counted."), _("Count"),
        question=_("Count this batch: %(sheets)s of %(name)s?")
        % {"sheets": sheets_text(batch.number), "name": batch.subject.trainee.person.name},
        consequence=consequence,
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=batch)
    return one_form(request, batch.subject.campaign, form, services.count_batch, page, batch)


@BOTH
def batch_void(request: UserRequest, pk: UUID) -> HttpResponse:
    batch = visible_batch(request, pk)
    require(permissions.can_void_batch(request.user, batch))
    page = Page(
        _("Void the batch"), _("The batch was voided."), _("Void"), question=_("Void this batch?"), danger=True,
        consequence=_("Its sheets no longer count. It can be restored."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=batch)
    return one_form(request, batch.subject.campaign, form, services.void_batch, page, batch)


@BOTH
def batch_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    batch = visible_batch(request, pk)
    require(permissions.can_restore_batch(request.user, batch))
    page = Page(
        _("Restore the batch"), _("The batch stands again."), _("Restore"), question=_("Restore this batch?"),
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=batch)
    return one_form(request, batch.subject.campaign, form, services.restore_batch, page, batch)


def _entry_form(request: UserRequest, batch: PaperBatch) -> GridForm | TallyForm:
    if batch.is_tally:
        return TallyForm(request.POST or None, batch=batch)
    return GridForm(request.POST or None, batch=batch)
