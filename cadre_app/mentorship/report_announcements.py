"""What half-year reports announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, verbs
from cadre_app.mentorship import report_lists
from cadre_app.mentorship.permissions import reports as permissions

VERBS = {
    "mentorship.mentorreport.generated": _("Half-year report made"),
    "mentorship.mentorreport.regenerated": _("Half-year report made anew"),
    "mentorship.mentorreport.changed": _("Half-year report changed"),
    "mentorship.mentorreport.sent": _("Half-year report sent"),
    "mentorship.mentorreport.taken_back": _("Half-year report taken back"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    job_kinds.register(
        report_lists.EXPORT,
        JobKind(label=_("Mentors' half-year reports"), may_run=permissions.reads_sent, table=report_lists.report_table),
    )
    nav.register(
        "mentor_reports",
        NavItem(
            label=_("Mentors' half-year reports"),
            short=pgettext_lazy("short", "Half-year report"),
            icon="file-earmark-text",
            url_name="mentorship:report_list",
            group="development",
            order=114,
            visible=permissions.has_nav_line,
        ),
    )
