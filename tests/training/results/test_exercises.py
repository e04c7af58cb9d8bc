"""沙盘推演记录: a group of the roster in a scenario, what it decided, what the teacher said."""

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountKind
from cadre_app.history.models import Entry
from cadre_app.training.models import Assessment, Attendance, ExerciseRecord, Presence, Scenario
from tests.factories import UserFactory
from tests.training.factories import enrol, make_course, make_session
from tests.training.results.conftest import NAMES, places_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario(db) -> Scenario:
    return Scenario.objects.create(title="森林火情", background="半岭村后山起烟", task="先期处置、群众疏散、上报时点")


def url(name: str, obj) -> str:
    return reverse(f"training:exercise_{name}", kwargs={"pk": obj.pk})


def written(scenario, members, group="第一组", **more) -> dict[str, object]:
    known = {"scenario": str(scenario.pk), "group": group, "decisions": "先疏散，再报告。"}
    return {**known, "members": [str(member.pk) for member in members], **more}


def test_the_teacher_records_and_the_group_reads(client_of, place, teacher, held, scenario):
    session = held(Assessment.NONE)
    one, two, three = places_of(session)
    client = client_of(teacher)
    client.post(url("new", session), written(scenario, [one, two], remarks="报告时点偏晚。"))
    record = ExerciseRecord.objects.get()
    assert Entry.objects.about(record).get().after["members"] == list(NAMES[:2])
    readers = {}
    for place_of in (one, three):
        person = place_of.trainee.person
        person.account = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
        person.save()
        page = client_of(person.account).get(url("list", session))
        readers[person.name] = (page.context["records"], page.context["may_write"])
    assert readers == {NAMES[0]: ([(record, False)], False), NAMES[2]: ([], False)}


def test_nobody_is_in_two_groups_of_a_scenario_nor_from_another_roster(client_of, place, held, scenario):
    session = held(Assessment.NONE)
    one, two, _three = places_of(session)
    elsewhere = enrol(make_session(make_course("别的课程")), one.trainee)
    client = client_of(place.staff)
    client.post(url("new", session), written(scenario, [one]))
    twice = client.post(url("new", session), written(scenario, [one, two], group="第二组"))
    assert twice.context["form"].errors == {"members": [f"In another group of this scenario already: {NAMES[0]}."]}
    foreign = client.post(url("new", session), written(scenario, [elsewhere], group="第二组"))
    assert list(foreign.context["form"].errors) == ["members"]
    assert foreign.context["form"]["decisions"].value() == "先疏散，再报告。"
    same = client.post(url("new", session), written(scenario, [two]))
    assert list(same.context["form"].errors) == ["group"]


def test_a_record_is_changed_voided_and_restored(client_of, place, held, scenario):
    session = held(Assessment.NONE)
    one, two, _three = places_of(session)
    client = client_of(place.staff)
    client.post(url("new", session), written(scenario, [one]))
    record = ExerciseRecord.objects.get()
    client.post(url("edit", record), written(scenario, [two], version=1))
    changed = Entry.objects.about(record).get(verb="training.exerciserecord.changed")
    assert changed.after == {"members": [NAMES[1]]}
    client.post(url("void", record), {"reason": "误录", "version": 2})
    page = client.get(url("list", session))
    assert (page.context["records"], page.context["voided"]) == ([], [record])
    client.post(url("new", session), written(scenario, [two], group="第二组"))
    refused = client.post(url("restore", record), {"version": 3})
    assert refused.context["form"].errors == {"__all__": [f"In another group of this scenario already: {NAMES[1]}."]}


def test_whoever_was_away_all_the_time_is_in_no_group_and_nothing_is_written_beforehand(
    client_of, place, held, scenario
):
    session = held(Assessment.NONE)
    one, two, _three = places_of(session)
    meeting = session.meetings.get()
    Attendance.objects.create(meeting=meeting, enrolment=one, presence=Presence.ABSENT, missed_hours=meeting.hours)
    client = client_of(place.staff)
    refused = client.post(url("new", session), written(scenario, [one, two]))
    assert refused.context["form"].errors == {"members": [f"Recorded as absent or excused: {NAMES[0]}."]}
    coming = make_session(make_course("下月的课"))
    sent = client.post(url("new", coming), written(scenario, [enrol(coming, two.trainee)]))
    assert sent.context["form"].non_field_errors() == [
        "Sand-table records are written from the first day of the session on."
    ]
    assert client.get(url("new", coming)).status_code == 302
    assert client.get(url("list", coming)).context["may_write"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries(client_of, place, held, scenario, count, django_assert_num_queries):
    session = held(Assessment.NONE)
    for number, member in enumerate(places_of(session)[:count]):
        record = ExerciseRecord.objects.create(session=session, scenario=scenario, group=f"{number}", decisions="转移")
        record.members.add(member)
    client = client_of(place.staff)
    client.get(url("list", session))
    with django_assert_num_queries(9):
        client.get(url("list", session))
