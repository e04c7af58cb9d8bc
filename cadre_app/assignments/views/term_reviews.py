"""到村任职: the list, one term with its leave and its review, and the opening of a review."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cadre_app.assignments import tabs
from cadre_app.assignments.lists import term_reviews as lists
from cadre_app.assignments.lists.chips import term_chips
from cadre_app.assignments.models import TermReview
from cadre_app.assignments.panels import term_reviews as panels
from cadre_app.assignments.permissions import term_reviews as permissions
from cadre_app.assignments.services import term_reviews as services
from cadre_app.assignments.term_stages import misfits, review_of, stage_mark, with_stage
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models import VillageTerm


@require_GET
def term_list(request: UserRequest) -> HttpResponse:
    """Over units, for business roles: who is in a village now, and whose term ends."""
    if not permissions.can_list_terms(request.user):
        raise Http404
    table, found = lists.term_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "chips": term_chips(request.user, request.GET),
        "tabs": tabs.posting_tabs("assignments:term_list"),
        "tabs_label": _("Postings"),
    }
    return render(request, page_or_fragment(request, "assignments/term_list.html"), context)


@require_GET
def term_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One term: its days, interruptions, leave, research report, and the steps of its review."""
    user, term = request.user, visible_term(request, pk)
    today, review = timezone.localdate(), review_of(term)
    reviews = TermReview.objects.visible_to(user).filter(term=term)
    earlier = reviews.exclude(voided_at=None) | reviews.exclude(prolonged_on=None)
    about = [term, *term.interruptions.all(), *reviews]
    context: dict[str, Any] = {
        "term": term,
        "trainee": term.trainee,
        "mark": stage_mark(term, today),
        "misfits": misfits(term),
        "is_own": people.is_own(user, term.trainee),
        "is_listed": permissions.can_list_terms(user),
        "may_edit": people.can_edit(user, term.trainee),
        "may_open": review is None and permissions.can_open_review(user, term),
        "form": ChangeForm(),
        "review": panels.review_panel(user, term, review),
        "has_review": review is not None,
        "earlier": [panels.earlier_review(user, term, one) for one in earlier.order_by("-due_on", "-created_at")],
        "entries": Entry.objects.about_any(about).told() if permissions.can_read_term_changes(user, term) else None,
        **panels.facts_of(user, term),
    }
    return render(request, "assignments/term_detail.html", context)


@require_POST
def review_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """One press, where it was not opened by itself."""
    term = visible_term(request, pk)
    require(permissions.can_open_review(request.user, term))
    form = ChangeForm(request.POST)
    if submit(request, form, services.open_review, term):
        messages.success(request, _("The review of the village term is open."))
    else:
        for text in form.non_field_errors():
            messages.error(request, str(text))
    return redirect("assignments:term_detail", pk=pk)


def visible_term(request: UserRequest, pk: UUID) -> Any:
    """A standing term that one sees, with what its stage is read from; or 404."""
    rows = VillageTerm.objects.visible_to(request.user).standing()
    rows = rows.select_related("village", "trainee__person", "trainee__home_unit").prefetch_related("interruptions")
    return get_object_or_404(with_stage(rows, timezone.localdate()), pk=pk)


def visible_review(request: UserRequest, pk: UUID) -> TermReview:
    """A review that one sees, or 404."""
    rows = TermReview.objects.visible_to(request.user).filter(term__voided_at=None)
    rows = rows.select_related("term__village", "term__trainee__person", "term__trainee__home_unit", "signed_by")
    found: TermReview = get_object_or_404(rows, pk=pk)
    return found
