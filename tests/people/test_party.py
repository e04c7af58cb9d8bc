"""Party stages: the probation and its one extension, the list of stages, what the file and the bell tell of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from cadre_app.core.registries import job_kinds
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import persons
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import District, client_of, place, sign_in

__all__ = ["client_of", "place", "sign_in"]
pytestmark = pytest.mark.django_db
JOINED = date(2025, 12, 10)


def on_probation(place: District, name: str = "林知远", **values: Any) -> Trainee:
    known = {"party_stage": "probationary", "political_status": "02", "party_joined_on": JOINED}
    person = PersonFactory.create(name=name, **known | values)
    return TraineeFactory.create(person=person, home_unit=place.town, arrived_on=date(2025, 7, 1))


def ends(until: date = date(2030, 1, 1)) -> list[date]:
    return list(reminder_rules["people.party_probation"].dues(until).values_list("due_day", flat=True))


def test_probation_ends_a_year_after_the_branch_meeting_or_as_it_was_extended(place: District) -> None:
    file = on_probation(place)
    assert (file.person.party_probation_ends_on, ends()) == (date(2026, 12, 10), [date(2026, 12, 10)])
    persons.change_party(file.person, party_extended_to=date(2027, 6, 10), actor=place.staff)
    extended = Person.objects.get(pk=file.person_id)
    assert (extended.party_probation_ends_on, ends()) == (date(2027, 6, 10), [date(2027, 6, 10)])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"party_extended_to": date(2027, 6, 9)}, "party_extended_to"),
        ({"party_extended_to": date(2027, 12, 11)}, "party_extended_to"),
        ({"party_extended_to": date(2027, 6, 10), "party_joined_on": None}, "party_extended_to"),
        ({"party_activist_on": date(2026, 1, 1)}, "party_joined_on"),
        ({"party_full_on": date(2026, 11, 1)}, "party_full_on"),
    ],
)
def test_steps_out_of_order_are_refused_beside_their_field(place: District, values: Any, field: str) -> None:
    file = on_probation(place)
    with pytest.raises(ValidationError) as caught:
        persons.change_party(file.person, actor=place.staff, **values)
    assert list(caught.value.error_dict) == [field]


def test_nobody_becomes_a_full_member_before_an_extension_is_over(place: District) -> None:
    joined = date(2024, 3, 1)
    file = on_probation(place, party_joined_on=joined, party_extended_to=date(2025, 9, 1))
    full: dict[str, Any] = {"party_stage": "full", "political_status": "01"}
    with pytest.raises(ValidationError) as caught:
        persons.change_party(file.person, party_full_on=date(2025, 3, 1), **full, actor=place.staff)
    assert list(caught.value.error_dict) == ["party_full_on"]
    persons.change_party(file.person, party_full_on=date(2025, 9, 1), **full, actor=place.staff)
    assert ends() == []


FULL: dict[str, Any] = {"party_stage": "full", "political_status": "01"}


def test_nobody_becomes_a_full_member_within_a_year_without_a_reason(place: District) -> None:
    joined = date(2024, 3, 1)
    person = on_probation(place, party_joined_on=joined).person
    with pytest.raises(ValidationError) as caught:
        persons.change_party(person, party_full_on=date(2025, 2, 28), **FULL, actor=place.staff)
    assert {name: errors[0].code for name, errors in caught.value.error_dict.items()} == {"party_full_on": "too_early"}
    early = persons.change_party(
        person, party_full_on=date(2025, 2, 28), party_full_why="经上级党委批准", **FULL, actor=place.staff
    )
    assert (early.party_full_on, early.party_full_why) == (date(2025, 2, 28), "经上级党委批准")
    with pytest.raises(ValidationError) as caught:
        persons.change_party(early, party_full_on=date(2025, 3, 1), actor=place.staff)
    assert list(caught.value.error_dict) == ["party_full_why"]
    whole = persons.change_party(early, party_full_on=date(2025, 3, 1), party_full_why="", actor=place.staff)
    assert whole.party_full_on == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"political_status": "02"}, "party_joined_on"),
        ({"political_status": "01", "party_joined_on": "2026-05-20", "party_full_on": "2026-06-01"}, "party_full_on"),
    ],
)
def test_the_form_says_it_beside_the_field_and_keeps_what_was_typed(
    place: District, client_of: Any, sent: dict[str, str], field: str
) -> None:
    file = on_probation(place, party_stage="", political_status="", party_joined_on=None)
    url = reverse("people:section_edit", kwargs={"pk": file.pk, "section": "party"})
    response = client_of(place.staff).post(url, sent | {"version": file.person.version})
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["political_status"].value() == sent["political_status"]


def test_an_old_record_without_the_branch_meeting_is_named_as_missing(place: District, client_of: Any) -> None:
    file = on_probation(place, party_joined_on=None)
    gaps = client_of(place.staff).get(reverse("growth:file", kwargs={"pk": file.pk})).context["gaps"]
    url = reverse("people:section_edit", kwargs={"pk": file.pk, "section": "party"})
    assert [gap.url for gap in gaps if gap.text == "Day on which the branch meeting admitted the person"] == [url]
    persons.change_party(file.person, party_joined_on=JOINED, actor=place.staff)
    gaps = client_of(place.staff).get(reverse("growth:file", kwargs={"pk": file.pk})).context["gaps"]
    assert not [gap for gap in gaps if "branch meeting" in gap.text]


def test_an_extension_stands_in_the_file(place: District, client_of: Any) -> None:
    file = on_probation(place, party_joined_on=date(2024, 3, 1), party_extended_to=date(2025, 9, 1))
    page = reverse("growth:file", kwargs={"pk": file.pk}) + "?kind=party"
    assert "Probation as a Party member extended until" in client_of(place.staff).get(page).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?stage=probationary", 2),
        ("?stage=none", 1),
        ("?q=lzy", 1),
        ("?case=soon", 1),
        ("?sort=joined", 3),
        ("?sort=-joined", 3),
        ("?stage=xyz", 3),
    ],
)
def test_what_the_list_of_party_stages_is_narrowed_to(place: District, client_of: Any, query: str, found: int) -> None:
    on_probation(place)
    on_probation(place, "陈嘉穗", party_joined_on=date(2026, 10, 1))
    on_probation(place, "黄雨桐", party_stage="", political_status="", party_joined_on=None)
    table = client_of(place.staff).get(reverse("people:party_list") + query).context["table"]
    assert len(table.rows) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_rows(
    place: District, client_of: Any, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        on_probation(place, f"林知远{number}"[:3] + "甲乙丙"[number])
    client = client_of(place.staff)
    client.get(reverse("people:party_list"))
    with django_assert_num_queries(8):
        client.get(reverse("people:party_list"))


def test_the_workbook_holds_what_the_list_shows(place: District) -> None:
    on_probation(place)
    liaison = place.somebody(Role.LIAISON, place.town)
    build = job_kinds["people.party"].table
    assert build is not None
    rows = list(build(liaison, QueryDict("columns=name,ends")).export_rows())
    assert rows[1] == ["林知远", date(2026, 12, 10)]
