"""Settings: the way in, the list by group, one setting with its values, and their changes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.policy import permissions, services
from cadre_app.policy.forms import ValueForm
from cadre_app.policy.models import PolicyValue
from cadre_app.policy.overview import setting_groups, value_lines
from cadre_app.policy.registry import policies
from cadre_app.policy.specs import Policy
from cadre_app.policy.tables import code_tables
from cadre_app.policy.views.access import must_manage, must_read
from cadre_app.policy.yearview import missing_years


@require_GET
def index(request: UserRequest) -> HttpResponse:
    """系统设置 Settings: what there is and what needs a hand."""
    must_read(request)
    context = {
        "settings_count": len(policies),
        "tables_count": len(code_tables),
        "missing": missing_years(timezone.localdate()),
        "can_manage": permissions.can_manage_settings(request.user),
    }
    return render(request, "policy/index.html", context)


@require_GET
def setting_list(request: UserRequest) -> HttpResponse:
    """Every setting by group with the value in force."""
    must_read(request)
    values = PolicyValue.objects.visible_to(request.user).standing()
    return render(request, "policy/setting_list.html", {"groups": setting_groups(values, timezone.localdate())})


@require_GET
def setting_detail(request: UserRequest, key: str) -> HttpResponse:
    """One setting: its values by date and what was changed."""
    policy = _readable_policy(request, key)
    every = PolicyValue.objects.visible_to(request.user).filter(key=key)
    label = PolicyValue._meta.label_lower
    entries = Entry.objects.filter(object_label=label, object_id__in=every.values("pk")).select_related("actor")
    context = {
        "policy": policy,
        "lines": value_lines(policy, every.standing(), timezone.localdate()),
        "entries": entries.told(),
        "can_manage": permissions.can_manage_settings(request.user),
    }
    return render(request, "policy/setting_detail.html", context)


@require_http_methods(["GET", "POST"])
def value_new(request: UserRequest, key: str) -> HttpResponse:
    """A new value from a day on."""
    policy = _readable_policy(request, key)
    must_manage(request)
    form = ValueForm(request.POST or None, policy=policy)
    if submit(request, form, services.add_value, policy):
        messages.success(request, _("The new value was saved."))
        return redirect("policy:setting_detail", key=key)
    return render(request, "policy/value_new.html", {"form": form, "policy": policy})


@require_http_methods(["GET", "POST"])
def value_correct(request: UserRequest, pk: UUID) -> HttpResponse:
    """Put a mistyped value right."""
    item, policy = _manageable_value(request, pk)
    form = ValueForm(request.POST or None, policy=policy, instance=item)
    if submit(request, form, services.correct_value, item, policy):
        messages.success(request, _("The value was corrected."))
        return redirect("policy:setting_detail", key=item.key)
    return render(request, "policy/value_correct.html", {"form": form, "policy": policy, "item": item})


@require_http_methods(["GET", "POST"])
def value_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take back a value before it is in force."""
    item, policy = _manageable_value(request, pk)
    form = ReasonForm(request.POST or None, instance=item, initial={"reason": ""})
    if submit(request, form, services.withdraw_value, item):
        messages.success(request, _("The value was withdrawn."))
        return redirect("policy:setting_detail", key=item.key)
    context = {"form": form, "policy": policy, "item": item, "text": policy.text(policy.from_json(item.value))}
    return render(request, "policy/value_withdraw.html", context)


def _readable_policy(request: UserRequest, key: str) -> Policy[Any]:
    must_read(request)
    policy = policies.get(key)
    if policy is None:
        raise Http404
    return policy


def _manageable_value(request: UserRequest, pk: UUID) -> tuple[PolicyValue, Policy[Any]]:
    item = get_object_or_404(PolicyValue.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_manage_settings(request.user))
    return item, _readable_policy(request, item.key)
