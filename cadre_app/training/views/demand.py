"""需求汇总 The demand board, and a session opened from one of its groups."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.filters.demand import demand_filter, groups_asked
from cadre_app.training.forms.openings import OpeningForm, initial_for
from cadre_app.training.links import link
from cadre_app.training.lists import demand, openings
from cadre_app.training.lists.demand_export import EXPORT
from cadre_app.training.lists.on_demand import table_of
from cadre_app.training.models import Course, CourseSession
from cadre_app.training.permissions import orders as permissions
from cadre_app.training.permissions.courses import can_change_course
from cadre_app.training.permissions.rooms import oversees, works_here
from cadre_app.training.rosters import unreached
from cadre_app.training.services.openings import open_from_orders
from cadre_app.training.tabs import tabs

SOME_NAMES = 10
WAITING, SCHEDULED, HELD = "", "scheduled", "held"


@require_GET
def demand_board(request: UserRequest) -> HttpResponse:
    """Groups of orders without a place; what is scheduled from them; what was held this year."""
    if not permissions.can_see_demand(request.user):
        raise Http404
    shown = request.GET.get("tab", WAITING)
    context = _board(request)
    if shown in (SCHEDULED, HELD):
        rows = demand.scheduled(request.user) if shown == SCHEDULED else context["held_rows"]
        context |= {"shown": shown, "table": table_of(request, rows, is_held=shown == HELD)}
        return render(request, "training/demand_sessions.html", context)
    return render(request, "training/demand_board.html", context)


@require_http_methods(["GET", "POST"])
def demand_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """开班 The board with one group chosen: who gets a place, when and where; on a phone only this."""
    if not permissions.can_see_demand(request.user):
        raise Http404
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    require(permissions.can_open_from(request.user, course))
    form, found = _form_of(request, course)
    if request.method == "POST" and "check" not in request.POST:
        if form.is_valid() and found.unseen:
            form.add_error(None, _clash_text(found.unseen))
        elif done := submit(request, form, open_from_orders, course):
            return _opened(request, done.result)
        else:
            found = _candidates(request, course, form)
    context = _board(request) | {
        "course": course,
        "form": form,
        "found": found,
        "may_keep": can_change_course(request.user, course),
        "number": _number(request),
    }
    return render(request, "training/demand_open.html", context)


def _board(request: UserRequest) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    asked = groups_asked(request.GET, user=user, forgiving=True)
    held = demand.held(user, today)
    query = request.GET.copy()
    query.pop("tab", None)
    return {
        "asked": asked,
        "filter": asked.filter,
        "limits": demand.limits_on(today),
        "held_rows": held,
        "held": held.count(),
        "scheduled": demand.scheduled(user).count(),
        "may_open": permissions.opens_sessions(user),
        "may_read_orders": permissions.can_see_orders(user),
        "query": query.urlencode(),
        "export_kind": EXPORT,
        "shown": WAITING,
        "tabs": tabs("training:demand_board") if oversees(user) else [],
    }


def _form_of(request: UserRequest, course: Course) -> tuple[OpeningForm, openings.Candidates]:
    """The form with its list of people: as proposed, or as it was sent."""
    taught = openings.taught_lately(course.kind, timezone.localdate())
    people = _group(request, course).order_by().values("trainee").distinct().count()
    initial = initial_for(
        people,
        demand.limits_on(timezone.localdate()).size,
        openings.last_place(course),
        openings.first_teacher(request.user, course, taught),
    )
    teachers = openings.teachers_for(request.user, course)
    offered = openings.plannable(request.user, course, request.POST.getlist("pick"))
    form = OpeningForm(
        request.POST or None,
        initial=initial,
        offered=offered,
        teachers=teachers,
        taught=taught,
        needs_teacher=not works_here(request.user),
    )
    return form, _candidates(request, course, form)


def _group(request: UserRequest, course: Course) -> Any:
    """The orders of the course that the board shows under the conditions of the page, as far as they are planned for."""
    shown = demand_filter(request.GET, user=request.user).qs.filter(course=course)
    return openings.planned_for(request.user, course, shown)


def _candidates(request: UserRequest, course: Course, form: OpeningForm) -> openings.Candidates:
    user, group = request.user, _group(request, course)
    if not form.is_bound:
        return openings.candidates_of(user, group, course, form.times, form.initial["capacity"])
    picked = {key for key, _version in form.picks}
    times = form.times
    capacity = form.cleaned_data.get("capacity") or 0
    return openings.candidates_of(user, group, course, times, capacity, picked=picked, known=form.known)


def _opened(request: UserRequest, session: CourseSession | None) -> HttpResponseRedirect:
    """To the session, with a word on who has a place and who waits."""
    if session is None:
        messages.success(request, _("The session is open already."))
        return redirect("training:demand_board")
    waiting = session.enrolments.waiting().count()
    text = ngettext(
        "The session is open: %(count)s person has a place",
        "The session is open: %(count)s people have a place",
        session.enrolled,
    )
    text %= {"count": session.enrolled}
    if waiting:
        text += ngettext(", %(count)s waits", ", %(count)s wait", waiting) % {"count": waiting}
    said = _("%(text)s. Everybody is told.") % {"text": text}
    if names := unreached(session):
        listed = _(", ").join(names[:SOME_NAMES])
        more = len(names) > SOME_NAMES
        known = {"text": text, "names": _("%(names)s and others") % {"names": listed} if more else listed}
        said = _("%(text)s. These have no account and are to be told by phone: %(names)s.") % known
    messages.success(request, said)
    page = link("session_detail", pk=session.pk)
    return redirect(page or f"{reverse('training:demand_board')}?tab={SCHEDULED}")


def _clash_text(names: list[str]) -> str:
    text = ngettext(
        "This person is not free at this time and is left out below: %(names)s. Pick them again to keep them, then confirm.",
        "These people are not free at this time and are left out below: %(names)s. Pick them again to keep them, then confirm.",
        len(names),
    )
    return text % {"names": _(", ").join(names)}


def _number(request: UserRequest) -> int:
    """Which session on demand of this year it would be."""
    today = timezone.localdate()
    opened: int = demand.opened_in(request.user, today.year).count()
    return opened + 1
