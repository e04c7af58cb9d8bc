"""What pairings announce to the registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import (
    DeskPanel,
    FileKind,
    JobKind,
    NavItem,
    desk_panels,
    file_kinds,
    import_sheets,
    job_kinds,
    nav,
    verbs,
)
from cadre_app.files.models import PDF, PICTURE
from cadre_app.mentorship import demands, figures, growth, loads, pairing_lists, pairing_panels, relations
from cadre_app.mentorship.importing import pairings as importing
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services.agreements import AGREEMENT, MOST_FILES

VERBS = {
    "mentorship.pairing.started": _("Pairing begun"),
    "mentorship.pairing.changed": _("Pairing changed"),
    "mentorship.pairing.ended": _("Pairing ended"),
    "mentorship.pairing.reopened": _("End of the pairing taken back"),
    "mentorship.pairing.voided": _("Pairing voided"),
    "mentorship.pairing.restored": _("Pairing restored"),
    "mentorship.pairing.kept": _("Mentor kept by another office"),
    "mentorship.agreement.signed": _("Pairing agreement signed"),
    "mentorship.agreement.unsigned": _("Signing of the agreement taken back"),
    "mentorship.pairinggoal.added": _("Goal added"),
    "mentorship.pairinggoal.changed": _("Goal changed"),
    "mentorship.pairinggoal.progressed": _("Progress of a goal entered"),
    "mentorship.pairinggoal.voided": _("Goal removed"),
    "mentorship.pairinggoal.restored": _("Goal put back"),
}


def announce() -> None:
    """Called once, when the app is ready; growth_notes comes first, which announces the kind of entries."""
    relations.announce()
    growth.announce()
    figures.announce()
    demands.announce()
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    nav.register(
        "mentoring",
        NavItem(
            label=_("Mentoring"),
            short=pgettext_lazy("short", "Mentoring"),
            icon="link-45deg",
            url_name="mentorship:pairing_list",
            group="development",
            order=100,
            visible=permissions.can_see_board,
        ),
    )
    job_kinds.register(
        pairing_lists.EXPORT,
        JobKind(label=_("Pairings"), may_run=permissions.can_see_board, table=pairing_lists.pairing_table),
    )
    job_kinds.register(
        loads.EXPORT,
        JobKind(label=_("Mentors and their mentees"), may_run=permissions.can_see_board, table=loads.mentor_table),
    )
    file_kinds.register(
        AGREEMENT,
        FileKind(
            _("Signed agreement"),
            (PDF, PICTURE),
            permissions.may_read_agreement,
            max_count=MOST_FILES,
            page_of=lambda owner: reverse("mentorship:pairing_detail", kwargs={"pk": owner}),
        ),
    )
    desk_panels.register(
        "mentorship.pairings",
        DeskPanel(order=18, visible=permissions.can_see_suggestions, items=pairing_panels.pairing_items),
    )
    import_sheets.register(importing.SHEET.key, importing.SHEET)
