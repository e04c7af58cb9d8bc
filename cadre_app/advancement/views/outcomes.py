"""使用情况登记: the list, one outcome, and its choice and entry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.advancement import outcome_page, tabs
from cadre_app.advancement.filters.outcomes import LONGEST_TYPED, new_units
from cadre_app.advancement.forms.outcomes import OutcomeForm
from cadre_app.advancement.lists import outcomes as lists
from cadre_app.advancement.models import Outcome, OutcomeKind
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.services import outcomes as services
from cadre_app.advancement.wording import mark_of
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches

BOTH = require_http_methods(["GET", "POST"])
AT_MOST = 10


@require_GET
def outcome_list(request: UserRequest) -> HttpResponse:
    """The register over units, for business roles."""
    if not permissions.can_list_outcomes(request.user):
        raise Http404
    table, found = lists.outcome_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs.tabs_of(request.user, "advancement:outcome_list"),
        "may_enter": permissions.can_open_entry(request.user),
    }
    return render(request, page_or_fragment(request, "advancement/outcome_list.html"), context)


@require_GET
def outcome_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One outcome with its steps and what it changed; for the person what was announced."""
    user, outcome = request.user, visible_outcome(request, pk)
    oversees = permissions.oversees(user, outcome)
    context: dict[str, Any] = {
        "outcome": outcome,
        "trainee": outcome.trainee,
        "mark": mark_of(outcome),
        **outcome_page.facts_of(outcome),
        "oversees": oversees,
        "may": outcome_page.acts_of(user, outcome),
        "changes": outcome_page.changes_of(outcome, user),
        "is_own_entry": outcome.is_waiting and outcome.entered_by_id == user.pk,
        "is_own_check": permissions.has_only_checked(user, outcome),
    }
    if oversees:
        context |= {
            "steps": outcome_page.steps_of(outcome),
            "unit_differs": outcome_page.unit_differs(outcome),
            "entries": outcome_page.history_of(outcome, user),
        }
    return render(request, "advancement/outcome_detail.html", context)


@BOTH
def outcome_new(request: UserRequest) -> HttpResponse:
    """Somebody is chosen first (`?trainee=`), then what was announced is entered."""
    user = request.user
    if not permissions.can_list_outcomes(user):
        raise Http404
    require(permissions.can_open_entry(user))
    trainee = _asked_trainee(request)
    if trainee is None:
        return render(request, "advancement/outcome_choose.html", _choice(request))
    require(permissions.can_enter_outcome(user, trainee))
    form = OutcomeForm(request.POST or None, units=new_units(user), initial={"kind": OutcomeKind.PROMOTED})
    if done := submit(request, form, services.enter_outcome, trainee):
        messages.success(request, _("The outcome is entered. It is checked and signed off next."))
        return redirect("advancement:outcome_detail", pk=done.result.pk)
    back = reverse("advancement:outcome_list")
    return render(request, "advancement/outcome_edit.html", {"form": form, "trainee": trainee, "back": back})


@BOTH
def outcome_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """What is not signed off is corrected or completed, and checked anew."""
    outcome = visible_outcome(request, pk)
    require(permissions.can_change_outcome(request.user, outcome))
    form = OutcomeForm(request.POST or None, instance=outcome, units=new_units(request.user, outcome.unit))
    if submit(request, form, services.change_outcome, outcome):
        messages.success(request, _("The outcome was changed. It is checked anew."))
        return redirect("advancement:outcome_detail", pk=pk)
    back = reverse("advancement:outcome_detail", kwargs={"pk": pk})
    context = {"form": form, "trainee": outcome.trainee, "outcome": outcome, "back": back}
    return render(request, "advancement/outcome_edit.html", context)


def visible_outcome(request: UserRequest, pk: UUID) -> Outcome:
    """An outcome that one sees, or 404."""
    rows = Outcome.objects.visible_to(request.user).select_related(*outcome_page.RELATED)
    found: Outcome = get_object_or_404(rows, pk=pk)
    return found


def _asked_trainee(request: UserRequest) -> Trainee | None:
    """Who is in the address; None where nobody is. 404 for whom one does not see."""
    asked = request.GET.get("trainee", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    files = Trainee.objects.visible_to(request.user).standing().select_related("person", "home_unit")
    found: Trainee = get_object_or_404(files, pk=key)
    return found


def _choice(request: UserRequest) -> dict[str, Any]:
    """For whom one may enter an outcome, as far as the typed name leads; a few, never a list of everyone."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_TYPED]
    files = permissions.files_to_enter(request.user)
    if not text:
        return {"typed": "", "found": [], "more": False}
    files = files.filter(name_matches(text, "person")).select_related("person", "home_unit")
    found = list(files.order_by("stroke_key", "pk")[: AT_MOST + 1])
    return {"typed": text, "found": found[:AT_MOST], "more": len(found) > AT_MOST}
