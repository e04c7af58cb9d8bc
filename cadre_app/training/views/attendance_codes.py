"""到课码: the screen of a class that shows it, and the page of whoever scans it."""

from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import Refusal, UserRequest, page_or_fragment, refuse, require
from cadre_app.core.submit import submit
from cadre_app.people.models.persons import own_keys
from cadre_app.training.forms.attendance import CodeForm
from cadre_app.training.models import Attendance, ClassMeeting
from cadre_app.training.models.choices import CAME
from cadre_app.training.permissions import attendance as permissions
from cadre_app.training.services import codes
from cadre_app.training.views.attendance import context_of, visible_meeting

QUIET_ZONE = 4


@never_cache
@require_http_methods(["GET", "POST"])
def attendance_code(request: UserRequest, pk: UUID) -> HttpResponse:
    """Opened for some minutes by staff or the teacher; the code on it changes by itself (a poll is no activity)."""
    meeting = visible_meeting(request, pk)
    require(permissions.can_show_code(request.user, meeting.session))
    if not codes.takes_code(meeting.session):
        refuse(request, _refusal(meeting))
    form = CodeForm(request.POST or None, user=request.user)
    if submit(request, form, codes.open_code, meeting):
        return redirect("training:attendance_code", pk=pk)
    when = "" if codes.is_time(meeting, timezone.now()) else codes.time_text(meeting)
    context = context_of(request, meeting) | {"form": form, "when": when}
    if context["shows_code"]:
        now = timezone.now()
        token = codes.token_for(meeting, now)
        url = request.build_absolute_uri(reverse("training:attendance_in", kwargs={"token": token.text}))
        signed = Attendance.objects.standing().filter(meeting=meeting).count()
        context |= {"drawing": drawn(url), "link": url, "seconds": token.seconds, "signed": signed}
    return render(request, page_or_fragment(request, "training/attendance_code.html"), context)


@require_POST
def attendance_code_close(request: UserRequest, pk: UUID) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    require(permissions.can_show_code(request.user, meeting.session))
    codes.close_code(meeting, actor=request.user)
    return redirect("training:attendance_list", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def attendance_in(request: UserRequest, token: str) -> HttpResponse:
    """What the code leads to: one large button for whoever is on the roster."""
    now = timezone.now()
    try:
        if request.method == "POST":
            meeting = codes.meeting_of_ticket(request.POST.get("ticket", ""), request.user, now)
        else:
            meeting = codes.meeting_of(token, now)
        return _signed_in(request, meeting)
    except codes.Expired:
        return render(request, "training/attendance_expired.html", status=410)


def drawn(url: str) -> SafeString:
    """The code of a link as a drawing that stands in the page: no script, no style, nothing loaded from elsewhere."""
    code = segno.make(url, error="m", micro=False)
    return mark_safe(  # noqa: S308
        code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    )


def _signed_in(request: UserRequest, meeting: ClassMeeting) -> HttpResponse:
    """The button, and after it was pressed what is recorded."""
    form = ChangeForm(request.POST or None)
    own = own_keys(request.user)[1]
    done = submit(request, form, codes.sign_in, meeting, trainee=own)
    known = done.result if done else _known(meeting, own)
    context = {"form": form, "meeting": meeting, "session": meeting.session, "attendance": known}
    context |= {"came": known is not None and known.presence in CAME}
    if known is None:
        why = _why_not(request, meeting, own)
        context |= {"ticket": codes.ticket_for(meeting, request.user), "why": why}
    return render(request, "training/attendance_in.html", context)


def _known(meeting: ClassMeeting, own: UUID | None) -> Attendance | None:
    return Attendance.objects.standing().filter(meeting=meeting, enrolment__trainee=own).first() if own else None


def _why_not(request: UserRequest, meeting: ClassMeeting, own: UUID | None) -> str:
    """Why there is no button; empty for those on the roster who do not show codes here."""
    is_there = own is not None and meeting.session.enrolments.enrolled().filter(trainee=own).exists()
    if not is_there:
        return str(codes.STRANGER)
    return str(codes.OWN_CODE) if permissions.can_show_code(request.user, meeting.session) else ""


def _refusal(meeting: ClassMeeting) -> Refusal:
    return Refusal(
        title=_("No code for this session"),
        why=_("Attendance of this session is not taken by code."),
        advice=_("Take it by list."),
        ways=((reverse("training:attendance_list", kwargs={"pk": meeting.pk}), _("Record attendance")),),
    )
