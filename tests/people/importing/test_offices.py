"""The sheet of offices: what rows mean among the offices that exist, writing them and taking them back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.core.importing import Applied, ImportRow
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.importing import offices
from cadre_app.people.models import Office, OfficeHolding, Person
from cadre_app.people.writing import phones
from tests.factories import PersonFactory, TraineeFactory, UnitFactory, id_number
from tests.people.conftest import District

SINCE = date(2024, 11, 1)
PHONE = "19900010001"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def row(number: int, holder: str = "庄世恒", **values: Any) -> ImportRow:
    values = {"unit": "梧岭镇", "office": "党委书记", "holder": holder, "since": SINCE if holder else None} | values
    values = {key: value for key, value in values.items() if value not in ("", None)}
    return ImportRow(number, cells={key: str(value) for key, value in values.items()}, values=values)


def checked(place: District, *rows: ImportRow) -> list[ImportRow]:
    offices.check(list(rows), place.staff, lambda done, total: None)
    return list(rows)


def applied(place: District, *rows: ImportRow) -> list[Applied]:
    wanted = [each for each in checked(place, *rows) if each.action in ("create", "update")]
    assert [each.errors for each in rows] == [[] for each in rows]
    return offices.apply(wanted, place.staff, lambda done, total: None)


def held(place: District, holder: str = "庄世恒", since: date = SINCE, **facts: Any) -> OfficeHolding:
    office = Office.objects.create(**{"unit": place.town, "name": "党委书记", "order": 1} | facts)
    return OfficeHolding.objects.create(office=office, person=PersonFactory.create(name=holder), since=since)


def current() -> list[tuple[str, str, date]]:
    found = OfficeHolding.objects.current().order_by("office__order", "since")
    return list(found.values_list("office__name", "person__name", "since"))


def test_an_office_is_added_with_a_new_holder_and_an_account_asked_for(place: District) -> None:
    number = id_number(date(1970, 5, 17))
    new = row(2, source="political", order=3, phone=PHONE, id_number=number, document_number="1号", wants_account=True)

    [done] = applied(place, new)

    office, person, request = Office.objects.get(), Person.objects.get(), AccountRequest.objects.get()
    assert (done.label, done.object_id, done.created) == ("梧岭镇, 党委书记", office.pk, True)
    assert (office.unit, office.order, office.is_political_source, office.is_community_source) == (
        place.town,
        3,
        True,
        False,
    )
    assert (person.phone, person.id_number, person.birth_month) == (PHONE, number, date(1970, 5, 1))
    assert (request.kind, request.post, person.account_request) == (AccountKind.MENTOR, "党委书记", request)
    assert OfficeHolding.objects.get().document_number == "1号"
    assert current() == [("党委书记", "庄世恒", SINCE)]


def test_an_office_without_holder_is_vacant(place: District) -> None:
    applied(place, row(2, ""))

    assert (Office.objects.count(), OfficeHolding.objects.count()) == (1, 0)


def test_order_and_source_of_an_office_change_and_its_holder_stays(place: District) -> None:
    holding = held(place)

    [found] = checked(place, row(2, "", order=2, source="political"))

    assert (found.action, found.target) == ("update", holding.office_id)
    assert found.changes == [("Source of mentors", "None", "Political mentor"), ("Order in the unit", "1", "2")]
    applied(place, row(2, "", order=2, source="political"))
    office = Office.objects.get()
    assert (office.order, office.is_political_source, current()) == (2, True, [("党委书记", "庄世恒", SINCE)])


def test_a_successor_ends_the_predecessor_the_day_before(place: District) -> None:
    holding = held(place)

    applied(place, found := row(2, "邱明湛", since=date(2026, 3, 1)))

    holding.refresh_from_db()
    assert found.changes == [("Holder", "庄世恒", "邱明湛")]
    assert holding.until == date(2026, 2, 28)
    assert current() == [("党委书记", "邱明湛", date(2026, 3, 1))]
    verbs = Entry.objects.filter(verb__startswith="people.officeholding").order_by("pk").values_list("verb", flat=True)
    assert sorted(verbs) == ["people.officeholding.ended", "people.officeholding.started"]


def test_a_successor_follows_after_the_day_of_the_predecessor(place: District) -> None:
    held(place)

    [found] = checked(place, row(2, "邱明湛", since=SINCE))

    assert [key for key, _text in found.errors] == ["since"]


def test_whoever_is_recorded_already_is_not_entered_again(place: District) -> None:
    held(place)

    [found] = checked(place, row(2, order=1, source="none"))

    assert (found.action, found.changes, found.errors) == ("same", [], [])


def test_a_changed_phone_of_the_holder_is_shown_masked(place: District) -> None:
    held(place)

    applied(place, found := row(2, phone=PHONE))

    assert found.changes == [("Mobile phone", "", phones.masked(PHONE))]
    assert Person.objects.get().phone == PHONE


def test_the_holder_of_another_office_of_the_unit_is_the_same_person(place: District) -> None:
    holding = held(place, name="镇长")

    applied(place, found := row(2))

    assert found.notes == ["庄世恒 is already entered, as 镇长 of this unit: the same person."]
    assert {each.person_id for each in OfficeHolding.objects.current()} == {holding.person_id}


def test_a_namesake_in_another_unit_is_somebody_else(place: District) -> None:
    held(place, unit=place.other_town)

    applied(place, row(2))

    assert Person.objects.filter(name="庄世恒").count() == 2


def test_two_offices_of_somebody_new_are_those_of_one_person(place: District) -> None:
    applied(place, row(2, wants_account=True), row(3, office="人大主席", wants_account=True))

    assert (Person.objects.count(), AccountRequest.objects.count(), OfficeHolding.objects.count()) == (1, 1, 2)


def test_a_person_outside_the_scope_is_not_told(place: District) -> None:
    number = id_number(date(1970, 5, 17))
    applied(place, row(2, id_number=number))
    holding = OfficeHolding.objects.get()
    holding.office.unit = UnitFactory.create(name="邻区")
    holding.office.save()

    [found] = checked(place, row(2, id_number=number))

    assert found.errors == [("id_number", "This person is already entered elsewhere, outside your scope.")]


def test_a_source_that_another_office_is_cannot_be_taken(place: District) -> None:
    held(place, name="镇长", is_political_source=True)

    [found] = checked(place, row(2, source="political"))

    assert found.errors == [("source", "“镇长” of this unit is already the source of this mentor.")]


def test_a_source_passes_from_one_office_to_another(place: District) -> None:
    held(place, name="镇长", is_political_source=True)

    applied(place, row(2, source="political"), row(3, "", office="镇长", source="none"))

    assert Office.objects.get(is_political_source=True).name == "党委书记"


def test_an_unknown_unit_is_refused_and_so_is_one_outside_the_scope(place: District) -> None:
    UnitFactory.create(name="邻区")

    found = checked(place, row(2, unit="无名镇"), row(3, unit="邻区"))

    assert [each.errors for each in found] == [
        [("unit", "No unit called “无名镇” among yours.")],
        [("unit", "No unit called “邻区” among yours.")],
    ]


def test_two_rows_of_one_office_name_each_other(place: District) -> None:
    found = checked(place, row(2), row(3, unit="望屿区/梧岭镇"))

    assert [each.errors for each in found] == [
        [("office", "Row 3 is about the same office.")],
        [("office", "Row 2 is about the same office.")],
    ]


def test_a_holder_needs_a_day_that_has_come(place: District) -> None:
    found = checked(place, row(2, since=None), row(3, office="镇长", since=date(2026, 11, 24)))

    assert [each.errors for each in found] == [
        [("since", "Say since when.")],
        [("since", "This day has not come yet. Record it on that day.")],
    ]


def test_a_day_without_a_holder_is_refused(place: District) -> None:
    [found] = checked(place, row(2, "", since=SINCE))

    assert found.errors == [("holder", "Say who holds the office.")]


def test_everything_is_taken_back(place: District) -> None:
    holding = held(place)
    done = applied(
        place,
        row(2, "邱明湛", since=date(2026, 3, 1), order=7, wants_account=True),
        row(3, "简茂青", office="镇长"),
    )

    assert offices.undo(done[::-1], place.staff, "传错了") == []

    assert current() == [("党委书记", "庄世恒", SINCE)]
    assert list(Office.objects.standing().values_list("name", "order")) == [("党委书记", 1)]
    assert list(Person.objects.standing().values_list("pk", flat=True)) == [holding.person_id]
    assert AccountRequest.objects.get().status == AccountRequest.Status.WITHDRAWN


def test_nothing_is_taken_back_once_somebody_has_changed_it(place: District) -> None:
    done = applied(place, row(2))
    Office.objects.update(version=7, order=9)

    assert offices.undo(done, place.staff, "传错了") == ["梧岭镇, 党委书记: somebody has changed it since."]
    assert current() == [("党委书记", "庄世恒", SINCE)]


def test_nothing_is_taken_back_out_of_scope(place: District) -> None:
    held(place)
    done = applied(place, row(2, "邱明湛", since=date(2026, 3, 1)))
    other = place.somebody(Role.STAFF, place.other_town)

    assert offices.undo(done, other, "传错了") == ["梧岭镇, 党委书记: it is no longer in your scope."]


def test_three_rows_are_checked_with_as_many_queries_as_one(place: District) -> None:
    held(place)
    names = ["党委书记", "镇长", "组织委员"]
    rows = [row(2 + n, f"某{n}", office=names[n], id_number=id_number(date(1970, 5, 1 + n))) for n in range(3)]
    counts = []
    for part in (rows[:1], rows):
        place.staff = type(place.staff).objects.get(pk=place.staff.pk)
        with CaptureQueriesContext(connection) as queries:
            checked(place, *part)
        counts.append(len(queries))

    assert counts == [8, 8]


@pytest.mark.parametrize("key", ["since", "holder"])
def test_a_cell_that_says_nothing_is_as_good_as_empty(place: District, key: str) -> None:
    silent = row(2, **({"since": SINCE} | {key: None}))
    silent.cells[key] = "无"
    [found] = checked(place, silent)
    expected = {"since": ("since", "Say since when."), "holder": ("holder", "Say who holds the office.")}
    assert found.errors == [expected[key]]


def test_name_and_phone_say_who_it_is_in_another_unit_too(place: District) -> None:
    holding = held(place)
    Person.objects.filter(pk=holding.person_id).update(phone=PHONE)
    applied(place, row(2, unit="潮音镇", phone=PHONE))
    assert set(OfficeHolding.objects.values_list("person", flat=True)) == {holding.person_id}


def test_another_phone_is_another_person(place: District) -> None:
    holding = held(place)
    Person.objects.filter(pk=holding.person_id).update(phone="19900010002")
    applied(place, row(2, unit="潮音镇", phone=PHONE))
    assert Person.objects.filter(name="庄世恒").count() == 2


def test_name_and_phone_of_somebody_out_of_sight_are_not_told(place: District) -> None:
    holding = held(place)
    Person.objects.filter(pk=holding.person_id).update(phone=PHONE)
    other = place.somebody(Role.STAFF, place.other_town)
    found = row(2, unit="潮音镇", phone=PHONE)
    offices.check([found], other, lambda done, total: None)
    assert (found.errors, found.notes, found.candidates, "person" in found.values) == ([], [], [], False)


def test_one_name_and_phone_in_two_units_of_the_file_are_one_new_person(place: District) -> None:
    applied(place, row(2, phone=PHONE), row(3, unit="潮音镇", phone=PHONE))
    assert (Person.objects.count(), OfficeHolding.objects.count()) == (1, 2)


def test_no_account_is_asked_for_somebody_whose_file_is_elsewhere(place: District) -> None:
    holding = held(place)
    TraineeFactory.create(person=holding.person, home_unit=place.other_town)
    asked = row(2, wants_account=True)

    offices.check([asked], place.somebody(Role.STAFF, place.town), lambda done, total: None)

    assert (asked.action, asked.changes) == ("same", [])
    assert asked.notes[-1] == "This person is already entered elsewhere, outside your scope."


def test_an_undoing_leaves_a_holder_alone_who_is_out_of_scope(place: District) -> None:
    held(place)
    done = applied(place, row(2, phone=PHONE))

    obstacles = offices.undo(done, place.somebody(Role.STAFF, place.other_town), "误导入")

    assert [text.endswith(": it is no longer in your scope.") for text in obstacles] == [True]
    assert Person.objects.get().phone == PHONE
