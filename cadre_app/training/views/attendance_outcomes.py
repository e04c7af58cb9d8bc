"""A session over all its classes: who came, what it was for everybody, and their hours."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.lists.attendance import courses_of, remarks_of
from cadre_app.training.models import CourseSession, Outcome, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.papers import certificates
from cadre_app.training.permissions import attendance as permissions
from cadre_app.training.services import outcomes as services
from cadre_app.training.services.attendance import problem_of
from cadre_app.training.session_words import session_mark


@require_GET
def session_attendance(request: UserRequest, pk: UUID) -> HttpResponse:
    """All classes and everybody on the roster, with what is to be done next."""
    session = readable_session(request, pk)
    meetings = list(session.meetings.standing())
    user = request.user
    may_record = permissions.can_record(user, session)
    for meeting in meetings:
        meeting.session = session
    gaps = {gap.meeting.pk: gap for gap in services.gaps(session)}
    context = {
        "session": session,
        "mark": session_mark(session),
        "meetings": [(meeting, gaps.get(meeting.pk), may_record and not problem_of(meeting)) for meeting in meetings],
        "courses": courses_of(session, meetings, user),
        "remarks": remarks_of(session, user),
        "may_finish": session.state in COMING and services.are_over(meetings) and permissions.can_finish(user, session),
        "may_post": session.state in (SessionState.FINISHED, SessionState.POSTED)
        and permissions.can_post(user, session),
        "is_finished": session.state == SessionState.FINISHED,
        "is_posted": session.state == SessionState.POSTED,
    }
    return render(request, "training/attendance_session.html", context)


@require_http_methods(["GET", "POST"])
def session_finish(request: UserRequest, pk: UUID) -> HttpResponse:
    """办结 What the session is for everybody, shown before it is settled."""
    session = readable_session(request, pk)
    require(permissions.can_finish(request.user, session))
    if not takes(request, session, services.FINISH, services.too_early(session)):
        return redirect("training:session_attendance", pk=pk)
    form = ChangeForm(request.POST or None, instance=session)
    if submit(request, form, services.finish_session, session):
        messages.success(request, _("The session is finished."))
        return redirect("training:session_attendance", pk=pk)
    courses = courses_of(session, list(session.meetings.standing()), request.user)
    context = {
        "form": form,
        "session": session,
        "gaps": services.gaps(session),
        "completed": sum(1 for each in courses if each.expected == Outcome.COMPLETED),
        "others": [each for each in courses if each.expected != Outcome.COMPLETED],
    }
    return render(request, "training/attendance_finish.html", context)


@require_http_methods(["GET", "POST"])
def session_unfinish(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take the finishing back, with a reason."""
    session = readable_session(request, pk)
    require(permissions.can_finish(request.user, session))
    if not takes(request, session, services.UNFINISH):
        return redirect("training:session_attendance", pk=pk)
    form = ReasonForm(request.POST or None, instance=session)
    if submit(request, form, services.unfinish_session, session):
        messages.success(request, _("The session is open again."))
        return redirect("training:session_attendance", pk=pk)
    context = {"form": form, "session": session, "is_numbered": certificates.is_numbered(session)}
    return render(request, "training/attendance_unfinish.html", context)


@require_http_methods(["GET", "POST"])
def session_post(request: UserRequest, pk: UUID) -> HttpResponse:
    """学时入档 The hours of everybody who completed the session go into their files."""
    session = readable_session(request, pk)
    require(permissions.can_post(request.user, session))
    if not takes(request, session, services.POST):
        return redirect("training:session_attendance", pk=pk)
    form = ChangeForm(request.POST or None, instance=session)
    if submit(request, form, services.post_hours, session):
        messages.success(request, _("The training hours are posted."))
        return redirect("training:session_attendance", pk=pk)
    count = session.enrolments.attending().filter(outcome=Outcome.COMPLETED).count()
    return render(request, "training/attendance_post.html", {"form": form, "session": session, "count": count})


@require_http_methods(["GET", "POST"])
def session_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take posted hours back, with a reason; afterwards attendance can be corrected."""
    session = readable_session(request, pk)
    require(permissions.can_post(request.user, session))
    if not takes(request, session, services.TAKE_BACK):
        return redirect("training:session_attendance", pk=pk)
    form = ReasonForm(request.POST or None, instance=session)
    if submit(request, form, services.take_back_hours, session):
        messages.success(request, _("The training hours are taken back. Attendance can be corrected now."))
        return redirect("training:session_attendance", pk=pk)
    return render(request, "training/attendance_take_back.html", {"form": form, "session": session})


def takes(request: UserRequest, session: CourseSession, step: services.Step, problem: str = "") -> bool:
    """Whether the page of a step is shown: whoever follows an old link to it is told why not, by the state or another
    `problem`. What was sent meets the service.
    """
    why = problem if session.state in step.states else str(step.why)
    if request.method == "POST" or not why:
        return True
    messages.warning(request, why)
    return False


def readable_session(request: UserRequest, pk: UUID) -> CourseSession:
    """A standing session in sight: 404 where it is not, 403 for those who are only on its roster."""
    rows = CourseSession.objects.visible_to(request.user).standing()
    session = get_object_or_404(rows.select_related("course", "teacher"), pk=pk)
    require(permissions.can_read(request.user, session))
    return session
