"""班次: opened, changed, cancelled, taken up again, voided; its classes and materials."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.training.forms.rosters import DeclineForm
from cadre_app.training.forms.sessions import MaterialForm, MeetingForm, NewSessionForm, SessionForm
from cadre_app.training.materials import MATERIAL
from cadre_app.training.models import Camp, Course, CourseKind, Programme
from cadre_app.training.permissions import sessions as permissions
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.services import materials, meetings
from cadre_app.training.services import sessions as services
from cadre_app.training.views.session_pages import changeable_meeting, changeable_session, session_form, visible_session

PLACES = 40


@require_http_methods(["GET", "POST"])
def session_new(request: UserRequest) -> HttpResponse:
    """排成班次 A course given on certain days; `?course=` names it."""
    if not oversees(request.user):
        raise Http404
    require(permissions.can_plan(request.user))
    form = NewSessionForm(request.POST or None, initial=_proposed(_course(request)))
    if done := submit(request, form, services.create_session):
        messages.success(request, _("The session is entered. Now put people on its roster."))
        return redirect("training:session_detail", pk=done.result.pk)
    return render(request, "training/session_new.html", {"form": form, "back": reverse("training:session_list")})


@require_http_methods(["GET", "POST"])
def session_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    session = changeable_session(request, pk)
    form = SessionForm(request.POST or None, instance=session)
    page = Page(_("Edit the session"), _("The session was changed."))
    return session_form(request, session, form, services.change_session, page)


@require_POST
def session_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """A planned session is fixed, and its roster told."""
    session = changeable_session(request, pk)
    form = ChangeForm(request.POST, instance=session)
    page = Page(
        _("Open the session"), _("The session is open; those on its roster are told."), _("Open the session"),
        question=_("Open this session?"), consequence=_("Those on its roster are told."),
    )  # fmt: skip
    return session_form(request, session, form, services.open_session, page)


@require_http_methods(["GET", "POST"])
def session_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    session = changeable_session(request, pk)
    form = DeclineForm(request.POST or None, instance=session)
    page = Page(
        _("Cancel the session"), _("The session was cancelled; everybody on its roster is told."),
        _("Cancel the session"), question=_("Cancel this session?"),
        consequence=_("Everybody on the roster and on the waiting list reads the reason; their orders are open again."),
        danger=True,
    )  # fmt: skip
    return session_form(request, session, form, services.cancel_session, page)


@require_http_methods(["GET", "POST"])
def session_take_up(request: UserRequest, pk: UUID) -> HttpResponse:
    """A cancelled session is held after all."""
    session = visible_session(request, pk)
    require(permissions.can_take_up(request.user, session))
    form = RestoreForm(request.POST or None, instance=session)
    page = Page(
        _("Take the session up again"), _("The session is open again; everybody on its roster is told."),
        _("Take up again"), question=_("Take this session up again?"),
        consequence=_("All classes are over: nobody is told. Record the attendance next.")
        if session.ends_on < timezone.localdate()
        else _(
            "Everybody on the roster and on the waiting list is told. Whoever has a place in another session of this course, "
            "or whose order was closed meanwhile, is left out."
        ),
    )  # fmt: skip
    return session_form(request, session, form, services.reopen_session, page)


@require_http_methods(["GET", "POST"])
def session_void(request: UserRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(permissions.can_void(request.user, session))
    form = ReasonForm(request.POST or None, instance=session)
    page = Page(
        _("Void the session"), _("The session was voided."), _("Void"), question=_("Void this session?"),
        consequence=_("For one that was entered by mistake. It is kept and can be restored."), danger=True,
    )  # fmt: skip
    return session_form(request, session, form, services.void_session, page)


@require_http_methods(["GET", "POST"])
def session_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(permissions.can_restore(request.user, session))
    form = RestoreForm(request.POST or None, instance=session)
    page = Page(_("Restore the session"), _("The session was restored."), _("Restore"), _("Restore this session?"))
    return session_form(request, session, form, services.restore_session, page)


@require_http_methods(["GET", "POST"])
def meeting_new(request: UserRequest, pk: UUID) -> HttpResponse:
    session = changeable_session(request, pk)
    last = session.meetings.standing().last()
    initial = {"starts_at": last.starts_at, "ends_at": last.ends_at, "hours": last.hours} if last else {}
    form = MeetingForm(request.POST or None, session=session, user=request.user, initial=initial)
    page = Page(_("Add a class"), _("The class was added."))
    return session_form(request, session, form, meetings.add_meeting, page)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Move a class, or correct it."""
    meeting = changeable_meeting(request, pk)
    form = MeetingForm(request.POST or None, instance=meeting, session=meeting.session, user=request.user)
    page = Page(_("Move or change the class"), _("The class was changed."))
    return session_form(request, meeting.session, form, meetings.change_meeting, page, meeting)


@require_http_methods(["GET", "POST"])
def meeting_void(request: UserRequest, pk: UUID) -> HttpResponse:
    meeting = changeable_meeting(request, pk)
    form = ReasonForm(request.POST or None, instance=meeting)
    page = Page(
        _("Take the class out"), _("The class was taken out."), _("Take out"), question=_("Take this class out?"),
        consequence=str(meeting), danger=True,
    )  # fmt: skip
    return session_form(request, meeting.session, form, meetings.void_meeting, page, meeting)


@require_http_methods(["GET", "POST"])
def material_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """Files for those on the roster."""
    session = visible_session(request, pk)
    require(permissions.can_add_material(request.user, session))
    form = MaterialForm(request.POST or None, request.FILES or None)
    page = Page(_("Add materials"), _("The materials were added."), _("Upload"))
    return session_form(request, session, form, materials.add_materials, page)


@require_http_methods(["GET", "POST"])
def material_remove(request: UserRequest, pk: UUID, file: UUID) -> HttpResponse:
    session = visible_session(request, pk)
    require(permissions.can_add_material(request.user, session))
    found = get_object_or_404(StoredFile.objects.of(MATERIAL, [session.pk]), pk=file)
    form = ReasonForm(request.POST or None, instance=found)
    page = Page(
        _("Remove the file"), _("The file was removed."), _("Remove"), question=_("Remove this file?"),
        consequence=found.name, danger=True,
    )  # fmt: skip
    return session_form(request, session, form, materials.remove_material, page, session, file=found)


def _course(request: UserRequest) -> Course | None:
    key = request.GET.get("course", "")
    try:
        return Course.objects.offered().filter(pk=key).first() if key else None
    except ValidationError:
        return None


def _proposed(course: Course | None) -> dict[str, Any]:
    """What a course and the camp that runs propose for a new session."""
    today = timezone.localdate()
    camp = Camp.objects.begun(today).first()
    found: dict[str, Any] = {"capacity": PLACES, "programme": Programme.OTHER}
    if course is None:
        return found
    found |= {"course": course.pk, "hours": course.hours, "mode": course.mode}
    teachers = list(course.teachers.all()[:2])
    if len(teachers) == 1:
        found["teacher"] = teachers[0].pk
    if course.kind == CourseKind.INDUCTION:
        return found | {"programme": Programme.INDUCTION}
    if course.grades and camp is not None:
        return found | {"programme": Programme.CAMP, "camp": camp.pk, "grades": course.grades}
    return found | {"programme": Programme.ADVANCED if course.for_advanced else Programme.OTHER}
