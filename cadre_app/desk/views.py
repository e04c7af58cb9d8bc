"""The desk: what I must do, soonest first (UX.md)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.accounts.models import AccountKind
from cadre_app.core.http import UserRequest
from cadre_app.desk.services import build_desk

PHONE_KINDS = (AccountKind.MENTOR, AccountKind.TRAINEE)


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """工作台 Desk of the signed-in person; mentors and trainees get their own page, made for the phone."""
    page = "desk/phone.html" if request.user.kind in PHONE_KINDS else "desk/home.html"
    return render(request, page, {"desk": build_desk(request), "today": timezone.localdate()})
