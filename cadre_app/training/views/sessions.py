"""班次安排: the list, one session, the teacher's own, the year."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.files.listing import files_of
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.training import session_year
from cadre_app.training.links import link
from cadre_app.training.lists.attendance import own_attendance
from cadre_app.training.lists.sessions import session_table
from cadre_app.training.lists.teaching import teaching
from cadre_app.training.materials import MATERIAL
from cadre_app.training.models import CourseKind, CourseSession, Enrolment, Place, SessionState
from cadre_app.training.panels.sessions import own_sessions
from cadre_app.training.permissions import rooms
from cadre_app.training.permissions import sessions as permissions
from cadre_app.training.permissions.courses import reads_course
from cadre_app.training.permissions.feedback import can_give_feedback, can_read_results
from cadre_app.training.permissions.rooms import is_in_development, is_teacher, oversees, works_here
from cadre_app.training.rosters import people_of
from cadre_app.training.rules.sessions import news, news_text
from cadre_app.training.services import feedback
from cadre_app.training.services.sign_up_checks import sign_up_refusal
from cadre_app.training.session_words import days_text, grades_text, place_mark, session_mark
from cadre_app.training.tabs import tabs
from cadre_app.training.views.session_pages import visible_session

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_NEWS = 20


@require_GET
def session_list(request: UserRequest) -> HttpResponse:
    """For business roles the table; for somebody in development what is open to sign-up and the own ones."""
    user = request.user
    if not oversees(user):
        if is_in_development(user):
            return render(request, "training/session_offers.html", own_sessions(user))
        if is_teacher(user):
            return redirect("training:session_mine")
        raise Http404
    table, found = session_table(request, user)
    context = {"table": table, "filter": found, "may_plan": works_here(user), "tabs": tabs("training:session_list")}
    return render(request, page_or_fragment(request, "training/session_list.html"), context)


@require_GET
def session_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """For business roles and its teacher the whole page; for somebody in development what concerns them."""
    user, session = request.user, visible_session(request, pk)
    context = _shown(user, session)
    if not permissions.sees_roster(user, session):
        return render(request, "training/session_own.html", context | _own(request, session))
    may_change = permissions.can_change(user, session)
    changes: Any = [session, *session.meetings.all()] if rooms.can_read_changes(user) else None
    context |= {
        "roster": people_of(session, user),
        "oversees": oversees(user),
        "results_url": link("result_list", pk=session.pk),
        "feedback_url": link("feedback_results", pk=session.pk) if can_read_results(user, session) else "",
        "next_step": _next_step(session) if may_change else "",
        "may_change": may_change,
        "may_add": permissions.can_add_people(user, session),
        "may_open": may_change and session.state == SessionState.PLANNED,
        "may_take_up": permissions.can_take_up(user, session),
        "may_void": permissions.can_void(user, session),
        "may_restore": permissions.can_restore(user, session),
        "may_add_material": permissions.can_add_material(user, session),
        "open_form": ChangeForm(instance=session),
        "entries": Entry.objects.about_any(changes).told() if changes is not None else None,
    }
    return render(request, "training/session_detail.html", context)


@require_GET
def session_mine(request: UserRequest) -> HttpResponse:
    """The teacher's own list: the next class first, one tap from its attendance."""
    if not is_teacher(request.user):
        raise Http404
    return render(request, "training/session_mine.html", teaching(request, request.user))


@require_GET
def session_calendar(request: UserRequest) -> HttpResponse:
    """The year by months, as far as one sees its sessions."""
    if not permissions.sees_sessions(request.user):
        raise Http404
    year = session_year.year_asked(request.GET.get("year", ""))
    part = session_year.part_asked(request.GET.get("part", ""))
    context = session_year.year_context(request.user, year, part) | {
        "tabs": tabs("training:session_calendar") if oversees(request.user) else [],
    }
    return render(request, "training/session_calendar.html", context)


@require_GET
def session_calendar_file(request: UserRequest) -> HttpResponse:
    """The same year as a file for the calendar on the own computer or phone."""
    if not permissions.sees_sessions(request.user):
        raise Http404
    year = session_year.year_asked(request.GET.get("year", ""))
    part = session_year.part_asked(request.GET.get("part", ""))
    sessions = session_year.sessions_in(request.user, year, part)
    visits = session_year.visits_in(request.user, year, part)
    return session_year.calendar_answer(sessions, visits, f"training-{year}.ics")


@require_GET
def session_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """One session for the own calendar."""
    session = visible_session(request, pk)
    return session_year.calendar_answer(
        CourseSession.objects.filter(pk=session.pk), [], f"training-{session.starts_on:%Y%m%d}.ics"
    )


def _shown(user: "User", session: CourseSession) -> dict[str, Any]:
    """What everybody sees of a session that they see."""
    classes = [(meeting, link("attendance_list", pk=meeting.pk)) for meeting in session.meetings.standing()]
    return {
        "session": session,
        "mark": session_mark(session),
        "days": days_text(session),
        "grades": grades_text(session.grades),
        "roster": None,
        "may_change": False,
        "may_add_material": False,
        "classes": classes,
        "materials": files_of(MATERIAL, [session.pk])[session.pk],
        "today": timezone.localdate(),
        "course_url": link("course_detail", pk=session.course_id) if reads_course(user, session.course) else "",
        "results_url": "",
        "feedback_url": "",
        "exercises_url": link("exercise_list", pk=session.pk) if session.kind == CourseKind.SAND_TABLE else "",
    }


def _next_step(session: CourseSession) -> str:
    """What comes next for those who plan."""
    today = timezone.localdate()
    if session.ends_on < today:
        return _("All classes are over: record the attendance, then finish the session.")
    if session.state == SessionState.PLANNED:
        return _("Planned: nobody is told yet. Put people on the roster, then open the session.")
    if not session.enrolled:
        return _("Nobody is on the roster yet: add people, or let them sign up.")
    return ""


def _own(request: UserRequest, session: CourseSession) -> dict[str, Any]:
    """The own place, and what can be done about it."""
    user, today = request.user, timezone.localdate()
    own = Enrolment.objects.standing().filter(session=session, trainee__person__account=user)
    mine = own.select_related("session", "trainee__person").first()
    begins_later = session.starts_on > today and session.is_coming
    stands = mine is not None and mine.place != Place.DECLINED
    has_place = mine is not None and mine.has_place
    trainee = Trainee.objects.in_development().filter(person__account=user).first()
    takes = session.takes_sign_ups and session.is_coming and not stands and trainee is not None
    refusal = sign_up_refusal(session, trainee) if takes and trainee is not None else ""
    is_news = session.state != SessionState.PLANNED and session.ends_on >= today
    return {
        "mine": mine,
        "mark": session_mark(session, is_work=False),
        "own_mark": place_mark(mine) if mine is not None else None,
        "may_sign_up": takes and not refusal and permissions.can_sign_up(user, session),
        "refusal": refusal,
        "may_decline": stands and begins_later,
        "news": _news(mine) if is_news else [],
        "may_note": mine is not None and mine.told_at is None and is_news and not mine.outcome,
        "own_attendance": own_attendance(mine) if mine is not None and has_place else [],
        "materials": files_of(MATERIAL, [session.pk])[session.pk] if has_place else [],
        "in_calendar": has_place and session.state != SessionState.CANCELLED,
        "form_url": link("feedback_form", pk=mine.pk) if mine is not None and _awaits_feedback(user, mine) else "",
    }


def _awaits_feedback(user: "User", mine: Enrolment) -> bool:
    """The sheet is asked for, is still taken, and has not been handed in."""
    is_taken = can_give_feedback(user, mine) and feedback.is_open(mine.session, timezone.localdate())
    return is_taken and not feedback.is_given(mine)


def _news(mine: Enrolment | None) -> list[str]:
    """What the person has not taken note of yet."""
    if mine is None or mine.told_at is not None:
        return []
    rows = news().filter(enrolment=mine, closed_at=None).order_by("told_on", "pk")
    return [news_text(row) for row in rows[:MOST_NEWS]]
