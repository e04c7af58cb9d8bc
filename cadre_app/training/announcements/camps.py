"""What camps, induction training and the statistics announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.busy import Busy, busies
from cadre_app.core.probation import InductionSource, inductions
from cadre_app.core.registries import JobKind, job_kinds, verbs
from cadre_app.training import demands
from cadre_app.training.figures import training as figures
from cadre_app.training.growth import camps as growth
from cadre_app.training.growth import induction as growth_of_induction
from cadre_app.training.induction import done_in, done_on
from cadre_app.training.lists import camps as lists
from cadre_app.training.lists import induction, statistics
from cadre_app.training.permissions import camps as permissions
from cadre_app.training.rules import induction as rules
from cadre_app.training.services import camp_leave

VERBS = {
    "training.camp.planned": _("Camp planned"),
    "training.camp.changed": _("Camp changed"),
    "training.camp.graded": _("Grades given out"),
    "training.camp.grades_taken_back": _("Grades taken back"),
    "training.camp.voided": _("Camp voided"),
    "training.campmember.joined": _("Joined the camp"),
    "training.campmember.regraded": _("Grade follows corrected dates"),
    "training.campmember.paused": _("On leave from the camp"),
    "training.campmember.resumed": _("Back in the camp from leave"),
    "training.campmember.left": _("Left the camp"),
    "training.campmember.returned": _("In the camp again"),
    "training.campmember.voided": _("Taken off the list of the camp"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("Members of the camp"), may_run=permissions.can_see_camps, table=lists.member_table),
    )
    job_kinds.register(
        induction.EXPORT,
        JobKind(
            label=_("Induction training"), may_run=permissions.can_see_induction, table=induction.exported_induction
        ),
    )
    job_kinds.register(
        statistics.EXPORT,
        JobKind(
            label=_("Statistics of training"),
            may_run=permissions.can_see_statistics,
            run=statistics.write_statistics,
        ),
    )
    busies.register("training.camp_leave", Busy(_("Leave from the camp"), camp_leave.taken))
    inductions.register("training", InductionSource(done_on, done_in))
    growth.announce()
    growth_of_induction.announce()
    rules.announce()
    figures.announce()
    demands.announce()
