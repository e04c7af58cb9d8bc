"""What probations announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.appraisal_tabs import TabItem, appraisal_pages, own_appraisal_pages
from cadre_app.core.probation import cancellings, first_ranks, followed_probations, graded_posts, kept_ends
from cadre_app.core.registries import JobKind, job_kinds, sweeps, verbs
from cadre_app.probation import demands, growth, lists, papers, permissions, rules
from cadre_app.probation.services import records

VERBS = {
    "probation.probation.opened": _("End-of-probation assessment opened"),
    "probation.probation.summary_written": _("Own summary of the probation handed in"),
    "probation.probation.opinion_written": _("Opinion of the unit on the probation written"),
    "probation.probation.induction_waived": _("Induction training waived"),
    "probation.probation.waiver_taken_back": _("Waiver of induction training taken back"),
    "probation.probation.concluded": _("Conclusion on the probation entered"),
    "probation.probation.checked": _("Conclusion on the probation checked"),
    "probation.probation.signed_off": _("Conclusion on the probation signed off"),
    "probation.probation.returned": _("Conclusion on the probation returned for completion"),
    "probation.probation.unsigned": _("Sign-off of the conclusion on the probation taken back"),
    "probation.probation.voided": _("End-of-probation assessment voided"),
    "probation.probation.restored": _("End-of-probation assessment restored"),
}
TAB = TabItem(_("End-of-probation assessment"), "probation:list", 10)
OWN_TAB = TabItem(_("My probation"), "probation:mine", 10)


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    demands.announce()
    rules.announce()
    papers.announce()
    appraisal_pages.register(TAB.url_name, TAB)
    own_appraisal_pages.register(OWN_TAB.url_name, OWN_TAB)
    followed_probations.register("probation", rules.followed)
    kept_ends.register("probation", records.kept_ends)
    first_ranks.register("probation", records.ranks_not_yet)
    graded_posts.register("probation", records.posts_held)
    cancellings.register("probation", records.cancelling_of)
    sweeps.register("probation", records.sweep_probations)
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("End-of-probation assessment"), may_run=permissions.can_list, table=lists.exported_probations),
    )
