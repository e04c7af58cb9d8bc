"""The desk: what I must do, soonest first (UX.md)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from cadre_app.accounts.models import AccountKind
from cadre_app.core.http import UserRequest
from cadre_app.core.phones import SIMPLE_FRAME_KINDS
from cadre_app.desk.services import build_desk
from cadre_app.policy import values
from cadre_app.reminders.permissions import is_reminded

BOUNDARIES = {
    AccountKind.MENTOR: gettext_lazy("You see only those whom you mentor."),
    AccountKind.TRAINEE: gettext_lazy("You see only what is about you."),
    AccountKind.TRAINER: gettext_lazy("You see only the courses that you give."),
}


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """工作台 Desk of the signed-in person; mentors and trainees get their own page, made for the phone."""
    kind = AccountKind(request.user.kind)
    context: dict[str, Any] = {
        "desk": build_desk(request),
        "today": timezone.localdate(),
        "is_reminded": is_reminded(request.user),
        "boundary": BOUNDARIES.get(kind, ""),
        "contact_phone": values.CORE_CONTACT_PHONE.now(),
        "done_text": _("Nothing is due today."),
    }
    return render(request, "desk/phone.html" if kind in SIMPLE_FRAME_KINDS else "desk/home.html", context)
