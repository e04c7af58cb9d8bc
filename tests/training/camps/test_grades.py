"""A preview says who moves and why; exactly that is applied, or nothing."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.training.filters.visits import candidates_of
from cadre_app.training.lists.camps import told as shown
from cadre_app.training.models import Camp, CampExit, CampMember, CourseSession, SessionState, StudyVisit
from cadre_app.training.services import camp_members
from cadre_app.training.services.camp_previews import preview
from cadre_app.training.services.camps import apply_grades, plan_camp, take_back_grades, void_camp
from tests.factories import GrantFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY
from tests.training.factories import make_session

STAYS = [("ending", 3), ("new", 1), ("second", 2), ("third", 3)]


def told(camp, actor):
    """Step, grade before and grade due by the name of the person."""
    return {line.trainee.person.name: (line.step.value, line.before, line.grade) for line in preview(camp, actor).lines}


def listed(camp):
    rows = CampMember.objects.present().filter(camp=camp).order_by("grade", "trainee__arrived_on")
    return [(row.trainee.person.name, row.grade, row.is_late) for row in rows.select_related("trainee__person")]


def apply(camp, actor):
    camp.refresh_from_db()
    return apply_grades(camp, shown=preview(camp, actor).digest, version=camp.version, actor=actor)


def move(person, **fields):
    Trainee.objects.filter(pk=person.pk).update(**fields)


def test_a_preview_says_what_happens_to_each(place, earlier, camp):
    assert told(camp, place.staff) == {
        "林知远": ("joins", None, 1),
        "陈嘉穗": ("late", None, 1),
        "吴书瑶": ("rises", 1, 2),
        "赵启明": ("stays", 3, 3),
        "周牧之": ("rises", 2, 3),
        "孙望舒": ("term_ended", 3, None),
    }


def test_applying_writes_the_list_and_who_left_the_camp_before(place, people, earlier, camp):
    apply(camp, place.staff)
    assert listed(camp) == [
        ("林知远", 1, False),
        ("陈嘉穗", 1, True),
        ("吴书瑶", 2, False),
        ("赵启明", 3, False),
        ("周牧之", 3, False),
    ]
    left = CampMember.objects.get(camp=earlier, trainee=people["ended"])
    assert (left.left_on, left.left_kind) == (date(2026, 8, 1), CampExit.TERM_ENDED)
    joined = CampMember.objects.get(camp=camp, trainee=people["third"])
    assert (joined.months, joined.rule, joined.joined_on) == (38, "third_grade", date(2026, 9, 1))
    assert Camp.objects.get(pk=camp.pk).applied_on == TODAY
    verbs = Entry.objects.filter(object_label="training.campmember").order_by("verb").values_list("verb", flat=True)
    assert sorted(set(verbs)) == ["training.campmember.joined", "training.campmember.left"]


def test_what_moved_meanwhile_is_not_applied(place, people, camp):
    shown = preview(camp, place.staff).digest
    move(people["new"], arrived_on=date(2025, 8, 1))
    with pytest.raises(ValidationError) as error:
        apply_grades(camp, shown=shown, actor=place.staff)
    assert error.value.code == "moved"
    assert listed(camp) == []


def test_a_second_tap_joins_nobody_twice(place, camp):
    shown = preview(camp, place.staff).digest
    apply_grades(camp, shown=shown, version=1, actor=place.staff)
    with pytest.raises(Stale):
        apply_grades(camp, shown=shown, version=1, actor=place.staff)
    assert len(listed(camp)) == 5


def test_grades_wait_for_the_reference_date(place, people, camp):
    with time_machine.travel("2026-08-20T12:00:00+08:00"):
        assert told(camp, place.staff)["林知远"] == ("joins", None, 1)
        with pytest.raises(ValidationError) as error:
            apply(camp, place.staff)
    assert error.value.code == "early"


@pytest.mark.parametrize(
    ("who", "fields", "expected"),
    [
        ("third", {"term_ends_on": date(2026, 11, 10)}, ("term_ended", 3, None)),
        ("new", {"departed_on": date(2026, 11, 1)}, ("departed", 1, None)),
        ("new", {"arrived_on": date(2025, 8, 1)}, ("corrected", 1, 2)),
        ("late", {"arrived_on": date(2026, 12, 8)}, ("not_due", 1, None)),
    ],
)
def test_dates_that_move_later_are_offered_and_applied(place, people, graded, who, fields, expected):
    apply(graded, place.staff)  # 周牧之, whose term ended in October
    move(people[who], **fields)
    name = people[who].person.name
    assert told(graded, place.staff) == {name: expected}
    apply(graded, place.staff)
    assert told(graded, place.staff) == {}
    assert {row[0]: row[1] for row in listed(graded)}.get(name) == expected[2]


def test_a_corrected_village_term_brings_back_whoever_left_by_it(place, people, graded, client_of):
    apply(graded, place.staff)
    move(people["ending"], term_ends_on=date(2027, 6, 30))
    assert told(graded, place.staff) == {"周牧之": ("back", 3, 3)}
    assert (
        "周牧之" in client_of(place.staff).get(f"/training/camps/{graded.pk}/").content.decode().split("camp-lanes")[0]
    )
    apply(graded, place.staff)
    row = CampMember.objects.get(camp=graded, trainee=people["ending"])
    assert (row.left_on, row.left_kind, row.grade, told(graded, place.staff)) == (None, "", 3, {})


def test_whoever_left_for_another_reason_is_not_brought_back_by_dates(place, people, graded):
    apply(graded, place.staff)
    member = CampMember.objects.get(camp=graded, trainee=people["third"])
    camp_members.let_leave(member, left_on=TODAY, left_note="调离", actor=place.staff)
    assert told(graded, place.staff) == {}


def test_the_list_says_by_itself_whose_village_term_has_ended(place, people, graded):
    assert told(graded, place.staff) == {"周牧之": ("term_ended", 3, None)}
    apply(graded, place.staff)
    row = CampMember.objects.get(camp=graded, trainee=people["ending"])
    assert (row.left_on, row.left_kind) == (date(2026, 11, 1), CampExit.TERM_ENDED)


def test_somebody_who_comes_later_joins_the_given_list(place, somebody, graded):
    somebody("郑予安", date(2026, 11, 2))
    apply(graded, place.staff)
    assert ("郑予安", 1, True) in listed(graded)


def test_each_office_gives_grades_to_its_own_people(place, people, camp):
    own = UserFactory.create(unit=place.other_town)
    GrantFactory.create(user=own, role=Role.STAFF, unit=place.other_town)
    TraineeFactory.create(home_unit=place.other_town, arrived_on=date(2026, 7, 1), person__name="何清和")
    assert list(told(camp, own)) == ["何清和"]
    apply(camp, own)
    camp.refresh_from_db()
    assert "何清和" not in told(camp, place.staff)
    assert len(told(camp, place.staff)) == 4  # who is over by today does not come in any more


def test_a_preview_asks_the_same_for_one_and_for_many(place, camp, somebody, django_assert_num_queries):
    preview(camp, place.staff)  # asks once who is asking
    with django_assert_num_queries(7):
        preview(camp, place.staff)
    for number in range(3):
        somebody(f"王同志{number}", date(2025, 7, 1))
    with django_assert_num_queries(7):
        preview(camp, place.staff)


def test_grades_are_taken_back_while_nothing_was_held(place, graded):
    make_session(programme="camp", camp=graded)
    graded.refresh_from_db()
    take_back_grades(graded, reason="参考日有误", version=graded.version, actor=place.staff)
    assert (listed(graded), Camp.objects.get(pk=graded.pk).applied_on) == ([], None)
    apply(graded, place.staff)
    assert len(listed(graded)) == 5


def test_grades_stay_once_a_session_has_begun(place, graded):
    session = make_session(programme="camp", camp=graded, on=TODAY)
    with pytest.raises(ValidationError) as error:
        take_back_grades(graded, reason="一", actor=place.staff)
    assert error.value.code == "begun"
    CourseSession.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, cancel_reason="台风")
    take_back_grades(graded, reason="一", actor=place.staff)


@pytest.mark.parametrize(("year", "code"), [(1999, "year"), (2028, "year"), (2026, "year")])
def test_a_camp_is_planned_once_for_a_near_year(place, camp, year, code):
    with pytest.raises(ValidationError) as error:
        plan_camp(year=year, actor=place.staff)
    assert [single.code for single in error.value.error_dict["year"]] == [code]


def test_a_camp_with_people_is_not_voided(place, graded):
    with pytest.raises(ValidationError) as error:
        void_camp(graded, reason="一", actor=place.staff)
    assert error.value.code == "members"


def member(camp, person):
    return CampMember.objects.get(camp=camp, trainee=person)


def test_leave_keeps_the_grade(place, people, graded):
    row = member(graded, people["new"])
    camp_members.pause_member(row, paused_reason="产假", version=row.version, actor=place.staff)
    assert (member(graded, people["new"]).paused_reason, row.grade) == ("产假", 1)
    camp_members.resume_member(member(graded, people["new"]), actor=place.staff)
    assert member(graded, people["new"]).paused_reason == ""


def test_somebody_leaves_for_a_reason_and_comes_back(place, people, graded):
    camp_members.let_leave(member(graded, people["new"]), left_on=TODAY, left_note="借调在外", actor=place.staff)
    assert "林知远" not in told(graded, place.staff)
    camp_members.bring_back(member(graded, people["new"]), reason="返回", actor=place.staff)
    assert member(graded, people["new"]).left_on is None


def test_leave_goes_on_in_the_next_camp_and_ends_there(place, people, earlier, camp):
    row = member(earlier, people["second"])
    camp_members.pause_member(row, paused_reason="产假", actor=place.staff)
    assert notes(camp, place.staff) == ["on leave: 产假"]
    apply(camp, place.staff)
    assert (member(camp, people["second"]).paused_reason, second_grade(place)) == ("产假", [])
    camp_members.resume_member(member(camp, people["second"]), actor=place.staff)
    assert second_grade(place) == ["吴书瑶"]


def notes(camp, actor):
    with translation.override("en"):
        return [one.note for _group, lines in shown(preview(camp, actor)) for one in lines if one.note]


def second_grade(place):
    """Whom a study visit offers of grade two."""
    visit, _made = StudyVisit.objects.get_or_create(title="滨海新城", visited_on=TODAY, sites="一")
    return [file.person.name for file in candidates_of(place.staff, visit, QueryDict("stage=camp-2")).qs]


def test_a_leave_that_changes_after_the_preview_is_not_carried_over_unseen(place, people, earlier, camp):
    digest = preview(camp, place.staff).digest
    camp_members.pause_member(member(earlier, people["second"]), paused_reason="产假", actor=place.staff)
    assert preview(camp, place.staff).digest != digest


def test_the_preview_says_who_had_left_the_camp_before(place, people, earlier, camp):
    row = member(earlier, people["third"])
    camp_members.let_leave(row, left_on=date(2026, 3, 2), left_note="借调在外", actor=place.staff)
    assert told(camp, place.staff)["赵启明"] == ("returns", 3, 3)
    assert notes(camp, place.staff) == ["left the camp on 2 Mar 2026: 借调在外"]


def test_nobody_comes_back_against_the_dates(place, people, graded):
    apply(graded, place.staff)
    with pytest.raises(ValidationError) as error:
        camp_members.bring_back(member(graded, people["ending"]), reason="一", actor=place.staff)
    assert error.value.code == "not_due"


@pytest.mark.parametrize(
    ("day", "note", "field"),
    [(date(2026, 11, 24), "一", "left_on"), (date(2026, 8, 1), "一", "left_on"), (TODAY, "", "left_note")],
)
def test_leaving_needs_a_day_and_a_reason(place, people, graded, day, note, field):
    with pytest.raises(ValidationError) as error:
        camp_members.let_leave(member(graded, people["new"]), left_on=day, left_note=note, actor=place.staff)
    assert list(error.value.error_dict) == [field]


def test_the_list_of_an_earlier_camp_stays_as_it_is(place, people, earlier, graded):
    move(people["third"], departed_on=TODAY)
    with pytest.raises(ValidationError) as error:
        apply(earlier, place.staff)
    assert error.value.code == "later"
