"""The district's trainees: the same on every as-of day, in every stage, through the services."""

from collections import Counter
from datetime import date

import pytest

from cadre_app.demo.trainees import trainees
from cadre_app.people.models import Office, OfficeHolding, Person, Trainee, Transfer, VillageTerm
from cadre_app.people.writing import id_numbers
from cadre_app.stages.sql import with_stage
from tests.district import load_demo

DAYS = [date(2024, 2, 29), date(2026, 1, 2), date(2026, 8, 14), date(2026, 8, 15), date(2026, 11, 23)]


@pytest.mark.parametrize("day", DAYS)
def test_the_table_holds_sixty_trainees_of_six_years_and_a_new_one_on_any_day(day):
    everyone = trainees(day)
    staying = [one for one in everyone if one.departed_on is None]
    assert (len(staying), len({one.name for one in everyone})) == (61, 63)
    assert Counter(one.cohort for one in staying) == {-1: 1, 0: 3, 1: 4, 2: 13, 3: 14, 4: 13, 5: 13}
    assert [
        one.name for one in everyone if one.arrived_on > day or (one.term and one.term.started_on < one.arrived_on)
    ] == []
    assert [id_numbers.check(one.id_number) for one in everyone] == [one.id_number for one in everyone]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.django_db
def test_every_stage_has_members_on_any_day(day):
    load_demo(as_of=day)
    stages = Counter((one.stage, one.grade) for one in with_stage(Trainee.objects.all(), day))
    assert set(stages) == {("camp", 1), ("camp", 2), ("camp", 3), ("advanced", None), ("left", None)}
    assert (sum(stages.values()), stages["left", None]) == (63, 2)


@pytest.mark.django_db
def test_every_unit_with_trainees_and_every_village_names_its_mentor():
    load_demo(as_of=date(2026, 11, 23))
    held = OfficeHolding.objects.current()
    political = set(held.filter(office__is_political_source=True).values_list("office__unit_id", flat=True))
    community = set(held.filter(office__is_community_source=True).values_list("office__unit_id", flat=True))
    assert set(Trainee.objects.in_development().values_list("home_unit_id", flat=True)) <= political
    assert set(VillageTerm.objects.values_list("village_id", flat=True)) <= community
    assert Office.objects.filter(is_community_source=True).count() == 30


@pytest.mark.django_db
def test_the_demo_accounts_belong_to_their_persons_and_moves_are_recorded():
    load_demo(as_of=date(2026, 11, 23))
    linked = dict(Person.objects.exclude(account=None).values_list("account__username", "name"))
    assert linked == {
        "chief": "方秉廉",
        "leader": "沈亦文",
        "liaison": "邱明湛",
        "mentor.head": "庄世恒",
        "mentor.village": "吴茂林",
        "trainee": "林知远",
    }
    moved = [one.name for one in trainees(date(2026, 11, 23)) if one.moved_on is not None]
    assert Transfer.objects.filter(kind="internal").count() == len(moved)


@pytest.mark.django_db
def test_a_day_that_has_not_come_is_refused():
    with pytest.raises(ValueError, match="9999"):
        load_demo(as_of=date(9999, 1, 1))
