"""合规提示 what stands against a posting by the rules, each with the rule's text; no queries (PRODUCT.md, "Dispatch kinds").

`notes_on` and `noted_as` say the same, of one posting and as conditions of the database: a test holds them together.
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
    Exists,
    ExpressionWrapper,
    F,
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

from cadre_app.assignments.compliance_columns import (
    days_interrupted,
    months_after,
    served_before,
    served_on,
    terms_meanwhile,
)
from cadre_app.assignments.models import Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.assignments.models.postings import did_not_begin, never_began
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
from cadre_app.people.models import Kind, VillageTerm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.assignments.models.postings import PostingQuerySet
    from cadre_app.policy.specs import IntPolicy

Rows = Any  # a queryset of postings, annotated or not
ONE_DAY = timedelta(days=1)
BY_SUPERIOR = (PostingKind.SHADOW, PostingKind.LOAN)
TAKES_AWAY = Q(mode=PostingMode.FULL) | Q(kind__in=BY_SUPERIOR)
SERVED_TOO_LITTLE = Q(served_until__lt=F("village_from"), has_completed=False)
NEVER_SERVED = Q(term_from=None, trainee__kind=Kind.SELECTED)


class NoteKey(StrEnum):
    """What can stand against a posting."""

    DOCUMENT = "document"
    END = "end"
    LIMIT = "limit"
    OVERSTAY = "overstay"
    COOLING = "cooling"
    VILLAGE = "village"
    SUPERIOR = "superior"
    HOST = "host"


LABELS: "dict[str, _StrPromise]" = {
    NoteKey.DOCUMENT: gettext_lazy("Document missing"),
    NoteKey.END: gettext_lazy("No planned end"),
    NoteKey.LIMIT: gettext_lazy("Outside the term limit"),
    NoteKey.OVERSTAY: gettext_lazy("Overstay"),
    NoteKey.COOLING: gettext_lazy("Too soon after the last shadow training"),
    NoteKey.VILLAGE: gettext_lazy("Too little time in the village"),
    NoteKey.SUPERIOR: gettext_lazy("Approval of the superior department missing"),
    NoteKey.HOST: gettext_lazy("Host unit closed"),
}
# What is mended by completing the posting, also when it is over.
MENDABLE = (NoteKey.DOCUMENT, NoteKey.SUPERIOR)


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
    """The last standing village term that began no later than the posting; without a first day there is none.

    `has_completed`: a term before the posting ran to its end; `served_before` are the days in the village before this term.
    """

    started_on: date | None
    ended_on: date | None = None
    has_completed: bool = False
    interrupted: int = 0
    served_before: int = 0
    is_owed: bool = False


def notes_on(posting: Posting, day: date) -> list[Note]:
    """What stands against a row of `with_compliance` on a local date; declined and voided ones have none, nor those of
    somebody who left before they began.
    """
    if posting.is_voided or posting.state == PostingState.DECLINED:
        return []
    if did_not_begin(posting, getattr(posting, "left_on", None)):
        return []
    term_from: date | None = getattr(posting, "term_from", None)
    term = Span(
        term_from,
        getattr(posting, "term_until", None),
        bool(getattr(posting, "has_completed", False)),
        getattr(posting, "interrupted", None) or 0,
        getattr(posting, "served_before", None) or 0,
        getattr(posting, "kind_of_file", "") == Kind.SELECTED,
    )
    found = (
        _document_note(posting, day),
        _end_note(posting),
        _limit_note(posting, day),
        _overstay_note(posting, day),
        _cooling_note(posting, day, getattr(posting, "earlier_until", None)),
        _village_note(posting, day, term),
        _superior_note(posting, is_in_term=bool(getattr(posting, "is_in_term", False))),
        _host_note(posting, day),
    )
    return [note for note in found if note is not None]


def with_compliance(queryset: Rows, day: date) -> Rows:
    """Rows that know what `notes_on` asks, and in `is_noted` whether anything stands against them on the day."""
    terms = VillageTerm.objects.standing().filter(trainee=OuterRef("trainee"), started_on__lte=OuterRef("started_on"))
    term = terms.order_by("-started_on", "pk")
    earlier = shadow_before(OuterRef("trainee"), OuterRef("started_on")).exclude(pk=OuterRef("pk"))
    rows = queryset.annotate(
        term_from=Subquery(term.values("started_on")[:1]),
        term_until=Subquery(term.values("ended_on")[:1]),
        has_completed=Exists(terms.filter(ended_on__lt=OuterRef("started_on"), is_cut_short=False)),
        interrupted=Subquery(term.values(days=days_interrupted())[:1]),
        earlier_until=Subquery(earlier.values("covered_until")[:1]),
        kind_of_file=F("trainee__kind"),
        left_on=F("trainee__departed_on"),
        is_in_term=Exists(terms_meanwhile(day)),
    )
    rows = rows.annotate(served_before=served_before())
    rows = _with_limits(rows, day)
    anything = Q(pk__in=())
    for key in NoteKey:
        anything |= noted_as(key, day)
    return rows.annotate(is_noted=Case(When(anything, then=True), default=False, output_field=BooleanField()))


def shadow_before(trainee: Any, started_on: Any) -> "PostingQuerySet":
    """Standing shadow training of this person that began no later, the last one first."""
    rows = Posting.objects.taking().filter(trainee=trainee, kind=PostingKind.SHADOW, started_on__lte=started_on)
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
        NoteKey.VILLAGE: TAKES_AWAY & (NEVER_SERVED | SERVED_TOO_LITTLE),
        NoteKey.SUPERIOR: Q(superior_document="") & (Q(kind=PostingKind.LOAN) | TAKES_AWAY & Q(is_in_term=True)),
        NoteKey.HOST: Q(state=PostingState.APPROVED, unit__closed_on__lte=day),
    }
    return conditions[NoteKey(key)] & Q(voided_at=None) & ~Q(state=PostingState.DECLINED) & ~never_began()


def listed_as(key: str, day: date) -> Q:
    """As `noted_as`, for the weekly list: of closed postings what can still be mended."""
    return noted_as(key, day) if key in MENDABLE else noted_as(key, day) & ~Q(state=PostingState.CLOSED)


def listed_notes_on(posting: Posting, day: date) -> list[Note]:
    """As `notes_on`, for the weekly list: what `listed_as` says of one row."""
    is_closed = posting.state == PostingState.CLOSED
    return [note for note in notes_on(posting, day) if note.key in MENDABLE or not is_closed]


def on_the_list(queryset: Rows, day: date) -> Rows:
    """Rows of `with_compliance` that the weekly list names."""
    listed = Q(pk__in=())
    for key in NoteKey:
        listed |= listed_as(key, day)
    return with_compliance(queryset, day).filter(listed)


def is_short_of_village(posting: Posting, term: Span, on: date) -> bool:
    """Less than the setting's months in the village before a posting that takes somebody away, all terms together; one that
    was completed is enough however long it was; days of interruption are no days in the village. Selected graduates who
    never went have none.
    """
    if not takes_away(posting.kind, posting.mode):
        return False
    if term.started_on is None:
        return term.is_owed
    if term.has_completed:
        return False
    until = posting.started_on if term.ended_on is None else min(posting.started_on, term.ended_on + ONE_DAY)
    return until < add_months(term.started_on, VILLAGE_MONTHS.on(on)) + timedelta(
        days=term.interrupted - term.served_before
    )


def takes_away(kind: str, mode: str) -> bool:
    """What the village term stands against: whatever is full-time, and shadow training and borrowing of any kind."""
    return mode == PostingMode.FULL or kind in BY_SUPERIOR


def last_day_counted(posting: Posting, on: date) -> date | None:
    """The day up to which the term limit is counted: whoever did not return is still there."""
    if posting.state == PostingState.APPROVED and posting.due_on is not None and posting.started_on <= on:
        return max(posting.due_on, on)
    return posting.ended_on or posting.due_on


def most_months(posting: Posting, on: date) -> int | None:
    """The longest time of this posting in months: the setting of its kind, once more where shadow training was extended."""
    policy = longest(posting.kind)
    if policy is None:
        return None
    return policy.on(on) * (2 if posting.kind == PostingKind.SHADOW and posting.extensions else 1)


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
        limit = add_months(posting.started_on, most_months(posting, on) or 0) - ONE_DAY
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


def _village_note(posting: Posting, on: date, term: Span) -> Note | None:
    if not is_short_of_village(posting, term, on):
        return None
    if term.started_on is None:
        text = _("No village term before it is recorded.")
    elif term.ended_on is not None and term.ended_on < posting.started_on:
        known = {"day": formats.date_format(term.started_on), "until": formats.date_format(term.ended_on)}
        text = _("In the village from %(day)s to %(until)s.") % known
    else:
        text = _("In the village since %(day)s.") % {"day": formats.date_format(term.started_on)}
    return Note(NoteKey.VILLAGE, text, rule_of(VILLAGE_MONTHS, on))


def _superior_note(posting: Posting, *, is_in_term: bool) -> Note | None:
    is_during = is_in_term and takes_away(posting.kind, posting.mode)
    if posting.superior_document or not (is_during or posting.kind == PostingKind.LOAN):
        return None
    text = _("No document of the superior department is entered.")
    if is_during:
        text = _("It falls into the village term, and no document of the superior department is entered.")
    return Note(
        NoteKey.SUPERIOR,
        text,
        _(
            "Borrowing, and whatever takes somebody away during the village term, needs the superior department's approval."
        ),
    )


def _host_note(posting: Posting, on: date) -> Note | None:
    unit = posting.unit
    if unit is None or posting.state != PostingState.APPROVED or unit.closed_on is None or unit.closed_on > on:
        return None
    known = {"unit": unit.name, "day": formats.date_format(unit.closed_on)}
    return Note(
        NoteKey.HOST,
        _("“%(unit)s” is closed since %(day)s.") % known,
        _("Nobody stays posted at a closed unit: record the return, and propose a posting at its successor."),
    )


def _with_limits(rows: Rows, day: date) -> Rows:
    """The days that follow from the settings, as columns."""
    running = Q(state=PostingState.APPROVED, due_on__isnull=False, started_on__lte=day)
    extended = When(
        kind=PostingKind.SHADOW, extensions__gt=0, then=months_after("started_on", 2 * SHADOW_MONTHS.on(day))
    )
    limits = [When(kind=kind, then=months_after("started_on", policy.on(day))) for kind, policy in MOST.items()]
    next_day = ExpressionWrapper(F("term_until") + Value(1), output_field=DateField())
    return rows.annotate(
        counted_until=Case(When(running, then=Greatest("due_on", Value(day))), default=F("covered_until")),
        too_late_on=Case(extended, *limits, output_field=DateField()),
        last_least_on=months_after("started_on", TEMPORARY_LEAST_MONTHS.on(day), less="1 day"),
        cool_until=months_after("earlier_until", SHADOW_COOLING_MONTHS.on(day)),
        served_until=Least(F("started_on"), Coalesce(next_day, F("started_on"))),
        village_from=served_on(VILLAGE_MONTHS.on(day)),
    )
