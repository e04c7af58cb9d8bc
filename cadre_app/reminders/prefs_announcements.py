"""What the settings of reminders announce: the way in, and the words of the history."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import NavItem, nav, verbs
from cadre_app.policy.permissions import can_read_settings


def announce() -> None:
    nav.register(
        "reminder_rules",
        NavItem(
            label=_("Reminder rules"),
            short=_("Reminder rules"),
            icon="clock-history",
            url_name="reminders:rule_list",
            group="system",
            order=905,
            visible=can_read_settings,
        ),
    )
    verbs.register("reminders.rule.set", _("Reminder rule set"))
    verbs.register("reminders.rule.exempted", _("Reminder rule set otherwise for a unit"))
    verbs.register("reminders.rulesetting.voided", _("Setting of a reminder rule taken back"))
    verbs.register("reminders.rulesetting.restored", _("Setting of a reminder rule restored"))
    verbs.register("reminders.preference.set", _("Way of being reminded set"))
    verbs.register("reminders.channel.tried", _("Test message sent to oneself"))
    verbs.register("reminders.feed.made", _("Calendar address made"))
    verbs.register("reminders.feed.replaced", _("Calendar address replaced"))
    verbs.register("reminders.feed.voided", _("Calendar address removed"))
