"""Who is on the list of a symposium: chosen, taken off, their answers, attendance and the sign-in sheet."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.filters_meetings import people, people_of
from cadre_app.care.forms.symposiums import AnswerForm, AttendanceForm
from cadre_app.care.lists_meetings import people_table
from cadre_app.care.models import Invitation, Symposium
from cadre_app.care.services import invitations as services
from cadre_app.care.views.meeting_pages import about_symposium, changeable_symposium, meeting_form
from cadre_app.care.wording_meetings import time_text
from cadre_app.core.busy import clashes
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee
from cadre_app.people.roster.picks import picked_keys

EMPTY_LINES = 5


@require_GET
def symposium_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """People by unit, kind, year, grade or name, to be picked from."""
    symposium = changeable_symposium(request, pk)
    table, found = people_table(request, request.user, symposium)
    context = {"symposium": symposium, "table": table, "filter": found, "about": about_symposium(symposium)}
    return render(request, page_or_fragment(request, "care/symposium_add.html"), context)


@require_POST
def symposium_place(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say who it is and who is taken at that time, ask once, put them on the list."""
    symposium = changeable_symposium(request, pk)
    is_confirmed = "confirmed" in request.POST
    form = ChangeForm(request.POST if is_confirmed else None)
    chosen = _chosen(request, symposium)
    if is_confirmed and (done := submit(request, form, services.invite_many, symposium, trainees=chosen)):
        count = len(done.result or ())
        text = ngettext("%(count)s person was put on the list.", "%(count)s people were put on the list.", count)
        messages.success(request, text % {"count": count})
        return redirect("care:symposium_detail", pk=pk)
    files = list(chosen.order_by("stroke_key", "pk")[: services.MOST])
    taken = clashes({file.pk for file in files}, *symposium.span, but=[symposium.pk])
    context = {
        "symposium": symposium,
        "about": about_symposium(symposium),
        "is_ahead": not symposium.has_begun,
        "form": form,
        "people": files,
        "clashing": [(file, taken[file.pk]) for file in files if file.pk in taken],
        "keys": [] if request.POST.get("all") else picked_keys(request.POST),
        "query": request.POST.get("query", ""),
        "all": bool(request.POST.get("all")),
    }
    return render(request, "care/symposium_place.html", context)


@require_http_methods(["GET", "POST"])
def invitation_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the list."""
    invitation = _invitation(request, pk)
    require(permissions.can_change_symposium(request.user, invitation.symposium))
    form = ReasonForm(request.POST or None, instance=invitation)
    page = Page(
        _("Take off the list"), _("The list was changed."), _("Take off the list"),
        question=_("Take %(name)s off the list?") % {"name": invitation.trainee.person.name}, danger=True,
        consequence=_("Whoever was notified is told, with the reason."),
    )  # fmt: skip
    return meeting_form(request, invitation.symposium, form, services.take_off, page, invitation)


@require_http_methods(["GET", "POST"])
def invitation_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """参加 or 请假 by the person invited."""
    invitation = _invitation(request, pk)
    require(permissions.can_answer(request.user, invitation))
    form = AnswerForm(request.POST or None, instance=invitation)
    page = Page(_("Answer the invitation"), _("Your answer is recorded."), pgettext("invitation", "Send the answer"))
    return meeting_form(request, invitation.symposium, form, services.answer_invitation, page, invitation)


@require_http_methods(["GET", "POST"])
def symposium_attendance(request: UserRequest, pk: UUID) -> HttpResponse:
    """到会、请假、缺席 of everybody on one page."""
    symposium = changeable_symposium(request, pk)
    invited = _listed(symposium)
    form = AttendanceForm(request.POST or None, instance=symposium, invited=invited)
    if submit(request, form, services.record_attendance, symposium):
        messages.success(request, _("The attendance is recorded."))
        return redirect("care:symposium_detail", pk=pk)
    context = {"symposium": symposium, "about": about_symposium(symposium), "form": form}
    context["is_early"] = symposium.is_ahead
    return render(request, "care/symposium_attendance.html", context)


@require_GET
def symposium_sheet(request: UserRequest, pk: UUID) -> HttpResponse:
    """签到表 for print."""
    symposium = changeable_symposium(request, pk)
    invited = _listed(symposium)
    guests = symposium.guest_names
    first = len(invited) + len(guests) + 1
    context = {
        "symposium": symposium,
        "about": about_symposium(symposium),
        "time": time_text(symposium),
        "invited": invited,
        "guests": [(len(invited) + number, guest) for number, guest in enumerate(guests, 1)],
        "more": range(first, first + EMPTY_LINES),
    }
    return render(request, "care/symposium_sheet.html", context)


def _invitation(request: UserRequest, pk: UUID) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).standing().filter(symposium__voided_at=None)
    rows = rows.select_related("symposium__unit", "trainee__person", "trainee__home_unit")
    return get_object_or_404(rows.defer("symposium__note"), pk=pk)


def _listed(symposium: Symposium) -> list[Invitation]:
    rows = symposium.invitations.standing().select_related("trainee__person", "trainee__home_unit")
    return list(rows.order_by("trainee__stroke_key", "pk"))


def _chosen(request: UserRequest, symposium: Symposium) -> "QuerySet[Trainee]":
    """The people who were picked, or all of the list in `query`; nobody beyond whom one may put on it."""
    files = people(request.user, symposium)
    if not request.POST.get("all"):
        return files.filter(pk__in=picked_keys(request.POST))
    asked = people_of(request.user, QueryDict(request.POST.get("query", "")), symposium)
    return files.filter(pk__in=asked.qs.values("pk"))
