"""The session, class or place that a page is about, and the two kinds of pages that most of them are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment
from cadre_app.training.permissions import sessions as permissions

RELATED = ("course", "teacher", "camp")


def visible_session(request: UserRequest, pk: UUID) -> CourseSession:
    """A session that one sees at all; 404 where it is out of sight."""
    return get_object_or_404(CourseSession.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def changeable_session(request: UserRequest, pk: UUID) -> CourseSession:
    """A planned or open session that one changes as a whole; 403 where others work for somebody on its roster."""
    session = visible_session(request, pk)
    require(permissions.can_change(request.user, session))
    return session


def fillable_session(request: UserRequest, pk: UUID) -> CourseSession:
    """A planned or open session on whose roster one puts people."""
    session = visible_session(request, pk)
    require(permissions.can_add_people(request.user, session))
    return session


def changeable_meeting(request: UserRequest, pk: UUID) -> ClassMeeting:
    """A class of a session that one changes as a whole."""
    found = ClassMeeting.objects.visible_to(request.user).standing()
    related = [f"session__{name}" for name in RELATED]
    meeting = get_object_or_404(found.select_related("session", *related), pk=pk)
    require(permissions.can_change(request.user, meeting.session))
    return meeting


def visible_place(request: UserRequest, pk: UUID) -> Enrolment:
    """Somebody's place that one sees at all."""
    found = Enrolment.objects.visible_to(request.user).standing()
    related = ("session__course", "session__teacher", "trainee__person", "trainee__home_unit")
    return get_object_or_404(found.select_related(*related), pk=pk)


def session_form(
    request: UserRequest,
    session: CourseSession,
    form: BaseForm,
    service: Callable[..., Any],
    page: Page,
    *objects: Any,
    **extra: Any,
) -> HttpResponse:
    """A page with one form about a session (or `objects` of it); back on the session when it is done."""
    if submit(request, form, service, *(objects or (session,)), **extra):
        messages.success(request, page.said)
        return redirect("training:session_detail", pk=session.pk)
    return shown_form(request, session, form, page)


def shown_form(request: UserRequest, session: CourseSession, form: BaseForm, page: Page) -> HttpResponse:
    """The page with its form, as it is or as it came back."""
    template = "training/session_confirm.html" if page.question else "training/session_form.html"
    back = reverse("training:session_detail", kwargs={"pk": session.pk})
    return render(request, template, {"form": form, "page": page, "session": session, "back": back} | page.extra)
