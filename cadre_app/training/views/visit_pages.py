"""The visit that a page is about, and the two kinds of pages that most of them are."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.models import StudyVisit, VisitMember
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.tabs import tabs

if TYPE_CHECKING:
    from cadre_app.training.models.visits import VisitMemberQuerySet


def visible_visit(request: UserRequest, pk: UUID) -> StudyVisit:
    """A visit that one sees; 404 where it is out of sight."""
    return get_object_or_404(StudyVisit.objects.visible_to(request.user).select_related("route"), pk=pk)


def plannable_visit(request: UserRequest, pk: UUID) -> StudyVisit:
    """A visit on whose list one puts people and records them; 403 for those who only read it."""
    visit = visible_visit(request, pk)
    require(permissions.can_plan_visits(request.user))
    return visit


def changeable_visit(request: UserRequest, pk: UUID) -> StudyVisit:
    """A visit that one changes as a whole; 403 where others work on somebody on its list."""
    visit = plannable_visit(request, pk)
    require(permissions.can_change_visit(request.user, visit))
    return visit


def members_of(request: UserRequest, visit: StudyVisit) -> list[VisitMember]:
    """Participants whom one sees, in the order of names; one query."""
    return _listed(VisitMember.objects.visible_to(request.user).standing(), visit)


def recorded_by(request: UserRequest, visit: StudyVisit) -> list[VisitMember]:
    """Participants whom one records, in the order of names; one query."""
    return _listed(VisitMember.objects.attending().worked_on(request.user), visit)


def _listed(rows: "VisitMemberQuerySet", visit: StudyVisit) -> list[VisitMember]:
    rows = rows.filter(visit=visit).select_related("visit", "trainee__person", "trainee__home_unit")
    return list(rows.order_by("trainee__stroke_key", "pk"))


def visit_form(
    request: UserRequest, visit: StudyVisit, form: BaseForm, service: Callable[..., Any], page: Page, *objects: Any
) -> HttpResponse:
    """A page with one form about a visit (or `objects` of it); back on the visit when it is done."""
    if submit(request, form, service, *(objects or (visit,))):
        messages.success(request, page.said)
        return redirect("training:visit_detail", pk=visit.pk)
    template = "training/visit_confirm.html" if page.question else "training/visit_form.html"
    return render(request, template, {"form": form, "page": page, "visit": visit} | page.extra)


def overview_tabs() -> dict[str, Any]:
    """The chips of the room, on the tab of study visits."""
    return {"tabs": tabs("training:visit_list")}
