"""What came of a symposium: minutes, remarks, problems."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.care import permissions
from cadre_app.care.forms.symposiums import MinutesForm, RemarkForm, SymposiumProblemForm
from cadre_app.care.models import Presence, Remark, Symposium
from cadre_app.care.policies import PROBLEM_DAYS
from cadre_app.care.services import problems, symposiums
from cadre_app.care.services import remarks as services
from cadre_app.care.services.sources import handlers_for
from cadre_app.care.views.meeting_pages import changeable_symposium, meeting_form
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.people.models import Trainee


@require_http_methods(["GET", "POST"])
def symposium_minutes(request: UserRequest, pk: UUID) -> HttpResponse:
    """会议纪要."""
    symposium = changeable_symposium(request, pk)
    form = MinutesForm(request.POST or None, instance=symposium)
    page = Page(_("Write the minutes"), _("The minutes are saved."))
    return meeting_form(request, symposium, form, symposiums.write_minutes, page)


@require_http_methods(["GET", "POST"])
def remark_new(request: UserRequest, pk: UUID) -> HttpResponse:
    symposium = changeable_symposium(request, pk)
    form = RemarkForm(request.POST or None, people=_people(symposium, present=True))
    page = Page(_("Enter a remark"), _("The remark is entered."))
    return meeting_form(request, symposium, form, services.add_remark, page)


@require_http_methods(["GET", "POST"])
def remark_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    remark = _remark(request, pk)
    people = _people(remark.symposium, present=True)
    form = RemarkForm(request.POST or None, instance=remark, people=people)
    page = Page(pgettext("symposium", "Edit the remark"), pgettext("symposium", "The remark was changed."))
    return meeting_form(request, remark.symposium, form, services.change_remark, page, remark)


@require_http_methods(["GET", "POST"])
def remark_void(request: UserRequest, pk: UUID) -> HttpResponse:
    remark = _remark(request, pk)
    form = ReasonForm(request.POST or None, instance=remark)
    page = Page(
        _("Void the remark"), _("The remark was voided."), _("Void"), question=_("Void this remark?"),
        consequence=remark.text, danger=True,
    )  # fmt: skip
    return meeting_form(request, remark.symposium, form, services.void_remark, page, remark)


@require_http_methods(["GET", "POST"])
def symposium_problem_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was raised at this symposium, by somebody or without a name."""
    symposium = changeable_symposium(request, pk)
    form = SymposiumProblemForm(
        request.POST or None,
        workers=handlers_for(symposium, None),
        people=_people(symposium),
        initial={"due_on": timezone.localdate() + timedelta(days=PROBLEM_DAYS.now())},
    )
    page = Page(_("Enter a problem"), _("The problem is entered."))
    return meeting_form(request, symposium, form, problems.add_problem, page)


def _remark(request: UserRequest, pk: UUID) -> Remark:
    rows = Remark.objects.visible_to(request.user).standing().filter(symposium__voided_at=None)
    remark = get_object_or_404(rows.select_related("symposium__unit").defer("symposium__note"), pk=pk)
    require(permissions.can_change_symposium(request.user, remark.symposium))
    return remark


def _people(symposium: Symposium, *, present: bool = False) -> Any:
    rows = symposium.invitations.standing()
    if present:
        rows = rows.filter(presence=Presence.PRESENT)
    files = Trainee.objects.standing().filter(pk__in=rows.values("trainee"))
    return files.select_related("person", "home_unit").order_by("stroke_key", "pk")
