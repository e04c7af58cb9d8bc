"""夺旗争先 The list of comparisons, one of them with all that belongs to it, and what is set before it opens."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments import competition_page as parts
from cadre_app.assignments.forms.competitions import CompetitionForm, CriterionForm
from cadre_app.assignments.lists import competitions as lists
from cadre_app.assignments.models import CompetitionCriterion, CompetitionReviewer, CompetitionState
from cadre_app.assignments.models.competition_scores import reviewed_by
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.scope import front_choices
from cadre_app.assignments.services import competition_criteria, competitions
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.assignments.views.competition_pages import (
    holding_units,
    page_url,
    run_competition,
    visible_competition,
)
from cadre_app.assignments.views.research_pages import Act, form_page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit

EDIT = Act(
    gettext_lazy("Change the comparison"), gettext_lazy("The comparison was changed."),
    competitions.change_competition, CompetitionForm,
)  # fmt: skip
ADD = Act(
    gettext_lazy("Set a criterion"), gettext_lazy("The criterion is set."), competition_criteria.add_criterion,
    CriterionForm,
)  # fmt: skip
CHANGE = Act(
    gettext_lazy("Change the criterion"), gettext_lazy("The criterion was changed."),
    competition_criteria.change_criterion, CriterionForm,
)  # fmt: skip
REMOVE = Act(
    gettext_lazy("Take the criterion out"), gettext_lazy("The criterion was taken out."),
    competition_criteria.remove_criterion, ReasonForm, gettext_lazy("Take this criterion out?"), danger=True,
)  # fmt: skip


@require_GET
def competition_list(request: UserRequest) -> HttpResponse:
    """Those that somebody sees, as a table with export."""
    if not permissions.can_list_competitions(request.user):
        raise Http404
    table, found = lists.competition_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "may_plan": permissions.can_plan_competitions(request.user),
        "tabs": posting_tabs("assignments:competition_list"),
    }
    return render(request, page_or_fragment(request, "assignments/competition_list.html"), context)


@require_http_methods(["GET", "POST"])
def competition_new(request: UserRequest) -> HttpResponse:
    """Plan a comparison; its criteria come next."""
    if not permissions.can_list_competitions(request.user):
        raise Http404
    require(permissions.can_plan_competitions(request.user))
    units = holding_units(request.user)
    form = CompetitionForm(request.POST or None, units=units, initial={"unit": units.order_by("path").first()})
    if done := submit(request, form, competitions.plan_competition):
        messages.success(request, _("The comparison is planned. Set its criteria, then open it."))
        return redirect("assignments:competition_detail", pk=done.result.pk)
    back = reverse("assignments:competition_list")
    page = Act(_("Plan a comparison"), "", competitions.plan_competition, CompetitionForm).page
    return render(request, "assignments/research_form.html", {"form": form, "page": page, "back": back, "sub": ""})


@require_http_methods(["GET", "POST"])
def competition_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Until it is open."""
    competition = run_competition(request, pk)
    units = holding_units(request.user, competition.unit)
    form = CompetitionForm(request.POST or None, instance=competition, units=units)
    return form_page(request, form, EDIT, competition, back=page_url(competition), sub=competition.title)


@require_GET
def competition_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """Criteria, results, reviewers and scores, as far as the reader sees them."""
    user, competition = request.user, visible_competition(request, pk)
    criteria = list(CompetitionCriterion.objects.visible_to(user).standing().filter(competition=competition))
    lines = parts.lines_of(user, competition)
    rows, orders = parts.averages_of(user, competition, criteria, lines)
    reviewers = CompetitionReviewer.objects.visible_to(user).standing().filter(competition=competition)
    named = list(reviewers.select_related("person").order_by("created_at", "pk"))
    context = {
        "competition": competition,
        "mark": lists.mark_of(competition),
        "fronts": lists.fronts_text(competition, dict(front_choices())),
        "criteria": criteria,
        "lines": lines,
        "rows": rows,
        "orders": orders,
        "reviewers": named,
        "handed_in": sum(one.handed_in_at is not None for one in named),
        "sheets": parts.sheets_of(user, competition, criteria),
        "own": reviewed_by(user).filter(competition=competition).first(),
        "oversees": permissions.oversees_it(user, competition),
        "lists_all": permissions.can_list_competitions(user),
        "is_published": competition.state == CompetitionState.PUBLISHED,
        "may": parts.may_of(user, competition),
        "steps": parts.steps_of(user, competition),
        "missing": parts.missing_for(user, competition),
        "is_own_check": permissions.has_only_checked(user, competition),
        "entries": parts.changes_of(user, competition, lines),
    }
    return render(request, "assignments/competition_detail.html", context)


@require_http_methods(["GET", "POST"])
def criterion_new(request: UserRequest, pk: UUID) -> HttpResponse:
    competition = run_competition(request, pk)
    form = CriterionForm(request.POST or None)
    back = page_url(competition, "#criteria")
    return form_page(request, form, ADD, competition, back=back, sub=competition.title)


@require_http_methods(["GET", "POST"])
def criterion_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    criterion = _criterion(request, pk)
    form = CriterionForm(request.POST or None, instance=criterion)
    back = page_url(criterion.competition, "#criteria")
    return form_page(request, form, CHANGE, criterion, back=back, sub=criterion.competition.title)


@require_http_methods(["GET", "POST"])
def criterion_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    criterion = _criterion(request, pk)
    form = ReasonForm(request.POST or None, instance=criterion)
    back = page_url(criterion.competition, "#criteria")
    return form_page(request, form, REMOVE, criterion, back=back, sub=criterion.name)


def _criterion(request: UserRequest, pk: UUID) -> CompetitionCriterion:
    rows = CompetitionCriterion.objects.visible_to(request.user).standing().select_related("competition__unit")
    criterion: CompetitionCriterion = get_object_or_404(rows, pk=pk)
    require(permissions.can_run_competition(request.user, criterion.competition))
    return criterion
