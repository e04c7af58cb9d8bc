"""What approvals announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs

VERBS = {
    "assignments.posting.checked": _("Posting checked"),
    "assignments.posting.signed_off": _("Posting signed off"),
    "assignments.posting.declined": _("Posting declined"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
