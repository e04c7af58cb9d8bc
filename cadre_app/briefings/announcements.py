"""What the room of briefings announces to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.briefings import composing_job, papers, permissions, rules
from cadre_app.core.registries import JobKind, job_kinds, verbs
from cadre_app.core.report_pages import ReportPage, report_pages

VERBS = {
    "briefings.briefing.written": _("Briefing written from figures"),
    "briefings.briefing.copied": _("Briefing copied as a new draft"),
    "briefings.briefing.changed": _("Briefing changed"),
    "briefings.briefing.numbers_taken": _("New numbers taken over into the briefing"),
    "briefings.briefing.numbers_kept": _("Numbers of the briefing left as they were"),
    "briefings.briefing.submitted": _("Briefing submitted to be issued"),
    "briefings.briefing.withdrawn": _("Briefing taken back to go on writing"),
    "briefings.briefing.returned": _("Briefing returned for completion"),
    "briefings.briefing.issued": _("Briefing issued"),
    "briefings.briefing.voided": _("Briefing voided"),
    "briefings.briefing.restored": _("Briefing restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    papers.announce()
    rules.announce()
    job_kinds.register(
        composing_job.COMPOSE,
        JobKind(
            label=_("Briefing"),
            may_run=permissions.can_start,
            run=composing_job.compose,
            done_url=composing_job.page_of,
        ),
    )
    report_pages.register(
        "briefings:briefing_list", ReportPage(_("Briefing"), "briefings:briefing_list", 20, permissions.can_list)
    )
