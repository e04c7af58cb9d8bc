"""课程目录 The catalogue: as a table for those who plan, as cards for those who choose; one course; its changes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry
from cadre_app.training.filters.courses import OfferedFilter, filtered_courses, with_teachers
from cadre_app.training.forms.courses import CourseForm
from cadre_app.training.links import link
from cadre_app.training.lists.courses import COURSE_COLUMNS, EXPORT, meant_for, state_of
from cadre_app.training.models import Course, CourseKind, CourseSession, Order
from cadre_app.training.permissions import courses as permissions
from cadre_app.training.permissions import rooms
from cadre_app.training.permissions.rooms import is_in_development, oversees, works_here
from cadre_app.training.services import courses as services
from cadre_app.training.tabs import tabs

SESSIONS_SHOWN = 10


@require_GET
def course_list(request: UserRequest) -> HttpResponse:
    """Everything as a table for business roles and teachers; cards of what is offered for those in development."""
    user = request.user
    if not permissions.can_see_catalogue(user):
        raise Http404
    if not permissions.can_see_preparation(user):
        return _offered(request)
    found = filtered_courses(request.GET, user=user)
    may_add = permissions.can_keep_catalogue(user)
    empty = Empty(
        _("No courses yet."),
        _("Enter the courses that the department and the Party school give."),
        reverse("training:course_new") if may_add else "",
        _("New course"),
    )
    export = EXPORT if oversees(user) else ""
    table = Table(
        request, found.qs, COURSE_COLUMNS, name="courses", empty=empty, default_sort="kind", export_kind=export
    )
    context = {"table": table, "filter": found, "may_add": may_add}
    context["tabs"] = tabs("training:course_list") if oversees(user) else []
    return render(request, page_or_fragment(request, "training/course_list.html"), context)


@require_GET
def course_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One course: outline, for whom, teachers, materials, its sessions, and how many order it."""
    user = request.user
    course = get_object_or_404(with_teachers(Course.objects.visible_to(user)), pk=pk)
    works, overseeing = works_here(user), oversees(user)
    materials = StoredFile.objects.of(services.MATERIAL, [pk])
    sessions = CourseSession.objects.visible_to(user).standing().filter(course=course).select_related("teacher")
    context = {
        "course": course,
        "audience": meant_for(course),
        "mark": state_of(course),
        "materials": list(materials),
        "removed": _removed(course) if works and not course.is_voided else [],
        "sessions": list(sessions.order_by("-starts_on", "pk")[:SESSIONS_SHOWN]),
        "orders": Order.objects.visible_to(user).live().filter(course=course).count() if overseeing else None,
        "order_url": link("order_own") if is_in_development(user) and _is_ordered(course) else "",
        "may_change": permissions.can_change_course(user, course),
        "may_restore": permissions.can_restore_course(user, course),
        "entries": Entry.objects.about(course).told() if rooms.can_read_changes(user) else None,
    }
    return render(request, "training/course_detail.html", context)


@require_http_methods(["GET", "POST"])
def course_new(request: UserRequest) -> HttpResponse:
    require(permissions.can_keep_catalogue(request.user))
    form = CourseForm(request.POST or None)
    if done := submit(request, form, services.create_course):
        messages.success(request, _("The course was added to the catalogue."))
        return redirect("training:course_detail", pk=done.result.pk)
    return render(request, "training/course_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def course_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    course = changeable_course(request, pk)
    form = CourseForm(request.POST or None, instance=course)
    if submit(request, form, services.change_course, course):
        messages.success(request, _("The course was changed."))
        return redirect("training:course_detail", pk=pk)
    return render(request, "training/course_edit.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
def course_close(request: UserRequest, pk: UUID) -> HttpResponse:
    course = changeable_course(request, pk)
    form = ReasonForm(request.POST or None, instance=course)
    if submit(request, form, services.close_course, course):
        messages.success(request, _("The course is no longer offered."))
        return redirect("training:course_detail", pk=pk)
    return render(request, "training/course_close.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
def course_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    course = changeable_course(request, pk)
    form = RestoreForm(request.POST or None, instance=course)
    if submit(request, form, services.reopen_course, course):
        messages.success(request, _("The course is offered again."))
        return redirect("training:course_detail", pk=pk)
    return render(request, "training/course_reopen.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
def course_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """Only what nothing points to; else the page says what does, and offers to close the course."""
    course = changeable_course(request, pk)
    form = ReasonForm(request.POST or None, instance=course)
    if submit(request, form, services.void_course, course):
        messages.success(request, _("The course was voided. It can be restored."))
        return redirect("training:course_detail", pk=pk)
    context = {"form": form, "course": course, "pointing": services.what_points_to(course)}
    return render(request, "training/course_void.html", context)


@require_http_methods(["GET", "POST"])
def course_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    require(permissions.can_restore_course(request.user, course))
    form = RestoreForm(request.POST or None, instance=course)
    if submit(request, form, services.restore_course, course):
        messages.success(request, _("The course was restored."))
        return redirect("training:course_detail", pk=pk)
    return render(request, "training/course_restore.html", {"form": form, "course": course})


def changeable_course(request: UserRequest, pk: UUID) -> Course:
    """The course, or 404; 403 for whoever may not change it."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    require(permissions.can_change_course(request.user, course))
    return course


def _offered(request: UserRequest) -> HttpResponse:
    """Cards by kind, for the phone."""
    courses = with_teachers(Course.objects.visible_to(request.user).offered())
    found = OfferedFilter(request.GET, queryset=courses.order_by("kind", "title", "pk"))
    cards = [(course, meant_for(course)) for course in found.qs]
    context = {"cards": cards, "filter": found}
    return render(request, page_or_fragment(request, "training/course_offered.html"), context)


def _removed(course: Course) -> list[StoredFile]:
    """Materials that were taken away and can be brought back."""
    gone = StoredFile.objects.filter(kind=services.MATERIAL, owner_id=course.pk, emptied_at=None)
    return list(gone.exclude(voided_at=None).order_by("created_at", "pk"))


def _is_ordered(course: Course) -> bool:
    return course.is_offered and course.kind != CourseKind.INDUCTION
