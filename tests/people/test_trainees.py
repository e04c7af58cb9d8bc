from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import posts, proposals, terms, trainees
from tests.factories import PersonFactory, TraineeFactory, UnitFactory
from tests.people.test_persons import errors_of, refusal_of


def opened(place, **values):
    values = {
        "name": "林知远",
        "kind": "selected",
        "sub_kind": "targeted",
        "status": "civil_servant",
        "arrived_on": date(2025, 7, 7),
        "home_unit": place.town,
        **values,
    }
    particulars = {name: values.pop(name) for name in ("sex", "phone") if name in values}
    return trainees.open_file(particulars=particulars, **values, actor=place.staff)


def test_a_file_is_opened_with_person_post_and_education(place):
    trainee = opened(
        place,
        sex="1",
        phone="13800000000",
        linked_village=place.village,
        post="党建办公室工作人员",
        rank="11",
        educations=[{"mode": "full_time", "level": "21", "school": "澜江大学"}],
    )
    assert (trainee.file_number, trainee.probation_ends_on) == ("WY-2025-0001", date(2026, 7, 7))
    assert (trainee.post, trainee.rank, trainee.rank_order) == ("党建办公室工作人员", "11", 11)
    assert (trainee.post_since, trainee.rank_since) == (date(2025, 7, 7), date(2025, 7, 7))
    assert (trainee.stroke_key, trainee.person.phone) == (trainee.person.name_stroke_key, "13800000000")
    assert [row.school for row in trainee.person.educations.all()] == ["澜江大学"]


def test_a_file_is_opened_for_somebody_who_is_entered_already(place):
    person = PersonFactory.create(name="施懋程")
    trainee = opened(place, person=person, name="")
    assert (trainee.person_id, Person.objects.count()) == (person.pk, 1)


def test_one_person_has_one_file(place, trainee):
    again = errors_of(opened, place, person=trainee.person)
    trainees.void_trainee(trainee, reason="误录", actor=place.staff)
    voided = errors_of(opened, place, person=trainee.person)
    assert (again, voided) == ({"person": ["has_file"]}, {"person": ["voided_file"]})


def test_nothing_is_left_of_a_file_that_was_refused(place):
    assert list(errors_of(opened, place, educations=[{"mode": "full_time", "level": "xx"}])) == ["level"]
    assert (Person.objects.count(), Trainee.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_numbers_are_counted_per_year_of_arrival(place):
    numbers = [
        opened(place, name=f"某{year}{turn}", arrived_on=date(year, 7, 1)).file_number
        for year in (2024, 2025)
        for turn in (1, 2)
    ]
    assert numbers == ["WY-2024-0001", "WY-2024-0002", "WY-2025-0001", "WY-2025-0002"]


def test_the_number_of_a_voided_file_is_not_given_again(place):
    trainees.void_trainee(opened(place), reason="误录", actor=place.staff)
    assert opened(place, name="另一人").file_number == "WY-2025-0002"


def test_a_year_holds_9999_files(place):
    TraineeFactory.create(home_unit=place.town, file_number="WY-2025-9999")
    assert refusal_of(opened, place) == "numbers_used_up"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "introduced"}, "sub_kind"),
        ({"status": "institution"}, "status"),
        ({"kind": "nobody", "sub_kind": ""}, "kind"),
        ({"arrived_on": date(2028, 1, 1)}, "arrived_on"),
        ({"arrived_on": date(2026, 11, 24)}, "arrived_on"),
        ({"arrived_on": date(1, 1, 1)}, "arrived_on"),
        ({"arrived_on": date(9999, 12, 31)}, "arrived_on"),
        ({"probation_ends_on": date(2025, 7, 1)}, "probation_ends_on"),
        ({"rank": "99"}, "rank"),
        ({"post_level": "1"}, "post_level"),
        ({"rank": "11", "rank_since": date(2027, 1, 1)}, "rank_since"),
        ({"post_grade": "管理岗位九级"}, "post_grade"),
        ({"kind": "introduced", "sub_kind": "city", "status": "institution", "rank": "11"}, "rank"),
        ({"name": ""}, "name"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(place, values, field):
    assert list(errors_of(opened, place, **values)) == [field]


def test_units_of_others_closed_ones_and_departments_are_refused(place):
    elsewhere = UnitFactory.create(name="邻区")
    closed = UnitFactory.create(parent=place.top, closed_on=date(2020, 1, 1))
    assert errors_of(opened, place, home_unit=elsewhere) == {"home_unit": ["out_of_scope"]}
    assert errors_of(opened, place, home_unit=closed) == {"home_unit": ["target"]}
    assert errors_of(opened, place, linked_village=place.town) == {"linked_village": ["not_a_village"]}


def changed(trainee, staff, **values):
    facts = ("kind", "sub_kind", "status", "scheme", "arrived_on", "linked_village", "probation_ends_on", "remark")
    return trainees.change_trainee(trainee, **{name: getattr(trainee, name) for name in facts} | values, actor=staff)


def test_programme_facts_are_changed_and_the_number_stays(place):
    trainee = changed(opened(place), place.staff, arrived_on=date(2024, 7, 1), remark="补录", version=3 - 2)
    assert (trainee.file_number, trainee.arrived_on, trainee.remark) == ("WY-2025-0001", date(2024, 7, 1), "补录")


def test_an_arrival_that_has_not_come_yet_is_refused(place):
    assert errors_of(opened, place, arrived_on=date(2026, 11, 24)) == {"arrived_on": ["future"]}
    trainee = opened(place, arrived_on=date(2026, 11, 23))
    assert errors_of(changed, trainee, place.staff, arrived_on=date(2026, 11, 24)) == {"arrived_on": ["future"]}


def test_extending_probation_needs_a_reason(place):
    trainee = opened(place)
    later = {"probation_ends_on": date(2026, 10, 7)}
    assert errors_of(changed, trainee, place.staff, **later) == {"reason": ["required"]}
    trainee = changed(trainee, place.staff, **later, reason="病假三个月")
    assert trainee.probation_ends_on == date(2026, 10, 7)
    assert Entry.objects.about(trainee).filter(verb="people.trainee.changed").get().reason == "病假三个月"
    assert changed(trainee, place.staff, probation_ends_on=date(2026, 8, 7)).probation_ends_on == date(2026, 8, 7)


def test_the_usual_end_of_probation_moves_with_the_arrival(place):
    trainee = changed(opened(place), place.staff, arrived_on=date(2025, 9, 1))
    assert (trainee.arrived_on, trainee.probation_ends_on) == (date(2025, 9, 1), date(2026, 9, 1))


def test_an_end_of_probation_of_its_own_stays_when_the_arrival_moves(place):
    trainee = opened(place, probation_ends_on=date(2026, 10, 7))
    assert changed(trainee, place.staff, arrived_on=date(2025, 9, 1)).probation_ends_on == date(2026, 10, 7)


def test_an_end_that_is_typed_with_another_arrival_is_taken(place):
    moved = {"arrived_on": date(2025, 9, 1), "probation_ends_on": date(2026, 9, 1)}
    assert changed(opened(place), place.staff, **moved).probation_ends_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    "values",
    [{"probation_ends_on": date(2026, 5, 7)}, {"arrived_on": date(2025, 9, 1), "probation_ends_on": date(2026, 7, 31)}],
)
def test_a_shorter_probation_needs_a_reason(place, values):
    trainee = opened(place)
    assert errors_of(changed, trainee, place.staff, **values) == {"reason": ["shortened"]}
    trainee = changed(trainee, place.staff, **values, reason="批准提前转正")
    assert trainee.probation_ends_on == values["probation_ends_on"]
    assert changed(trainee, place.staff, remark="另改一处").remark == "另改一处"


def test_an_own_end_that_another_arrival_makes_too_short_needs_a_reason(place):
    trainee = opened(place, probation_ends_on=date(2026, 7, 20))
    assert errors_of(changed, trainee, place.staff, arrived_on=date(2025, 9, 1)) == {"reason": ["shortened"]}


def test_the_arrival_stays_before_what_followed_it(place):
    trainee = opened(place)
    terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff)
    assert errors_of(changed, trainee, place.staff, arrived_on=date(2025, 9, 2)) == {"arrived_on": ["after_term"]}


def test_a_status_that_contradicts_the_rank_is_refused(place):
    trainee = opened(place, kind="introduced", sub_kind="city", rank="11")
    assert errors_of(changed, trainee, place.staff, status="institution") == {"status": ["rank"]}


def record(trainee, staff, day, **values):
    return posts.add_post_record(trainee, started_on=day, **values, actor=staff)


def test_the_file_repeats_the_latest_record(place):
    trainee = opened(place, arrived_on=date(2022, 7, 1), post="科员", rank="12")
    record(trainee, place.staff, date(2023, 7, 1), post="科员", rank="11")
    latest = record(trainee, place.staff, date(2025, 1, 1), post="副主任", post_level="150", rank="11")
    trainee.refresh_from_db()
    assert (trainee.post, trainee.post_since) == ("副主任", date(2025, 1, 1))
    assert (trainee.rank, trainee.rank_order, trainee.rank_since) == ("11", 11, date(2023, 7, 1))
    posts.void_post_record(latest, reason="误录", actor=place.staff)
    trainee.refresh_from_db()
    assert (trainee.post, trainee.post_level, trainee.post_since) == ("科员", "", date(2022, 7, 1))


def test_a_record_is_corrected(place):
    trainee = opened(place, post="科员", rank="12")
    row = posts.change_post_record(
        trainee.post_records.get(), started_on=date(2025, 8, 1), post="干事", rank="11", version=1, actor=place.staff
    )
    trainee.refresh_from_db()
    assert (trainee.post, trainee.rank, trainee.post_since) == ("干事", "11", row.started_on)


def test_a_correction_of_an_old_record_keeps_the_post_of_today(place):
    trainee = opened(place, arrived_on=date(2022, 7, 1), post="科员", rank="12")
    record(trainee, place.staff, date(2025, 1, 1), post="副主任", rank="11")
    first = trainee.post_records.get(started_on=date(2022, 7, 1))
    posts.change_post_record(first, started_on=date(2022, 7, 1), post="干事", rank="12", actor=place.staff)
    trainee.refresh_from_db()
    assert (trainee.post, trainee.rank) == ("副主任", "11")


@pytest.mark.parametrize(
    ("day", "values", "found"),
    [
        (date(2027, 1, 1), {"post": "某职"}, {"started_on": ["future"]}),
        (date(1, 1, 1), {"post": "某职"}, {"started_on": ["too_early"]}),
        (date(2026, 1, 1), {}, {"post": ["required"]}),
        (date(2026, 1, 1), {"post": " "}, {"post": ["required"]}),
        (date(2026, 1, 1), {"rank": "x"}, {"rank": ["unknown_code"]}),
        (date(2026, 1, 1), {"post_grade": "管理岗位九级"}, {"post_grade": ["post_grade"]}),
        (date(2025, 7, 7), {"post": "同日"}, {"started_on": ["one_post_record_per_day"]}),
        (date(2026, 1, 1), {"post": "某" * 101}, {"post": ["max_length"]}),
    ],
)
def test_bad_records_are_refused_beside_their_field(place, day, values, found):
    trainee = opened(place, post="科员")
    problems = errors_of(record, trainee, place.staff, day, **values)
    assert list(problems) == list(found)


def test_files_are_voided_and_restored(place, trainee):
    trainee = trainees.void_trainee(trainee, reason="误录", version=1, actor=place.staff)
    assert trainee.is_voided
    assert refusal_of(trainees.void_trainee, trainee, reason="误录", actor=place.staff) == "read_only"
    assert not trainees.restore_trainee(trainee, reason="更正", actor=place.staff).is_voided


@pytest.mark.parametrize(
    "change",
    [
        lambda trainee, staff: changed(trainee, staff, remark="改"),
        lambda trainee, staff: record(trainee, staff, date(2026, 1, 1), post="某职"),
        lambda trainee, staff: trainees.void_trainee(trainee, reason="误录", actor=staff),
        lambda trainee, staff: proposals.propose_change(
            trainee, section="contacts", values={"email": "a@example.org"}, actor=staff
        ),
    ],
)
def test_a_closed_file_refuses_every_change(place, trainee, change):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 1, 1))
    assert refusal_of(change, Trainee.objects.get(pk=trainee.pk), place.staff) == "read_only"


def test_an_old_page_is_refused(place, trainee):
    changed(trainee, place.staff, remark="先改", version=1)
    with pytest.raises(Stale):
        changed(trainee, place.staff, remark="后改", version=1)


def test_staff_of_the_town_open_files_of_the_town_only(place):
    actor = place.somebody(Role.STAFF, place.town)
    with pytest.raises(ValidationError):
        trainees.create_trainee(
            PersonFactory.create(),
            kind="selected",
            status="civil_servant",
            arrived_on=date(2025, 7, 1),
            home_unit=place.other_town,
            actor=actor,
        )
