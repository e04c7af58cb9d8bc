"""合规提示 what stands against a posting by the rules, each with the rule's text; no queries (PRODUCT.md, "Dispatch kinds").

`notes_of` and `noted_as` say the same, of one posting and as conditions of the database: a test holds them together.
Settings are those in force on the day that is asked about.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.policies import (
    DOCUMENT_DAYS,
    LOAN_MONTHS,
    SHADOW_COOLING_MONTHS,
    SHADOW_MONTHS,
    TEMPORARY_LEAST_MONTHS,
    TEMPORARY_MOST_MONTHS,
    VILLAGE_MONTHS,
)
from cadre_app.core.days import add_months
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.assignments.models.postings import PostingQuerySet
    from cadre_app.policy.specs import IntPolicy

Rows = Any  # a queryset of postings, annotated or not
ONE_DAY = timedelta(days=1)
BY_SUPERIOR = (PostingKind.SHADOW, PostingKind.LOAN)


class NoteKey(StrEnum):
    """What can stand against a posting."""

    DOCUMENT = "document"
    END = "end"
    LIMIT = "limit"
    OVERSTAY = "overstay"
    COOLING = "cooling"
    VILLAGE = "village"


LABELS: "dict[str, _StrPromise]" = {
    NoteKey.DOCUMENT: gettext_lazy("Document missing"),
    NoteKey.END: gettext_lazy("No planned end"),
    NoteKey.LIMIT: gettext_lazy("Outside the term limit"),
    NoteKey.OVERSTAY: gettext_lazy("Overstay"),
    NoteKey.COOLING: gettext_lazy("Too soon after the last shadow training"),
    NoteKey.VILLAGE: gettext_lazy("Too little time in the village"),
}


@dataclass(frozen=True)
class Note:
    """One note: what is the matter, and the rule that says so (with its source)."""

    key: str
    text: str
    rule: str

    @property
    def label(self) -> str:
        return str(LABELS[self.key])


@dataclass(frozen=True)
class Span:
    """A village term as the columns of `with_compliance` give it."""

    started_on: date
    ended_on: date | None = None
    is_cut_short: bool = False


def notes_of(posting: Posting, *, on: date, term: VillageTerm | Span | None, previous: date | None) -> list[Note]:
    """What stands against a posting on a local date; declined and voided ones have none.

    `term` is the last standing village term that began no later than the posting, `previous` the last day of the last
    standing shadow training before it (declined ones left out); rows of `with_compliance` know both (`notes_on`).
    """
    if posting.is_voided or posting.state == PostingState.DECLINED:
        return []
    found = (
        _document_note(posting, on),
        _end_note(posting),
        _limit_note(posting, on),
        _overstay_note(posting, on),
        _cooling_note(posting, on, previous),
        _village_note(posting, on, term),
    )
    return [note for note in found if note is not None]


def notes_on(posting: Posting, day: date) -> list[Note]:
    """As `notes_of`, for a row of `with_compliance`."""
    term_from = getattr(posting, "term_from", None)
    is_cut_short = bool(getattr(posting, "term_cut_short", False))
    term = Span(term_from, getattr(posting, "term_until", None), is_cut_short) if term_from else None
    return notes_of(posting, on=day, term=term, previous=getattr(posting, "earlier_until", None))


def with_compliance(queryset: Rows, day: date) -> Rows:
    """Rows that know what `notes_on` asks, and in `is_noted` whether anything stands against them on the day."""
    term = VillageTerm.objects.standing().filter(trainee=OuterRef("trainee"), started_on__lte=OuterRef("started_on"))
    term = term.order_by("-started_on", "pk")
    earlier = shadow_before(OuterRef("trainee"), OuterRef("started_on"))
    rows = queryset.annotate(
        term_from=Subquery(term.values("started_on")[:1]),
        term_until=Subquery(term.values("ended_on")[:1]),
        term_cut_short=Subquery(term.values("is_cut_short")[:1]),
        earlier_until=Subquery(earlier.values("covered_until")[:1]),
    )
    rows = _with_limits(rows, day)
    anything = Q(pk__in=())
    for key in NoteKey:
        anything |= noted_as(key, day)
    return rows.annotate(is_noted=Case(When(anything, then=True), default=False, output_field=BooleanField()))


def shadow_before(trainee: Any, started_on: Any) -> "PostingQuerySet":
    """Standing shadow training of this person that began before, the last one first."""
    rows = Posting.objects.taking().filter(trainee=trainee, kind=PostingKind.SHADOW, started_on__lt=started_on)
    return rows.order_by("-started_on", "pk")


def noted_as(key: str, day: date) -> Q:
    """The rows of `with_compliance` (of the same day) against which this note stands."""
    conditions = {
        NoteKey.DOCUMENT: Q(document_number="", started_on__lt=day - timedelta(days=DOCUMENT_DAYS.on(day)))
        & ~Q(state__in=PENDING),
        NoteKey.END: Q(due_on=None, state__in=(*PENDING, PostingState.APPROVED)),
        NoteKey.LIMIT: Q(counted_until__gte=F("too_late_on"))
        | Q(kind=PostingKind.TEMPORARY_POST, is_recalled=False, counted_until__lt=F("last_least_on")),
        NoteKey.OVERSTAY: Q(state=PostingState.APPROVED, due_on__lt=day),
        NoteKey.COOLING: Q(kind=PostingKind.SHADOW, started_on__lte=F("cool_until")),
        NoteKey.VILLAGE: (Q(mode=PostingMode.FULL) | Q(kind__in=BY_SUPERIOR))
        & Q(served_until__lt=F("village_from"))
        & (Q(term_until=None) | Q(term_until__gte=F("started_on")) | Q(term_cut_short=True)),
    }
    return conditions[NoteKey(key)] & Q(voided_at=None) & ~Q(state=PostingState.DECLINED)


def is_short_of_village(posting: Posting, term: VillageTerm | Span | None, on: date) -> bool:
    """Less than the setting's months in the village before a posting that takes somebody away; a term that was
    completed is enough however long it was.
    """
    if term is None or not takes_away(posting.kind, posting.mode):
        return False
    if term.ended_on is not None and term.ended_on < posting.started_on and not term.is_cut_short:
        return False
    until = posting.started_on if term.ended_on is None else min(posting.started_on, term.ended_on + ONE_DAY)
    return until < add_months(term.started_on, VILLAGE_MONTHS.on(on))


def takes_away(kind: str, mode: str) -> bool:
    """What the village term stands against: whatever is full-time, and shadow training and borrowing of any kind."""
    return mode == PostingMode.FULL or kind in BY_SUPERIOR


def last_day_counted(posting: Posting, on: date) -> date | None:
    """The day up to which the term limit is counted: whoever did not return is still there."""
    if posting.state == PostingState.APPROVED and posting.due_on is not None and posting.started_on <= on:
        return max(posting.due_on, on)
    return posting.ended_on or posting.due_on


def longest(kind: str) -> "IntPolicy | None":
    """The setting that limits this kind; a task force ends with its task."""
    return MOST.get(kind)


def is_cooling(started_on: date, previous: date | None, on: date) -> bool:
    """Shadow training that begins before the time after the one before is over."""
    return previous is not None and started_on <= add_months(previous, SHADOW_COOLING_MONTHS.on(on))


def rule_of(policy: "IntPolicy", on: date) -> str:
    """A setting as the rule's text: what it says, how much, and where it comes from."""
    known = {"rule": policy.label, "value": policy.text(policy.on(on)), "source": policy.source_on(on)}
    return _("%(rule)s %(value)s (%(source)s)") % known


MOST: "dict[str, IntPolicy]" = {
    PostingKind.SHADOW: SHADOW_MONTHS,
    PostingKind.LOAN: LOAN_MONTHS,
    PostingKind.TEMPORARY_POST: TEMPORARY_MOST_MONTHS,
}


def _document_note(posting: Posting, on: date) -> Note | None:
    days = DOCUMENT_DAYS.on(on)
    if posting.document_number or posting.state in PENDING or on <= posting.started_on + timedelta(days=days):
        return None
    return Note(NoteKey.DOCUMENT, _("No document number is entered."), rule_of(DOCUMENT_DAYS, on))


def _end_note(posting: Posting) -> Note | None:
    if posting.due_on is not None or posting.state not in (*PENDING, PostingState.APPROVED):
        return None
    return Note(
        NoteKey.END,
        _("No planned last day is entered."),
        _("Only a task force may end with its task; enter the last day as soon as it is known."),
    )


def _limit_note(posting: Posting, on: date) -> Note | None:
    policy, last = longest(posting.kind), last_day_counted(posting, on)
    if policy is not None and last is not None:
        limit = add_months(posting.started_on, policy.on(on)) - ONE_DAY
        if last > limit:
            text = _("The longest time was over on %(day)s.") if on > limit else _("The longest time ends on %(day)s.")
            return Note(NoteKey.LIMIT, text % {"day": formats.date_format(limit)}, rule_of(policy, on))
    if posting.kind != PostingKind.TEMPORARY_POST or last is None or posting.is_recalled:
        return None
    if last < add_months(posting.started_on, TEMPORARY_LEAST_MONTHS.on(on)) - ONE_DAY:
        return Note(NoteKey.LIMIT, _("It is shorter than the shortest time."), rule_of(TEMPORARY_LEAST_MONTHS, on))
    return None


def _overstay_note(posting: Posting, on: date) -> Note | None:
    if posting.state != PostingState.APPROVED or posting.due_on is None or posting.due_on >= on:
        return None
    text = _("It was planned until %(day)s; the return is not recorded.")
    return Note(
        NoteKey.OVERSTAY,
        text % {"day": formats.date_format(posting.due_on)},
        _("Whoever stays longer needs an extension before the last day, nobody extends on their own."),
    )


def _cooling_note(posting: Posting, on: date, previous: date | None) -> Note | None:
    if previous is None or posting.kind != PostingKind.SHADOW or not is_cooling(posting.started_on, previous, on):
        return None
    text = _("The last shadow training was until %(day)s.") % {"day": formats.date_format(previous)}
    return Note(NoteKey.COOLING, text, rule_of(SHADOW_COOLING_MONTHS, on))


def _village_note(posting: Posting, on: date, term: VillageTerm | Span | None) -> Note | None:
    if term is None or not is_short_of_village(posting, term, on):
        return None
    text = _("In the village since %(day)s.") % {"day": formats.date_format(term.started_on)}
    if term.ended_on is not None and term.ended_on < posting.started_on:
        known = {"day": formats.date_format(term.started_on), "until": formats.date_format(term.ended_on)}
        text = _("In the village from %(day)s to %(until)s.") % known
    return Note(NoteKey.VILLAGE, text, rule_of(VILLAGE_MONTHS, on))


def _with_limits(rows: Rows, day: date) -> Rows:
    """The days that follow from the settings, as columns."""
    running = Q(state=PostingState.APPROVED, due_on__isnull=False, started_on__lte=day)
    limits = [When(kind=kind, then=_months_after("started_on", policy.on(day))) for kind, policy in MOST.items()]
    next_day = ExpressionWrapper(F("term_until") + Value(1), output_field=DateField())
    return rows.annotate(
        counted_until=Case(When(running, then=Greatest("due_on", Value(day))), default=F("covered_until")),
        too_late_on=Case(*limits, output_field=DateField()),
        last_least_on=_months_after("started_on", TEMPORARY_LEAST_MONTHS.on(day), less="1 day"),
        cool_until=_months_after("earlier_until", SHADOW_COOLING_MONTHS.on(day)),
        served_until=Least(F("started_on"), Coalesce(next_day, F("started_on"))),
        village_from=_months_after("term_from", VILLAGE_MONTHS.on(day)),
    )


def _months_after(column: str, months: int, *, less: str = "0 days") -> Func:
    template = f"(%(expressions)s + interval '{int(months)} months' - interval '{less}')::date"
    return Func(F(column), template=template, output_field=DateField())
