"""到村任职, postings and leave as one thing: stretches of days that take a person (the board, the timeline, who is where).

Who asks has the scope of business roles; everything else about a person's time stays with its own page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.addresses import page_of
from cadre_app.assignments.models import Leave, LeaveState, Posting, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.models.postings import never_began
from cadre_app.assignments.stretch_words import Mark, kind_with_level, leave_mark, stage_mark, time_left
from cadre_app.assignments.term_stages import ending_mark, with_ending
from cadre_app.people.file.sections import term_row
from cadre_app.people.models import Interruption, Trainee, VillageTerm

if TYPE_CHECKING:
    from cadre_app.assignments.models.postings import PostingQuerySet

VILLAGE, LEAVE = "village", "leave"
# Texts of a posting that are not drawn.
LONG = ("tasks", "plan", "reason", "mid_term_text")
People = Mapping[UUID, Trainee] | None
Row = TypeVar("Row", Posting, VillageTerm, Leave)


@dataclass(frozen=True)
class Stretch:
    """One stretch: `until` is the last day that was or is planned (None: open), `late_since` the first day past a planned
    end without a return. `kind` is VILLAGE, LEAVE or a kind of posting; `front` the key of the front.
    """

    key: UUID
    trainee: Trainee
    kind: str
    label: str
    host: str
    starts: date
    until: date | None
    mark: Mark
    url: str
    front: UUID | None = None
    front_name: str = ""
    tasks: str = ""
    mode: str = ""
    is_over: bool = False
    is_planned: bool = False
    is_full: bool = True
    late_since: date | None = None
    hint: str = ""
    breaks: tuple[tuple[date, date | None], ...] = ()
    has_document: bool = True
    document: str = ""

    def covers(self, day: date) -> bool:
        """True if the person is or will be there on the day; whoever has not returned is still there."""
        if self.starts > day:
            return False
        return self.until is None or self.until >= day

    @property
    def rank(self) -> int:
        """Village terms stand before postings, leave behind them."""
        return {VILLAGE: 0, LEAVE: 2}.get(self.kind, 1)

    @property
    def planned_until(self) -> date | None:
        """The last day as it was or is planned, also where that is past without a return."""
        return self.until if self.late_since is None else date.fromordinal(self.late_since.toordinal() - 1)

    @property
    def is_soon(self) -> bool:
        """Under way, with the planned end near."""
        return bool(self.hint) and self.late_since is None and not self.is_over


def here_until(today: date) -> Q:
    """Postings of which nobody has recorded the return, however long the planned end is past."""
    return Q(state=PostingState.APPROVED, started_on__lte=today)


def postings_within(first: date, last: date, today: date) -> "PostingQuerySet":
    """Postings that take a day of the window; those not returned take every day until today."""
    rows = Posting.objects.taking().filter(~never_began(), started_on__lte=last)
    within = Q(covered_until__gte=first) | Q(covered_until=None)
    return rows.filter(within | here_until(today)) if first <= today else rows.filter(within)


def terms_within(first: date, last: date, today: date) -> "QuerySet[VillageTerm]":
    """Village terms that take a day of the window; those without a last day run until it is entered."""
    rows = VillageTerm.objects.standing().filter(started_on__lte=last)
    within = Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first) | Q(ended_on=None, due_on=None)
    return rows.filter(within | Q(ended_on=None, started_on__lte=today)) if first <= today else rows.filter(within)


def leaves_within(first: date, last: date, today: date) -> "QuerySet[Leave]":
    """Approved leave that takes a day of the window; leave without a return runs until today."""
    rows = Leave.objects.taking().filter(started_on__lte=last)
    within = Q(ended_on__gte=first) | Q(ended_on=None, due_on__gte=first)
    late = Q(state=LeaveState.APPROVED, due_on__lt=today, started_on__lte=today)
    return rows.filter(within | late) if first <= today else rows.filter(within)


def posting_stretches(
    rows: "QuerySet[Posting]", today: date, people: People = None, *, drawn: bool = True
) -> list[Stretch]:
    """One query: postings with their hosts; their people too, unless those are known already. What is drawn has no tasks."""
    found = rows.select_related("unit", *_unless(people)).defer(*(LONG if drawn else LONG[1:]))
    return [of_posting(_with(one, people), today) for one in found]


def term_stretches(rows: "QuerySet[VillageTerm]", today: date, people: People = None) -> list[Stretch]:
    """Two queries: village terms, and their interruptions; with their people as `posting_stretches`."""
    still = Prefetch("interruptions", Interruption.objects.standing().order_by("started_on"), to_attr="still")
    found = with_ending(rows).select_related("village", *_unless(people)).prefetch_related(still)
    return [of_term(_with(one, people), today) for one in found]


def leave_stretches(rows: "QuerySet[Leave]", today: date, people: People = None) -> list[Stretch]:
    """One query: leave; with its people as `posting_stretches`."""
    return [of_leave(_with(one, people), today) for one in rows.select_related(*_unless(people))]


def _unless(people: People) -> tuple[str, ...]:
    return () if people is not None else ("trainee__person", "trainee__home_unit")


def _with(row: Row, people: People) -> Row:
    if people is not None:
        row.trainee = people[row.trainee_id]
    return row


def of_posting(posting: Posting, today: date) -> Stretch:
    """A posting; its host, unit, trainee and person are read already."""
    is_here = posting.state == PostingState.APPROVED and posting.started_on <= today
    is_late = is_here and posting.due_on is not None and posting.due_on < today
    return Stretch(
        key=posting.pk,
        trainee=posting.trainee,
        kind=posting.kind,
        label=kind_with_level(posting),
        host=posting.host,
        starts=posting.started_on,
        until=today if is_late else posting.ended_on or posting.due_on,
        mark=stage_mark(posting, today),
        url=page_of("posting_detail", posting.pk, posting.trainee_id),
        front=posting.front_id,
        mode=posting.get_mode_display(),
        is_over=posting.ended_on is not None,
        is_planned=posting.state in PENDING,
        is_full=posting.mode == PostingMode.FULL,
        late_since=_day_after(posting.due_on) if is_late else None,
        hint=time_left(posting, today),
        has_document=bool(posting.document_number),
        document=posting.document_number,
        tasks="" if "tasks" in posting.get_deferred_fields() else _("; ").join(posting.tasks.splitlines()),
    )


def of_term(term: VillageTerm, today: date) -> Stretch:
    """A village term from `with_ending`, with `still`, its standing interruptions."""
    still: list[Interruption] = term.still  # type: ignore[attr-defined]  # prefetched
    row = term_row(term, term.trainee, still)
    is_late = term.ended_on is None and term.due_on is not None and term.due_on < today
    return Stretch(
        key=term.pk,
        trainee=term.trainee,
        kind=VILLAGE,
        label=village_label(),
        host=term.village.name,
        starts=term.started_on,
        until=today if is_late else term.ended_on or term.due_on,
        mark=ending_mark(term) if term.ended_on is not None else (row.state, row.label),
        url=page_of("term_detail", term.pk, term.trainee_id),
        is_over=term.ended_on is not None,
        late_since=_day_after(term.due_on) if is_late else None,
        document=term.document_number,
        breaks=tuple((one.started_on, one.ended_on) for one in still),
    )


def of_leave(leave: Leave, today: date) -> Stretch:
    """Approved leave; the reason is read on its own page only."""
    is_late = leave.ended_on is None and leave.due_on < today
    return Stretch(
        key=leave.pk,
        trainee=leave.trainee,
        kind=LEAVE,
        label=leave.get_kind_display(),
        host=leave.place,
        starts=leave.started_on,
        until=today if is_late else leave.ended_on or leave.due_on,
        mark=leave_mark(leave, today),
        url=page_of("leave_detail", leave.pk, leave.trainee_id),
        is_over=leave.ended_on is not None,
        late_since=_day_after(leave.due_on) if is_late else None,
    )


def village_label() -> str:
    """到村任职 as a kind among those of postings."""
    return pgettext("kind of posting", "Village term")


def by_person(stretches: Collection[Stretch]) -> dict[UUID, list[Stretch]]:
    """The stretches of each person, as they begin."""
    found: dict[UUID, list[Stretch]] = {}
    for one in sorted(stretches, key=lambda one: (one.starts, one.rank, str(one.key))):
        found.setdefault(one.trainee.pk, []).append(one)
    return found


def _day_after(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day is not None else None
