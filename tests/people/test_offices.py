from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import OfficeHolding
from cadre_app.people.services import offices
from tests.factories import PersonFactory

SINCE = date(2020, 1, 1)


@pytest.fixture
def office(place):
    return offices.create_office(unit=place.town, name="党委书记", is_political_source=True, actor=place.staff)


@pytest.fixture
def holding(place, office):
    return offices.appoint(office, person=PersonFactory.create(name="庄世恒"), since=SINCE, actor=place.staff)


def refused(call) -> list[tuple[str, str]]:
    """The fields of a refusal, each with its code."""
    with pytest.raises(ValidationError) as error:
        call()
    if not hasattr(error.value, "error_dict"):
        return [("", str(error.value.code))]
    return [(name, str(single.code)) for name, errors in error.value.error_dict.items() for single in errors]


def test_a_unit_has_one_source_of_each_mentor(place, office):
    def add(**flags):
        return lambda: offices.create_office(unit=place.town, name="镇长", actor=place.staff, **flags)

    assert refused(add(is_political_source=True)) == [("is_political_source", "is_political_source")]
    other = add(is_community_source=True)()
    assert (other.is_political_source, other.is_community_source) == (False, True)


def test_a_name_is_given_once_in_a_unit_and_free_again_after_voiding(place, office):
    def add():
        return offices.create_office(unit=place.town, name="党委书记", actor=place.staff)

    assert refused(add) == [("name", "name")]
    offices.void_office(office, reason="误录", actor=place.staff)
    second = add()
    assert refused(lambda: offices.restore_office(office, reason="更正", actor=place.staff)) == [("__all__", "name")]
    offices.void_office(second, reason="误录", actor=place.staff)
    assert offices.restore_office(office, reason="更正", actor=place.staff).is_voided is False


def test_staff_of_a_town_add_offices_below_it_only(place):
    clerk = place.somebody(Role.STAFF, place.town)

    def add(unit):
        return lambda: offices.create_office(unit=unit, name="党支部书记", actor=clerk)

    assert add(place.village)().unit == place.village
    assert [refused(add(unit)) for unit in (place.top, place.other_town)] == [[("unit", "out_of_scope")]] * 2


def test_an_office_with_holders_is_not_voided(place, office, holding):
    assert refused(lambda: offices.void_office(office, reason="误录", actor=place.staff)) == [("", "has_holders")]
    offices.void_holding(holding, reason="误录", actor=place.staff)
    assert offices.void_office(office, reason="误录", actor=place.staff).is_voided


def test_a_successor_needs_the_last_day_of_the_predecessor_or_leave_to_set_it(place, office, holding):
    successor = PersonFactory.create(name="卢广耘")

    def appoint(**values):
        known = {"person": successor, "since": date(2026, 11, 1), "actor": place.staff}
        return lambda: offices.appoint(office, **known | values)

    assert refused(appoint()) == [("ends_predecessor", "has_holder")]
    assert refused(appoint(since=SINCE, ends_predecessor=True)) == [("since", "before_predecessor")]
    assert refused(appoint(since=date(2026, 11, 24), ends_predecessor=True)) == [("since", "future")]
    assert refused(appoint(person=holding.person)) == [("person", "already_holds")]
    appoint(ends_predecessor=True)()
    found = [(item.person.name, item.since, item.until) for item in OfficeHolding.objects.order_by("since")]
    assert found == [("庄世恒", SINCE, date(2026, 10, 31)), ("卢广耘", date(2026, 11, 1), None)]
    assert list(Entry.objects.filter(verb="people.officeholding.ended").values_list("after", flat=True)) == [
        {"until": "2026-10-31"}
    ]


def test_an_earlier_holder_is_entered_afterwards_only_beside_the_later_one(place, office, holding):
    earlier = PersonFactory.create()
    holding = offices.change_holding(holding, since=SINCE, until=date(2021, 1, 1), actor=place.staff)
    overlapping = lambda: offices.appoint(office, person=earlier, since=date(2020, 6, 1), actor=place.staff)  # noqa: E731
    assert refused(overlapping) == [("since", "since")]
    assert offices.appoint(office, person=earlier, since=date(2021, 1, 2), actor=place.staff).until is None


def test_a_holding_ends_on_a_day_between_its_start_and_today_and_once(place, holding):
    def end(day):
        return lambda: offices.end_holding(holding, until=day, reason="调离", actor=place.staff)

    assert refused(end(date(2019, 12, 31))) == [("until", "before_start")]
    assert refused(end(date(2026, 11, 24))) == [("until", "future")]
    assert end(SINCE)().until == SINCE
    assert refused(end(SINCE)) == [("", "already_ended")]


def test_an_old_page_changes_nothing(place, office, holding):
    offices.change_holding(
        holding, since=SINCE, until=None, document_number="望委〔2020〕1号", version=1, actor=place.staff
    )
    with pytest.raises(Stale):
        offices.end_holding(holding, until=SINCE, version=1, actor=place.staff)
    with pytest.raises(Stale):
        offices.appoint(office, person=holding.person, since=SINCE, version=7, actor=place.staff)
    assert OfficeHolding.objects.get().until is None
