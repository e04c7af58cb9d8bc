"""Who takes part in a study visit: chosen from everybody in development, taken off again, and told."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.busy import clashes
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.roster.picks import picked_keys
from cadre_app.training.filters.visits import candidates, candidates_of
from cadre_app.training.lists.visits import candidate_table
from cadre_app.training.models import StudyVisit, VisitMember
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.services import visit_members as services
from cadre_app.training.services.visit_times import span
from cadre_app.training.views.visit_pages import plannable_visit, visit_form


@require_GET
def visit_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """People by grade, plan, unit or name, to be picked from."""
    visit = plannable_visit(request, pk)
    table, found = candidate_table(request, request.user, visit)
    context = {"visit": visit, "table": table, "filter": found, "takes_changes": permissions.takes_changes(visit)}
    return render(request, page_or_fragment(request, "training/visit_add.html"), context)


@require_POST
def visit_place(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say who it is and who is taken on that day, ask once, put them on the list."""
    visit = plannable_visit(request, pk)
    is_confirmed = "confirmed" in request.POST
    form = ChangeForm(request.POST if is_confirmed else None)
    chosen = _chosen(request, visit)
    if is_confirmed and (done := submit(request, form, services.add_members, visit, trainees=chosen)):
        count = len(done.result or ())
        text = ngettext("%(count)s person was put on the list.", "%(count)s people were put on the list.", count)
        messages.success(request, text % {"count": count})
        return redirect("training:visit_detail", pk=pk)
    people = list(chosen.order_by("stroke_key", "pk")[: services.MOST])
    found = clashes({person.pk for person in people}, *span(visit.visited_on), but=[visit.pk])
    context = {
        "visit": visit,
        "form": form,
        "people": people,
        "clashing": [(person, found[person.pk]) for person in people if person.pk in found],
        "keys": [] if request.POST.get("all") else picked_keys(request.POST),
        "query": request.POST.get("query", ""),
        "all": bool(request.POST.get("all")),
    }
    return render(request, "training/visit_place.html", context)


@require_http_methods(["GET", "POST"])
def visit_member_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the list."""
    found = VisitMember.objects.visible_to(request.user).standing()
    member = get_object_or_404(found.select_related("visit", "trainee__person"), pk=pk)
    require(permissions.can_take_off(request.user, member))
    page = Page(
        _("Take off the list"), _("The list was changed."), _("Take off the list"),
        question=_("Take %(name)s off the list?") % {"name": member.trainee.person.name}, danger=True,
        consequence=_("What was recorded of this person on this visit is voided as well."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=member)
    return visit_form(request, member.visit, form, services.remove_member, page, member)


@require_POST
def visit_note(request: UserRequest, pk: UUID) -> HttpResponse:
    """知悉 by whoever takes part."""
    found = VisitMember.objects.visible_to(request.user).standing()
    member = get_object_or_404(found.select_related("trainee__person"), pk=pk)
    require(permissions.can_note_visit(request.user, member))
    if submit(request, ChangeForm(request.POST), services.note_visit, member):
        messages.success(request, _("It is recorded that you know."))
    return redirect("training:visit_detail", pk=member.visit_id)


def _chosen(request: UserRequest, visit: StudyVisit) -> "QuerySet[Trainee]":
    """The people who were picked, or all of the list in `query`; nobody beyond whom one may put on it."""
    files = candidates(request.user, visit)
    if not request.POST.get("all"):
        return files.filter(pk__in=picked_keys(request.POST))
    asked = candidates_of(request.user, visit, QueryDict(request.POST.get("query", "")))
    return files.filter(pk__in=asked.qs.values("pk"))
