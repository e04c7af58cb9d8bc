"""What people announce to the registries: lines of the navigation, parts of desks, words of the history, exports."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import (
    DeskPanel,
    FileKind,
    JobKind,
    NavItem,
    access_terms,
    activations,
    desk_panels,
    file_kinds,
    import_sheets,
    job_kinds,
    nav,
    verbs,
)
from cadre_app.files.models import PICTURE
from cadre_app.people import office_exports, permissions
from cadre_app.people.importing import offices, trainees
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.panels import own as own_panels
from cadre_app.people.panels import proposals as proposal_panels
from cadre_app.people.roster import lists as roster
from cadre_app.people.roster import party
from cadre_app.people.services.links import link_activated
from cadre_app.people.services.photos import PHOTO, may_read

VERBS = {
    "people.person.created": _("Person entered"),
    "people.person.changed": _("Person changed"),
    "people.person.identity_changed": _("Identity changed"),
    "people.person.contacts_changed": _("Contacts changed"),
    "people.person.party_changed": _("Political affiliation changed"),
    "people.person.resume_changed": _("Résumé changed"),
    "people.person.account_requested": _("Account requested"),
    "people.person.account_linked": _("Account linked"),
    "people.person.id_number_revealed": _("ID number shown in clear"),
    "people.person.phone_revealed": _("Phone shown in clear"),
    "people.person.account_unlinked": _("Account no longer linked"),
    "people.education.added": _("Education added"),
    "people.education.changed": _("Education changed"),
    "people.education.voided": _("Education voided"),
    "people.education.restored": _("Education restored"),
    "people.relative.added": _("Relative added"),
    "people.relative.changed": _("Relative changed"),
    "people.relative.voided": _("Relative voided"),
    "people.relative.restored": _("Relative restored"),
    "people.trainee.created": _("Growth file opened"),
    "people.trainee.changed": _("Growth file changed"),
    "people.trainee.post_changed": _("Post or rank changed"),
    "people.trainee.term_end_changed": _("End of the village term changed"),
    "people.trainee.transferred": _("Transferred"),
    "people.trainee.departed": _("Left the programme"),
    "people.trainee.departure_undone": _("Departure taken back"),
    "people.trainee.voided": _("Growth file voided"),
    "people.trainee.restored": _("Growth file restored"),
    "people.postrecord.added": _("Post or rank entered"),
    "people.postrecord.changed": _("Post or rank corrected"),
    "people.postrecord.voided": _("Post or rank voided"),
    "people.postrecord.restored": _("Post or rank restored"),
    "people.arrivalcheck.ticked": _("Item of the arrival checklist done"),
    "people.arrivalcheck.voided": _("Item of the arrival checklist taken back"),
    "people.arrivalcheck.restored": _("Item of the arrival checklist restored"),
    "people.office.created": _("Office added"),
    "people.office.changed": _("Office changed"),
    "people.office.voided": _("Office voided"),
    "people.office.restored": _("Office restored"),
    "people.officeholding.started": _("Office taken"),
    "people.officeholding.changed": _("Holding of an office corrected"),
    "people.officeholding.ended": _("Office left"),
    "people.officeholding.reopened": _("Last day in the office taken back"),
    "people.officeholding.voided": _("Holding of an office voided"),
    "people.officeholding.restored": _("Holding of an office restored"),
    "people.villageterm.started": _("Village term started"),
    "people.villageterm.changed": _("Village term changed"),
    "people.villageterm.ended": _("Village term ended"),
    "people.villageterm.reopened": _("End of the village term taken back"),
    "people.villageterm.voided": _("Village term voided"),
    "people.villageterm.restored": _("Village term restored"),
    "people.interruption.added": _("Interruption entered"),
    "people.interruption.changed": _("Interruption changed"),
    "people.interruption.voided": _("Interruption voided"),
    "people.interruption.restored": _("Interruption restored"),
    "people.transfer.recorded": _("Transfer or departure recorded"),
    "people.transfer.voided": _("Transfer or departure voided"),
    "people.proposal.made": _("Change proposed"),
    "people.proposal.accepted": _("Proposal accepted"),
    "people.proposal.refused": _("Proposal refused"),
    "people.proposal.number_revealed": _("Proposed number shown in clear"),
    "people.proposal.withdrawn": _("Proposal withdrawn"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for sheet in (offices.SHEET, trainees.SHEET):
        import_sheets.register(sheet.key, sheet)
    file_kinds.register(PHOTO, FileKind(label=_("Photo"), families=(PICTURE,), may_read=may_read))
    activations.register("people.person", link_activated)
    access_terms.register("people.avoided", lambda user: map(str, avoided_persons(user)))
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    nav.register(
        "people",
        NavItem(
            label=_("Roster"),
            short=pgettext_lazy("short", "People"),
            icon="people",
            url_name="people:trainee_list",
            group="desk",
            order=10,
            visible=permissions.can_see_roster,
        ),
    )
    job_kinds.register(
        roster.EXPORT, JobKind(label=_("Roster"), may_run=permissions.can_see_roster, table=roster.roster_table)
    )
    job_kinds.register(
        party.EXPORT,
        JobKind(label=_("Party stages"), may_run=permissions.can_see_roster, table=party.exported_stages),
    )
    nav.register(
        "offices",
        NavItem(
            label=_("Offices"),
            short=_("Offices"),
            icon="person-badge",
            url_name="people:office_list",
            group="system",
            order=810,
            visible=permissions.can_see_offices,
        ),
    )
    nav.register(
        "my_file",
        NavItem(
            label=_("My file"),
            short=_("My file"),
            icon="person",
            url_name="people:my_file",
            group="desk",
            order=20,
            visible=permissions.has_own_file,
        ),
    )
    nav.register(
        "proposals",
        NavItem(
            label=_("Proposals"),
            short=_("Proposals"),
            icon="pencil-square",
            url_name="people:proposal_list",
            group="desk",
            order=150,
            visible=permissions.can_see_proposals,
        ),
    )
    desk_panels.register(
        "people.own_file",
        DeskPanel(order=10, visible=permissions.has_own_file, template="desk/_panel.html", context=own_panels.own_file),
    )
    desk_panels.register(
        "people.proposals",
        DeskPanel(order=15, visible=permissions.can_see_proposals, items=proposal_panels.proposal_items),
    )
    job_kinds.register(
        office_exports.EXPORT,
        JobKind(label=_("List of offices"), may_run=permissions.can_see_offices, table=office_exports.office_table),
    )
