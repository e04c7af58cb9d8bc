"""Entering, checking and signing off; what it writes into the file, once, and what goes back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.advancement.models import Outcome, OutcomeChange, OutcomeState
from cadre_app.advancement.outcome_page import unit_differs
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.services import decisions, outcomes
from cadre_app.advancement.services.effects import planned
from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services.triggers import sweep_triggers
from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text
from cadre_app.handover.models import Material
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, PostRecord, TransferKind
from cadre_app.people.services import persons, posts, transfers
from cadre_app.people.services.terms import start_term
from cadre_app.probation.models import Probation
from tests.advancement.conftest import ANNOUNCED, RESUME, Town
from tests.people.conftest import TODAY

RANK = {"kind": "advanced", "post": "", "rank": "09"}
NEW_RESUME = (
    "2017.09--2021.07  澜江大学行政管理专业学习\n"
    "2021.08--2026.11  望屿区梧岭镇工作\n"
    "2026.11--         临澜市望屿区梧岭镇党委组织委员、四级主任科员"
)


def codes(caught: Any) -> dict[str, str]:
    return {name: errors[0].code for name, errors in caught.value.error_dict.items()}


def test_from_entry_to_the_file(town: Town) -> None:
    outcome = town.enters()
    assert (outcome.state, Outcome.objects.visible_to(town.own).count()) == (OutcomeState.ANNOUNCED, 0)
    outcome = decisions.check_outcome(outcome, actor=town.other)
    assert (outcome.state, town.fresh().post) == (OutcomeState.RECORDED, "党建办公室工作人员")
    assert [part.changes for part in planned(outcome)] == [True, True]
    outcome = decisions.sign_outcome(outcome, actor=town.leader)
    file = town.fresh()
    assert (outcome.state, file.post, file.rank, file.post_since) == (
        OutcomeState.IN_FILE, "镇党委组织委员", "10", date(2026, 11, 18),
    )  # fmt: skip
    assert file.person.resume == NEW_RESUME
    assert Outcome.objects.visible_to(town.own).get() == outcome
    assert [part.changes for part in planned(Outcome.objects.get(pk=outcome.pk))] == [False, False]


def test_signing_twice_changes_nothing_more(town: Town) -> None:
    outcome = town.signed()
    with pytest.raises(ValidationError) as caught:
        decisions.sign_outcome(outcome, actor=town.leader)
    assert caught.value.code == "not_waiting"
    assert (PostRecord.objects.standing().count(), outcome.changes.count()) == (3, 2)


def test_what_staff_recorded_before_stands(town: Town) -> None:
    values = {"post": "镇党委组织委员", "rank": "10", "document_number": ANNOUNCED["document_number"]}
    posts.add_post_record(town.trainee, started_on=ANNOUNCED["effective_on"], **values, actor=town.staff)
    outcome = town.signed()
    assert [change.part for change in outcome.changes.all()] == ["resume"]
    assert PostRecord.objects.count() == 3


def test_an_advance_keeps_the_post(town: Town) -> None:
    town.signed(**RANK)
    file = town.fresh()
    assert (file.post, file.rank, file.rank_since) == ("党建办公室工作人员", "09", date(2026, 11, 18))


def test_a_day_that_staff_recorded_otherwise_is_changed_and_changed_back(town: Town) -> None:
    posts.add_post_record(
        town.trainee, started_on=ANNOUNCED["effective_on"], post="副镇长", rank="10", actor=town.staff
    )
    outcome = town.signed()
    assert town.fresh().post == "镇党委组织委员"
    outcomes.void_outcome(outcome, reason="公布有误", actor=town.staff)
    assert (town.fresh().post, town.fresh().person.resume) == ("副镇长", RESUME)


def test_voiding_takes_back_what_was_written_and_restoring_starts_anew(town: Town) -> None:
    outcome = town.signed()
    outcome = outcomes.void_outcome(outcome, reason="公布有误", actor=town.staff)
    file = town.fresh()
    assert (file.post, file.rank, file.person.resume) == ("党建办公室工作人员", "10", RESUME)
    assert not outcome.changes.standing().exists()
    with pytest.raises(ValidationError) as caught:
        outcomes.void_outcome(outcome, reason="再次", actor=town.staff)
    assert caught.value.code == "voided"
    outcome = outcomes.restore_outcome(outcome, actor=town.staff)
    assert (outcome.state, outcome.checked_by, town.fresh().post) == (
        OutcomeState.ANNOUNCED, None, "党建办公室工作人员",
    )  # fmt: skip
    decisions.sign_outcome(decisions.check_outcome(outcome, actor=town.other), actor=town.leader)
    assert (town.fresh().post, town.fresh().person.resume) == ("镇党委组织委员", NEW_RESUME)


@pytest.mark.parametrize("step", ["enters", "checked", "signed"])
def test_whoever_restores_it_enters_it_anew_today(town: Town, step: str) -> None:
    outcome = outcomes.void_outcome(getattr(town, step)(), reason="公布有误", actor=town.leader)
    Outcome.objects.filter(pk=outcome.pk).update(entered_on=TODAY - timedelta(days=600))
    outcome = outcomes.restore_outcome(outcome, actor=town.other)
    assert (outcome.state, outcome.checked_by) == (OutcomeState.ANNOUNCED, None)
    assert (outcome.entered_by, outcome.entered_on) == (town.other, TODAY)
    assert not permissions.can_check_outcome(town.other, outcome)
    due = reminder_rules["advancement.check"].dues(TODAY)
    assert [row.due_day for row in due] == [TODAY]


def test_what_was_returned_is_restored_to_be_completed(town: Town) -> None:
    outcome = decisions.return_outcome(town.enters(), reason="补充", actor=town.other)
    outcome = outcomes.void_outcome(outcome, reason="误", actor=town.staff)
    outcome = outcomes.restore_outcome(outcome, actor=town.other)
    assert (outcome.state, outcome.entered_by) == (OutcomeState.RETURNED, town.staff)


def test_what_was_changed_since_stays(town: Town) -> None:
    outcome = town.signed()
    edited = NEW_RESUME.replace("四级主任科员", "四级主任科员（兼）")
    persons.change_resume(town.fresh().person, resume=edited, actor=town.staff)
    outcome = outcomes.void_outcome(outcome, reason="公布有误", actor=town.staff)
    assert (town.fresh().post, town.fresh().person.resume) == ("党建办公室工作人员", edited)
    assert [change.part for change in outcome.changes.standing()] == ["resume"]


def test_one_of_two_is_taken_out_of_the_resume_alone(town: Town) -> None:
    first = town.signed(effective_on=date(2026, 10, 9), published_on=date(2026, 10, 9), post="党建办公室副主任")
    second = town.signed()
    outcomes.void_outcome(first, reason="公布有误", actor=town.leader)
    assert town.fresh().person.resume == NEW_RESUME
    assert not first.changes.standing().exists()
    outcomes.void_outcome(second, reason="公布有误", actor=town.leader)
    assert (town.fresh().post, town.fresh().person.resume) == ("党建办公室工作人员", RESUME)
    assert not OutcomeChange.objects.standing().exists()


def test_two_are_taken_back_from_the_last_one_on(town: Town) -> None:
    first = town.signed(effective_on=date(2026, 10, 9), published_on=date(2026, 10, 9), post="党建办公室副主任")
    between = town.fresh().person.resume
    outcomes.void_outcome(town.signed(), reason="公布有误", actor=town.leader)
    assert town.fresh().person.resume == between
    outcomes.void_outcome(first, reason="公布有误", actor=town.leader)
    assert town.fresh().person.resume == RESUME


def test_what_a_later_one_goes_on_with_is_not_voided_before_it(town: Town) -> None:
    first = town.signed(**RANK | {"effective_on": date(2026, 10, 9), "published_on": date(2026, 10, 9)})
    second = town.signed()
    with pytest.raises(ValidationError) as caught:
        outcomes.void_outcome(first, reason="公布有误", actor=town.leader)
    assert caught.value.code == "carried"
    outcomes.void_outcome(second, reason="公布有误", actor=town.leader)
    outcomes.void_outcome(first, reason="公布有误", actor=town.leader)
    assert (town.fresh().rank, town.fresh().person.resume) == ("10", RESUME)


def test_a_new_post_calls_for_a_talk_and_taking_it_back_sets_it_aside(town: Town) -> None:
    outcome = town.signed()
    assert sweep_triggers() == 1
    [trigger] = TalkTrigger.objects.all()
    assert (trigger.occasion, trigger.due_on - trigger.happened_on) == (Occasion.NEW_POST, timedelta(days=30))
    outcomes.void_outcome(outcome, reason="公布有误", actor=town.staff)
    trigger.refresh_from_db()
    assert (trigger.set_aside_on, trigger.set_aside_reason) == (TODAY, "公布有误")


def test_an_advance_calls_for_no_talk(town: Town) -> None:
    town.signed(**RANK)
    assert sweep_triggers() == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"published_on": date(2026, 11, 24)}, {"published_on": "not_announced"}),
        ({"published_on": date(2021, 8, 1)}, {"published_on": "too_early"}),
        ({"document_number": " "}, {"document_number": "blank"}),
        ({"document_number": "无"}, {"document_number": "document_number"}),
        ({"effective_on": date(2021, 8, 1)}, {"effective_on": "too_early"}),
        ({"effective_on": date(2028, 2, 29)}, {"effective_on": "too_late"}),
        ({"post": ""}, {"post": "post"}),
        ({"post": "党建办公室工作人员"}, {"post": "same_post"}),
        ({"post": "副镇长（拟任）", "remark": "经组织考察"}, {"post": "unannounced", "remark": "unannounced"}),
        ({"remark": "任职定级"}, {"remark": "grading"}),
        ({"kind": "graded"}, {"kind": "invalid_choice"}),
        (RANK | {"rank": "10"}, {"rank": "same_rank"}),
        (RANK | {"rank": "11"}, {"rank": "lower_rank"}),
        (RANK | {"rank": "77"}, {"rank": "unknown_code"}),
        (RANK | {"post": "副镇长"}, {"rank": "rank"}),
        (RANK | {"rank": "", "post_grade": "管理岗位八级职员"}, {"post_grade": "post_grade"}),
        (RANK | {"effective_on": date(2022, 8, 1)}, {"kind": "first_grading"}),
        ({"rank": "10", "effective_on": date(2022, 8, 1)}, {"rank": "first_grading"}),
    ],
)
def test_bad_input_is_said_beside_its_field(town: Town, values: dict[str, Any], expected: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        town.enters(**values)
    assert codes(caught) == expected
    assert not Outcome.objects.exists()


def test_the_29th_of_february_is_a_day_like_others(town: Town) -> None:
    day = date(2024, 2, 29)
    town.signed(published_on=day, effective_on=day)
    assert town.fresh().post_since == day
    assert "2024.02--" in town.fresh().person.resume


def test_what_takes_effect_later_is_signed_then(town: Town) -> None:
    outcome = town.checked(effective_on=date(2026, 12, 1))
    with pytest.raises(ValidationError) as caught:
        decisions.sign_outcome(outcome, actor=town.leader)
    assert caught.value.code == "not_in_effect"


def test_nobody_checks_or_signs_their_own_entry(town: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        decisions.check_outcome(town.enters(), actor=town.staff)
    assert caught.value.code == "own_entry"


def test_returned_completed_and_checked_anew(town: Town) -> None:
    outcome = decisions.return_outcome(town.checked(), reason="请核对文号", actor=town.leader)
    assert (outcome.state, outcome.checked_by, outcome.return_reason) == (OutcomeState.RETURNED, None, "请核对文号")
    with pytest.raises(ValidationError):
        decisions.sign_outcome(outcome, actor=town.leader)
    outcome = outcomes.change_outcome(
        outcome, **(ANNOUNCED | {"document_number": "望委干〔2026〕32号"}), actor=town.staff
    )
    assert (outcome.state, outcome.return_reason, outcome.returned_on) == (OutcomeState.ANNOUNCED, "", None)


def test_what_is_signed_off_is_not_changed(town: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        outcomes.change_outcome(town.signed(), **ANNOUNCED, actor=town.staff)
    assert caught.value.code == "signed"


def test_the_same_is_not_entered_twice_and_an_old_page_is_told(town: Town) -> None:
    outcome = town.enters()
    with pytest.raises(ValidationError) as caught:
        town.enters()
    assert list(codes(caught)) == ["effective_on"]
    outcomes.change_outcome(outcome, **(ANNOUNCED | {"remark": "由区委公布"}), actor=town.staff)
    with pytest.raises(Stale):
        decisions.check_outcome(outcome, version=1, actor=town.other)


def test_whoever_checked_it_neither_signs_nor_returns_it(town: Town) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    outcome = decisions.check_outcome(town.enters(), actor=chief)
    for act in (
        lambda: decisions.sign_outcome(outcome, actor=chief),
        lambda: decisions.return_outcome(outcome, reason="误", actor=chief),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.code == "own_check"
    rule = reminder_rules["advancement.sign_off"]
    assert [rule.visible(rule.dues(TODAY), user).count() for user in (chief, town.leader)] == [0, 1]
    assert decisions.sign_outcome(outcome, actor=town.leader).state == OutcomeState.IN_FILE


def test_a_closed_file_is_left_alone(town: Town) -> None:
    outcome = town.checked()
    transfers.record_departure(
        town.trainee,
        kind=TransferKind.OUTSIDE,
        effective_on=TODAY,
        document_number="望委干〔2026〕33号",
        approval="区委组织部",
        actor=None,
    )
    for act in (
        lambda: town.enters(effective_on=date(2026, 11, 19)),
        lambda: decisions.sign_outcome(outcome, actor=town.leader),
        lambda: outcomes.void_outcome(outcome, reason="更正", actor=town.staff),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.code == "read_only"


def test_a_resume_that_no_line_can_follow_is_left(town: Town) -> None:
    start_term(town.trainee, village=town.district.village, started_on=date(2021, 9, 1), actor=None)
    later = RESUME.replace("2021.08--         ", "2026.12--         ").replace("2021.07", "2026.11")
    Person.objects.filter(trainee=town.trainee).update(resume=later)
    outcome = town.checked()
    [post, resume] = planned(outcome)
    assert (post.changes, resume.changes, bool(resume.left)) == (True, False, True)
    decisions.sign_outcome(outcome, actor=town.leader)
    assert town.fresh().person.resume == later


def test_every_step_is_on_record(town: Town) -> None:
    outcome = town.signed()
    verbs = Entry.objects.about(outcome).values_list("verb", flat=True)
    assert sorted(verbs) == [f"advancement.outcome.{verb}" for verb in ("checked", "entered", "signed_off")]


def test_whoever_wrote_it_last_answers_for_it_and_neither_checks_nor_signs(town: Town) -> None:
    outcome = town.enters()
    outcome = outcomes.change_outcome(outcome, **ANNOUNCED | {"post": "区委办公室副主任"}, actor=town.other)
    assert (outcome.entered_by, permissions.can_check_outcome(town.other, outcome)) == (town.other, False)
    with pytest.raises(ValidationError) as caught:
        decisions.check_outcome(outcome, actor=town.other)
    assert caught.value.code == "own_entry"
    assert decisions.check_outcome(outcome, actor=town.staff).checked_by == town.staff


@pytest.mark.parametrize("values", [{}, RANK, {"kind": "further", "rank": "09"}])
def test_nobody_rises_while_a_probation_is_not_concluded(town: Town, values: dict[str, Any]) -> None:
    Probation.objects.create(trainee=town.trainee)
    with pytest.raises(ValidationError) as caught:
        town.enters(**values)
    assert codes(caught) == {"kind": "not_graded"}
    assert town.enters(kind="further").kind == "further"


def test_an_outcome_whose_post_was_graded_afterwards_is_taken_back(town: Town) -> None:
    PostRecord.objects.filter(trainee=town.trainee).update(rank="")
    outcome = town.signed(kind="further")
    record = PostRecord.objects.get(post=ANNOUNCED["post"])
    first = PostRecord.objects.get(post="党建办公室工作人员")
    for row in (first, record):
        posts.change_post_record(row, started_on=row.started_on, post=row.post, rank="10", actor=town.staff)
    PostRecord.objects.filter(pk=record.pk).update(document_number=ANNOUNCED["document_number"])
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    assert (town.fresh().post, town.fresh().rank) == ("党建办公室工作人员", "10")


def test_a_rise_by_more_than_one_rank_says_why(town: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        town.enters(**(RANK | {"rank": "02"}))
    assert codes(caught) == {"remark": "many_ranks"}
    assert town.enters(**(RANK | {"rank": "08", "remark": "按文件越级晋升"})).rank == "08"


def test_staff_see_to_it_that_another_leader_signs(town: Town) -> None:
    outcome = town.checked()
    rule = reminder_rules["advancement.sign_off"]
    told = {user: list(rule.visible(rule.dues(TODAY), user)) for user in (town.staff, town.leader, town.liaison)}
    assert [len(rows) for rows in told.values()] == [1, 1, 0]
    staff, leader = (rule.words(told[user][0], TODAY, user) for user in (town.staff, town.leader))
    assert (rule.attention, rule.supervisors, staff.why) == (3, (Role.STAFF,), another_needed_text())
    assert (staff.url, leader.url) == (
        f"/advancement/outcomes/{outcome.pk}/",
        f"/advancement/outcomes/{outcome.pk}/sign/",
    )


def test_an_advance_is_not_left_behind_by_a_later_record(town: Town) -> None:
    later = posts.add_post_record(
        town.trainee, started_on=date(2026, 11, 20), post="综合科副科长", rank="10", actor=town.staff
    )
    with pytest.raises(ValidationError) as caught:
        town.enters(**RANK)
    assert codes(caught) == {"effective_on": "left_behind"}
    said = {"started_on": later.started_on, "post": later.post, "rank": "09"}
    posts.change_post_record(later, **said, actor=town.staff)
    outcome = town.checked(**RANK)
    assert [part.left != "" for part in planned(outcome)] == [False, True]
    outcome = decisions.sign_outcome(outcome, actor=town.leader)
    assert (town.fresh().rank_since, town.fresh().person.resume) == (ANNOUNCED["effective_on"], RESUME)
    with pytest.raises(ValidationError) as caught:
        outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    assert caught.value.code == "carried"
    posts.change_post_record(later, **(said | {"rank": "10"}), actor=town.staff)
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    assert town.fresh().rank == "10"


def test_a_post_in_a_village_of_the_own_town_moves_nobody(town: Town) -> None:
    village, other = town.district.village, town.district.other_town
    post = f"{village.name}党支部副书记"
    outcome = town.signed(kind="further", unit=village, post=post)
    rule = reminder_rules["advancement.transfer"]
    assert (unit_differs(outcome), rule.dues(TODAY).count()) == (False, 0)
    assert town.fresh().person.resume.endswith("临澜市望屿区梧岭镇梧头村党支部副书记、四级主任科员")
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    outcome = town.signed(kind="further", unit=other)
    assert (unit_differs(outcome), rule.dues(TODAY).count()) == (True, 1)


def test_the_archive_is_told_where_the_paper_of_a_voided_outcome_lies_there(town: Town) -> None:
    outcome = town.signed()
    Material.objects.update(handed_over_on=TODAY, received_by="王收")
    outcomes.void_outcome(outcome, reason="误", actor=town.leader)
    [paper] = Material.objects.waiting()
    assert paper.title.startswith("作废")
