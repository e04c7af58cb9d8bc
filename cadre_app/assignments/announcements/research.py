"""What research announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.figures import research as figures
from cadre_app.assignments.growth import research as growth
from cadre_app.assignments.lists import research as lists
from cadre_app.assignments.permissions import research as permissions
from cadre_app.assignments.rules import research as rules
from cadre_app.assignments.rules import research_answers as answers
from cadre_app.assignments.services.research_terms import follow_terms
from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, verbs
from cadre_app.core.village_terms import term_followers

VERBS = {
    "assignments.researchcall.planned": _("Call for research topics planned"),
    "assignments.researchcall.changed": _("Call for research topics changed"),
    "assignments.researchcall.opened": _("Call for research topics opened"),
    "assignments.researchcall.closed": _("Call for research topics closed"),
    "assignments.researchcall.voided": _("Call for research topics voided"),
    "assignments.researchcall.restored": _("Call for research topics restored"),
    "assignments.researchproject.proposed": _("Research topic proposed"),
    "assignments.researchproject.changed": _("Research topic changed"),
    "assignments.researchproject.due_moved": _("Day of a research report moved with its call"),
    "assignments.researchproject.due_followed": _("Day of a research report moved with its village term"),
    "assignments.researchproject.approved": _("Research topic approved"),
    "assignments.researchproject.dropped": _("Research topic dropped"),
    "assignments.researchproject.taken_up": _("Research topic considered again"),
    "assignments.researchproject.planned": _("Research plan written"),
    "assignments.researchproject.remarked": _("The department commented on a research report"),
    "assignments.researchproject.sent_back": _("Research report sent back to be supplemented"),
    "assignments.researchproject.told": _("The author was told of the mentor's reading"),
    "assignments.researchproject.recommended": _("Research report recommended"),
    "assignments.researchproject.unrecommended": _("Recommendation of a research report taken back"),
    "assignments.researchproject.submitted": _("Research report sent up"),
    "assignments.researchproject.closed": _("Research report closed"),
    "assignments.researchproject.stepped_back": _("Research report one stage back"),
    "assignments.researchproject.voided": _("Research project voided"),
    "assignments.researchproject.restored": _("Research project restored"),
    "assignments.researchmember.joined": _("Taken into a research team"),
    "assignments.researchmember.changed": _("Part of the work in a research team changed"),
    "assignments.researchmember.left": _("Left a research team"),
    "assignments.researchmember.rejoined": _("Back in a research team"),
    "assignments.researchmember.leads": _("Leads a research team"),
    "assignments.researchmember.lead_handed_over": _("Lead of a research team handed over"),
    "assignments.researchmember.voided": _("Taken out of a research team"),
    "assignments.progressmeeting.recorded": _("Progress meeting recorded"),
    "assignments.progressmeeting.changed": _("Minutes of a progress meeting corrected"),
    "assignments.progressmeeting.voided": _("Progress meeting voided"),
    "assignments.progressmeeting.restored": _("Progress meeting restored"),
    "assignments.progressitem.added": _("Item of a progress meeting added"),
    "assignments.progressitem.changed": _("Item of a progress meeting corrected"),
    "assignments.progressitem.voided": _("Item of a progress meeting taken out"),
    "assignments.progressitem.restored": _("Item of a progress meeting put back"),
    "assignments.progressitem.step_done": _("Step of a research report done"),
    "assignments.progressitem.step_open": _("Step of a research report open again"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    term_followers.register("assignments.research", follow_terms)
    growth.announce()
    rules.announce()
    answers.announce()
    figures.announce()
    job_kinds.register(
        lists.EXPORT, JobKind(label=_("Research topics"), may_run=permissions.can_follow, table=lists.exported_projects)
    )
    nav.register(
        "research",
        NavItem(
            label=_("Field research"),
            short=pgettext_lazy("short", "Research"),
            icon="journal-text",
            url_name="assignments:research_board",
            group="development",
            order=150,
            visible=permissions.can_follow,
        ),
    )
    nav.register(
        "own_research",
        NavItem(
            label=_("My research"),
            short=pgettext_lazy("short", "My research"),
            icon="journal-text",
            url_name="assignments:research_mine",
            group="development",
            order=151,
            visible=permissions.can_propose,
        ),
    )
