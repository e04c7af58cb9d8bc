"""提醒规则: which rules there are, how each rings, and for which units it rings otherwise."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.policy.permissions import can_manage_settings
from cadre_app.policy.views.access import must_manage, must_read
from cadre_app.reminders.forms.settings import ExceptionForm, RuleForm
from cadre_app.reminders.models import RuleSetting
from cadre_app.reminders.rule_lines import Ringing, rule_line, rule_lines
from cadre_app.reminders.services import settings as services


@require_GET
def rule_list(request: UserRequest) -> HttpResponse:
    """Every rule with what holds for everybody and the units that differ."""
    must_read(request)
    context = {"lines": rule_lines(_standing(request)), "can_manage": can_manage_settings(request.user)}
    return render(request, "reminders/rule_list.html", context)


@require_GET
def rule_detail(request: UserRequest, key: str) -> HttpResponse:
    """One rule: what holds for everybody, its exceptions, those taken back, and every change."""
    rule = _readable_rule(request, key)
    every = RuleSetting.objects.visible_to(request.user).filter(rule=key).select_related("unit")
    entries = Entry.objects.filter(object_label=RuleSetting._meta.label_lower, object_id__in=every.values("pk"))
    context = {
        "line": rule_line(key, rule, every.standing()),
        "voided": every.exclude(voided_at=None).order_by("-voided_at"),
        "entries": entries.select_related("actor").told(),
        "can_manage": can_manage_settings(request.user),
    }
    return render(request, "reminders/rule_detail.html", context)


@require_http_methods(["GET", "POST"])
def rule_edit(request: UserRequest, key: str) -> HttpResponse:
    """What holds for everybody."""
    rule = _readable_rule(request, key)
    must_manage(request)
    general = rule_line(key, rule, _standing(request).filter(rule=key)).general
    form = RuleForm(request.POST or None, ringing=general, instance=general.setting)
    if submit(request, form, services.set_rule, key):
        return _changed(request, key)
    return render(request, "reminders/rule_edit.html", {"form": form, "rule": rule, "key": key})


@require_http_methods(["GET", "POST"])
def exception_new(request: UserRequest, key: str) -> HttpResponse:
    """Another way of ringing for a unit and all below it; begins as the rule rings for everybody."""
    rule = _readable_rule(request, key)
    must_manage(request)
    line = rule_line(key, rule, _standing(request).filter(rule=key))
    form = ExceptionForm(request.POST or None, ringing=line.general, units=_units(line.units))
    if submit(request, form, services.set_rule, key):
        return _changed(request, key)
    return render(request, "reminders/exception_new.html", {"form": form, "rule": rule, "key": key})


@require_http_methods(["GET", "POST"])
def setting_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """An exception of a unit."""
    setting, rule = _manageable(request, RuleSetting.objects.standing().exclude(unit=None), pk)
    form = RuleForm(request.POST or None, ringing=Ringing.of_setting(setting), instance=setting)
    if submit(request, form, services.set_rule, setting.rule, unit=setting.unit):
        return _changed(request, setting.rule)
    return render(request, "reminders/setting_edit.html", {"form": form, "rule": rule, "setting": setting})


@require_http_methods(["GET", "POST"])
def setting_void(request: UserRequest, pk: UUID) -> HttpResponse:
    setting, rule = _manageable(request, RuleSetting.objects.standing(), pk)
    form = ReasonForm(request.POST or None, instance=setting, initial={"reason": ""})
    if submit(request, form, services.void_setting, setting):
        messages.success(request, _("The setting was taken back."))
        return redirect("reminders:rule_detail", key=setting.rule)
    return render(request, "reminders/setting_void.html", {"form": form, "rule": rule, "setting": setting})


@require_http_methods(["GET", "POST"])
def setting_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    setting, rule = _manageable(request, RuleSetting.objects.exclude(voided_at=None), pk)
    form = RestoreForm(request.POST or None, instance=setting, initial={"reason": ""})
    if submit(request, form, services.restore_setting, setting):
        messages.success(request, _("The setting holds again."))
        return redirect("reminders:rule_detail", key=setting.rule)
    return render(request, "reminders/setting_restore.html", {"form": form, "rule": rule, "setting": setting})


def _standing(request: UserRequest) -> "QuerySet[RuleSetting]":
    return RuleSetting.objects.visible_to(request.user).standing().select_related("unit")


def _readable_rule(request: UserRequest, key: str) -> ReminderRule:
    must_read(request)
    rule = reminder_rules.get(key)
    if rule is None:
        raise Http404
    return rule


def _manageable(request: UserRequest, found: "QuerySet[RuleSetting]", pk: UUID) -> tuple[RuleSetting, ReminderRule]:
    seen = RuleSetting.objects.visible_to(request.user).filter(pk__in=found.values("pk"))
    setting = get_object_or_404(seen.select_related("unit"), pk=pk)
    require(can_manage_settings(request.user))
    return setting, _readable_rule(request, setting.rule)


def _units(exempted: list[Ringing]) -> "QuerySet[Unit]":
    """Every open unit without a setting of its own: whoever sets rules sets them for the whole district."""
    taken = [ringing.setting.unit_id for ringing in exempted if ringing.setting and ringing.setting.unit_id]
    return Unit.objects.standing().open_on(timezone.localdate()).exclude(pk__in=taken)


def _changed(request: UserRequest, key: str) -> HttpResponse:
    messages.success(request, _("The rule was changed. What is open is worked out anew within a minute."))
    return redirect("reminders:rule_detail", key=key)
