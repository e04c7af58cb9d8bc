"""What results announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs
from cadre_app.training.growth import results as growth
from cadre_app.training.papers import certificates
from cadre_app.training.rules import results as rules

VERBS = {
    "training.enrolment.result_recorded": _("Result recorded"),
    "training.exerciserecord.created": _("Sand-table record entered"),
    "training.exerciserecord.changed": _("Sand-table record changed"),
    "training.exerciserecord.voided": _("Sand-table record voided"),
    "training.exerciserecord.restored": _("Sand-table record restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    certificates.announce()
    growth.announce()
    rules.announce()
