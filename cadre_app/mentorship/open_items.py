"""未办事项 What is open in a running pairing, as its reader may know of it; soonest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.mentorship.models import CheckIn, GuidanceNote, Pairing, PairingGoal, PairingReview

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 20


@dataclass(frozen=True)
class OpenItem:
    """One line; `day` is when it is due, None where there is no day."""

    text: str
    day: date | None
    url: str


def open_items(pairing: Pairing, user: "User") -> list[OpenItem]:
    """Nothing once the pairing has ended; four queries."""
    if not pairing.is_running:
        return []
    found = [*_agreement(pairing), *_check_in(pairing), *_steps(pairing, user), *_goals(pairing), *_review(pairing)]
    return sorted(found, key=lambda item: item.day or pairing.due_on)


def _agreement(pairing: Pairing) -> Iterator[OpenItem]:
    if pairing.signed_on is None:
        yield OpenItem(_("The agreement is to be signed"), None, "#agreement")


def _check_in(pairing: Pairing) -> Iterator[OpenItem]:
    day = pairing.next_check_in_on
    if day is None:
        return
    is_arranged = CheckIn.objects.open().filter(pairing=pairing).exists()
    text = _("Check-in arranged for %(day)s") if is_arranged else _("Check-in due by %(day)s")
    yield OpenItem(text % {"day": formats.date_format(day)}, day, _url("check_in_list", pairing))


def _steps(pairing: Pairing, user: "User") -> Iterator[OpenItem]:
    """Next steps of the notes that the reader reads."""
    mine = GuidanceNote.objects.visible_to(user).unfinished().filter(pairing=pairing)
    for note in mine.order_by(F("next_step_on").asc(nulls_last=True), "happened_on")[:MOST]:
        if note.next_step_on is None:
            text = _("Next step: %(step)s") % {"step": note.next_step}
        else:
            known = {"day": formats.date_format(note.next_step_on), "step": note.next_step}
            text = _("Next step by %(day)s: %(step)s") % known
        yield OpenItem(text, note.next_step_on, reverse("mentorship:note_detail", kwargs={"pk": note.pk}))


def _goals(pairing: Pairing) -> Iterator[OpenItem]:
    count = PairingGoal.objects.unreached().filter(pairing=pairing).count()
    if count:
        yield OpenItem(_("Goals not reached yet: %(count)d") % {"count": count}, pairing.due_on, "#goals")


def _review(pairing: Pairing) -> Iterator[OpenItem]:
    """The review whose stretch ends within a month, or has ended."""
    soon = timezone.localdate() + timedelta(days=31)
    for review in PairingReview.objects.open().filter(pairing=pairing, period_until__lte=soon):
        known = {"day": formats.date_format(review.period_until)}
        url = reverse("mentorship:review_detail", kwargs={"pk": review.pk})
        yield OpenItem(_("Review due by %(day)s") % known, review.period_until, url)


def _url(name: str, pairing: Pairing) -> str:
    return reverse(f"mentorship:{name}", kwargs={"pk": pairing.pk})
