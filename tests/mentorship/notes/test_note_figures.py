"""The figure of guidance notes: which count, for whom, and the list of exactly these."""

from datetime import date
from typing import Any

import pytest

from cadre_app.core.figures import Asked, figures
from cadre_app.mentorship.services import corrections, notes
from cadre_app.people.services import transfers
from tests.factories import UnitFactory
from tests.mentorship.notes.conftest import TODAY, Pair

pytestmark = pytest.mark.django_db

FIGURE = figures["guidance_notes"]


def counted(**asked: Any) -> int:
    return FIGURE.count(Asked.on(**{"as_of": TODAY} | asked))


@pytest.fixture
def written(pair: Pair) -> Pair:
    pair.write()
    pair.write(visibility="department")
    pair.write(visibility="private")
    pair.write(happened_on=date(2025, 11, 23))
    notes.void_note(pair.write(), reason="重复", actor=pair.staff)
    return pair


def test_shared_ones_and_those_of_the_department_count(written: Pair) -> None:
    assert counted() == 2
    assert counted(since=date(2025, 11, 23)) == 3
    assert counted(as_of=date(2025, 12, 31)) == 1
    assert counted(unit=written.file.home_unit.parent) == 2


def test_nobody_counts_notes_of_which_they_may_not_know(written: Pair) -> None:
    assert [counted(user=written.user(name)) for name in ("staff", "leader", "liaison", "other_staff")] == [2, 2, 1, 0]


def test_a_corrected_note_counts_once(written: Pair) -> None:
    note = written.write(happened_on=date(2026, 11, 1))
    type(note).objects.filter(pk=note.pk).update(created_at="2026-11-01T12:00:00+08:00")
    note.refresh_from_db()
    values = {"happened_on": date(2026, 11, 2), "way": "face", "text": "更正", "actor": written.mentor}
    corrections.correct_note(note, **values)
    assert counted() == 3


@pytest.mark.parametrize("who", ["staff", "leader", "liaison"])
@pytest.mark.parametrize("asked", [{}, {"as_of": date(2025, 12, 31)}, {"since": TODAY}, {"unit": True}])
def test_the_list_holds_exactly_these(written: Pair, client_of: Any, who: str, asked: dict[str, Any]) -> None:
    if "unit" in asked:
        asked = {"unit": written.file.home_unit}
    user = written.user(who)
    url = FIGURE.url(Asked.on(**{"as_of": TODAY, "user": user} | asked))
    assert len(client_of(user).get(url).context["table"].rows) == counted(user=user, **asked)


def test_a_past_period_of_a_unit_opens_the_list_of_its_people_then(written: Pair, client_of: Any) -> None:
    then = date(2026, 11, 22)
    asked = {"as_of": then, "unit": written.file.home_unit}
    number = counted(user=written.user("staff"), **asked)
    elsewhere = UnitFactory.create(parent=written.file.home_unit.parent)
    moved = {"document_number": "望组干〔2026〕8号", "actor": None}
    transfers.transfer_trainee(written.file, to_unit=elsewhere, effective_on=TODAY, **moved)
    url = FIGURE.url(Asked.on(**asked, user=written.user("staff")))
    assert number
    assert client_of(written.user("staff")).get(url).context["table"].total == number
