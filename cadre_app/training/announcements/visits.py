"""What visits announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.busy import Busy, busies
from cadre_app.core.registries import JobKind, job_kinds, sweeps, verbs
from cadre_app.training.growth import visits as growth
from cadre_app.training.lists.visits import EXPORT, exported_visits
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.rules import visits as rules
from cadre_app.training.services.visit_records import settle_visits
from cadre_app.training.services.visit_times import taken

VERBS = {
    "training.visitroute.created": _("Route of study visits kept"),
    "training.visitroute.changed": _("Route of study visits changed"),
    "training.visitroute.offered": _("Route of study visits in use again"),
    "training.visitroute.retired": _("Route of study visits out of use"),
    "training.studyvisit.planned": _("Study visit planned"),
    "training.studyvisit.changed": _("Study visit changed"),
    "training.studyvisit.cancelled": _("Study visit cancelled"),
    "training.studyvisit.reopened": _("Study visit planned again"),
    "training.studyvisit.held": _("Study visit recorded"),
    "training.studyvisit.recorded": _("Study visit recorded in part"),
    "training.studyvisit.posted": _("Hours of a study visit posted"),
    "training.studyvisit.taken_back": _("Hours of a study visit taken back"),
    "training.visitmember.added": _("Put on the list of a study visit"),
    "training.visitmember.voided": _("Taken off the list of a study visit"),
    "training.visitmember.news": _("News of a study visit to be told"),
    "training.visitmember.told": _("Took note of a study visit"),
    "training.visitmember.recorded": _("Attendance at a study visit recorded"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    rules.announce()
    busies.register("training.visits", Busy(_("Study visits"), taken))
    sweeps.register("training.visits", settle_visits)
    job_kinds.register(
        EXPORT, JobKind(label=_("Study visits"), may_run=permissions.can_list_visits, table=exported_visits)
    )
