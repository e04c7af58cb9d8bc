"""What fronts announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs

VERBS = {
    "assignments.front.changed": _("Name of a front changed"),
    "assignments.fronttask.kept": _("Task of a front kept"),
    "assignments.fronttask.voided": _("Task of a front taken off"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
