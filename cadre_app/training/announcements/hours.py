"""What hours announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs

VERBS = {
    "training.hoursentry.entered": _("Training hours entered"),
    "training.hoursentry.voided": _("Training hours taken back"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
