"""What reminders announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import (
    DeskPanel,
    JobKind,
    NavItem,
    desk_panels,
    job_kinds,
    nav,
    sweeps,
    verbs,
    vital_sweeps,
)
from cadre_app.reminders import demands, dues, panels, permissions
from cadre_app.reminders.services import ringing

VERBS = {
    "reminders.occurrence.postponed": _("Reminder postponed"),
    "reminders.occurrence.told_again": _("Reminder given once more"),
    "reminders.occurrence.brought_back": _("Postponement undone"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    demands.announce()
    sweeps.register("reminders", ringing.ring)
    vital_sweeps.add("reminders")
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    nav.register(
        "dues",
        NavItem(
            label=_("Due this month"),
            short=pgettext_lazy("short", "Due"),
            icon="bell",
            url_name="reminders:due_list",
            group="desk",
            order=5,
            visible=permissions.is_reminded,
        ),
    )
    job_kinds.register(
        dues.EXPORT,
        JobKind(label=_("Due this month"), may_run=permissions.works_for_units, table=dues.due_table),
    )
    desk_panels.register("reminders.due", DeskPanel(order=12, visible=permissions.is_reminded, items=panels.due_items))
