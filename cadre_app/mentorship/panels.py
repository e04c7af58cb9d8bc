"""Desks: whom a mentor mentors and what is due with them; which notes wait to be read by a trainee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.registries import DeskItem
from cadre_app.mentorship.models import CheckIn, GuidanceNote, MentorKind, Pairing, Visibility
from cadre_app.mentorship.note_columns import summary
from cadre_app.mentorship.note_drafts import local_store
from cadre_app.mentorship.policies import REMIND_POLITICAL

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

AT_MOST = 5


@dataclass(frozen=True)
class Mentee:
    """One card of the mentor's desk."""

    pairing: Pairing
    this_month: int
    last: str
    check_in: CheckIn | None
    is_reminded: bool

    @property
    def month_text(self) -> str:
        if not self.this_month:
            return _("No note this month")
        text = ngettext("%(count)d note this month", "%(count)d notes this month", self.this_month)
        return text % {"count": self.this_month}

    @property
    def month_state(self) -> str:
        return "ok" if self.this_month else "soon" if self.is_reminded else "none"

    @property
    def place(self) -> str:
        """Unit and post, as on the card."""
        trainee = self.pairing.trainee
        return " · ".join(part for part in (trainee.home_unit.name, trainee.post) if part)

    @property
    def next_text(self) -> str:
        """When to meet next; kindly where the day has passed."""
        day = self.pairing.next_check_in_on
        if day is None:
            return ""
        text = _("Next check-in: %(day)s") if day >= timezone.localdate() else _("Check-in to be made up: %(day)s")
        shown = text % {"day": formats.date_format(day)}
        return f"{shown} · {self.check_in.place}" if self.check_in is not None and self.check_in.place else shown


def mentees(request: "UserRequest") -> Mapping[str, Any]:
    """Cards of those who are mentored, and one kind reminder for those without a note this month."""
    cards = _mentees(request)
    missing = [card for card in cards if card.is_reminded]
    return {
        "title": _("My mentees"),
        "mentees": cards,
        "reminder": _reminder(missing),
        "store": local_store(request.user),
    }


def trainee_items(request: "UserRequest") -> list[DeskItem]:
    """Notes that were not read yet."""
    own = GuidanceNote.objects.by_trainee(request.user).select_related("author")
    return [_unread_item(note) for note in own.filter(acknowledged_at=None).order_by("-happened_on", "pk")[:AT_MOST]]


def _mentees(request: "UserRequest") -> list[Mentee]:
    """Three queries."""
    first = timezone.localdate().replace(day=1)
    counted = Q(notes__voided_at=None, notes__superseded_at=None, notes__happened_on__gte=first) & ~Q(
        notes__visibility=Visibility.PRIVATE
    )
    open_ones = Prefetch("check_ins", queryset=CheckIn.objects.open(), to_attr="open_check_ins")
    pairings: list[Any] = list(
        Pairing.objects.of_mentor(request.user)
        .select_related("trainee__person", "trainee__home_unit")
        .annotate(notes_this_month=Count("notes", filter=counted))
        .prefetch_related(open_ones)
    )
    latest = GuidanceNote.objects.by_mentor(request.user).filter(pairing__in=pairings)
    last = {
        note.pairing_id: f"{formats.date_format(note.happened_on, 'MONTH_DAY_FORMAT')} {summary(note)}"
        for note in latest.order_by("pairing_id", "-happened_on", "-created_at").distinct("pairing_id")
    }
    political = REMIND_POLITICAL.now()
    return [
        Mentee(
            pairing,
            this_month=pairing.notes_this_month,
            last=last.get(pairing.pk, ""),
            check_in=next(iter(pairing.open_check_ins), None),
            is_reminded=not pairing.notes_this_month
            and pairing.started_on < first
            and (political or pairing.kind == MentorKind.COMMUNITY),
        )
        for pairing in pairings
    ]


def _reminder(missing: list[Mentee]) -> list[str]:
    """Sentences of demo-texts A6, one a mentee."""
    text = _(
        "There is no guidance note with %(name)s this month yet. Please write one when it suits you "
        "(the pairing agreement says at least one a month)."
    )
    return [text % {"name": card.pairing.trainee.person.name} for card in missing]


def _unread_item(note: GuidanceNote) -> DeskItem:
    return DeskItem(
        title=_("Read the guidance note: %(what)s") % {"what": summary(note)},
        why=_("Written by your mentor about %(day)s") % {"day": formats.date_format(note.happened_on)},
        url=reverse("mentorship:note_detail", kwargs={"pk": note.pk}),
        action=_("Read"),
        subject=note.author.name,
    )
