"""The roster's sheet goes no further than the page of the file: it gives no first rank and moves no end that is kept."""

from datetime import timedelta
from typing import Any

import pytest

from cadre_app.core.importing import ImportRow
from cadre_app.people.importing import trainees
from cadre_app.people.models import Person, PostRecord, Trainee
from cadre_app.people.services import posts
from cadre_app.probation.models import Probation
from cadre_app.probation.services import conclusions, decisions, records
from tests.people.conftest import TODAY
from tests.people.importing.conftest import BORN, _english, row, silent
from tests.probation.conftest import ARRIVED, ENDS, EXTENSION, GRADING, Town, on_probation
from tests.probation.test_endings import at_an_institution

__all__ = ["_english"]

EARLIER = {"arrived_on": ARRIVED - timedelta(days=4)}


@pytest.fixture(autouse=True)
def _known(town: Town) -> None:
    Person.objects.filter(pk=town.trainee.person_id).update(birth_month=BORN)


def of(town: Town, file: Trainee, number: int = 2, **values: Any) -> ImportRow:
    known = {"birth_month": BORN, "home_unit": town.district.town.name}
    return row(number, file.person.name, **(known | values))


def previewed(town: Town, **values: Any) -> ImportRow:
    found = of(town, town.trainee, **values)
    trainees.check([found], town.staff, silent)
    return found


def extended(town: Town) -> Probation:
    one = conclusions.conclude_deferred(town.opined(), **EXTENSION, actor=town.staff)
    return decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)


def test_a_first_rank_waits_for_the_sign_off(town: Town) -> None:
    ranked = {"rank": "12", "rank_since": TODAY}
    assert previewed(town, **ranked).errors == []
    town.opened()
    [(field, why)] = previewed(town, **ranked).errors
    assert field == "rank"
    assert why.startswith("The assessment at the end of probation is not concluded.")
    assert previewed(town, post="综合科工作人员", post_since=TODAY).errors == []


def test_a_post_grade_waits_for_the_sign_off_also_of_the_next_round(town: Town) -> None:
    extended(town)
    at_an_institution(town)
    found = previewed(town, status="institution", post_grade="专业技术十二级", rank_since=TODAY)
    assert [field for field, _why in found.errors] == ["post_grade"]


@pytest.mark.parametrize("step", ["checked", "signed"])
def test_the_end_that_an_assessment_is_about_does_not_move_with_the_arrival(town: Town, step: str) -> None:
    assert previewed(town, **EARLIER).changes != []
    getattr(town, step)()
    found = previewed(town, **EARLIER)
    assert [field for field, _why in found.errors] == ["arrived_on"]
    assert found.changes == [("Reported for duty on", "10 Nov 2025", "6 Nov 2025")]
    assert town.fresh().probation_ends_on == ENDS


def test_an_open_probation_ends_with_the_arrival_that_was_corrected(town: Town) -> None:
    town.opened()
    later = ARRIVED + timedelta(days=4)
    applied(town, arrived_on=later)
    assert town.fresh().probation_ends_on == ENDS + timedelta(days=4)


def test_what_was_checked_meanwhile_stops_the_import_and_its_undoing(town: Town) -> None:
    written = applied(town, **EARLIER)
    one = town.checked()
    [told] = trainees.undo(list(reversed(written)), town.staff, "误导入")
    assert told.startswith("林知远: The conclusion of this probation waits")
    decisions.return_conclusion(one, reason="补充", actor=town.leader)
    assert trainees.undo(list(reversed(written)), town.staff, "误导入") == []
    assert town.fresh().probation_ends_on == ENDS


def test_a_rank_that_was_corrected_is_not_given_back_while_an_assessment_is_open(town: Town) -> None:
    first = PostRecord.objects.get(trainee=town.trainee)
    applied(town, rank="12", rank_since=first.started_on)
    written = applied(town, rank="11", rank_since=first.started_on)
    town.opened()
    assert trainees.undo(written, town.staff, "误导入") != []


def test_the_record_of_a_signed_grading_is_not_corrected_by_a_sheet_or_its_undoing(town: Town) -> None:
    posts.add_post_record(town.trainee, started_on=ENDS, post=GRADING["post"], rank="12", actor=town.staff)
    written = applied(town, rank="11", rank_since=ENDS)
    town.signed()
    assert [field for field, _why in previewed(town, rank="12", rank_since=ENDS).errors] == ["rank"]
    assert [field for field, _why in previewed(town, rank_since=TODAY).errors] == ["rank_since"]
    told = trainees.undo(written, town.staff, "误导入")
    assert [text for text in told if "stands on this record" in text] != []


def test_the_preview_costs_the_same_queries_however_many_are_on_probation(
    town: Town, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    others = [on_probation(town.district.town, f"林知远{name}") for name in "甲乙"]
    records.sweep_probations(TODAY)
    values = {"rank": "12", "rank_since": TODAY, **EARLIER}
    assert len(previewed(town, **values).errors) == 1
    with django_assert_max_num_queries(20) as first:
        previewed(town, **values)
    Person.objects.update(birth_month=BORN)
    rows = [of(town, file, number, **values) for number, file in enumerate([town.trainee, *others], 2)]
    with django_assert_num_queries(len(first)):
        trainees.check(rows, town.staff, silent)
    assert [len(each.errors) for each in rows] == [1, 1, 1]


def applied(town: Town, **values: Any) -> list[Any]:
    found = previewed(town, **values)
    assert found.errors == []
    return trainees.apply([found], town.staff, silent)
