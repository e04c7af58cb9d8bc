from datetime import date

import pytest
from django.utils import translation

from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import pairings
from cadre_app.mentorship.services.confirming import confirm_suggestions, parsed
from cadre_app.people.models import Office, OfficeHolding, Relative, Trainee, VillageTerm
from cadre_app.people.services import offices
from tests.factories import PersonFactory, UnitFactory
from tests.mentorship.pairings.conftest import STARTED, in_office, newcomer, suggested
from tests.people.conftest import TODAY
from tests.people.test_offices import refused


def told():
    """Each suggestion in short: whose, which kind, who or what stands against it."""
    return [
        (each.trainee.person.name, str(each.kind), each.mentor.name if each.mentor else "", each.hindrance)
        for each in suggested()
    ]


def confirm(place, *, day=TODAY, keys=None, **values):
    picks = [parsed(key) for key in (keys or [each.key for each in suggested() if not each.hindrance])]
    return lambda: confirm_suggestions(picks=picks, started_on=day, actor=place.staff, **values)


def test_both_mentors_follow_from_the_offices_newest_trainees_first(place, head, elder):
    newcomer(place, "陈嘉穗", arrived=date(2026, 8, 5))
    newcomer(place, "林知远")
    assert told() == [
        ("陈嘉穗", "political", "庄世恒", ""),
        ("陈嘉穗", "community", "吴茂林", ""),
        ("林知远", "political", "庄世恒", ""),
        ("林知远", "community", "吴茂林", ""),
    ]


@translation.override("en")
def test_the_reason_is_said_in_words(place, trainee, head, elder):
    political, community = suggested()
    assert (political.reason, political.basis) == ("梧岭镇党委书记, in office since Mar 2024", "Unit: 梧岭镇")
    assert community.basis == "Village term in 梧头村 since 13 Aug 2026"


def test_without_a_village_term_the_linked_village_counts(place, elder):
    trainee = newcomer(place, village=False)
    assert told()[1][3] == "no_village"
    Trainee.objects.filter(pk=trainee.pk).update(linked_village=place.village)
    assert told()[1] == ("林知远", "community", "吴茂林", "")


def test_a_term_that_is_planned_names_the_village_and_one_that_is_over_does_not(place, trainee, elder):
    VillageTerm.objects.update(started_on=date(2026, 12, 1))
    assert told()[1][2] == "吴茂林"
    VillageTerm.objects.update(started_on=date(2026, 8, 13), ended_on=date(2026, 9, 1))
    assert told()[1][3] == "no_village"


def test_no_office_a_vacant_one_and_who_may_not_are_told_apart(place, trainee, elder):
    assert told()[0][3] == "no_office"
    office = offices.create_office(unit=place.town, name="党委书记", is_political_source=True, actor=None)
    assert told()[0][3] == "vacant"
    offices.appoint(office, person=trainee.person, since=date(2026, 9, 1), actor=None)
    assert told()[0][2:] == ("林知远", "person")
    OfficeHolding.objects.filter(office=office).update(person=elder.person)
    assert told()[0][2:] == ("吴茂林", "")
    Relative.objects.create(person=elder.person, relation="侄子", name="林知远", other=trainee.person)
    assert [row[3] for row in told()] == ["person", "person"]


def test_one_person_is_not_suggested_as_both_mentors_of_somebody(place, trainee, elder):
    office = offices.create_office(unit=place.town, name="党委书记", is_political_source=True, actor=None)
    offices.appoint(office, person=elder.person, since=date(2026, 1, 1), actor=None)
    pairings.create_pairing(
        trainee, kind=MentorKind.COMMUNITY, mentor=elder.person, office=elder.office, started_on=STARTED,
        actor=place.staff,
    )  # fmt: skip
    assert told() == [("林知远", "political", "吴茂林", "same")]


def test_who_has_a_pairing_or_completed_one_is_not_suggested_again(place, pairing, elder):
    assert [row[1] for row in told()] == ["community"]
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    assert [row[1] for row in told()] == ["community"]
    Pairing.objects.update(end_kind="early", end_reason="调动")
    assert [row[1] for row in told()] == ["political", "community"]


def test_the_load_of_a_mentor_is_known(place, pairing):
    newcomer(place, "陈嘉穗")
    assert [each.load for each in suggested("political")] == [1]


def test_confirmed_together_they_begin_on_one_day(place, trainee, head, elder):
    made = confirm(place, months=12, check_in_days=14)()
    assert sorted((each.mentor.name, each.started_on, each.due_on, each.check_in_days) for each in made) == [
        ("吴茂林", TODAY, date(2027, 11, 22), 14),
        ("庄世恒", TODAY, date(2027, 11, 22), 14),
    ]
    assert (Pairing.objects.filter(office=None).count(), suggested()) == (0, [])


def test_the_second_who_confirms_reads_who_mentors_already_and_nothing_is_written(place, trainee, head, elder):
    keys = [each.key for each in suggested()]
    first = confirm(place, keys=keys[:1])
    first()
    assert refused(confirm(place, keys=keys)) == [("picks", "changed_since")]
    assert Pairing.objects.count() == 1


def test_what_was_looked_at_is_what_is_confirmed(place, trainee, head):
    keys = [each.key for each in suggested("political")]
    OfficeHolding.objects.update(person=PersonFactory.create())
    assert refused(confirm(place, keys=keys)) == [("picks", "changed_since")]
    Office.objects.update(is_political_source=False)
    assert refused(confirm(place, keys=keys)) == [("picks", "changed_since")]


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 8, 2), "too_early"), (date(2027, 1, 1), "too_late"), (date(9999, 12, 31), "too_late")],
)
def test_the_day_is_looked_at_for_everybody(place, trainee, head, elder, day, code):
    assert set(refused(confirm(place, day=day))) == {("started_on", code)}
    assert Pairing.objects.count() == 0


def test_nobody_is_paired_with_a_successor_before_they_came(place, trainee, head):
    OfficeHolding.objects.update(since=date(2026, 11, 1))
    assert refused(confirm(place, day=date(2026, 10, 31))) == [("started_on", "not_in_office")]


def test_out_of_scope_nothing_is_confirmed(place, trainee, head):
    keys = [each.key for each in suggested("political")]
    stranger = place.somebody("staff", place.other_town)
    picks = [parsed(key) for key in keys]
    call = lambda: confirm_suggestions(picks=picks, started_on=TODAY, actor=stranger)  # noqa: E731
    assert refused(call) == [("picks", "changed_since")]


@pytest.mark.parametrize("text", ["", "x", "..", "0.political.0", "a.b.c.d", "\x00"])
def test_what_is_no_key_is_none(text):
    assert parsed(text) is None


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_costs_the_same_queries(place, people, django_assert_num_queries):
    for number in range(people):
        unit = UnitFactory.create(kind="village", parent=place.town)
        in_office(unit, "村党支部书记", f"王同志{number}")
        trainee = newcomer(place, f"林同志{number}", village=False)
        Trainee.objects.filter(pk=trainee.pk).update(linked_village=unit)
    in_office(place.town, "党委书记", "庄世恒", political=True)
    with django_assert_num_queries(10):
        assert len(suggested()) == 2 * people
