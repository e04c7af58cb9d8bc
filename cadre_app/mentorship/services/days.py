"""The days of a pairing that follow from its notes and check-ins: `last_note_on`, `last_record_on`, `next_check_in_on`.

They are kept here and nowhere else. Private notes never count: nobody else may learn of one.
"""

from datetime import date, timedelta

from django.db.models import Max

from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing
from cadre_app.mentorship.models.notes import MEETINGS


def keep_days(pairing: Pairing) -> Pairing:
    """Bring the days of a locked pairing up to date; no version, no history: they only repeat what others tell."""
    noted = _last_note(pairing)
    found = {
        "last_note_on": noted,
        "last_record_on": _latest(pairing.started_on, noted, _last_held(pairing)),
        "next_check_in_on": next_check_in(pairing),
    }
    if any(getattr(pairing, name) != day for name, day in found.items()):
        Pairing.objects.filter(pk=pairing.pk).update(**found)
        for name, day in found.items():
            setattr(pairing, name, day)
    return pairing


def next_check_in(pairing: Pairing) -> date | None:
    """The day of the open check-in, else the one that is due by cadence; None once the pairing has ended."""
    if not pairing.is_running:
        return None
    planned = CheckIn.objects.open().filter(pairing=pairing).values_list("planned_on", flat=True).first()
    return planned or last_met(pairing) + timedelta(days=pairing.check_in_days)


def last_met(pairing: Pairing) -> date:
    """The day of the last meeting: a check-in that was held, or a note of one; the first day if there was none."""
    notes = GuidanceNote.objects.counted().filter(pairing=pairing, way__in=MEETINGS)
    noted = notes.aggregate(last=Max("happened_on"))["last"]
    return _latest(pairing.started_on, noted, _last_held(pairing))


def _latest(*days: date | None) -> date:
    return max(day for day in days if day is not None)


def _last_held(pairing: Pairing) -> date | None:
    last: date | None = CheckIn.objects.standing().filter(pairing=pairing).aggregate(last=Max("held_on"))["last"]
    return last


def _last_note(pairing: Pairing) -> date | None:
    last: date | None = (
        GuidanceNote.objects.counted().filter(pairing=pairing).aggregate(last=Max("happened_on"))["last"]
    )
    return last
