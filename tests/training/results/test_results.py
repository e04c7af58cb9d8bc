"""Results over a roster: one form, errors beside the right row, and nothing of anybody else overwritten."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative
from cadre_app.training.models import Assessment, Enrolment, ExerciseRecord, Result, Scenario
from cadre_app.training.papers.certificates import CERTIFICATE, numbers_of
from tests.factories import GrantFactory, PersonFactory
from tests.people.conftest import TODAY
from tests.training.results.conftest import NAMES, outcomes, places_of

pytestmark = pytest.mark.django_db


def page(session) -> str:
    return reverse("training:result_list", kwargs={"pk": session.pk})


def sent(session, *values: str, was: tuple[str, ...] = ()) -> dict[str, str]:
    """What the form posts: one value for each place, by strokes; `was` is empty unless given."""
    found = {}
    for number, (place, value) in enumerate(zip(places_of(session), values, strict=False)):
        found[f"result_{place.pk.hex}"] = value
        found[f"was_{place.pk.hex}"] = was[number] if was else ""
    return found


@pytest.mark.parametrize("who", ["staff", "teacher"])
def test_passed_or_not_is_recorded_for_all_at_once(client_of, place, teacher, held, who):
    session = held()
    client = client_of(place.staff if who == "staff" else teacher)
    assert client.post(page(session), sent(session, "passed", "failed", "")).status_code == 302
    assert outcomes(session) == [(NAMES[0], "passed", None), (NAMES[1], "failed", None), (NAMES[2], "", None)]
    assert [each.result_on for each in places_of(session)] == [TODAY, TODAY, None]
    assert Entry.objects.filter(verb="training.enrolment.result_recorded").count() == 2


def test_marks_become_a_result_by_the_marks_needed(client_of, place, held):
    session = held(Assessment.MARKS)
    client_of(place.staff).post(page(session), sent(session, "60", "59.5", "８５"))
    results = [(NAMES[0], "passed", Decimal(60)), (NAMES[1], "failed", Decimal("59.5")), (NAMES[2], "passed", 85)]
    assert outcomes(session) == results


@pytest.mark.parametrize("typed", ["101", "-1", "八十", "88.55"])
def test_wrong_marks_stand_beside_their_row_and_nothing_typed_is_lost(client_of, place, held, typed):
    session = held(Assessment.MARKS)
    answer = client_of(place.staff).post(page(session), sent(session, "90", typed, "70"))
    form, wrong = answer.context["form"], f"result_{places_of(session)[1].pk.hex}"
    assert (answer.status_code, list(form.errors)) == (200, [wrong])
    assert [row.field.value() for row in answer.context["rows"]] == ["90", typed, "70"]
    assert [result for _name, result, _marks in outcomes(session)] == ["", "", ""]


def test_what_somebody_else_recorded_meanwhile_is_told_and_kept_until_one_insists(client_of, place, held):
    session = held()
    first = places_of(session)[0]
    Enrolment.objects.filter(pk=first.pk).update(result=Result.FAILED, result_on=TODAY)
    client = client_of(place.staff)
    answer = client.post(page(session), sent(session, "passed", "passed"))
    row = answer.context["rows"][0]
    assert (row.field.errors[0], row.was.value()) == (
        "Somebody else changed this meanwhile: Not passed. Save again to keep what stands here.",
        "failed",
    )
    assert [result for _name, result, _marks in outcomes(session)] == ["failed", "", ""]
    client.post(page(session), sent(session, "passed", "passed", was=("failed", "")))
    assert [result for _name, result, _marks in outcomes(session)] == ["passed", "passed", ""]


def test_a_row_that_was_left_alone_overwrites_nothing(client_of, place, held):
    session = held()
    Enrolment.objects.filter(pk=places_of(session)[0].pk).update(result=Result.FAILED, result_on=TODAY)
    client_of(place.staff).post(page(session), sent(session, "", "passed"))
    assert [result for _name, result, _marks in outcomes(session)] == ["failed", "passed", ""]


def test_all_passed_asks_once_and_leaves_what_stands(client_of, place, held):
    session = held()
    Enrolment.objects.filter(pk=places_of(session)[0].pk).update(result=Result.FAILED, result_on=TODAY)
    client, url = client_of(place.staff), reverse("training:result_pass_all", kwargs={"pk": session.pk})
    assert client.get(url).context["names"] == list(NAMES[1:])
    client.post(url)
    assert [result for _name, result, _marks in outcomes(session)] == ["failed", "passed", "passed"]


@pytest.mark.parametrize(
    ("kind", "said"), [(Assessment.MARKS, "Marks are entered for each person."), (Assessment.NONE, "")]
)
def test_all_passed_is_for_courses_that_are_passed_or_not(client_of, place, held, kind, said):
    session = held(kind)
    answer = client_of(place.staff).post(reverse("training:result_pass_all", kwargs={"pk": session.pk}))
    assert answer.status_code == (200 if said else 403)
    assert not said or answer.context["form"].non_field_errors() == [said]


def test_nobody_records_the_own_result(client_of, place, teacher, held):
    session = held()
    first = places_of(session)[0]
    first.trainee.person.account = teacher
    first.trainee.person.save()
    client = client_of(teacher)
    client.post(page(session), sent(session, "passed", "passed"))
    assert [result for _name, result, _marks in outcomes(session)] == ["", "passed", ""]
    client.post(reverse("training:result_pass_all", kwargs={"pk": session.pk}))
    assert [result for _name, result, _marks in outcomes(session)] == ["", "passed", "passed"]


def as_reader_of_another_town(place, session):
    """Staff of the other town who only read the people of this one."""
    user = place.somebody(Role.STAFF, place.other_town)
    GrantFactory.create(user=user, role=Role.LIAISON, unit=place.town)
    return user


def as_relative_among_the_staff(place, session):
    return kin(place.staff, places_of(session)[0])


def as_relative_who_teaches(place, session):
    return kin(session.teacher.account, places_of(session)[0])


def kin(user, place_of):
    """A declared relative of this person on the roster."""
    own = PersonFactory.create(name="亲属", account=user)
    Relative.objects.create(
        person=own, relation="brother", name=place_of.trainee.person.name, other=place_of.trainee.person
    )
    return user


@pytest.mark.parametrize(
    ("who", "left"),
    [
        (as_reader_of_another_town, list(NAMES)),
        (as_relative_among_the_staff, [NAMES[0]]),
        (as_relative_who_teaches, [NAMES[0]]),
    ],
)
def test_results_and_numbers_are_given_by_those_who_record_the_person(client_of, place, held, who, left):
    session = held()
    user = who(place, session)
    client = client_of(user)
    client.post(page(session), sent(session, "passed", "passed", "passed"))
    assert [name for name, result, _marks in outcomes(session) if not result] == left
    client.post(reverse("training:result_pass_all", kwargs={"pk": session.pk}))
    assert [name for name, result, _marks in outcomes(session) if not result] == left
    Enrolment.objects.update(result=Result.PASSED, result_on=TODAY)
    client.post(reverse("training:certificate_number_all", kwargs={"pk": session.pk}))
    numbers = numbers_of(each.pk for each in places_of(session))
    teaches = user == session.teacher.account
    assert len(numbers) == (0 if teaches else len(NAMES) - len(left))
    address = reverse("documents:paper_number", kwargs={"kind": CERTIFICATE, "pk": places_of(session)[0].pk})
    client.post(address, {"submission": str(uuid.uuid4())})
    assert places_of(session)[0].pk not in numbers_of([places_of(session)[0].pk])


@pytest.mark.parametrize("who", [as_reader_of_another_town, as_relative_among_the_staff, as_relative_who_teaches])
def test_a_group_is_written_about_by_those_who_record_it_and_no_relative(client_of, place, held, who):
    session = held(Assessment.NONE)
    scenario = Scenario.objects.create(title="森林火情", background="起烟", task="先期处置")
    record = ExerciseRecord.objects.create(session=session, scenario=scenario, group="第一组", decisions="转移")
    record.members.add(*places_of(session)[:2])
    client = client_of(who(place, session))
    listed = client.get(reverse("training:exercise_list", kwargs={"pk": session.pk}))
    assert [is_mine for _record, is_mine in listed.context["records"]] == [False]
    statuses = [
        client.get(reverse(f"training:exercise_{name}", kwargs={"pk": record.pk})).status_code
        for name in ("edit", "void")
    ]
    assert set(statuses) <= {403, 404}
    new = client.get(reverse("training:exercise_new", kwargs={"pk": session.pk}))
    assert places_of(session)[0] not in new.context["form"].fields["members"].queryset


def test_a_liaison_reads_the_own_people_and_records_nothing(client_of, place, held):
    session = held()
    liaison = place.somebody(Role.LIAISON, place.other_town)
    client = client_of(liaison)
    assert client.get(page(session)).context["rows"] == []
    GrantFactory.create(user=liaison, role=Role.LIAISON, unit=place.town)
    shown = client.get(page(session))
    assert ([row.place.trainee.person.name for row in shown.context["rows"]], shown.context["form"]) == ([*NAMES], None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_long_the_roster(
    client_of, place, held, count, django_assert_num_queries
):
    session = held(names=NAMES[:count])
    client = client_of(place.staff)
    client.get(page(session))
    with django_assert_num_queries(14):
        client.get(page(session))
