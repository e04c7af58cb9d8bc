"""Symposiums and visits as they stand, with everything about them and history; callers have checked them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cadre_app.care.models import (
    CareVisit,
    Invitation,
    Problem,
    Remark,
    Symposium,
    SymposiumNews,
    SymposiumState,
    Told,
    VisitState,
)
from cadre_app.care.services.bulk import NewProblem
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Invited:
    trainee: Trainee
    answer: str = ""
    answer_reason: str = ""
    presence: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A remark; without speaker and trainee it is anonymous."""

    text: str
    trainee: Trainee | None = None
    speaker: str = ""


@dataclass(frozen=True, kw_only=True)
class NewSymposium:
    """A symposium as it stands. `problems` come with who raised each, None without a name."""

    title: str
    kind: str
    unit: Unit
    day: date
    starts_at: time
    ends_at: time
    place: str
    chair: str
    agenda: str
    state: str
    guests: str = ""
    minutes: str = ""
    note: str = ""
    cancel_reason: str = ""
    prepared_by: "User | None" = None
    notified_on: date | None = None
    closed_on: date | None = None
    invited: tuple[Invited, ...] = ()
    remarks: tuple[Said, ...] = ()
    problems: tuple[tuple[Trainee | None, NewProblem], ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class NewVisit:
    """A visit as it stands, with what was raised on it."""

    trainee: Trainee
    occasion: str
    planned_on: date
    visitor: "User"
    state: str
    subject: str = ""
    held_on: date | None = None
    place: str = ""
    companions: str = ""
    brought: str = ""
    amount: Decimal | None = None
    basis: str = ""
    summary: str = ""
    note: str = ""
    cancel_reason: str = ""
    closed_on: date | None = None
    problems: tuple[NewProblem, ...] = field(default=())


@transaction.atomic
def add_symposiums_many(wanted: Iterable[NewSymposium], *, actor: "User | None") -> list[Symposium]:
    """Write symposiums with lists, remarks and problems as they stand. Raises ValidationError."""
    symposiums, invited, remarks, problems = [], [], [], []
    for new in wanted:
        symposium = _symposium(new)
        clean(symposium)
        symposiums.append(symposium)
        invited += [Invitation(symposium=symposium, **_values(one)) for one in new.invited]
        remarks += [
            Remark(symposium=symposium, is_anonymous=one.trainee is None and not one.speaker, **_values(one))
            for one in new.remarks
        ]
        problems += [Problem(symposium=symposium, trainee=by, **_values(one)) for by, one in new.problems]
    Symposium.objects.bulk_create(symposiums)
    Invitation.objects.bulk_create(invited)
    Remark.objects.bulk_create(remarks)
    Problem.objects.bulk_create(problems)
    _tell(invited)
    history.record_created_many(symposiums, actor=actor, verb="care.symposium.planned")
    history.record_created_many(invited, actor=actor, verb="care.invitation.added")
    history.record_created_many(remarks, actor=actor, verb="care.remark.added")
    history.record_created_many(problems, actor=actor, verb="care.problem.added")
    return symposiums


@transaction.atomic
def add_visits_many(wanted: Iterable[NewVisit], *, actor: "User | None") -> list[CareVisit]:
    """Write visits and problems as they stand. Raises ValidationError."""
    visits, problems = [], []
    for new in wanted:
        visit = _visit(new, actor)
        clean(visit)
        visits.append(visit)
        problems += [Problem(visit=visit, trainee=visit.trainee, **_values(one)) for one in new.problems]
    CareVisit.objects.bulk_create(visits)
    Problem.objects.bulk_create(problems)
    for verb, went in (("care.carevisit.planned", False), ("care.carevisit.recorded", True)):
        rows = [visit for visit in visits if (visit.state in (VisitState.HELD, VisitState.CLOSED)) is went]
        history.record_created_many(rows, actor=actor, verb=verb)
    history.record_created_many(problems, actor=actor, verb="care.problem.added")
    return visits


def _symposium(new: NewSymposium) -> Symposium:
    values = _values(new)
    for name in ("invited", "remarks", "problems"):
        values.pop(name)
    return Symposium(**values, has_note=bool(new.note), recorded_by=new.prepared_by if new.note else None)


def _visit(new: NewVisit, actor: "User | None") -> CareVisit:
    values = _values(new)
    values.pop("problems")
    return CareVisit(**values, has_note=bool(new.note), recorded_by=actor or new.visitor if new.note else None)


def _tell(invited: list[Invitation]) -> None:
    """Those on the list of one that is notified and who did not answer yet are told of it."""
    today = timezone.localdate()
    SymposiumNews.objects.bulk_create(
        SymposiumNews(invitation=one, kind=Told.INVITED, told_on=one.symposium.notified_on or today)
        for one in invited
        if one.symposium.state == SymposiumState.NOTIFIED and not one.answer
    )


def _values(new: object) -> dict[str, object]:
    return {name: getattr(new, name) for name in type(new).__dataclass_fields__}  # type: ignore[attr-defined]
