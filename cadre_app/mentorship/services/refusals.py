"""What stands against a pairing: asked for one or for many at once, in five queries however many."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services.loads import load_problem, loads_of, lock_mentors
from cadre_app.people.models import OfficeHolding, Person, Relative, Trainee
from cadre_app.people.services.checks import refusal

# A pairing may be entered this long before its first day.
AHEAD = timedelta(days=31)
SHORTEST_CADENCE, LONGEST_CADENCE = 7, 180
LONGEST = timedelta(days=366 * 5)


@dataclass(frozen=True)
class Problem:
    """One thing in words, beside `field`."""

    field: str
    code: str
    text: str


@dataclass
class Known:
    """What is asked of the database about mentors: ties of family, times in office, and growth files that are closed."""

    kin: set[frozenset[UUID]] = field(default_factory=set)
    holdings: dict[tuple[UUID, UUID], list[OfficeHolding]] = field(default_factory=dict)
    left: dict[UUID, date] = field(default_factory=dict)


def known_of(trainees: Iterable[UUID], mentors: Iterable[UUID], offices: Iterable[UUID] = ()) -> Known:
    """By keys of the persons: `trainees` are those of the files, `mentors` whoever is or would be one."""
    found = Known()
    of, who = set(trainees), set(mentors)
    found.kin = kin_of(of, who)
    for holding in OfficeHolding.objects.standing().filter(office__in=set(offices), person__in=who):
        found.holdings.setdefault((holding.office_id, holding.person_id), []).append(holding)
    closed = Trainee.objects.standing().exclude(departed_on=None).filter(person__in=who)
    found.left = {pk: day for pk, day in closed.values_list("person", "departed_on") if day is not None}
    return found


def kin_of(trainees: Iterable[UUID], mentors: Iterable[UUID]) -> set[frozenset[UUID]]:
    """Which of these persons are declared relatives of each other, whoever declared it; one query."""
    of, who = set(trainees), set(mentors)
    ties = Relative.objects.standing().filter(Q(person__in=of, other__in=who) | Q(person__in=who, other__in=of))
    return {frozenset(pair) for pair in ties.values_list("person", "other")}


def of_relatives(pairings: Sequence[Pairing]) -> set[UUID]:
    """The keys of those that have to end because mentor and trainee were declared relatives (回避); one query.

    The trainees are loaded.
    """
    kin = kin_of([row.trainee.person_id for row in pairings], [row.mentor_id for row in pairings])
    return {row.pk for row in pairings if row.is_running and frozenset((row.mentor_id, row.trainee.person_id)) in kin}


def person_problem(trainee: Trainee, mentor: Person, known: Known) -> Problem | None:
    """What forbids this person to mentor this trainee at all."""
    names = {"mentor": mentor.name, "trainee": trainee.person.name}
    if mentor.pk == trainee.person_id:
        return Problem("mentor", "own", _("Nobody is their own mentor. Choose somebody else."))
    if frozenset((mentor.pk, trainee.person_id)) in known.kin:
        text = _("%(mentor)s and %(trainee)s are declared relatives: neither mentors the other. Choose somebody else.")
        return Problem("mentor", "relative", text % names)
    if mentor.is_voided:
        return Problem("mentor", "voided_person", _("This person is voided. Choose somebody else."))
    if mentor.pk in known.left:
        names["day"] = formats.date_format(known.left[mentor.pk])
        return Problem("mentor", "left", _("%(mentor)s left on %(day)s. Choose somebody else.") % names)
    return None


def problems_of(pairings: Sequence[Pairing]) -> list[list[Problem]]:
    """For each new pairing what stands against it; trainee (with person) and mentor are loaded."""
    known = known_of(
        (pairing.trainee.person_id for pairing in pairings),
        (pairing.mentor_id for pairing in pairings),
        (pairing.office_id for pairing in pairings if pairing.office_id is not None),
    )
    taken, full, twice = _taken(pairings), _full(pairings), _twice(pairings)
    return [
        [
            *_person(pairing, known),
            *_days(pairing),
            *_office(pairing, known),
            *_overlap(pairing, taken),
            *(_both_kinds(pairing, taken, twice) if pairing.ended_on is None else ()),
            *_load(pairing, full),
        ]
        for pairing in pairings
    ]


def already(other: Pairing) -> str:
    """Who mentors already since when, or did until when: the constraint can only say that somebody does."""
    known = {"mentor": other.mentor.name, "kind": other.get_kind_display()}
    if other.ended_on is not None:
        known["day"] = formats.date_format(other.ended_on)
        return _("%(mentor)s was the %(kind)s until %(day)s. Choose a later first day.") % known
    known["day"] = formats.date_format(other.started_on)
    return _("%(mentor)s is already the %(kind)s, since %(day)s. End that pairing first.") % known


def refuse_person(pairing: Pairing) -> None:
    """Raise ValidationError where this mentor may not mentor this trainee (any more): a relative, or somebody who left."""
    refuse(_person(pairing, known_of([pairing.trainee.person_id], [pairing.mentor_id])))


def refuse_load(pairing: Pairing) -> None:
    """Raise ValidationError where this mentor, whom it locks, guides as many already as one may."""
    lock_mentors([pairing.mentor_id])
    mentor = pairing.mentor
    text = load_problem(mentor.name, loads_of([mentor.pk]).get(mentor.pk, 0), 1)
    refuse([Problem("mentor", "load", text)] if text else [])


def refuse_both_kinds(pairing: Pairing) -> None:
    """Raise ValidationError where this mentor is the mentor of the other kind by now."""
    refuse(_both_kinds(pairing, _taken([pairing])))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise ValidationError for the first of `problems`."""
    for problem in problems:
        raise refusal(problem.field, problem.text, code=problem.code)


def refuse_far(started_on: date) -> None:
    """A first day too far ahead; asked first, as the planned last day may lie beyond all calendars."""
    if started_on > timezone.localdate() + AHEAD:
        raise refusal("started_on", _("A pairing is entered one month ahead at most."), code="too_late")


def refuse_terms(pairing: Pairing) -> None:
    """The planned last day and the cadence of a pairing."""
    if pairing.due_on > pairing.started_on + LONGEST:
        raise refusal("due_on", _("A pairing lasts five years at most."), code="too_late")
    if not SHORTEST_CADENCE <= pairing.check_in_days <= LONGEST_CADENCE:
        known = {"low": SHORTEST_CADENCE, "high": LONGEST_CADENCE}
        raise refusal("check_in_days", _("Between %(low)s and %(high)s days.") % known, code="cadence")


def _taken(pairings: Sequence[Pairing]) -> dict[tuple[UUID, str], list[Pairing]]:
    """Pairings of these trainees that last beyond the earliest first day, by trainee and kind, the earliest first."""
    first = min((pairing.started_on for pairing in pairings), default=date.max)
    rows = Pairing.objects.on_or_after(first).filter(trainee__in={pairing.trainee_id for pairing in pairings})
    found: dict[tuple[UUID, str], list[Pairing]] = {}
    for row in rows.select_related("mentor").order_by("started_on"):
        found.setdefault((row.trainee_id, row.kind), []).append(row)
    return found


def _overlap(pairing: Pairing, taken: dict[tuple[UUID, str], list[Pairing]]) -> list[Problem]:
    """A mentor of the same kind at the same time."""
    others = taken.get((pairing.trainee_id, str(pairing.kind)), [])
    other = next((row for row in others if row.ended_on is None or row.ended_on >= pairing.started_on), None)
    return [Problem("started_on", "already_paired", already(other))] if other is not None else []


def _both_kinds(
    pairing: Pairing, taken: dict[tuple[UUID, str], list[Pairing]], twice: frozenset[tuple[UUID, UUID]] = frozenset()
) -> list[Problem]:
    """Nobody is both mentors of one trainee, as suggestions say as well; `twice` are those who would be at once."""
    rows = [row for kind in MentorKind if kind != pairing.kind for row in taken.get((pairing.trainee_id, kind), [])]
    others = {row.kind for row in rows if row.mentor_id == pairing.mentor_id and row.ended_on is None}
    if (pairing.trainee_id, pairing.mentor_id) in twice:
        others |= {kind for kind in MentorKind if kind != pairing.kind}
    names = {"mentor": pairing.mentor.name, "kind": MentorKind(next(iter(others))).label if others else ""}
    text = _("%(mentor)s is already the %(kind)s of this trainee.") % names
    return [Problem("mentor", "both_kinds", text)] if others else []


def _twice(pairings: Sequence[Pairing]) -> frozenset[tuple[UUID, UUID]]:
    """Whoever would become both mentors of one trainee."""
    counted = Counter((each.trainee_id, each.mentor_id) for each in pairings if each.ended_on is None)
    return frozenset(pair for pair, count in counted.items() if count > 1)


def _full(pairings: Sequence[Pairing]) -> dict[UUID, str]:
    """The mentors who would guide too many once all of these run, with what is to be said; one query."""
    more = Counter(pairing.mentor_id for pairing in pairings if pairing.ended_on is None)
    names = {pairing.mentor_id: pairing.mentor.name for pairing in pairings}
    loads = loads_of(more)
    return {key: text for key in more if (text := load_problem(names[key], loads.get(key, 0), more[key]))}


def _load(pairing: Pairing, full: dict[UUID, str]) -> list[Problem]:
    text = full.get(pairing.mentor_id, "") if pairing.ended_on is None else ""
    return [Problem("mentor", "load", text)] if text else []


def _person(pairing: Pairing, known: Known) -> list[Problem]:
    problem = person_problem(pairing.trainee, pairing.mentor, known)
    return [problem] if problem is not None else []


def _days(pairing: Pairing) -> list[Problem]:
    arrived = pairing.trainee.arrived_on
    if pairing.started_on < arrived:
        text = _("A pairing cannot start before the trainee reported for duty on %(day)s.")
        return [Problem("started_on", "too_early", text % {"day": formats.date_format(arrived)})]
    return []


def _office(pairing: Pairing, known: Known) -> list[Problem]:
    """By office only whoever holds it on the first day."""
    if pairing.office is None:
        return []
    times = known.holdings.get((pairing.office.pk, pairing.mentor_id), [])
    day = pairing.started_on
    if any(each.since <= day and (each.until is None or each.until >= day) for each in times):
        return []
    names = {"mentor": pairing.mentor.name, "office": pairing.office.name, "day": formats.date_format(day)}
    text = _("%(mentor)s did not hold the office “%(office)s” on %(day)s. Choose another first day.")
    return [Problem("started_on", "not_in_office", text % names)]
