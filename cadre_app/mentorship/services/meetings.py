"""How a note of a meeting and a check-in find each other: the note says that the check-in was held. A check-in that was
called off with the end of its pairing waits again with it.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cadre_app.history import services as history
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing
from cadre_app.mentorship.services.kept_words import ENDED, in_house_language

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# A meeting this many days before the day arranged still is the one that was arranged.
EARLY = timedelta(days=7)


def tie_check_in(note: GuidanceNote, *, actor: "User | None") -> None:
    """Hold the open check-in by the note of a meeting, or give it back; call it inside the change of the note.

    A meeting far ahead of the day arranged counts by itself.
    """
    if not (note.is_counted and note.is_meeting):
        _release(note, actor=actor)
        return
    tied = note.check_in or CheckIn.objects.open().filter(pairing_id=note.pairing_id).first()
    if tied is None or note.happened_on < tied.planned_on - EARLY:
        _release(note, actor=actor)
        return
    note.check_in = _held(tied, note.happened_on, actor=actor)


def called_off_with(pairing: Pairing, ended_on: date) -> CheckIn | None:
    """The check-in that was called off as the pairing ended on that day; None where none was arranged."""
    rows = CheckIn.objects.standing().filter(
        pairing=pairing, called_off_on=ended_on, called_off_reason=in_house_language(ENDED)
    )
    return rows.order_by("-updated_at").first()


def wait_again(pairing: Pairing, ended_on: date, *, arranged: CheckIn | None = None, actor: "User") -> None:
    """The pairing runs again: so does what was called off with its end, for the day and place of `arranged` where given."""
    found = called_off_with(pairing, ended_on)
    if found is None or CheckIn.objects.open().filter(pairing=pairing).exists():
        return
    check_in = CheckIn.objects.lock(found.pk)
    with history.change(check_in, actor=actor, verb="mentorship.checkin.reopened"):
        check_in.called_off_on, check_in.called_off_reason = None, ""
        if arranged is not None:
            check_in.planned_on, check_in.place = arranged.planned_on, arranged.place
        check_in.full_clean()
        check_in.save()


def _held(check_in: CheckIn, day: date, *, actor: "User | None") -> CheckIn:
    check_in = CheckIn.objects.lock(check_in.pk)
    if check_in.held_on != day:
        with history.change(check_in, actor=actor, verb="mentorship.checkin.held"):
            check_in.held_on = day
            check_in.full_clean()
            check_in.save(update_fields=["held_on", "updated_at"])
    return check_in


def _release(note: GuidanceNote, *, actor: "User | None") -> None:
    """The check-in waits again; it is voided where another one has been arranged since."""
    if note.check_in is None:
        return
    check_in, note.check_in = CheckIn.objects.lock(note.check_in.pk), None
    if CheckIn.objects.open().filter(pairing_id=note.pairing_id).exists():
        if actor is not None:
            history.void(check_in, actor=actor, reason="")
        return
    with history.change(check_in, actor=actor, verb="mentorship.checkin.reopened"):
        check_in.held_on = None
        check_in.full_clean()
        check_in.save(update_fields=["held_on", "updated_at"])
