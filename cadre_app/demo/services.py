"""Fills an empty installation with the fictional district, through the same services that staff use."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cadre_app.accounts import services as accounts
from cadre_app.accounts.models import User
from cadre_app.demo import (
    achievements,
    agreements,
    appraisal,
    assignments,
    briefings,
    conduct,
    evaluation,
    forms,
    kept,
    loading,
    materials,
    meetings,
    notes,
    outcomes,
    pairings,
    people,
    places,
    probation,
    reviews,
    superior_reports,
    talks,
    training,
)
from cadre_app.feedback import services as feedback
from cadre_app.org import services as org
from cadre_app.org.models import Unit, UnitKind
from cadre_app.reminders.services.sweeping import sweep

FOUNDED = date(1998, 1, 1)
HEADQUARTERS_SINCE = date(2023, 3, 1)


class NotEmpty(Exception):
    """The demo district goes into an empty installation only."""


@transaction.atomic
def load_demo(password: str, as_of: date | None = None) -> list[tuple[str, str]]:
    """Create units, offices, trainees, the eleven demo accounts (all with `password`) and some work in progress.

    Everything stands as on `as_of` (local date, today by default), and what is due on that day is told. Returns user names with their posts. Raises NotEmpty
    if any account or unit exists, ValueError for a day that has not come.
    """
    today = timezone.localdate()
    as_of = as_of or today
    if as_of > today:
        raise ValueError(as_of)
    if User.objects.exists() or Unit.objects.exists():
        raise NotEmpty
    units = _load_units()
    holders = loading.load_offices(units, as_of)
    files = loading.load_trainees(units, as_of)
    pairings.load_predecessors()
    pairings.load_pairings(files, as_of)
    notes.load_notes(as_of)
    users = _load_accounts(units, password)
    loading.link_accounts(users, holders, files)
    talks.load_talks(users, files, as_of)
    meetings.load_meetings(users, files, units[places.DISTRICT], as_of)
    loading.load_proposals(users, files)
    agreements.load_agreements(users["staff"])
    reviews.load_reviews(users, as_of)
    training.load_training(users, files, as_of)
    assignments.load_assignments(users, files, as_of)
    achievements.load_achievements(users, files, as_of)
    probation.load_probations(users, as_of)
    outcomes.load_outcomes(users, files, as_of)
    evaluation.load_evaluations(users, units, as_of)
    conduct.load_conduct(users, files, units[places.DISTRICT], as_of)
    appraisal.load_appraisal(users, units, as_of)
    materials.load_materials(users, files, as_of)
    briefings.load_briefings(users, units[places.DISTRICT], as_of)
    forms.load_forms(users, files, as_of)
    kept.load_kept(users)
    superior_reports.load_reports(units[places.DISTRICT], users, as_of)
    _load_requests(units, users)
    _load_feedback(users)
    if as_of == today:
        sweep()
    return [(user.username, f"{user.unit.label}{user.post} {user.display_name}") for user in users.values()]


def _load_units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}

    def add(name: str, kind: str, parent: str, order: int, *, short_name: str = "", since: date = FOUNDED) -> None:
        units[name] = org.create_unit(
            name=name,
            short_name=short_name,
            kind=kind,
            parent=units.get(parent),
            order=order,
            opened_on=since,
            actor=None,
        )

    top = places.DISTRICT
    add(top, UnitKind.DISTRICT, "", 0)
    for order, (name, short_name) in enumerate(places.DEPARTMENTS, start=1):
        add(name, UnitKind.DEPARTMENT, top, order, short_name=short_name)
    for order, name in enumerate(places.INSTITUTIONS, start=len(places.DEPARTMENTS) + 1):
        add(name, UnitKind.INSTITUTION, top, order)
    for order, (name, kind, villages) in enumerate(places.TOWNS, start=101):
        add(name, kind, top, order)
        for place, village in enumerate(villages, start=1):
            is_community = village.endswith("社区")
            add(village, UnitKind.COMMUNITY if is_community else UnitKind.VILLAGE, name, place)
    for order, name in enumerate(places.HEADQUARTERS, start=201):
        add(name, UnitKind.HEADQUARTERS, top, order, since=HEADQUARTERS_SINCE)
    for order, name in enumerate(places.ENTERPRISES, start=301):
        add(name, UnitKind.ENTERPRISE, top, order)
    return units


def _load_accounts(units: dict[str, Unit], password: str) -> dict[str, User]:
    today = timezone.localdate()
    users: dict[str, User] = {}
    for person in people.ACCOUNTS:
        user = accounts.create_user(
            username=person.username,
            display_name=person.display_name,
            unit=units[person.unit],
            kind=person.kind,
            post=person.post,
            password=password,
            actor=None,
        )
        if person.role:
            unit = units.get(person.role_unit)
            accounts.grant_role(user, role=person.role, unit=unit, valid_from=today, actor=None)
        users[person.username] = user
    return users


def _load_requests(units: dict[str, Unit], users: dict[str, User]) -> None:
    for request in people.REQUESTED:
        accounts.request_account(
            display_name=request.display_name,
            username=request.username,
            unit=units[request.unit],
            post=request.post,
            kind=request.kind,
            role=request.role,
            role_unit=units.get(request.role_unit),
            reason=request.reason,
            actor=users["staff"],
        )


def _load_feedback(users: dict[str, User]) -> None:
    for username, text, answer in people.FEEDBACK:
        given = feedback.give_feedback(text=text, actor=users[username], page="/")
        if answer:
            feedback.answer_feedback(given, answer=answer, version=given.version, actor=users["staff"])
