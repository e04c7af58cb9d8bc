"""What hosts announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import verbs

VERBS = {
    "assignments.postingappraisal.written": _("Appraisal of a posting written"),
    "assignments.postingappraisal.returned": _("Appraisal of a posting returned for completion"),
    "assignments.postingappraisal.confirmed": _("Appraisal of a posting confirmed"),
    "assignments.postingappraisal.reopened": _("Confirmation of an appraisal taken back"),
    "assignments.postingappraisal.voided": _("Appraisal of a posting voided"),
    "assignments.postingappraisal.restored": _("Appraisal of a posting restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
