"""奖惩情况: the list of rewards, one reward, its changes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.conduct import lists, tabs
from cadre_app.conduct.choosing import choice
from cadre_app.conduct.forms.rewards import RewardForm
from cadre_app.conduct.models import Reward
from cadre_app.conduct.permissions import rewards as permissions
from cadre_app.conduct.services import rewards as services
from cadre_app.conduct.views.own import own_conduct
from cadre_app.conduct.views.pages import RELATED, entry_form, file_form
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import visible_trainee

BOTH = require_http_methods(["GET", "POST"])
DETAIL, LIST = "conduct:reward_detail", "conduct:reward_list"


@require_GET
def reward_list(request: UserRequest) -> HttpResponse:
    """Over units for business roles; for somebody in development what is on record about themself."""
    if not permissions.can_list_rewards(request.user):
        return own_conduct(request)
    table, found = lists.reward_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs.tabs_of(request.user, LIST),
        "may_enter": permissions.can_enter_rewards(request.user),
    }
    return render(request, page_or_fragment(request, "conduct/reward_list.html"), context)


@require_GET
def reward_choose(request: UserRequest) -> HttpResponse:
    """Whom the reward was given to."""
    if not permissions.can_list_rewards(request.user):
        raise Http404
    require(permissions.can_enter_rewards(request.user))
    files = Trainee.objects.in_scope(request.user, *permissions.OFFICE)
    context = {"title": _("Enter a reward"), "to": "conduct:reward_new", "back": LIST, **choice(request, files)}
    return render(request, "conduct/choose.html", context)


@BOTH
def reward_new(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = visible_trainee(request, pk)
    require(permissions.can_enter_reward(request.user, trainee))
    form = RewardForm(request.POST or None, trainee=trainee, initial=_initial(request))
    page = Page(_("Enter a reward"), _("The reward is entered."))
    return file_form(request, trainee, form, services.enter_reward, page, DETAIL, LIST)


@require_GET
def reward_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One reward with what its reader may do."""
    user, reward = request.user, visible_reward(request, pk)
    context: dict[str, Any] = {
        "reward": reward,
        "trainee": reward.trainee,
        "is_listed": permissions.can_list_rewards(user),
        "may_change": permissions.can_change_reward(user, reward),
        "may_restore": permissions.can_restore_reward(user, reward),
        "entries": Entry.objects.about(reward).told() if permissions.can_read_reward_changes(user, reward) else None,
    }
    return render(request, "conduct/reward_detail.html", context)


@BOTH
def reward_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    reward = _changeable(request, pk)
    form = RewardForm(request.POST or None, instance=reward, trainee=reward.trainee)
    page = Page(_("Correct the reward"), _("The reward was changed."))
    return entry_form(request, reward, form, services.change_reward, page, DETAIL)


@BOTH
def reward_void(request: UserRequest, pk: UUID) -> HttpResponse:
    reward = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=reward)
    page = Page(
        _("Void the reward"), _("The reward was voided."), _("Void"), question=_("Void this reward?"), danger=True,
        consequence=_("It leaves the growth file and the figures. It is kept and can be restored."),
    )  # fmt: skip
    return entry_form(request, reward, form, services.void_reward, page, DETAIL)


@BOTH
def reward_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    reward = visible_reward(request, pk)
    require(permissions.can_restore_reward(request.user, reward))
    form = RestoreForm(request.POST or None, instance=reward)
    page = Page(
        _("Restore the reward"), _("The reward stands again."), _("Restore"), question=_("Restore this reward?")
    )
    return entry_form(request, reward, form, services.restore_reward, page, DETAIL)


def _initial(request: UserRequest) -> dict[str, Any]:
    """Today, and the kind that a hint suggests; a kind that is not offered selects nothing."""
    return {"awarded_on": timezone.localdate(), "kind": request.GET.get("kind", "")}


def visible_reward(request: UserRequest, pk: UUID) -> Reward:
    """A reward that one sees, or 404."""
    found: Reward = get_object_or_404(
        Reward.objects.visible_to(request.user).select_related(*RELATED, "entered_by"), pk=pk
    )
    return found


def _changeable(request: UserRequest, pk: UUID) -> Reward:
    reward = visible_reward(request, pk)
    require(permissions.can_change_reward(request.user, reward))
    return reward
