"""到课登记 of one class: the sheet, the printed sheet, people who came without being on the roster."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.training import changes
from cadre_app.training.forms.attendance import AttendeeForm, SheetForm, filled
from cadre_app.training.lists.attendance import Line, lines_of, people_of, recorded_by
from cadre_app.training.models import Attendance, ClassMeeting, Presence
from cadre_app.training.models.choices import HELD
from cadre_app.training.papers import certificates
from cadre_app.training.permissions import attendance as permissions
from cadre_app.training.permissions import rooms
from cadre_app.training.services import attendance as services
from cadre_app.training.services import codes
from cadre_app.training.session_words import moment

EMPTY_LINES = 6


@require_http_methods(["GET", "POST"])
def attendance_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """Everybody on the roster with one tap each; saved at once, and again whenever something is to be corrected."""
    meeting = visible_meeting(request, pk)
    require(permissions.can_read(request.user, meeting.session))
    may_record = permissions.can_record(request.user, meeting.session)
    if request.method == "POST":
        require(may_record)
        return _record(request, meeting, lines_of(meeting, recorded_by(meeting.session, request.user)))
    if not may_record or services.problem_of(meeting):
        lines = lines_of(meeting, people_of(meeting.session, request.user))
        context = context_of(request, meeting) | {"lines": lines, "entries": _entries(request, meeting)}
        return render(request, "training/attendance_read.html", context)
    lines = lines_of(meeting, recorded_by(meeting.session, request.user))
    return _sheet(request, meeting, SheetForm(meeting=meeting, lines=lines))


@require_http_methods(["GET", "POST"])
def attendance_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """Somebody came without being on the roster."""
    meeting = visible_meeting(request, pk)
    require(permissions.can_add(request.user, meeting.session))
    form = AttendeeForm(request.POST or None, user=request.user)
    if submit(request, form, services.add_attendee, meeting):
        messages.success(request, _("The person is on the roster. Record their attendance now."))
        return redirect("training:attendance_list", pk=meeting.pk)
    return render(request, "training/attendance_add.html", context_of(request, meeting) | {"form": form})


@require_http_methods(["GET", "POST"])
def attendance_void(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take one record out that was made by mistake, with a reason."""
    rows = Attendance.objects.visible_to(request.user).standing().filter(meeting__session__voided_at=None)
    related = ("meeting__session__course", "meeting__session__teacher", "enrolment__trainee__person")
    row = get_object_or_404(rows.select_related(*related), pk=pk)
    require(permissions.can_take_out(request.user, row))
    if request.method == "GET" and (problem := services.stands(row.meeting)):
        messages.warning(request, problem)
        return redirect("training:attendance_list", pk=row.meeting_id)
    form = ReasonForm(request.POST or None, instance=row)
    if submit(request, form, services.void_attendance, row):
        messages.success(request, _("The record was taken out; attendance of this person is to be recorded again."))
        return redirect("training:attendance_list", pk=row.meeting_id)
    context = context_of(request, row.meeting) | {"form": form, "attendance": row}
    return render(request, "training/attendance_void.html", context)


@require_GET
def attendance_sheet(request: UserRequest, pk: UUID) -> HttpResponse:
    """打印到课登记册 The roster on paper, to be signed, with empty lines for whoever comes in addition."""
    meeting = visible_meeting(request, pk)
    require(permissions.can_read(request.user, meeting.session))
    places = people_of(meeting.session, request.user)
    more = range(len(places) + 1, len(places) + 1 + EMPTY_LINES)
    context = context_of(request, meeting) | {"places": places, "more": more, "today": timezone.localdate()}
    return render(request, "training/attendance_sheet.html", context)


def visible_meeting(request: UserRequest, pk: UUID) -> ClassMeeting:
    """A standing class in sight, with its session; 404 otherwise."""
    rows = ClassMeeting.objects.visible_to(request.user).standing().filter(session__voided_at=None)
    return get_object_or_404(rows.select_related("session__course", "session__teacher"), pk=pk)


def context_of(request: UserRequest, meeting: ClassMeeting) -> dict[str, object]:
    """What every page of a class shows and offers."""
    session, user = meeting.session, request.user
    return {
        "meeting": meeting,
        "session": session,
        "problem": services.problem_of(meeting),
        "may_record": permissions.can_record(user, session),
        "may_add": permissions.can_add(user, session) and session.is_coming,
        "uses_code": _takes_code_now(meeting) and permissions.can_show_code(user, session),
        "shows_code": codes.shows_code(meeting, timezone.now()),
    }


def _takes_code_now(meeting: ClassMeeting) -> bool:
    """On the day of the class until its end; the page says from when on."""
    now = timezone.now()
    is_day = meeting.held_on == timezone.localdate() and now < moment(meeting.held_on, meeting.ends_at)
    return is_day and codes.takes_code(meeting.session)


def _entries(request: UserRequest, meeting: ClassMeeting) -> list[Entry] | None:
    return changes.of_class(meeting, request.user) if rooms.can_read_changes(request.user) else None


def _record(request: UserRequest, meeting: ClassMeeting, lines: list[Line]) -> HttpResponse:
    fill = request.POST.get("fill", "")
    if fill in (Presence.PRESENT, Presence.ABSENT):
        return _sheet(request, meeting, SheetForm(filled(request.POST, lines, fill), meeting=meeting, lines=lines))
    form = SheetForm(request.POST, meeting=meeting, lines=lines)
    try:
        done = submit(request, form, services.record_attendance, meeting)
    except services.Contested as contested:
        form.tell(contested.rows)
        return _sheet(request, meeting, form, status=409)
    if done is None:
        return _sheet(request, meeting, form)
    text = ngettext(
        "Attendance of %(count)d person is recorded.", "Attendance of %(count)d people is recorded.", len(lines)
    )
    messages.success(request, text % {"count": len(lines)})
    if lapsed := certificates.lapsed_text(meeting.session, request.user) if meeting.session.state in HELD else "":
        messages.warning(request, lapsed)
    return redirect("training:attendance_list", pk=meeting.pk)


def _sheet(request: UserRequest, meeting: ClassMeeting, form: SheetForm, *, status: int = 200) -> HttpResponse:
    everybody = meeting.session.enrolments.attending().count()
    context = context_of(request, meeting) | {
        "form": form,
        "is_filled": form.is_bound and "fill" in form.data,
        "others": everybody - len(form.lines),
        "entries": _entries(request, meeting),
    }
    return render(request, "training/attendance_list.html", context, status=status)
