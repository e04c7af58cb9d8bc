"""座谈交流: the list, one symposium, and its plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.forms.symposiums import AGENDA, HALVES, TITLE, SymposiumForm
from cadre_app.care.lists_meetings import symposium_table
from cadre_app.care.models import Invitation, Presence, Problem, Symposium, SymposiumKind, SymposiumState
from cadre_app.care.models.meeting_choices import COMING
from cadre_app.care.papers.minutes import minutes_url
from cadre_app.care.services import symposiums as services
from cadre_app.care.views.meeting_pages import (
    About,
    changeable_symposium,
    meeting_form,
    shown,
    visible_symposium,
)
from cadre_app.care.views.own_meetings import own_symposium, own_symposiums
from cadre_app.care.wording import problem_mark
from cadre_app.care.wording_meetings import presence_mark, speaker_text, symposium_mark, time_text
from cadre_app.core.busy import clashes
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.phones import is_phone
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit

JUNE = 6


@require_GET
def symposium_list(request: UserRequest) -> HttpResponse:
    """For staff and leaders the table of their units; for somebody in development the own invitations."""
    if not permissions.can_see_list(request.user):
        return own_symposiums(request)
    table, found = symposium_table(request, request.user)
    may_plan = permissions.can_plan_symposiums(request.user)
    context = {"table": table, "filter": found, "shown": "symposiums", "may_plan": may_plan}
    return render(request, page_or_fragment(request, "care/symposium_list.html"), context)


@require_GET
def symposium_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole page for those who work there, without its restricted text; for somebody invited what is shared."""
    user, symposium = request.user, visible_symposium(request, pk)
    if not permissions.works_at(user, symposium):
        return own_symposium(request, symposium)
    invited = _invited(symposium)
    problems = list(symposium.problems.select_related("handler", "trainee__person").order_by("due_on", "pk"))
    seen = {one.pk for one in Problem.objects.visible_to(user).filter(symposium=symposium).only("pk")}
    remarks = list(symposium.remarks.standing().select_related("trainee__person").order_by("created_at", "pk"))
    may_change = permissions.can_change_symposium(user, symposium)
    taken = (
        clashes([one.trainee_id for one in invited], *symposium.span, but=[symposium.pk]) if symposium.is_ahead else {}
    )
    standing = [(one, problem_mark(one)) for one in problems if not one.is_voided and one.pk in seen]
    context: dict[str, Any] = {
        "symposium": symposium,
        "owner": symposium,
        "mark": symposium_mark(symposium),
        "time": time_text(symposium),
        "invited": [(one, presence_mark(one), taken.get(one.trainee_id, [])) for one in invited],
        "clashing": len(taken),
        "present": sum(one.presence == Presence.PRESENT for one in invited),
        "unrecorded": sum(not one.presence for one in invited),
        "remarks": [(one, speaker_text(one)) for one in remarks],
        "problems": standing,
        "voided_problems": [one for one in problems if one.is_voided and one.pk in seen],
        "may_change": may_change,
        "may_follow_up": may_change and symposium.state == SymposiumState.HELD,
        "may_record": may_change and _takes_records(symposium),
        "may_close": may_change and _may_close(symposium, invited, problems),
        "takes_people": may_change and symposium.state not in (SymposiumState.CLOSED, SymposiumState.CANCELLED),
        "close_form": ChangeForm(instance=symposium),
        "minutes_url": minutes_url(symposium) if symposium.has_taken_place else "",
        "entries": Entry.objects.about_any([symposium, *remarks, *(one for one, _mark in standing)]).told(),
        **note_context(request, symposium),
    }
    context["may_restore"] = permissions.can_restore_symposium(user, symposium)
    return render(request, "care/symposium_detail.html", context)


@require_http_methods(["GET", "POST"])
def symposium_new(request: UserRequest) -> HttpResponse:
    """拟开 Plan a symposium."""
    if not permissions.can_see_list(request.user):
        raise Http404
    require(permissions.can_plan_symposiums(request.user))
    units = permissions.units_of_planning(request.user)
    form = SymposiumForm(request.POST or None, units=units, initial=_preset(units.first()))
    if done := submit(request, form, services.plan_symposium):
        messages.success(request, _("The symposium is planned. Now put people on the list."))
        return redirect("care:symposium_detail", pk=done.result.pk)
    url = reverse("care:symposium_list")
    page = Page(_("Plan a symposium"), "", pgettext("symposium", "Plan"))
    return shown(request, form, page, About("", url, _("Symposiums"), url))


@require_http_methods(["GET", "POST"])
def symposium_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another time or place is told to everybody on the list of one that was notified."""
    symposium = changeable_symposium(request, pk)
    form = SymposiumForm(request.POST or None, instance=symposium, units=permissions.units_of_planning(request.user))
    told = _("Another time or place is told to everybody on the list, who answer anew.")
    page = Page(
        _("Edit the symposium"), _("The symposium was changed."),
        notices=(told,) if symposium.state == SymposiumState.NOTIFIED else (),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.change_symposium, page)


@require_http_methods(["GET", "POST"])
def symposium_notify(request: UserRequest, pk: UUID) -> HttpResponse:
    """通知."""
    symposium = changeable_symposium(request, pk)
    form = ChangeForm(request.POST or None, instance=symposium)
    page = Page(
        _("Notify"), _("Everybody on the list is told."), _("Notify"), question=_("Tell everybody on the list?"),
        consequence=_("Whoever has an account finds the invitation in the inbox and the calendar, and answers it."),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.notify_symposium, page)


@require_http_methods(["GET", "POST"])
def symposium_cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    symposium = changeable_symposium(request, pk)
    form = ReasonForm(request.POST or None, instance=symposium)
    page = Page(
        _("Cancel the symposium"), _("The symposium is cancelled."), _("Cancel the symposium"),
        question=_("Cancel this symposium?"), danger=True,
        consequence=_("Whoever was notified is told, with the reason. It can be taken up again."),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.cancel_symposium, page)


@require_http_methods(["GET", "POST"])
def symposium_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """A cancelled or closed one is taken up again."""
    symposium = changeable_symposium(request, pk)
    form = ReasonForm(request.POST or None, instance=symposium)
    page = Page(
        _("Take the symposium up again"), _("The symposium is open again."), _("Take up again"),
        question=_("Take this symposium up again?"),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.reopen_symposium, page)


@require_POST
def symposium_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """办结."""
    symposium = changeable_symposium(request, pk)
    form = ChangeForm(request.POST, instance=symposium)
    label = pgettext("symposium", "Close")
    page = Page(label, _("The symposium is closed."), label, question=_("Close this symposium?"))
    return meeting_form(request, symposium, form, services.close_symposium, page)


@require_http_methods(["GET", "POST"])
def symposium_void(request: UserRequest, pk: UUID) -> HttpResponse:
    symposium = changeable_symposium(request, pk)
    form = ReasonForm(request.POST or None, instance=symposium)
    page = Page(
        _("Void the symposium"), _("The symposium was voided."), _("Void"), question=_("Void this symposium?"),
        consequence=_("It leaves the growth files and the lists. It is kept and can be restored."), danger=True,
        notices=(_("Whoever was notified is told, with the reason."),)
        if symposium.state == SymposiumState.NOTIFIED
        else (),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.void_symposium, page)


@require_http_methods(["GET", "POST"])
def symposium_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    symposium = visible_symposium(request, pk)
    require(permissions.can_restore_symposium(request.user, symposium))
    form = RestoreForm(request.POST or None, instance=symposium)
    page = Page(
        _("Restore the symposium"), _("The symposium was restored."), _("Restore"),
        question=_("Restore this symposium?"),
    )  # fmt: skip
    return meeting_form(request, symposium, form, services.restore_symposium, page)


def note_context(request: UserRequest, owner: Any) -> dict[str, Any]:
    """What the box of the restricted text shows and offers."""
    user = request.user
    return {
        "readers": list(owner.readers.order_by("username")),
        "may_read": permissions.can_read_note(user, owner),
        "may_reveal": permissions.can_reveal_note(user, owner),
        "may_write": permissions.can_write_note(user, owner),
        "on_phone": is_phone(request),
    }


def _invited(symposium: Symposium) -> list[Invitation]:
    rows = symposium.invitations.standing().select_related("trainee__person", "trainee__home_unit")
    return list(rows.order_by("trainee__stroke_key", "pk"))


def _preset(unit: Unit | None) -> dict[str, Any]:
    """Title and agenda as they are kept, the unit and the half of the year."""
    kind = SymposiumKind.FIRST_HALF if timezone.localdate().month <= JUNE else SymposiumKind.SECOND_HALF
    title = TITLE.format(unit=unit.name, half=HALVES[kind]) if unit is not None else ""
    return {"title": title, "agenda": AGENDA, "kind": kind, "unit": unit}


def _takes_records(symposium: Symposium) -> bool:
    is_open = symposium.state in (*COMING, SymposiumState.HELD)
    return is_open and not symposium.is_ahead


def _may_close(symposium: Symposium, invited: list[Invitation], problems: list[Problem]) -> bool:
    is_held = symposium.state == SymposiumState.HELD and symposium.minutes != ""
    is_settled = all(one.is_settled for one in problems if not one.is_voided)
    return is_held and is_settled and all(one.presence for one in invited)
