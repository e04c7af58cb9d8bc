from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "cadre_app.policy"
    verbose_name = _("Settings")

    def ready(self) -> None:
        from cadre_app.core.registries import DeskPanel, NavItem, desk_panels, nav, verbs
        from cadre_app.policy import panels, permissions, values  # noqa: F401

        nav.register(
            "policy",
            NavItem(
                label=_("Settings"),
                short=_("Settings"),
                icon="sliders",
                url_name="policy:index",
                group="system",
                order=900,
                visible=permissions.can_read_settings,
            ),
        )
        desk_panels.register(
            "policy.holidays",
            DeskPanel(order=300, visible=permissions.can_manage_settings, items=panels.holiday_items),
        )
        verbs.register("policy.value.added", _("Setting given a new value"))
        verbs.register("policy.value.corrected", _("Value of a setting corrected"))
        verbs.register("policy.policyvalue.voided", _("Value of a setting withdrawn"))
        verbs.register("policy.code.added", _("Code added"))
        verbs.register("policy.code.changed", _("Code changed"))
        verbs.register("policy.holiday.added", _("Holiday or workday entered"))
        verbs.register("policy.holiday.changed", _("Holiday or workday changed"))
        verbs.register("policy.holiday.voided", _("Holiday or workday removed"))
