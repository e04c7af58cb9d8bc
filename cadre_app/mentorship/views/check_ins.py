"""帮带见面 Check-ins of a pairing: arranged, moved, held, called off."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.mentorship.forms.check_ins import CallOffForm, CheckInForm, HeldForm
from cadre_app.mentorship.models import CheckIn, Pairing
from cadre_app.mentorship.permissions import notes as permissions
from cadre_app.mentorship.services import check_ins as services

RELATED = ("trainee__person", "trainee__home_unit", "mentor")
AT_MOST = 200


class Question(NamedTuple):
    """What a confirmation asks, and what follows from it."""

    question: str
    consequence: str


@require_GET
def check_in_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """All check-ins of one pairing, the open one first."""
    pairing = _pairing(request, pk)
    rows = CheckIn.objects.visible_to(request.user).standing().filter(pairing=pairing).select_related("note")
    found = list(rows.order_by("-planned_on", "pk")[:AT_MOST])
    context = {
        "pairing": pairing,
        "open": next((row for row in found if row.is_open), None),
        "closed": [row for row in found if not row.is_open],
        "may_arrange": permissions.can_arrange(request.user, pairing),
    }
    return render(request, "mentorship/check_in_list.html", context)


@require_http_methods(["GET", "POST"])
def check_in_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Arrange the next one; proposed is the day that is due by cadence."""
    pairing = _pairing(request, pk)
    require(permissions.can_arrange(request.user, pairing))
    today = timezone.localdate()
    form = CheckInForm(request.POST or None, initial={"planned_on": max(pairing.next_check_in_on or today, today)})
    if submit(request, form, services.arrange_check_in, pairing):
        messages.success(request, _("The check-in is arranged."))
        return redirect("mentorship:check_in_list", pk=pk)
    context = {"form": form, "pairing": pairing, "title": _("Arrange a check-in"), "submit_label": _("Arrange")}
    return render(request, "mentorship/check_in_form.html", context)


@require_http_methods(["GET", "POST"])
def check_in_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    check_in = _check_in(request, pk)
    form = CheckInForm(request.POST or None, instance=check_in)
    return _changed(
        request, check_in, form, services.change_check_in,
        title=_("Move the check-in"), said=_("The check-in was moved."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def check_in_hold(request: UserRequest, pk: UUID) -> HttpResponse:
    """It was held, and nobody writes a note about it."""
    check_in = _check_in(request, pk)
    initial = {"held_on": min(check_in.planned_on, timezone.localdate())}
    form = HeldForm(request.POST or None, instance=check_in, initial=initial)
    return _changed(
        request, check_in, form, services.hold_check_in,
        title=_("The check-in was held"), said=_("The check-in is recorded as held."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def check_in_call_off(request: UserRequest, pk: UUID) -> HttpResponse:
    check_in = _check_in(request, pk)
    form = CallOffForm(request.POST or None, instance=check_in)
    text = _("Call off the check-in of %(day)s?") % {"day": formats.date_format(check_in.planned_on)}
    asked = Question(text, _("Mentor and mentee read the reason."))
    return _changed(
        request, check_in, form, services.call_off_check_in,
        title=_("Call the check-in off"), said=_("The check-in was called off."), asked=asked,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def check_in_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take back that it was held or called off."""
    check_in = _check_in(request, pk)
    form = ReasonForm(request.POST or None, instance=check_in)
    text = (
        _("Was this check-in not held after all?")
        if check_in.held_on
        else _("Is this check-in not called off after all?")
    )
    consequence = _("The check-in planned for %(day)s is to be held again.")
    asked = Question(text, consequence % {"day": formats.date_format(check_in.planned_on)})
    return _changed(
        request, check_in, form, services.reopen_check_in,
        title=_("Take it back"), said=_("The check-in is open again."), asked=asked,
    )  # fmt: skip


def _changed(
    request: UserRequest, check_in: CheckIn, form: BaseForm, service: Callable[..., Any], *, title: str, said: str,
    asked: Question | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one change, with a question where one is `asked`; back to the list once it is made."""
    if submit(request, form, service, check_in):
        messages.success(request, said)
        return redirect("mentorship:check_in_list", pk=check_in.pairing_id)
    context = {"form": form, "pairing": check_in.pairing, "check_in": check_in, "title": title}
    if asked is None:
        return render(request, "mentorship/check_in_form.html", context)
    return render(request, "mentorship/check_in_confirm.html", context | asked._asdict())


def _pairing(request: UserRequest, pk: UUID) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(request.user).standing().select_related(*RELATED), pk=pk)


def _check_in(request: UserRequest, pk: UUID) -> CheckIn:
    """A standing check-in that one may change; 404 where it is out of sight."""
    found = CheckIn.objects.visible_to(request.user).standing()
    check_in = get_object_or_404(found.select_related(*(f"pairing__{name}" for name in RELATED), "note"), pk=pk)
    require(permissions.can_arrange(request.user, check_in.pairing))
    return check_in
