"""What hours announce to the registries."""

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
from cadre_app.training import own_hours
from cadre_app.training.growth import hours as growth
from cadre_app.training.importing import courses as importing
from cadre_app.training.lists import hours as lists
from cadre_app.training.permissions import hours as permissions
from cadre_app.training.rules import hours as rules
from cadre_app.training.services.outside import PROOF

MOST_PROOFS = 5
VERBS = {
    "training.hoursentry.entered": _("Training hours entered"),
    "training.hoursentry.voided": _("Training hours taken back"),
    "training.outsidecourse.submitted": _("Outside course submitted"),
    "training.outsidecourse.entered": _("Outside course entered as verified"),
    "training.outsidecourse.changed": _("Outside course changed"),
    "training.outsidecourse.verified": _("Outside course verified"),
    "training.outsidecourse.returned": _("Outside course returned for completion"),
    "training.outsidecourse.taken_back": _("Verification of an outside course taken back"),
    "training.outsidecourse.voided": _("Outside course withdrawn"),
    "training.outsidecourse.restored": _("Outside course restored"),
}
EXPORTS = {
    lists.BOARD: (_("Hours board"), lists.exported_board),
    lists.ENTRIES: (_("Entries of training hours"), lists.exported_entries),
    lists.OUTSIDE: (_("Outside courses"), lists.exported_outside),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    rules.announce()
    import_sheets.register(importing.SHEET.key, importing.SHEET)
    for key, (label, table) in EXPORTS.items():
        job_kinds.register(key, JobKind(label=label, may_run=permissions.can_see_board, table=table))
    proof = FileKind(
        _("Proof of an outside course"),
        ("picture", "pdf"),
        permissions.may_read_proof,
        max_count=MOST_PROOFS,
        page_of=lambda owner: reverse("training:outside_detail", kwargs={"pk": owner}),
    )
    file_kinds.register(PROOF, proof)
    nav.register(
        "own_training",
        NavItem(
            label=_("My training"),
            short=pgettext_lazy("short", "Training"),
            icon="mortarboard",
            url_name="training:own_training",
            group="development",
            order=130,
            visible=permissions.can_see_own,
        ),
    )
    desk_panels.register(
        "training.own",
        DeskPanel(
            order=15, visible=permissions.can_see_own, template="training/_desk_hours.html", context=own_hours.own_panel
        ),
    )
