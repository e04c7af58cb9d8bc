"""工作简报: the list, a new one, one briefing beside its figures, and its text as it is edited."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.briefings import composing_job, page, permissions, services, snapshots
from cadre_app.briefings.forms import NewBriefingForm, TextForm
from cadre_app.briefings.gaps import gaps_of
from cadre_app.briefings.lists import briefing_table
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.papers import BRIEFING, paper_values
from cadre_app.briefings.wording import mark_of, period_of, serial_of
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.report_pages import tabs_for
from cadre_app.core.submit import require_step, submit
from cadre_app.history.models import Entry

BOTH = require_http_methods(["GET", "POST"])
COMPARE = "compare"


@require_GET
def briefing_list(request: UserRequest) -> HttpResponse:
    """For department staff and leaders."""
    if not permissions.can_list(request.user):
        raise Http404
    table, found = briefing_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs_for(request.user, "briefings:briefing_list"),
        "may_start": permissions.can_start(request.user),
    }
    return render(request, page_or_fragment(request, "briefings/briefing_list.html"), context)


@BOTH
def briefing_new(request: UserRequest) -> HttpResponse:
    """Unit and period; the draft follows at once, of very many people as long work."""
    user = request.user
    if not permissions.can_list(user):
        raise Http404
    require(permissions.can_start(user))
    form = NewBriefingForm(request.POST or None, user=user)
    is_long = form.is_bound and form.is_valid() and _is_long(form)
    if done := submit(request, form, composing_job.start if is_long else services.create_briefing):
        if is_long:
            return redirect("jobs:job_detail", pk=done.result.pk)
        messages.success(request, _("The briefing is written from the figures. Add shortcomings and next steps."))
        return redirect("briefings:briefing_detail", pk=done.result.pk)
    return render(request, "briefings/briefing_new.html", {"form": form})


@require_GET
def briefing_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Outline, text and figures; of a draft with what is counted otherwise by now (`?compare` where that takes time)."""
    user, briefing = request.user, visible_briefing(request, pk)
    counted = page.compared(briefing, asked_for=COMPARE in request.GET)
    context = sheet_of(request, briefing, counted) | {
        "paragraphs": page.marked(briefing),
        "may": acts_of(user, briefing),
        "waits_for_another": permissions.waits_for_another(user, briefing),
        "is_complete": services.is_complete(briefing),
        "paper_kind": BRIEFING,
        "form": ChangeForm(instance=briefing),
        "prefix": "",
    }
    return render(request, "briefings/briefing_detail.html", context)


@BOTH
def briefing_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Every part of the text, with gaps of the records for the shortcomings."""
    briefing = visible_briefing(request, pk)
    require_draft(request, briefing)
    counted = snapshots.take(briefing.unit, briefing.since, briefing.as_of)
    gaps = gaps_of(briefing.unit, briefing.since, briefing.as_of, counted)
    form = TextForm(request.POST or None, instance=briefing, gaps=gaps)
    if submit(request, form, services.change_briefing, briefing):
        messages.success(request, _("The draft was saved."))
        return redirect("briefings:briefing_detail", pk=briefing.pk)
    # Beside a form that is being filled in no button takes the reader elsewhere.
    context = sheet_of(request, briefing, counted) | {
        "form": form,
        "prefix": "id_",
        "may": {"change": False, "submit": False},
    }
    context |= {"waits_for_another": False, "is_complete": True}
    return render(request, "briefings/briefing_edit.html", context)


@require_GET
def briefing_changes(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was changed when, with the words before."""
    briefing = visible_briefing(request, pk)
    context = {"briefing": briefing, "mark": mark_of(briefing), "entries": Entry.objects.about(briefing).told()}
    return render(request, "briefings/briefing_changes.html", context)


def visible_briefing(request: UserRequest, pk: UUID) -> Briefing:
    """A briefing that one sees, or 404."""
    rows = Briefing.objects.visible_to(request.user).select_related("unit", "written_by", "issued_by")
    found: Briefing = get_object_or_404(rows, pk=pk)
    return found


def require_draft(request: UserRequest, briefing: Briefing) -> None:
    """For whoever may change it; staff whose page is older than its submission are told so, with what they typed."""
    user = request.user
    require_act(
        request, briefing, permissions.can_change(user, briefing), duty=permissions.can_write(user, briefing.unit)
    )


def require_act(request: UserRequest, briefing: Briefing, allowed: bool, *, duty: bool) -> None:
    """For whoever may do something with it now; whose duty it is reads on its page why it cannot be done any more."""
    require_step(request, allowed, briefing, duty=duty, page=address_of(briefing))


def address_of(briefing: Briefing) -> str:
    """Its page."""
    return reverse("briefings:briefing_detail", kwargs={"pk": briefing.pk})


def acts_of(user: Any, briefing: Briefing) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    return {
        "change": permissions.can_change(user, briefing),
        "submit": permissions.can_submit(user, briefing),
        "withdraw": permissions.can_withdraw(user, briefing),
        "return": permissions.can_return(user, briefing),
        "issue": permissions.can_issue(user, briefing),
        "copy": permissions.can_copy(user, briefing),
        "void": permissions.can_void(user, briefing),
        "restore": permissions.can_restore(user, briefing),
    }


def sheet_of(request: UserRequest, briefing: Briefing, counted: snapshots.Counted | None) -> dict[str, Any]:
    """What reading and editing share: the head, the outline and the figures."""
    shown = page.figures_of(briefing, request.user, counted)
    return {
        "briefing": briefing,
        "mark": mark_of(briefing),
        "serial": serial_of(briefing),
        "period": period_of(briefing),
        "v": paper_values(briefing),
        "outline": page.outline_of(briefing, shown),
        "figures": shown,
        "changed": [one for one in shown if one.now is not None],
        "is_compared": counted is not None,
        "unborne": page.unborne(briefing, counted),
        "misdated": page.misdated(briefing),
        "absent": page.absence_of(briefing),
        "left": page.left_of(briefing),
        "withheld": page.withheld_text(request.user),
        "carried": len(snapshots.carried(briefing.figures, services.days_of(briefing))) if briefing.is_open else 0,
    }


def _is_long(form: NewBriefingForm) -> bool:
    asked = form.cleaned_data
    return composing_job.is_long(asked["unit"], asked["since"], asked["as_of"])
