"""Who may do what with guidance notes and check-ins (ACCESS.md, "Who sees what")."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.models import GuidanceNote, Pairing, Visibility
from cadre_app.mentorship.permissions.pairings import is_own_mentee
from cadre_app.mentorship.policies import NOTE_EDIT_DAYS
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from cadre_app.accounts.models import User


def is_mentor(user: "User") -> bool:
    """Mentor in a pairing that runs; asked once per request."""
    known: bool | None = user.__dict__.get("_is_mentor")
    if known is None:
        own, _file = own_keys(user)
        known = own is not None and Pairing.objects.running().filter(mentor=own).exists()
        user.__dict__["_is_mentor"] = known
    return known


def mentors_only(user: "User") -> bool:
    """Mentor, and neither with a role, which finds everybody by the roster, nor with a growth file."""
    return not user.has_role(*BUSINESS_ROLES) and not people.has_own_file(user) and is_mentor(user)


def can_write(user: "User", pairing: Pairing) -> bool:
    """The mentor, while the pairing runs."""
    return is_own_mentee(user, pairing)


def has_mentor_account(user: "User") -> bool:
    """An account made for mentoring, whether a pairing runs or not: what it typed is shown to it once more."""
    return user.kind == AccountKind.MENTOR


def lists_texts(user: "User") -> bool:
    """The table has columns for texts: staff and leaders; of a liaison's rows none is readable anyway."""
    return knows_of_all_notes(user)


def knows_of_all_notes(user: "User") -> bool:
    """Also of those for the department only, which count for how a pairing goes: staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def can_see_list(user: "User") -> bool:
    """The list of notes: business roles, mentors of their own notes, trainees of those shared with them."""
    return user.has_role(*BUSINESS_ROLES) or people.has_own_file(user) or is_mentor(user)


def reads_texts(user: "User") -> bool:
    """Texts of notes are open to them: all that list notes but liaisons, who see days and ways alone."""
    return knows_of_all_notes(user) or people.has_own_file(user) or is_mentor(user)


def works_for_units(user: "User") -> bool:
    """Gets the table over units and its export instead of the own notes: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_change(user: "User", note: GuidanceNote) -> bool:
    """The author, as long as the note can be changed (`is_open`)."""
    return _is_author(user, note) and is_open(note)


def is_open(note: GuidanceNote) -> bool:
    """Stands uncorrected, was not answered, and was sent a few days ago at most."""
    return _stands(note) and not note.answer and _is_recent(note.created_at)


def can_correct(user: "User", note: GuidanceNote) -> bool:
    """The author, by a later entry, once the note can no longer be changed itself."""
    return _is_author(user, note) and _stands(note) and not is_open(note)


def can_void(user: "User", note: GuidanceNote) -> bool:
    """The author, until the trainee has answered; staff of the unit, for what is not private."""
    return _stands(note) and ((_is_author(user, note) and not note.answer) or _works_on(user, note))


def can_restore(user: "User", note: GuidanceNote) -> bool:
    """Staff of the unit; the author what nobody else reads: what staff took out is not put back by its author."""
    is_own = note.visibility == Visibility.PRIVATE and _is_author(user, note)
    return note.is_voided and (is_own or _works_on(user, note))


def can_answer(user: "User", note: GuidanceNote) -> bool:
    """The trainee, a shared note that stands: to say that it was read, and to answer once."""
    return (
        note.is_shared
        and _stands(note)
        and people.is_own(user, note.pairing.trainee)
        and not note.pairing.trainee.is_read_only
    )


def can_correct_answer(user: "User", note: GuidanceNote) -> bool:
    """The trainee, a few days long."""
    return can_answer(user, note) and note.answered_at is not None and _is_recent(note.answered_at)


def writes_answer(user: "User", note: GuidanceNote) -> bool:
    """The trainee, the first answer at any time, another one as long as the first can be corrected."""
    return can_correct_answer(user, note) if note.answer else can_answer(user, note)


def can_tick_step(user: "User", note: GuidanceNote) -> bool:
    """Author and trainee say that the next step is done, or that it is not."""
    return bool(note.next_step) and _stands(note) and (_is_author(user, note) or can_answer(user, note))


def can_read_history(user: "User", note: GuidanceNote) -> bool:
    """What was changed when: the author and whoever works on the file as staff or leader, where they read the note."""
    return _is_author(user, note) or people.can_read_history(user, note.pairing.trainee)


def can_arrange(user: "User", pairing: Pairing) -> bool:
    """Check-ins: the mentor, and staff of the unit, while the pairing runs."""
    return is_own_mentee(user, pairing) or (pairing.is_running and people.can_edit(user, pairing.trainee))


def may_read_photo(user: "User", owner_id: "UUID") -> bool:
    """Photos of a note: whoever may read its text, as long as it stands."""
    return GuidanceNote.objects.visible_to(user).standing().filter(pk=owner_id).exists()


def _stands(note: GuidanceNote) -> bool:
    return not note.is_voided and not note.is_superseded


def _is_author(user: "User", note: GuidanceNote) -> bool:
    own, _file = own_keys(user)
    return note.author_id == own and is_own_mentee(user, note.pairing)


def _works_on(user: "User", note: GuidanceNote) -> bool:
    return note.visibility != Visibility.PRIVATE and people.can_edit(user, note.pairing.trainee)


def _is_recent(moment: "datetime") -> bool:
    return timezone.localdate() <= timezone.localdate(moment) + timedelta(days=NOTE_EDIT_DAYS.now())
