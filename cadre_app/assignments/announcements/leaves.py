"""What leave announces to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.growth import leaves as growth
from cadre_app.assignments.lists import leaves as lists
from cadre_app.assignments.panels import leaves as panels
from cadre_app.assignments.permissions import leaves as permissions
from cadre_app.assignments.rules import leaves as rules
from cadre_app.assignments.services.leave_counting import sick_and_personal_days
from cadre_app.core.absences import absences
from cadre_app.core.registries import DeskPanel, JobKind, NavItem, desk_panels, job_kinds, nav, verbs

VERBS = {
    "assignments.leave.requested": _("Leave asked for"),
    "assignments.leave.changed": _("Leave changed"),
    "assignments.leave.confirmed": _("Leave confirmed by the unit"),
    "assignments.leave.approved": _("Leave approved"),
    "assignments.leave.declined": _("Leave declined"),
    "assignments.leave.withdrawn": _("Leave withdrawn"),
    "assignments.leave.returned": _("Return from leave recorded"),
    "assignments.leave.return_confirmed": _("Return from leave confirmed by the unit"),
    "assignments.leave.corrected": _("Leave corrected"),
    "assignments.leave.return_taken_back": _("Return from leave taken back"),
    "assignments.leave.counted": _("Days of leave in the village term changed"),
    "assignments.leave.voided": _("Leave voided"),
    "assignments.leave.restored": _("Leave restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    rules.announce()
    absences.register("assignments.leave", sick_and_personal_days)
    exports = {lists.EXPORT: (_("Leave and return"), lists.exported_leaves)}
    exports[lists.DAYS_EXPORT] = (_("Days of leave by person"), lists.exported_days)
    for key, (label, table) in exports.items():
        job_kinds.register(key, JobKind(label=label, may_run=permissions.can_list_leaves, table=table))
    nav.register(
        "own_leave",
        NavItem(
            label=_("My leave"),
            short=pgettext_lazy("short", "Leave"),
            icon="calendar3",
            url_name="assignments:leave_mine",
            group="following",
            order=245,
            visible=permissions.can_see_own_leaves,
        ),
    )
    desk_panels.register("assignments.leaves", DeskPanel(order=30, visible=_has_queue, items=panels.queue))
    desk_panels.register(
        "assignments.own_leave",
        DeskPanel(
            order=24,
            visible=permissions.can_see_own_leaves,
            template="assignments/_desk_leave.html",
            context=panels.desk_card,
        ),
    )


def _has_queue(user: object) -> bool:
    return permissions.can_enter_leaves(user) or permissions.can_see_own_leaves(user)  # type: ignore[arg-type]
