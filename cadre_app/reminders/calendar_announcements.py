"""What the office's work calendar announces to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import DeskPanel, JobKind, NavItem, desk_panels, job_kinds, nav, verbs
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders import calendar_exports, calendar_panels, permissions, work_rules

VERBS = {
    "reminders.workitem.added": _("Entry of the work calendar added"),
    "reminders.workitem.changed": _("Entry of the work calendar changed"),
    "reminders.workitem.moved": _("Entry of the work calendar moved"),
    "reminders.workitem.done": _("Entry of the work calendar went on to its next round"),
    "reminders.workitem.undone": _("Entry of the work calendar taken back to its last round"),
    "reminders.workitem.switched_off": _("Entry of the work calendar switched off"),
    "reminders.workitem.switched_on": _("Entry of the work calendar switched on"),
    "reminders.workitem.voided": _("Entry of the work calendar voided"),
    "reminders.workitem.restored": _("Entry of the work calendar restored"),
    "reminders.workitemdone.added": _("Round of the work calendar recorded as done"),
    "reminders.workitemdone.voided": _("Round of the work calendar taken back"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    reminder_rules.register(work_rules.RULE, work_rules.WORK_CALENDAR)
    job_kinds.register(
        calendar_exports.EXPORT,
        JobKind(
            label=_("Annual work calendar"),
            may_run=permissions.can_read_work_calendar,
            run=calendar_exports.write_calendar,
        ),
    )
    nav.register(
        "work_calendar",
        NavItem(
            label=_("Annual work calendar"),
            short=_("Calendar"),
            icon="calendar3",
            url_name="reminders:work_calendar",
            group="desk",
            order=20,
            visible=permissions.can_read_work_calendar,
        ),
    )
    desk_panels.register(
        "reminders.work_calendar",
        DeskPanel(
            order=15,
            visible=permissions.can_read_work_calendar,
            template="reminders/_desk_month.html",
            context=calendar_panels.month,
        ),
    )
