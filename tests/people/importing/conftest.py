from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.core.importing import Applied, ImportRow
from cadre_app.people.importing import trainees
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import NewEducation, NewPerson, NewPost, NewTerm, NewTrainee, create_trainees_many
from tests.factories import PersonFactory, TraineeFactory, id_number
from tests.people.conftest import District

MAN = id_number(date(1999, 5, 17), serial=1)
BORN = date(1999, 5, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def typed(value: Any) -> str:
    """How a value stands in a cell."""
    return value.isoformat().replace("-", ".") if isinstance(value, date) else str(value)


def row(number: int = 2, name: str = "林知远", *, cells: dict[str, str] | None = None, **values: Any) -> ImportRow:
    """A row as it was read; `cells` where the text is not that of the value (2024.08 for its first day)."""
    known = {key: value for key, value in ({"name": name} | values).items() if value is not None}
    texts = {key: typed(value) for key, value in known.items()} | (cells or {})
    return ImportRow(number, cells=texts, values=known)


def new(number: int = 2, name: str = "林知远", *, cells: dict[str, str] | None = None, **values: Any) -> ImportRow:
    """A row with everything that a new file needs."""
    needed: dict[str, Any] = {"kind": "selected", "arrived_on": date(2024, 8, 15), "home_unit": "梧岭镇"}
    return row(number, name, cells=cells, **(needed | values))


def silent(done: int, total: int) -> None:
    pass


Check = Callable[..., list[ImportRow]]
Apply = Callable[..., list[Applied]]


@pytest.fixture
def checked(place: District) -> Check:
    def check(*rows: ImportRow, actor: User | None = None) -> list[ImportRow]:
        for each in rows:
            each.errors, each.notes, each.changes, each.candidates = [], [], [], []
            each.action, each.target, each.target_text, each.question, each.may_be_new = "create", None, "", "", True
        trainees.check(list(rows), actor or place.staff, silent)
        return list(rows)

    return check


@pytest.fixture
def applied(place: District, checked: Check) -> Apply:
    def apply(*rows: ImportRow) -> list[Applied]:
        found = checked(*rows)
        assert [(each.number, each.errors, each.is_unchosen) for each in found] == [
            (each.number, [], False) for each in found
        ]
        return trainees.apply([each for each in found if each.action in ("create", "update")], place.staff, silent)

    return apply


@pytest.fixture
def file(place: District) -> Trainee:
    """林知远 of the town, known by ID number, with education, post, rank and a village term."""
    [found] = create_trainees_many(
        [
            NewTrainee(
                person=NewPerson(name="林知远", sex="1", birth_month=BORN, id_number=MAN, phone="13800000000"),
                kind="selected",
                sub_kind="targeted",
                status="civil_servant",
                arrived_on=date(2024, 8, 15),
                home_unit=place.town,
                educations=(NewEducation(mode="full_time", level="21", school="澜江大学"),),
                posts=(NewPost(started_on=date(2025, 8, 15), post="党建办公室工作人员", rank="11"),),
                term=NewTerm(village=place.village, started_on=date(2024, 9, 1)),
            )
        ],
        actor=None,
    )
    return Trainee.objects.select_related("person").get(pk=found.pk)


@pytest.fixture
def namesake(place: District) -> Trainee:
    """Another 林知远 of the town, of whom nothing else is known."""
    person = PersonFactory.create(name="林知远")
    return TraineeFactory.create(home_unit=place.town, person=person, file_number="WY-2023-0009")


def fresh(file: Trainee) -> Trainee:
    return Trainee.objects.select_related("person__account_request").get(pk=file.pk)
