"""What village terms and their reviews announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.growth import term_reviews as growth
from cadre_app.assignments.lists import term_reviews as lists
from cadre_app.assignments.papers import term_reviews as papers
from cadre_app.assignments.permissions import term_reviews as permissions
from cadre_app.assignments.rules import term_reviews as rules
from cadre_app.assignments.services.term_decisions import refuse_assessed_change, refuse_filed_end
from cadre_app.assignments.services.term_reviews import sweep_reviews
from cadre_app.assignments.term_stages import marks_of_ended
from cadre_app.core.registries import JobKind, job_kinds, sweeps, verbs
from cadre_app.core.village_terms import followed_terms, term_change_holds, term_end_holds, term_marks

VERBS = {
    "assignments.termreview.opened": _("Review of the village term opened"),
    "assignments.termreview.moved": _("Review of the village term moved with its end"),
    "assignments.termreview.summary_written": _("Own summary of the village term handed in"),
    "assignments.termreview.papers_recorded": _("Papers of the village term looked at"),
    "assignments.termreview.talks_recorded": _("Talks with villagers recorded"),
    "assignments.termreview.proposed": _("Conclusion on the village term proposed"),
    "assignments.termreview.signed_off": _("Review of the village term signed off"),
    "assignments.termreview.sent_back": _("Proposal on the village term sent back"),
    "assignments.termreview.unsigned": _("Sign-off of the review of the village term taken back"),
    "assignments.termreview.notice_recorded": _("Public notice of the village term recorded"),
    "assignments.termreview.handed_over": _("Form of the village term handed over"),
    "assignments.termreview.filed": _("Review of the village term filed"),
    "assignments.termreview.prolonged": _("Village term prolonged, not passed"),
    "assignments.termreview.unfiled": _("Filing of the review of the village term taken back"),
    "assignments.termreview.voided": _("Review of the village term voided"),
    "assignments.termreview.restored": _("Review of the village term restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    rules.announce()
    papers.announce()
    term_marks.register("assignments.term_reviews", marks_of_ended)
    followed_terms.register("assignments.term_reviews", rules.followed)
    term_end_holds.register("assignments.term_reviews", refuse_filed_end)
    term_change_holds.register("assignments.term_reviews", refuse_assessed_change)
    sweeps.register("assignments.term_reviews", sweep_reviews)
    job_kinds.register(
        lists.EXPORT, JobKind(label=_("Village terms"), may_run=permissions.can_list_terms, table=lists.exported_terms)
    )
