"""The district of the tests of people, a file with a course of things, and ties that stand for rooms to come."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import User
from cadre_app.core.growth import Access, Fact, GrowthSource, Row, Words, growth_sources
from cadre_app.core.registries import Relation, relations
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import interruptions, persons, posts, terms, transfers
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]


@pytest.fixture
def trainee(place: District) -> Trainee:
    """林知远: arrived in the town in July 2024, a post that day, a village term with a gap, moved on in 2026."""
    person = PersonFactory.create(name="林知远")
    persons.change_party(
        person,
        political_status="01",
        party_stage="full",
        party_joined_on=date(2023, 6, 1),
        party_full_on=date(2024, 7, 1),
        actor=place.staff,
    )
    file = TraineeFactory.create(person=person, home_unit=place.town)
    posts.add_post_record(
        file, started_on=date(2024, 7, 1), post="党建办科员", document_number="望组干〔2024〕6号", actor=place.staff
    )
    term = terms.start_term(
        Trainee.objects.get(pk=file.pk),
        village=place.village,
        started_on=date(2024, 9, 1),
        document_number="望组〔2024〕41号",
        note="住村委会",
        actor=place.staff,
    )
    interruptions.interrupt_term(
        term, started_on=date(2025, 3, 1), ended_on=date(2025, 3, 31), reason="病假", actor=place.staff
    )
    transfers.transfer_trainee(
        Trainee.objects.get(pk=file.pk),
        to_unit=place.other_town,
        effective_on=date(2026, 10, 8),
        document_number="望组干〔2026〕5号",
        note="内部备注",
        actor=place.staff,
    )
    return Trainee.objects.get(pk=file.pk)


@pytest.fixture
def tied() -> Iterator[Callable[[Trainee, str], User]]:
    """Somebody whom a relation of this level ties to a file, and who sees nothing else."""
    ties: dict[Any, tuple[Any, str]] = {}

    def relation(level: str) -> Relation:
        def files(user: User) -> Any:
            key, found = ties.get(user.pk, (None, ""))
            return Trainee.objects.filter(pk=key if found == level else None).values("pk")

        return Relation(level, files)

    for level in ("mentor", "name"):
        relations.register(f"tests.{level}", relation(level))

    def tie(trainee: Trainee, level: str) -> User:
        user = UserFactory.create(kind="mentor")
        ties[user.pk] = (trainee.pk, level)
        return user

    yield tie
    for level in ("mentor", "name"):
        relations._items.pop(f"tests.{level}")


@pytest.fixture
def own(trainee: Trainee) -> User:
    """The account of the trainee."""
    user = UserFactory.create(kind="trainee", unit=trainee.home_unit)
    Person.objects.filter(pk=trainee.person_id).update(account=user)
    return user


@pytest.fixture
def three_entries() -> Iterator[None]:
    """A verified fact, a draft, and something restricted, as rooms give them."""

    def words(row: Row, access: Access) -> Words:
        held, restricted = row.status != "draft", row.status == "restricted"
        return Words(f"事项{row.status}", by="区委组织部核实", label=row.status, is_held=held, is_restricted=restricted)

    def facts(trainee: Trainee, access: Access) -> list[Fact]:
        return [Fact(date(2025, 6, 1), "party", {}, status) for status in ("verified", "draft", "restricted")]

    growth_sources.register("tests.entries", GrowthSource(("party",), words, facts=facts))
    yield
    growth_sources._items.pop("tests.entries")
