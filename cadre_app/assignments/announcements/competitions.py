"""What comparisons of results announce to the registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.growth import competitions as growth
from cadre_app.assignments.lists import competitions as lists
from cadre_app.assignments.panels import competitions as panels
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.rules import competitions as rules
from cadre_app.assignments.services.competition_entries import EVIDENCE, MOST_FILES
from cadre_app.core.registries import DeskPanel, FileKind, JobKind, desk_panels, file_kinds, job_kinds, verbs

FAMILIES = ("pdf", "picture", "document")
VERBS = {
    "assignments.competition.planned": _("Comparison of results planned"),
    "assignments.competition.changed": _("Comparison of results changed"),
    "assignments.competition.opened": _("Comparison opened for results"),
    "assignments.competition.review_started": _("Comparison given to the reviewers"),
    "assignments.competition.scores_moved": _("Last day for the scores of a comparison moved"),
    "assignments.competition.review_closed": _("Review of a comparison closed"),
    "assignments.competition.signed_off": _("Comparison of results signed off"),
    "assignments.competition.sent_back": _("Comparison of results sent back"),
    "assignments.competition.published": _("Comparison of results published"),
    "assignments.competition.stepped_back": _("Comparison of results one step back"),
    "assignments.competition.cancelled": _("Comparison of results cancelled"),
    "assignments.competition.resumed": _("Comparison of results carried on"),
    "assignments.competition.voided": _("Comparison of results voided"),
    "assignments.competition.restored": _("Comparison of results restored"),
    "assignments.competitioncriterion.added": _("Criterion of a comparison set"),
    "assignments.competitioncriterion.changed": _("Criterion of a comparison changed"),
    "assignments.competitioncriterion.voided": _("Criterion of a comparison taken out"),
    "assignments.competitionentry.entered": _("Result entered into a comparison"),
    "assignments.competitionentry.changed": _("Result in a comparison changed, to be verified anew"),
    "assignments.competitionentry.verified": _("Result in a comparison verified"),
    "assignments.competitionentry.returned": _("Result in a comparison returned for completion"),
    "assignments.competitionentry.voided": _("Result taken out of a comparison"),
    "assignments.competitionentry.restored": _("Result in a comparison restored"),
    "assignments.competitionmember.joined": _("Named as a member of a team in a comparison"),
    "assignments.competitionmember.voided": _("Taken out of a team in a comparison"),
    "assignments.competitionmember.shown": _("Part in a team's results shown in the file, or no longer"),
    "assignments.competitionreviewer.named": _("Reviewer of a comparison named"),
    "assignments.competitionreviewer.voided": _("Reviewer of a comparison released"),
    "assignments.competitionreviewer.handed_in": _("Scores of a comparison handed in"),
    "assignments.competitionreviewer.taken_back": _("Scores of a comparison taken back by the reviewer"),
    "assignments.competitionreviewer.returned": _("Scores of a comparison returned to the reviewer"),
    "assignments.competitionscore.given": _("Result in a comparison scored"),
    "assignments.competitionscore.voided": _("Score of a result no longer counts: the result was changed"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    rules.announce()
    file_kinds.register(
        EVIDENCE,
        FileKind(
            _("Evidence of a result in a comparison"),
            FAMILIES,
            permissions.may_read_evidence,
            max_count=MOST_FILES,
            page_of=lambda owner: reverse("assignments:result_page", kwargs={"pk": owner}),
        ),
    )
    job_kinds.register(
        lists.EXPORT,
        JobKind(
            label=_("Results by front and team"),
            may_run=permissions.can_list_competitions,
            table=lists.exported_competitions,
        ),
    )
    desk_panels.register(
        "assignments.competitions",
        DeskPanel(order=17, visible=permissions.has_competition_work, items=panels.desk_items),
    )
