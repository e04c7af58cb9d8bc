"""外出培训: the list to verify, one course, submitted and changed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.submit import submit
from cadre_app.files.listing import files_of
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.training import overlaps, own_hours
from cadre_app.training.filters.hours import filtered_outside
from cadre_app.training.forms.hours import OutsideForm
from cadre_app.training.hours_wording import outside_mark
from cadre_app.training.lists import hours as lists
from cadre_app.training.lists.picks import versions_in
from cadre_app.training.models import OutsideCourse
from cadre_app.training.permissions import hours as permissions
from cadre_app.training.services import outside as services
from cadre_app.training.services import outside_bulk
from cadre_app.training.tabs import tabs

RELATED = ("trainee__person", "trainee__home_unit", "verified_by")


@require_GET
def outside_list(request: UserRequest) -> HttpResponse:
    """Those to be verified, unless another state is chosen."""
    if not permissions.can_see_board(request.user):
        raise Http404
    may_verify = permissions.can_verify_many(request.user)
    table, found = lists.outside_table(request, request.user, bulk=may_verify)
    context = {
        "table": table,
        "filter": found,
        "bulk": "training/_outside_bulk.html" if may_verify and not request.GET.get("state") else "",
        "tabs": tabs("training:hours_board"),
    }
    return render(request, page_or_fragment(request, "training/outside_list.html"), context)


@require_GET
def outside_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One course with its proofs, and what its reader may do."""
    user, course = request.user, visible_course(request, pk)
    own = people.is_own(user, course.trainee)
    context = {
        "course": course,
        "trainee": course.trainee,
        "mark": outside_mark(course),
        "is_own": own,
        "proofs": files_of(services.PROOF, [course.pk])[course.pk],
        "overlaps": overlaps.of_course(course),
        "may_change": permissions.can_change(user, course),
        "may_verify": permissions.can_verify(user, course),
        "may_take_back": permissions.can_take_back(user, course),
        "may_restore": permissions.can_restore(user, course),
        "entries": Entry.objects.about(course).told() if own or people.can_read_history(user, course.trainee) else None,
    }
    return render(request, "training/outside_detail.html", context)


@require_http_methods(["GET", "POST"])
def outside_submit(request: UserRequest) -> HttpResponse:
    """Somebody in development submits a course with its proof."""
    if not permissions.can_see_own(request.user):
        raise Http404
    trainee = own_hours.own_trainee(request.user)
    require(permissions.can_submit(request.user, trainee))
    form = OutsideForm(request.POST or None, request.FILES or None)
    if done := submit(request, form, services.submit_course, trainee):
        return _saved(request, done.result, _("The course was submitted. It counts once it is verified."))
    context = {"form": form, "trainee": trainee, "back": reverse("training:own_training")}
    return render(request, "training/outside_submit.html", context)


@require_http_methods(["GET", "POST"])
def outside_enter(request: UserRequest, pk: UUID) -> HttpResponse:
    """Staff enter a course for somebody whose proof they have seen."""
    files = Trainee.objects.in_scope(request.user, *BUSINESS_ROLES).standing().select_related("person", "home_unit")
    trainee = get_object_or_404(files, pk=pk)
    require(permissions.can_enter(request.user, trainee))
    form = OutsideForm(request.POST or None, request.FILES or None, needs_proof=False)
    if done := submit(request, form, services.enter_course, trainee):
        return _saved(request, done.result, _("The course was entered and verified: its hours count."))
    context = {"form": form, "trainee": trainee, "back": reverse("training:hours_of", kwargs={"pk": trainee.pk})}
    return render(request, "training/outside_enter.html", context)


@require_http_methods(["GET", "POST"])
def outside_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Correct or complete a course that is not verified."""
    course = visible_course(request, pk)
    require(permissions.can_change(request.user, course))
    form = OutsideForm(request.POST or None, request.FILES or None, instance=course, needs_proof=False)
    proofs = files_of(services.PROOF, [course.pk])[course.pk]
    if people.is_own(request.user, course.trainee):
        form.fields["proofs"].required = not proofs
    if done := submit(request, form, services.change_course, course):
        return _saved(request, done.result, _("The course was changed."))
    context = {
        "form": form,
        "course": course,
        "proofs": proofs,
        "back": reverse("training:outside_detail", kwargs={"pk": pk}),
    }
    return render(request, "training/outside_edit.html", context)


@require_POST
def outside_verify_many(request: UserRequest) -> HttpResponse:
    """Name them, ask once, verify them as they were shown; what does not wait to be verified is left out."""
    if not permissions.can_see_board(request.user):
        raise Http404
    require(permissions.can_verify_many(request.user))
    is_confirmed = "confirmed" in request.POST
    seen = dict(versions_in(request.POST.getlist("pick")))
    courses = _chosen(request, seen)
    form = ChangeForm(request.POST if is_confirmed else None)
    if is_confirmed and (done := submit(request, form, outside_bulk.verify_many, courses, seen=seen)):
        count = len(done.result or ())
        text = ngettext("%(count)s course was verified.", "%(count)s courses were verified.", count)
        messages.success(request, text % {"count": count})
        return redirect("training:outside_list")
    waiting = outside_bulk.verifiable(courses)
    count = waiting.count()
    wanted = waiting.select_related("trainee__person").order_by("submitted_on", "pk")
    context = {
        "form": form,
        "courses": list(wanted[: outside_bulk.MOST]),
        "left_out": courses.count() - count,
        "later": max(count - outside_bulk.MOST, 0),
    }
    return render(request, "training/outside_verify_many.html", context)


def visible_course(request: UserRequest, pk: UUID) -> OutsideCourse:
    """A course that one sees at all; 404 where it is out of sight."""
    return get_object_or_404(OutsideCourse.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _saved(request: UserRequest, course: Any, text: str) -> HttpResponse:
    """On to the course; what lies on the same days is said as a hint."""
    messages.success(request, text)
    if course is None:
        return redirect("training:own_training")
    return redirect("training:outside_detail", pk=course.pk)


def _chosen(request: UserRequest, picked: Iterable[UUID]) -> Any:
    """Those picked, or all of the list in `query`; nothing beyond what one works on as staff."""
    here = OutsideCourse.objects.worked_on(request.user)
    if not request.POST.get("all"):
        return here.filter(pk__in=picked)
    found = filtered_outside(QueryDict(request.POST.get("query", "")), user=request.user)
    return here.filter(pk__in=found.qs.order_by().values("pk"))
