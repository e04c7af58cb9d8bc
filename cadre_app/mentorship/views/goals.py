"""帮带目标 Goals of a pairing: worded by staff until the agreement is signed; mentor and staff enter how they stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.mentorship.forms.goals import GoalForm, ProgressForm
from cadre_app.mentorship.models import PairingGoal
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services import goals as services
from cadre_app.mentorship.views.pairings import RELATED, visible_pairing


@require_http_methods(["GET", "POST"])
def goal_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """One goal more."""
    pairing = visible_pairing(request, pk)
    require(permissions.can_word_goals(request.user, pairing))
    form = GoalForm(request.POST or None)
    if submit(request, form, services.add_goal, pairing):
        return _done(request, pairing.pk, _("The goal was added."))
    return render(request, "mentorship/goal_new.html", {"form": form, "pairing": pairing})


@require_http_methods(["GET", "POST"])
def goal_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Its words, until the agreement is signed."""
    goal = _worded(request, pk)
    form = GoalForm(request.POST or None, instance=goal)
    if submit(request, form, services.change_goal, goal):
        return _done(request, goal.pairing_id, _("The goal was changed."))
    return render(request, "mentorship/goal_edit.html", {"form": form, "goal": goal, "pairing": goal.pairing})


@require_http_methods(["GET", "POST"])
def goal_progress(request: UserRequest, pk: UUID) -> HttpResponse:
    """How it stands."""
    goal = _visible_goal(request, pk)
    require(permissions.can_report_goals(request.user, goal.pairing) and goal.has_progress and not goal.is_voided)
    form = ProgressForm(request.POST or None, instance=goal, initial=_today_again())
    if submit(request, form, services.set_progress, goal):
        return _done(request, goal.pairing_id, _("The progress was entered."))
    return render(request, "mentorship/goal_progress.html", {"form": form, "goal": goal, "pairing": goal.pairing})


@require_http_methods(["GET", "POST"])
def goal_void(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = _worded(request, pk)
    form = ReasonForm(request.POST or None, instance=goal)
    if submit(request, form, services.void_goal, goal):
        return _done(request, goal.pairing_id, _("The goal was removed. It can be put back."))
    return render(request, "mentorship/goal_void.html", {"form": form, "goal": goal, "pairing": goal.pairing})


@require_http_methods(["GET", "POST"])
def goal_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = _worded(request, pk)
    form = RestoreForm(request.POST or None, instance=goal)
    if submit(request, form, services.restore_goal, goal):
        return _done(request, goal.pairing_id, _("The goal was put back."))
    return render(request, "mentorship/goal_restore.html", {"form": form, "goal": goal, "pairing": goal.pairing})


def _visible_goal(request: UserRequest, pk: UUID) -> PairingGoal:
    """A goal with its pairing and people, or 404."""
    goals = PairingGoal.objects.visible_to(request.user)
    return get_object_or_404(goals.select_related(*(f"pairing__{name}" for name in RELATED)), pk=pk)


def _worded(request: UserRequest, pk: UUID) -> PairingGoal:
    goal = _visible_goal(request, pk)
    require(permissions.can_word_goals(request.user, goal.pairing))
    return goal


def _today_again() -> dict[str, object]:
    """A new word on a goal is of today, whenever the last one was."""
    return {"progressed_on": timezone.localdate()}


def _done(request: UserRequest, pairing: UUID, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect(reverse("mentorship:pairing_detail", kwargs={"pk": pairing}) + "#goals")
