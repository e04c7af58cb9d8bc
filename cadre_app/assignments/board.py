"""六线一览 The board: who is on each front now, who comes, whose appraisal is due; what there is to do; the other postings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.addresses import address
from cadre_app.assignments.compliance import notes_on, with_compliance
from cadre_app.assignments.models import Front, Leave, LeaveState, Posting, PostingKind, PostingStage, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.models.postings import never_began
from cadre_app.assignments.policies import DUE_SOON_DAYS
from cadre_app.assignments.scope import OTHERS, of_unit, postings_in_scope, scope_files
from cadre_app.assignments.stretch_words import days_text
from cadre_app.assignments.stretches import Stretch, of_posting
from cadre_app.people import conditions
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

CARDS, NAMES = 12, 2
FAR = date.max


@dataclass(frozen=True)
class Card:
    """One posting that is planned, runs or waits for its appraisal."""

    posting: Posting
    stretch: Stretch
    stage: PostingStage
    notes: int

    @property
    def days(self) -> str:
        """Until when, or from when on for those who are to come."""
        one = self.stretch
        if self.stage in COMING:
            return days_text(one.starts, one.planned_until)
        if one.planned_until is None:
            return _("since %(day)s, end open") % {"day": formats.date_format(one.starts)}
        return _("until %(day)s") % {"day": formats.date_format(one.planned_until)}

    @property
    def mark(self) -> tuple[str, str] | None:
        """Only what is to be looked at: days past or left, a mid-term review, who still waits."""
        state, label = self.stretch.mark
        if self.stretch.hint:
            return ("over" if self.stretch.late_since else "soon"), self.stretch.hint
        return None if self.stage == PostingStage.UNDER_WAY else (state, label)

    @property
    def order(self) -> tuple[date, date, str]:
        """What ends first stands first."""
        return self.posting.due_on or FAR, self.posting.started_on, str(self.posting.pk)


@dataclass
class Part:
    """One heading of a column with its cards; `url` is the list of all of them."""

    label: str
    cards: list[Card]
    url: str

    @property
    def shown(self) -> list[Card]:
        return self.cards[:CARDS]

    @property
    def more(self) -> int:
        return max(0, len(self.cards) - CARDS)


@dataclass
class Column:
    """One front, or one kind of posting outside the fronts."""

    key: str
    label: str
    query: dict[str, str]
    cards: list[Card] = field(default_factory=list)

    @cached_property
    def parts(self) -> list[Part]:
        here = [card for card in self.cards if card.stage in UNDER_WAY]
        coming = [card for card in self.cards if card.stage in COMING]
        due = [card for card in self.cards if card.stage == PostingStage.APPRAISAL_DUE]
        found = [Part(pgettext("posting", "There now"), here, list_url(self.query, stage="here"))]
        if due:
            label = str(PostingStage.APPRAISAL_DUE.label)
            found.append(Part(label, due, list_url(self.query, stage=PostingStage.APPRAISAL_DUE)))
        if coming:
            found.append(Part(pgettext("posting", "Planned"), coming, list_url(self.query)))
        return found

    @property
    def people(self) -> int:
        """How many are there now."""
        return len({card.posting.trainee_id for card in self.cards if card.stage in UNDER_WAY})


@dataclass(frozen=True)
class ToDo:
    """One thing of the strip: how many, who comes first, and the list of them."""

    state: str
    label: str
    who: str
    url: str


@dataclass
class Board:
    fronts: list[Column]
    others: list[Column]
    to_do: list[ToDo]
    village: dict[str, int]
    leave: dict[str, int]

    @property
    def people(self) -> int:
        """How many are on the fronts now; somebody on two fronts counts once."""
        return _people(self.fronts)

    @property
    def elsewhere(self) -> int:
        return _people(self.others)


UNDER_WAY = (PostingStage.UNDER_WAY, PostingStage.MID_TERM, PostingStage.OVERSTAY)
COMING = (PostingStage.PROPOSED, PostingStage.APPROVED)


def board_of(user: "User", today: date, unit: "Unit | None" = None) -> Board:
    """Four queries, however many postings run: the fronts, the postings, village terms, leave."""
    fronts = list(Front.objects.visible_to(user))
    cards = _cards(user, today, unit)
    narrowed = {"unit": str(unit.pk)} if unit is not None else {}
    columns = [Column(front.key, str(front), {"front": front.key, **narrowed}) for front in fronts]
    by_front = {front.pk: column for front, column in zip(fronts, columns, strict=True)}
    others = {
        kind.value: Column(kind.value, str(kind.label), {"kind": kind.value, "front": OTHERS, **narrowed})
        for kind in PostingKind
    }
    for card in cards:
        front = card.posting.front_id
        column = by_front.get(front) if front is not None else None
        (column or others[card.posting.kind]).cards.append(card)
    files = scope_files(user, unit, today)
    return Board(columns, list(others.values()), _to_do(cards, today, narrowed), *_beside(files, today))


def list_url(query: dict[str, str], **more: str) -> str:
    """The list of postings with these conditions."""
    return f"{address('posting_list')}?{urlencode({**query, **more})}"


def _cards(user: "User", today: date, unit: "Unit | None") -> list[Card]:
    """Everything that is not over, what ends first at the head."""
    states = (*PENDING, PostingState.APPROVED, PostingState.RETURNED)
    rows = of_unit(postings_in_scope(user).filter(state__in=states, voided_at=None), unit, today)
    rows = with_compliance(rows.filter(~never_began()), today)
    rows = rows.select_related("unit", "trainee__person", "trainee__home_unit").order_by()
    cards = [Card(row, of_posting(row, today), row.stage_on(today), len(notes_on(row, today))) for row in rows]
    return sorted(cards, key=lambda card: card.order)


def _to_do(cards: list[Card], today: date, narrowed: dict[str, str]) -> list[ToDo]:
    """What is late comes first; nothing is said of what there is not."""
    soon = today + timedelta(days=DUE_SOON_DAYS.on(today))

    def stage(key: PostingStage) -> list[Card]:
        return [card for card in cards if card.stage == key]

    here = [card for card in cards if card.stage in (PostingStage.UNDER_WAY, PostingStage.MID_TERM)]
    ending = [card for card in here if card.posting.due_on is not None and card.posting.due_on <= soon]
    noted = [card for card in cards if card.notes]
    lines = (
        ("over", _("Overstay %(count)d"), stage(PostingStage.OVERSTAY), "overstay"),
        ("soon", _("Ending soon %(count)d"), ending, "ending"),
        ("soon", _("Appraisal due %(count)d"), stage(PostingStage.APPRAISAL_DUE), "appraisal_due"),
        ("soon", _("Mid-term review %(count)d"), stage(PostingStage.MID_TERM), "mid_term"),
        ("wait", _("Waiting for approval %(count)d"), stage(PostingStage.PROPOSED), "proposed"),
        ("miss", _("Compliance notes %(count)d"), noted, ""),
    )
    found = []
    for state, label, those, key in lines:
        if those:
            url = list_url(narrowed, stage=key) if key else f"{address('compliance')}?{urlencode(narrowed)}"
            found.append(ToDo(state, label % {"count": len(those)}, names_of(those), url))
    return found


def names_of(cards: list[Card]) -> str:
    """The first of them by name, and how many more."""
    names = list(dict.fromkeys(card.posting.trainee.person.name for card in cards))
    text = _(", ").join(names[:NAMES])
    more = len(names) - NAMES
    return text if more <= 0 else _("%(names)s and %(count)d more") % {"names": text, "count": more}


def _beside(files: Any, today: date) -> tuple[dict[str, int], dict[str, int]]:
    """Village terms and leave of the day, in numbers; their own pages have the rest."""
    keys = files.order_by().values("pk")
    running = Q(started_on__lte=today, ended_on=None)
    terms = VillageTerm.objects.standing().filter(running, trainee__in=keys).order_by()
    soon = today + conditions.SOON
    village = terms.aggregate(
        people=Count("trainee", distinct=True),
        ending=Count("pk", filter=Q(due_on__range=(today, soon))),
        due=Count("pk", filter=Q(due_on__lt=today)),
    )
    away = Leave.objects.standing().filter(state=LeaveState.APPROVED, started_on__lte=today, trainee__in=keys)
    leave = away.order_by().aggregate(
        people=Count("trainee", distinct=True), late=Count("pk", filter=Q(due_on__lt=today))
    )
    return village, leave


def _people(columns: Iterable[Column]) -> int:
    cards = (card for column in columns for card in column.cards)
    return len({card.posting.trainee_id for card in cards if card.stage in UNDER_WAY})
