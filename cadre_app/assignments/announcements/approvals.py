"""What approvals announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.panels import approvals as panels
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.rules import approvals as rules
from cadre_app.core.registries import DeskPanel, desk_panels, verbs

VERBS = {
    "assignments.posting.checked": _("Posting checked"),
    "assignments.posting.signed_off": _("Posting signed off"),
    "assignments.posting.declined": _("Posting declined"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    rules.announce()
    desk_panels.register(
        "assignments.approvals", DeskPanel(order=30, visible=permissions.decides, items=panels.desk_items)
    )
