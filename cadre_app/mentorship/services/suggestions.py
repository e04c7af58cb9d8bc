"""结对建议 Who would mentor whom by office: worked out when it is asked for, never stored (docs/adr/0016).

The holder of the flagged office of the trainee's unit is the political mentor, that of the village's the community
mentor. A constant number of queries for any number of trainees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months, add_years
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.policies import MAX_LOAD, NEWCOMER_MONTHS
from cadre_app.mentorship.services.loads import full_text, loads_of
from cadre_app.mentorship.services.refusals import Known, known_of, person_problem
from cadre_app.org.models import Unit
from cadre_app.people.models import Office, OfficeHolding, Person, Trainee, VillageTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

FLAGS = {MentorKind.POLITICAL: "is_political_source", MentorKind.COMMUNITY: "is_community_source"}


class Hindrance:
    """Why nobody can be suggested."""

    NO_VILLAGE, NO_OFFICE, VACANT, PERSON, SAME = "no_village", "no_office", "vacant", "person", "same"
    LOAD = "load"


@dataclass(frozen=True)
class Suggestion:
    """One kind of mentor for one trainee; without a `hindrance` there is a `mentor`, who can be confirmed.

    `place` is the unit whose office counts; `term`: the village is that of a village term, not the linked one; `load`:
    pairings of the mentor that run, of which there may be `limit`.
    """

    trainee: Trainee
    kind: MentorKind
    place: Unit | None = None
    term: VillageTerm | None = None
    office: Office | None = None
    holding: OfficeHolding | None = None
    load: int = 0
    hindrance: str = ""
    problem: str = ""
    limit: int = 0

    @property
    def mentor(self) -> Person | None:
        return self.holding.person if self.holding is not None else None

    @property
    def key(self) -> str:
        """What a form sends: whose mentor of which kind whoever looked at it confirms."""
        return f"{self.trainee.pk}.{self.kind}.{self.holding.person_id if self.holding is not None else ''}"

    @property
    def reason(self) -> str:
        """The office by which somebody is the mentor, and since when they hold it."""
        if self.holding is None or self.office is None:
            return ""
        known = {
            "office": self.office.in_full,
            "since": formats.date_format(self.holding.since, "YEAR_MONTH_FORMAT"),
        }
        return _("%(office)s, in office since %(since)s") % known

    @property
    def basis(self) -> str:
        """Which unit counts, and why."""
        if self.place is None:
            return ""
        known = {"place": self.place.name}
        if self.kind == MentorKind.POLITICAL:
            return _("Unit: %(place)s") % known
        if self.term is None:
            return _("Linked village: %(place)s") % known
        known["day"] = formats.date_format(self.term.started_on)
        return _("Village term in %(place)s since %(day)s") % known


@dataclass
class _Found:
    terms: dict[UUID, VillageTerm]
    offices: dict[tuple[UUID, str], Office]
    known: Known
    loads: dict[UUID, int]
    others: set[tuple[UUID, UUID, str]]
    limit: int


def wanting(trainees: "QuerySet[Trainee]", *kinds: str, since: date | None = None) -> "QuerySet[Any]":
    """Those who have neither a running nor a completed pairing of one of `kinds` (all by default).

    `since`: no pairing of these trainees began earlier, so that older ones need not be looked at.
    """
    condition = Q()
    for kind in kinds or MentorKind.values:
        served = Pairing.objects.served().filter(kind=kind, trainee=OuterRef("pk"))
        condition |= ~Q(Exists(served if since is None else served.filter(started_on__gte=since)))
    return trainees.filter(condition)


def lacking_for(
    user: "User", *kinds: str, everybody: bool = False, roles: tuple[str, ...] = (Role.STAFF,)
) -> "QuerySet[Any]":
    """Those in development in the scope of `user` (as staff, who could pair them) who lack a mentor of one of `kinds`
    (all by default): the new ones (setting mentorship.newcomer_months), or `everybody`.
    """
    files = Trainee.objects.in_scope(user, *roles).in_development()
    if everybody:
        return wanting(files, *kinds)
    arrived = add_months(timezone.localdate(), -NEWCOMER_MONTHS.now())
    # A year more, for a day of arrival that was corrected after the pairing began.
    return wanting(files.filter(arrived_on__gte=arrived), *kinds, since=add_years(arrived, -1))


def suggestions_for(trainees: Sequence[Any], *kinds: str) -> list[Suggestion]:
    """What each of `trainees` (person, unit and linked village loaded) lacks, in their order."""
    served = set(Pairing.objects.served().filter(trainee__in=trainees).values_list("trainee_id", "kind"))
    asked = kinds or tuple(MentorKind.values)
    return by_office(
        [
            (trainee, kind)
            for trainee in trainees
            for kind in MentorKind
            if kind in asked and (trainee.pk, kind) not in served
        ]
    )


def by_office(wanted: Sequence[tuple[Any, MentorKind]], *, ahead: bool = True) -> list[Suggestion]:
    """Who the mentor of each of these kinds would be by the offices as they are held now, whoever it is so far.

    The trainees as for `suggestions_for`. `ahead`: a village term that is planned counts before the linked village.
    """
    trainees = list({trainee.pk: trainee for trainee, _kind in wanted}.values())
    today = timezone.localdate()
    terms = _terms(trainees, today)
    if not ahead:
        linked = {trainee.pk for trainee in trainees if trainee.linked_village_id is not None}
        terms = {key: term for key, term in terms.items() if term.started_on <= today or key not in linked}
    places = {trainee.pk: _places(trainee, terms.get(trainee.pk)) for trainee in trainees}
    offices = _offices({unit.pk for each in places.values() for unit in each.values() if unit is not None})
    found = _facts(trainees, terms, offices)
    return [_suggestion(trainee, kind, places[trainee.pk][kind], found) for trainee, kind in wanted]


def _terms(trainees: Iterable[Trainee], today: date) -> dict[UUID, VillageTerm]:
    """The village term that runs, else the one that is planned."""
    rows = VillageTerm.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gte=today), trainee__in=[trainee.pk for trainee in trainees]
    )
    found: dict[UUID, VillageTerm] = {}
    for term in rows.select_related("village").order_by("started_on"):
        if term.trainee_id not in found or term.started_on <= today:
            found[term.trainee_id] = term
    return found


def _places(trainee: Trainee, term: VillageTerm | None) -> dict[str, Unit | None]:
    village = term.village if term is not None else trainee.linked_village
    return {MentorKind.POLITICAL: trainee.home_unit, MentorKind.COMMUNITY: village}


def _offices(units: set[UUID]) -> dict[tuple[UUID, str], Office]:
    """The flagged offices of these units, each with `holders_now`."""
    holders = OfficeHolding.objects.current().select_related("person")
    rows = Office.objects.standing().filter(Q(is_political_source=True) | Q(is_community_source=True), unit__in=units)
    offices = rows.select_related("unit").prefetch_related(
        Prefetch("holdings", queryset=holders, to_attr="holders_now")
    )
    return {
        (office.unit_id, kind): office for office in offices for kind, flag in FLAGS.items() if getattr(office, flag)
    }


def _facts(
    trainees: Sequence[Trainee], terms: dict[UUID, VillageTerm], offices: dict[tuple[UUID, str], Office]
) -> _Found:
    mentors = {holding.person_id for office in offices.values() for holding in _holders(office)}
    known = known_of([trainee.person_id for trainee in trainees], mentors)
    others = Pairing.objects.running().filter(trainee__in=[trainee.pk for trainee in trainees])
    return _Found(
        terms,
        offices,
        known,
        loads_of(mentors),
        set(others.values_list("trainee", "mentor", "kind")),
        MAX_LOAD.now(),
    )


def _suggestion(trainee: Trainee, kind: MentorKind, place: Unit | None, found: _Found) -> Suggestion:
    term = found.terms.get(trainee.pk) if kind == MentorKind.COMMUNITY else None
    if place is None:
        text = _("Neither a village term nor a linked village is entered.")
        return Suggestion(trainee, kind, hindrance=Hindrance.NO_VILLAGE, problem=text)
    office = found.offices.get((place.pk, kind))
    if office is None:
        text = _("No office of %(unit)s is marked as the source of this mentor.") % {"unit": place.name}
        return Suggestion(trainee, kind, place, term, hindrance=Hindrance.NO_OFFICE, problem=text)
    holders = _holders(office)
    if not holders:
        text = _("The office “%(office)s” of %(unit)s is vacant.") % {"office": office.name, "unit": place.name}
        return Suggestion(trainee, kind, place, term, office, hindrance=Hindrance.VACANT, problem=text)
    holding = holders[0]
    load = found.loads.get(holding.person_id, 0)
    hindrance, text = _against(trainee, holding.person, kind, found)
    return Suggestion(trainee, kind, place, term, office, holding, load, hindrance, text, found.limit)


def _against(trainee: Trainee, mentor: Person, kind: MentorKind, found: _Found) -> tuple[str, str]:
    problem = person_problem(trainee, mentor, found.known)
    if problem is not None:
        return Hindrance.PERSON, problem.text
    other = next((each for each in MentorKind if each != kind and (trainee.pk, mentor.pk, each) in found.others), None)
    if other is not None:
        names = {"mentor": mentor.name, "kind": other.label}
        return Hindrance.SAME, _("%(mentor)s is already the %(kind)s of this trainee.") % names
    load = found.loads.get(mentor.pk, 0)
    if load >= found.limit:
        return Hindrance.LOAD, full_text(mentor.name, load, found.limit)
    return "", ""


def _holders(office: Office) -> list[OfficeHolding]:
    found: list[OfficeHolding] = getattr(office, "holders_now", [])
    return found
