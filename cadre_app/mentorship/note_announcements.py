"""What guidance notes and check-ins announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import (
    DeskPanel,
    FileKind,
    JobKind,
    NavItem,
    desk_panels,
    file_kinds,
    job_kinds,
    nav,
    verbs,
)
from cadre_app.mentorship import growth_notes, note_lists, panels, search
from cadre_app.mentorship.permissions import notes as permissions
from cadre_app.mentorship.services.notes import PHOTO
from cadre_app.people.permissions import has_own_file

MOST_PHOTOS = 9
VERBS = {
    "mentorship.guidancenote.added": _("Guidance note written"),
    "mentorship.guidancenote.changed": _("Guidance note changed"),
    "mentorship.guidancenote.corrected": _("Guidance note that corrects an earlier one written"),
    "mentorship.guidancenote.superseded": _("Guidance note corrected by a later one"),
    "mentorship.guidancenote.counts_again": _("Guidance note counts again"),
    "mentorship.guidancenote.voided": _("Guidance note voided"),
    "mentorship.guidancenote.restored": _("Guidance note restored"),
    "mentorship.guidancenote.acknowledged": _("Guidance note acknowledged"),
    "mentorship.guidancenote.answered": _("Guidance note answered"),
    "mentorship.guidancenote.step_ticked": _("Next step of a guidance note done or opened again"),
    "mentorship.checkin.arranged": _("Check-in arranged"),
    "mentorship.checkin.changed": _("Check-in moved"),
    "mentorship.checkin.held": _("Check-in held"),
    "mentorship.checkin.called_off": _("Check-in called off"),
    "mentorship.checkin.reopened": _("Check-in opened again"),
    "mentorship.checkin.voided": _("Check-in voided"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth_notes.announce()
    search.announce()
    file_kinds.register(
        PHOTO, FileKind(_("Photo of a guidance note"), ("picture",), permissions.may_read_photo, max_count=MOST_PHOTOS)
    )
    job_kinds.register(
        note_lists.EXPORT,
        JobKind(label=_("Guidance notes"), may_run=permissions.works_for_units, table=note_lists.note_table),
    )
    nav.register(
        "notes",
        NavItem(
            label=_("Guidance notes"),
            short=_("Guidance notes"),
            icon="journal-text",
            url_name="mentorship:note_list",
            group="development",
            order=110,
            visible=permissions.can_see_list,
        ),
    )
    desk_panels.register(
        "mentorship.mentees",
        DeskPanel(
            order=5,
            visible=permissions.is_mentor,
            template="mentorship/_desk_mentees.html",
            context=panels.mentees,
            leads=True,
        ),
    )
    desk_panels.register("mentorship.own_notes", DeskPanel(order=5, visible=has_own_file, items=panels.trainee_items))
