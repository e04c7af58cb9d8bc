"""现场教学（研学）: the list, one visit, and its plan."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.busy import clashes
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.training import changes
from cadre_app.training.forms.visits import CancelForm, VisitForm
from cadre_app.training.lists.visits import visit_mark, visit_table
from cadre_app.training.models import StudyVisit, VisitMember, VisitRoute, VisitState
from cadre_app.training.models.choices import CAME
from cadre_app.training.permissions import rooms
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.services import visits as services
from cadre_app.training.services.visit_records import left_out
from cadre_app.training.services.visit_times import span
from cadre_app.training.views.visit_pages import changeable_visit, members_of, overview_tabs, visible_visit, visit_form

MOST_OWN = 100


@require_GET
def visit_list(request: UserRequest) -> HttpResponse:
    """For business roles the table of all visits; for somebody in development the own ones."""
    user = request.user
    if not permissions.has_visits(user):
        raise Http404
    if not permissions.can_list_visits(user):
        rows = VisitMember.objects.visible_to(user).standing().filter(visit__voided_at=None).select_related("visit")
        mine = list(rows.order_by("-visit__visited_on", "pk")[:MOST_OWN])
        return render(request, "training/visit_own.html", {"visits": [(row, visit_mark(row.visit)) for row in mine]})
    table, found = visit_table(request, user)
    context = {"table": table, "filter": found, "may_plan": permissions.can_plan_visits(user), **overview_tabs()}
    return render(request, page_or_fragment(request, "training/visit_list.html"), context)


@require_GET
def visit_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole page for those who oversee training; for who takes part the programme and what is their own."""
    user, visit = request.user, visible_visit(request, pk)
    if not permissions.can_list_visits(user):
        return _own(request, visit)
    members = members_of(request, visit)
    may_plan = permissions.can_plan_visits(user) and not visit.is_voided
    mine = set(visit.members.worked_on(user).values_list("pk", flat=True)) if may_plan else set()
    is_recorded = any(member.presence for member in members)
    takes_changes = permissions.takes_changes(visit)
    is_due = takes_changes and visit.visited_on <= timezone.localdate()
    warned = may_plan and visit.state == VisitState.PLANNED
    found = (
        clashes({member.trainee_id for member in members}, *span(visit.visited_on), but=[visit.pk]) if warned else {}
    )
    context: dict[str, Any] = {
        "visit": visit,
        "mark": visit_mark(visit),
        "members": [(member, found.get(member.trainee_id, []), member.pk in mine) for member in members],
        "is_recorded": is_recorded,
        "others": visit.members.standing().count() - len(members),
        "clashing": len(found),
        "present": sum(member.presence in CAME for member in members),
        "spoke": sum(member.at_symposium for member in members),
        "missing": left_out(visit) if is_recorded and takes_changes else 0,
        "may_plan": may_plan,
        "may_change": may_plan and permissions.can_change_visit(user, visit),
        "may_post": may_plan and permissions.can_post_visit(user, visit),
        "may_record": is_due and any(member.pk in mine and member.is_attending for member in members),
        "has_records": warned and is_due and services.has_records(visit),
        "takes_changes": takes_changes,
        "entries": changes.of_visit(visit, user) if rooms.can_read_changes(user) else None,
        **overview_tabs(),
    }
    return render(request, "training/visit_detail.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: UserRequest) -> HttpResponse:
    """Plan a visit; `?route=` brings its sites and topic along."""
    if not permissions.can_list_visits(request.user):
        raise Http404
    require(permissions.can_plan_visits(request.user))
    routes = VisitRoute.objects.visible_to(request.user).standing().filter(is_offered=True)
    route = _asked_route(request)
    form = VisitForm(request.POST or None, routes=routes, initial=_from(route))
    if done := submit(request, form, services.create_visit):
        messages.success(request, _("The study visit is planned. Now put people on the list."))
        return redirect("training:visit_detail", pk=done.result.pk)
    context = {"form": form, "routes": [] if route or request.POST else routes}
    return render(request, "training/visit_new.html", context)


@require_http_methods(["GET", "POST"])
def visit_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another day, other sites; everybody on the list is told of it."""
    visit = changeable_visit(request, pk)
    routes = VisitRoute.objects.visible_to(request.user).standing()
    form = VisitForm(request.POST or None, instance=visit, routes=routes)
    page = Page(_("Edit the study visit"), _("The study visit was changed."))
    return visit_form(request, visit, form, services.change_visit, page)


@require_http_methods(["GET", "POST"])
def visit_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = changeable_visit(request, pk)
    page = Page(
        _("Cancel the study visit"), _("The study visit is cancelled."), _("Cancel the study visit"),
        question=_("Cancel this study visit?"), danger=True,
        consequence=_("Everybody on the list is told, with the reason."),
    )  # fmt: skip
    return visit_form(request, visit, CancelForm(request.POST or None, instance=visit), services.cancel_visit, page)


@require_http_methods(["GET", "POST"])
def visit_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """A cancelled visit takes place after all, or one was recorded as held by mistake."""
    visit = changeable_visit(request, pk)
    page = Page(
        _("Plan the study visit again"), _("The study visit is planned again."), _("Plan again"),
        question=_("Plan this study visit again?"),
        consequence=_("It counts as planned; the list and what was recorded stay as they are."),
    )  # fmt: skip
    return visit_form(request, visit, ReasonForm(request.POST or None, instance=visit), services.reopen_visit, page)


def _own(request: UserRequest, visit: StudyVisit) -> HttpResponse:
    """What somebody sees who takes part: nobody else's name, attendance or remarks."""
    rows = VisitMember.objects.visible_to(request.user).standing().filter(visit=visit)
    member = get_object_or_404(rows)
    may_note = member.told_at is None and visit.visited_on >= timezone.localdate()
    context = {
        "visit": visit,
        "member": member,
        "mark": visit_mark(visit),
        "was_there": member.presence in CAME,
        "may_note": may_note,
        "submission": uuid.uuid4(),
    }
    return render(request, "training/visit_detail_own.html", context)


def _asked_route(request: UserRequest) -> VisitRoute | None:
    """The route in the address; 404 for one that is not offered."""
    asked = request.GET.get("route")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(VisitRoute.objects.visible_to(request.user).standing(), pk=key, is_offered=True)


def _from(route: VisitRoute | None) -> dict[str, Any]:
    if route is None:
        return {}
    return {"route": route.pk, "title": route.title, "sites": route.sites, "topic": route.topic}
