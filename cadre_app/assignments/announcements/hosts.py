"""What hosts announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.panels import hosts as panels
from cadre_app.assignments.permissions.rooms import is_host
from cadre_app.core.registries import DeskPanel, NavItem, desk_panels, nav, verbs

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
    nav.register(
        "hosted",
        NavItem(
            label=_("Postings I supervise"),
            short=pgettext_lazy("short", "Hosted"),
            icon="signpost-split",
            url_name="assignments:host_list",
            group="development",
            order=142,
            visible=is_host,
        ),
    )
    desk_panels.register(
        "assignments.hosted",
        DeskPanel(order=16, visible=is_host, template="assignments/_desk_hosted.html", context=panels.desk_panel),
    )
