"""What happened in one pairing, as its reader may know of it: begin, check-ins, notes and end in one line of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.mentorship.models import CheckIn, EndKind, GuidanceNote, Pairing, PairingReview
from cadre_app.mentorship.note_columns import shortened, state_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 300
LONGEST = 160
NOTE = gettext_lazy("Guidance note")
CHECK_IN = gettext_lazy("Check-in")
REVIEW = gettext_lazy("Pairing review")
PAIRING = pgettext_lazy("kind of entry", "Pairing")


@dataclass(frozen=True)
class Step:
    """One entry as components/timeline_entry.html draws it."""

    day: date
    icon: str
    kind: str
    title: str
    tone: str = ""
    text: str = ""
    source: str = ""
    state: str = ""
    label: str = ""
    url: str = ""
    id: str = ""


def years_of(pairing: Pairing, user: "User", *, tells_why: bool) -> list[tuple[int, list[Step]]]:
    """The latest 300 of each kind, newest first, by year; three queries. `tells_why`: with the reason of an early end."""
    steps = [*_frame(pairing, tells_why), *_notes(pairing, user), *_check_ins(pairing, user), *_reviews(pairing)]
    steps.sort(key=lambda step: step.day, reverse=True)
    return [(year, list(found)) for year, found in groupby(steps, key=lambda step: step.day.year)]


def _frame(pairing: Pairing, tells_why: bool) -> Iterator[Step]:
    if pairing.ended_on is not None:
        label = EndKind(pairing.end_kind).label
        reason = pairing.end_reason if tells_why else ""
        yield Step(pairing.ended_on, "link-45deg", str(PAIRING), str(label), tone="o", text=reason)
    if pairing.signed_on is not None:
        yield Step(pairing.signed_on, "file-earmark-text", str(PAIRING), _("The agreement was signed"), tone="o")
    yield Step(pairing.started_on, "link-45deg", str(PAIRING), _("The pairing began"), tone="o")


def _notes(pairing: Pairing, user: "User") -> Iterator[Step]:
    """Notes with their text for their readers; for a liaison that one was written, and how."""
    rows: Any = GuidanceNote.objects.listed_for(user).uncorrected().filter(pairing=pairing)
    for note in rows.order_by("-happened_on", "-created_at")[:MOST]:
        way = note.get_way_display()
        _mark, state = state_of(note)
        if not note.is_readable:
            yield Step(note.happened_on, "journal-text", str(NOTE), way, tone="q", source=state)
            continue
        source = state if note.is_shared else note.get_visibility_display()
        yield Step(
            note.happened_on,
            "journal-text",
            str(NOTE),
            note.topic or way,
            tone="q",
            text=shortened(note.text, LONGEST),
            source=f"{way} · {source}",
            url=reverse("mentorship:note_detail", kwargs={"pk": note.pk}),
        )


def _check_ins(pairing: Pairing, user: "User") -> Iterator[Step]:
    """Check-ins that no note tells of."""
    rows = CheckIn.objects.visible_to(user).standing().filter(pairing=pairing)
    told = GuidanceNote.objects.listed_for(user).standing().filter(check_in__isnull=False).values("check_in")
    for check_in in rows.exclude(pk__in=told).order_by("-planned_on")[:MOST]:
        if check_in.called_off_on is not None:
            title, day, text = _("Called off"), check_in.called_off_on, check_in.called_off_reason
        elif check_in.held_on is not None:
            title, day, text = _("Held"), check_in.held_on, check_in.place
        else:
            title, day, text = _("Arranged"), check_in.planned_on, check_in.place
        yield Step(day, "calendar3", str(CHECK_IN), title, text=text)


def _reviews(pairing: Pairing) -> Iterator[Step]:
    """Reviews that were signed off; what they say stands on their own page, for its readers."""
    for review in PairingReview.objects.signed_off().filter(pairing=pairing).order_by("-period_until")[:MOST]:
        moment = review.signed_off_at
        if moment is not None:
            title = _("Final review signed off") if review.is_final else _("Half-year review signed off")
            yield Step(
                timezone.localdate(moment),
                "clipboard-check",
                str(REVIEW),
                title,
                tone="l",
                source=str(review),
                url=reverse("mentorship:review_detail", kwargs={"pk": review.pk}),
            )
