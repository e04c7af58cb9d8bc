"""结对交接 Hand-overs: what waits, confirmed one or many, to somebody else, kept, and taken back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.mentorship import handover_lists
from cadre_app.mentorship.forms.handovers import ChooseSuccessorForm, HandOverForm, KeepForm
from cadre_app.mentorship.forms.notes import StepForm
from cadre_app.mentorship.handing_over import ONE_DAY, waiting_for
from cadre_app.mentorship.models import CarriedStep, Pairing
from cadre_app.mentorship.permissions import handovers as permissions
from cadre_app.mentorship.services import carrying, handover_undo, handovers, picks
from cadre_app.mentorship.services.waiting import RELATED, HandOver, hand_overs_for
from cadre_app.mentorship.suggestion_lists import COUNTED
from cadre_app.mentorship.views.pairings import visible_pairing
from cadre_app.people.models import of_scope


@require_GET
def handover_list(request: UserRequest) -> HttpResponse:
    """Everything in one's scope that waits, the longest first."""
    if not permissions.can_see_hand_overs(request.user):
        raise Http404
    found = handover_lists.listed(request)
    template = page_or_fragment(request, "mentorship/handover_list.html")
    return render(request, template, {"found": found, "filter": found.filter})


@require_POST
def handover_confirm(request: UserRequest) -> HttpResponse:
    """Show who goes over to whom and with what; hand them over once that is confirmed."""
    if not permissions.can_see_hand_overs(request.user):
        raise Http404
    chosen = {pick.pairing: pick for text in request.POST.getlist("pick") if (pick := picks.parsed(text))}
    some = list(chosen.values())[: picks.MOST]
    wanted = picks.still_as_shown(some, actor=request.user)
    is_confirmed = "confirmed" in request.POST
    initial = {"ended_on": _last_day([each.pairing for each in wanted])}
    form = HandOverForm(request.POST if is_confirmed else None, picks=some, initial=initial)
    if is_confirmed and some and (done := submit(request, form, handovers.hand_over_many)):
        return _done(done.result or Pairing.objects.filter(follows__in=[pick.pairing for pick in some]))
    known = carrying.carried_of([each.pairing for each in wanted])
    rows = [(each, known[each.pairing.pk]) for each in wanted]
    context = {"form": form, "rows": rows, "most": picks.MOST, "more": len(chosen) - len(some)}
    return render(request, "mentorship/handover_confirm.html", context)


@require_GET
def handover_done(request: UserRequest) -> HttpResponse:
    """What was handed over, with what is to be done next."""
    if not permissions.can_see_hand_overs(request.user):
        raise Http404
    keys = [key for text in request.GET.getlist("pairing")[: picks.MOST] if (key := _key(text))]
    scope = of_scope(request.user, Role.STAFF, prefix="trainee__")
    rows = Pairing.objects.standing().filter(scope, pk__in=keys).exclude(follows=None)
    made = rows.select_related("trainee__person", "mentor", "follows__mentor").order_by("trainee__stroke_key", "pk")
    left = waiting_for(request.user).order_by()[:COUNTED].count()
    return render(request, "mentorship/handover_done.html", {"made": made, "left": left})


@require_http_methods(["GET", "POST"])
def handover_choose(request: UserRequest, pk: UUID) -> HttpResponse:
    """另选导师 Somebody else than the holder of the office goes on, with a reason."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_hand_over(request.user, pairing))
    initial = {"ended_on": _last_day([pairing])}
    form = ChooseSuccessorForm(request.POST or None, instance=pairing, user=request.user, initial=initial)
    form.initial.update({"mentor": None, "choice_reason": ""})
    if done := submit(request, form, handovers.hand_over, pairing):
        return _done([done.result])
    known = carrying.carried_of([pairing])[pairing.pk]
    context = {"form": form, "pairing": pairing, "waits": _waits(request, pairing), "carried": known}
    return render(request, "mentorship/handover_choose.html", context)


@require_http_methods(["GET", "POST"])
def handover_keep(request: UserRequest, pk: UUID) -> HttpResponse:
    """留任 The mentor also holds the office that counts now and stays, or was chosen and stays."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_hand_over(request.user, pairing))
    waits = _waits(request, pairing)
    office = waits.suggestion.office if waits is not None and waits.is_kept else None
    form = KeepForm(request.POST or None, instance=pairing, initial={"office": office.pk if office else None})
    if submit(request, form, handovers.keep_mentor, pairing):
        named = _("The mentor stays; the pairing names the office that counts now.")
        messages.success(request, named if office is not None else _("The mentor stays."))
        return redirect("mentorship:pairing_detail", pk=pairing.pk)
    context = {"form": form, "pairing": pairing, "office": office, "may_stay": waits is not None and waits.may_stay}
    return render(request, "mentorship/handover_keep.html", context)


@require_http_methods(["GET", "POST"])
def handover_undo_page(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回交接 As long as the next mentor has not begun; else the page says why not."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_take_back(request.user, pairing))
    form = ReasonForm(request.POST or None, instance=pairing)
    if done := submit(request, form, handover_undo.take_back_hand_over, pairing):
        messages.success(request, _("The hand-over was taken back; the former pairing runs again."))
        return redirect("mentorship:pairing_detail", pk=done.result.pk if done.result else pairing.follows_id)
    context = {"form": form, "pairing": pairing, "problem": handover_undo.undo_problem(pairing)}
    return render(request, "mentorship/handover_undo.html", context)


@require_POST
def carried_step_tick(request: UserRequest, pk: UUID) -> HttpResponse:
    """A step that was taken over is done; or it is not, after all."""
    steps = CarriedStep.objects.visible_to(request.user).select_related("note", "pairing")
    step = get_object_or_404(steps, pk=pk)
    require(permissions.can_tick(request.user, step))
    form = StepForm(request.POST, instance=step.note)
    if submit(request, form, carrying.tick_carried_step, step):
        is_done = form.cleaned_data["is_done"]
        messages.success(request, _("The next step is done.") if is_done else _("The next step is open again."))
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return redirect("mentorship:pairing_detail", pk=step.pairing_id)


def _waits(request: UserRequest, pairing: Pairing) -> HandOver | None:
    """The hand-over of this pairing, where it waits."""
    row = waiting_for(request.user).filter(pk=pairing.pk).select_related(*RELATED).first()
    return hand_overs_for([row])[0] if row is not None else None


def _last_day(pairings: list[Any]) -> date:
    """Yesterday, so that the next mentor begins today; today where something is recorded as of today."""
    today = timezone.localdate()
    latest: date = max([today - ONE_DAY, *(pairing.last_record_on for pairing in pairings)])
    return min(latest, today)


def _done(made: Any) -> HttpResponse:
    keys = [("pairing", str(pairing.pk)) for pairing in made if pairing is not None]
    return redirect(f"{reverse('mentorship:handover_done')}?{urlencode(keys)}")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
