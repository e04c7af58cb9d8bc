"""From the arrival to the conclusion: what comes before what, and what is refused beside its field."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services.triggers import sweep_triggers
from cadre_app.handover.models import Material
from cadre_app.history.models import Entry
from cadre_app.people.models import Education, Status
from cadre_app.people.services import posts
from cadre_app.policy import services as policy
from cadre_app.probation.grading import proposed
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.policies import EXTENSION_TIMES, RANK_OF_BACHELORS
from cadre_app.probation.services import conclusions, decisions, records, steps
from cadre_app.probation.wording import Stage, stage_of
from tests.people.conftest import TODAY
from tests.probation.conftest import (
    ENDS,
    EXTENSION,
    FAILURE,
    GRADING,
    UNWRITTEN,
    Town,
    codes,
    complete_induction,
    on_probation,
)


def test_from_arrival_to_the_first_grading(town: Town) -> None:
    one = town.opened()
    assert (one.state, stage_of(one, TODAY)) == (State.OPEN, Stage.DUE)
    one = steps.write_summary(one, summary="总结", actor=town.own)
    assert (one.state, one.summary_on) == (State.UNDER_WAY, TODAY)
    one = steps.write_opinion(one, opinion="意见", opinion_on=TODAY, actor=town.liaison)
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    assert (one.state, town.fresh().rank) == (State.WAITING, "")
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    file = town.fresh()
    assert (one.state, one.ended_on, one.wrote_record) == (State.GRADED, ENDS, True)
    assert (file.post, file.rank, file.rank_since, file.post_since) == ("党建办公室工作人员", "11", ENDS, ENDS)
    assert sorted(Material.objects.values_list("kind", flat=True)) == ["grading", "probation"]
    verbs = [verb.rpartition(".")[2] for verb in Entry.objects.about(one).values_list("verb", flat=True)]
    assert sorted(verbs) == ["checked", "concluded", "opened", "opinion_written", "signed_off", "summary_written"]


def test_one_talk_is_asked_for_and_not_a_second_for_the_new_post(town: Town) -> None:
    town.signed()
    assert sweep_triggers() == 0
    [trigger] = TalkTrigger.objects.all()
    assert (trigger.occasion, trigger.due_on) == (Occasion.PROBATION, TODAY + timedelta(days=30))


def test_the_sweep_opens_a_record_for_whoever_is_on_probation_once(town: Town) -> None:
    on_probation(town.district.town, "新到", arrived=date(2026, 11, 19))
    graded = on_probation(town.district.town, "已定级")
    posts.add_post_record(graded, started_on=ENDS, post="科员", rank="11", actor=None)
    on_probation(town.district.town, "早年", arrived=date(2020, 7, 1))
    assert (records.sweep_probations(), records.sweep_probations()) == (2, 0)
    stages = {str(one): stage_of(one, TODAY) for one in Probation.objects.select_related("trainee__person")}
    assert stages == {"林知远": Stage.DUE, "新到": Stage.NOT_DUE}
    records.void_probation(town.one, reason="误开", actor=town.staff)
    assert records.sweep_probations() == 0
    assert records.open_probation(town.trainee, actor=town.staff).round == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"comment": " "}, {"comment": "required"}),
        ({"post": " "}, {"post": "required"}),
        ({"rank": ""}, {"rank": "required"}),
        ({"rank": "77"}, {"rank": "unknown_code"}),
        ({"rank": "10"}, {"rank_reason": "other_rank"}),
        ({"post_grade": "管理岗位九级职员"}, {"post_grade": "post_grade"}),
        ({"document_number": " "}, {"document_number": "required"}),
        ({"document_on": None}, {"document_on": "required"}),
        ({"document_on": TODAY + timedelta(days=1)}, {"document_on": "future"}),
        ({"document_on": date(2025, 11, 9)}, {"document_on": "too_early"}),
        ({"document_on": ENDS - timedelta(days=31)}, {"document_on": "too_early"}),
        ({"document_number": "无"}, {"document_number": "no_number"}),
        ({"rank": "01", "rank_reason": "随便"}, {"rank": "no_first_rank"}),
    ],
)
def test_a_bad_grading_is_said_beside_its_field(town: Town, values: dict[str, Any], expected: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        town.concluded(**values)
    assert codes(caught) == expected
    assert town.one.state == State.UNDER_WAY


def test_who_did_not_pass_has_summary_and_opinion_or_a_reason_why_not(town: Town) -> None:
    one = town.opened()
    for conclude, values in ((conclusions.conclude_failed, FAILURE), (conclusions.conclude_deferred, EXTENSION)):
        with pytest.raises(ValidationError) as caught:
            conclude(one, **values, missing_reason=" ", actor=town.staff)
        assert codes(caught) == {"missing_reason": "missing_step"}
    one = conclusions.conclude_deferred(one, **EXTENSION, **UNWRITTEN, actor=town.staff)
    assert one.missing_reason == UNWRITTEN["missing_reason"]
    Probation.objects.update(missing_reason="")
    with pytest.raises(ValidationError) as unwritten:
        decisions.check_conclusion(one, actor=town.other)
    assert codes(unwritten) == {"missing_reason": "missing_step"}


def test_a_reason_for_what_is_there_is_not_kept(town: Town) -> None:
    assert conclusions.conclude_failed(town.opined(), **FAILURE, **UNWRITTEN, actor=town.staff).missing_reason == ""


def test_the_document_of_a_grading_can_follow_until_the_sign_off(town: Town) -> None:
    one = town.checked(document_number="", document_on=None)
    with pytest.raises(ValidationError) as caught:
        decisions.sign_conclusion(one, actor=town.leader)
    assert codes(caught) == {"document_number": "required"}
    known = {name: GRADING[name] for name in ("document_number", "document_on")}
    one = decisions.sign_conclusion(one, **known, actor=town.leader)
    assert (one.state, one.document_number) == (State.GRADED, GRADING["document_number"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Probation.objects.update(document_number="")


def test_summary_and_opinion_do_not_lie_before_the_end_is_near(town: Town) -> None:
    one = town.opened()
    early = ENDS - timedelta(days=61)
    with pytest.raises(ValidationError) as caught:
        steps.write_summary(one, summary="总结", summary_on=early, actor=town.staff)
    assert codes(caught) == {"summary_on": "too_early"}


def test_grading_follows_education_and_the_setting(town: Town) -> None:
    person = town.trainee.person
    assert proposed(town.trainee, ENDS).rank == "11"
    Education.objects.create(person=person, mode="on_the_job", level="11", degree="201")
    assert proposed(town.trainee, ENDS).rank == "11"
    Education.objects.create(person=person, mode="full_time", level="14", degree="312")
    assert proposed(town.trainee, ENDS).rank == "10"
    Education.objects.create(person=person, mode="full_time", level="11", degree="212")
    assert proposed(town.trainee, ENDS).rank == "08"
    Education.objects.all().delete()
    assert proposed(town.trainee, ENDS).rank == ""
    Education.objects.create(person=person, mode="full_time", level="31")
    assert proposed(town.trainee, ENDS).rank == "12"
    Education.objects.update(level="17")
    policy.add_value(
        RANK_OF_BACHELORS, value="12", valid_from=date(2026, 1, 1), source="试行", reason="试", actor=town.staff
    )
    found = proposed(town.trainee, ENDS)
    assert (found.rank, found.source) == ("12", "试行")


def test_another_rank_stands_with_its_reason(town: Town) -> None:
    assert town.signed(rank="10", rank_reason="引进协议约定").rank_reason == "引进协议约定"
    assert town.fresh().rank == "10"


def test_institution_staff_are_given_a_post_grade(town: Town) -> None:
    type(town.trainee).objects.update(status=Status.INSTITUTION, kind="introduced")
    one = town.opined()
    with pytest.raises(ValidationError) as caught:
        conclusions.conclude_passed(one, **(GRADING | {"rank": ""}), actor=town.staff)
    assert codes(caught) == {"post_grade": "required"}
    values = GRADING | {"rank": "", "post_grade": "管理岗位九级职员"}
    one = conclusions.conclude_passed(one, **values, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert (town.fresh().rank, town.fresh().post_grade) == ("", "管理岗位九级职员")


def test_induction_is_a_condition_unless_it_is_waived(town: Town) -> None:
    file = on_probation(town.district.town, "未培训")
    one = records.open_probation(file, actor=None)
    steps.write_summary(one, summary="总结", summary_on=TODAY, actor=town.staff)
    steps.write_opinion(one, opinion="意见", opinion_on=TODAY, actor=town.staff)
    with pytest.raises(ValidationError) as caught:
        conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    assert caught.value.code == "induction"
    with pytest.raises(ValidationError) as empty:
        steps.waive_induction(one, waiver_reason=" ", actor=town.staff)
    assert codes(empty) == {"waiver_reason": "required"}
    one = steps.waive_induction(one, waiver_reason="已在原单位参加", actor=town.staff)
    assert (one.waived_by, one.waived_on) == (town.staff, TODAY)
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    with pytest.raises(ValidationError) as waiting:
        steps.waive_induction(one, waiver_reason="", actor=town.staff)
    assert waiting.value.code == "waiting"


def test_induction_is_read_with_its_day_and_title(town: Town) -> None:
    assert steps.induction_of(town.opened()) == (date(2026, 3, 20), "新录用公务员初任培训班")


def test_steps_come_in_their_order(town: Town) -> None:
    one = town.opened()
    for act, code in (
        (lambda: steps.write_opinion(one, opinion="意见", opinion_on=TODAY, actor=town.liaison), "missing_step"),
        (lambda: conclusions.conclude_passed(one, **GRADING, actor=town.staff), "missing_step"),
        (lambda: decisions.check_conclusion(one, actor=town.other), "not_waiting"),
        (lambda: decisions.sign_conclusion(one, actor=town.leader), "not_waiting"),
        (lambda: decisions.take_sign_off_back(one, reason="误", actor=town.leader), "not_signed_off"),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.code == code
    steps.write_summary(one, summary="总结", actor=town.own)
    with pytest.raises(ValidationError) as early:
        steps.write_opinion(one, opinion="意见", opinion_on=TODAY - timedelta(days=1), actor=town.liaison)
    assert codes(early) == {"opinion_on": "too_early"}
    steps.write_opinion(one, opinion="意见", opinion_on=TODAY, actor=town.liaison)
    with pytest.raises(ValidationError) as late:
        steps.write_summary(one, summary="再改", actor=town.own)
    assert late.value.code == "opinion"


def test_before_the_end_is_near_nothing_is_written_and_before_it_nobody_is_graded(town: Town) -> None:
    far = records.open_probation(on_probation(town.district.town, "尚早", arrived=date(2026, 2, 1)), actor=None)
    with pytest.raises(ValidationError) as caught:
        steps.write_summary(far, summary="总结", actor=town.staff)
    assert caught.value.code == "too_early"
    file = on_probation(town.district.town, "将满", arrived=date(2025, 12, 20))
    complete_induction(file)
    near = records.open_probation(file, actor=None)
    steps.write_summary(near, summary="总结", summary_on=TODAY, actor=town.staff)
    steps.write_opinion(near, opinion="意见", opinion_on=TODAY, actor=town.liaison)
    with pytest.raises(ValidationError) as not_over:
        conclusions.conclude_passed(near, **GRADING, actor=town.staff)
    assert not_over.value.code == "not_over"


def test_an_extension_moves_the_end_and_opens_the_next_round(town: Town) -> None:
    one = conclusions.conclude_deferred(town.opined(), **EXTENSION, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert (one.state, one.ended_on, town.fresh().probation_ends_on) == (State.DEFERRED, ENDS, EXTENSION["extended_to"])
    following = town.one
    assert (following.round, stage_of(following, TODAY)) == (2, Stage.DEFERRED)
    assert Material.objects.get().kind == "probation"
    assert not TalkTrigger.objects.exists()
    with pytest.raises(ValidationError) as caught:
        conclusions.conclude_deferred(following, **(EXTENSION | {"extended_to": date(2027, 4, 1)}), actor=town.staff)
    assert caught.value.code == "too_often"
    policy.add_value(EXTENSION_TIMES, value=2, valid_from=TODAY, source="试", reason="试", actor=town.staff)
    with pytest.raises(ValidationError) as long:
        conclusions.conclude_deferred(following, **(EXTENSION | {"extended_to": date(2027, 5, 11)}), actor=town.staff)
    assert codes(long) == {"extended_to": "too_long"}
    one = decisions.take_sign_off_back(one, reason="核对有误", actor=town.leader)
    assert (one.state, town.fresh().probation_ends_on, town.one) == (State.UNDER_WAY, ENDS, one)
    assert not Material.objects.standing().exists()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"extended_to": ENDS}, {"extended_to": "not_later"}),
        ({"extended_to": TODAY}, {"extended_to": "past"}),
        ({"extended_to": date(2027, 5, 11)}, {"extended_to": "too_long"}),
        ({"extended_to": date(9999, 12, 31)}, {"extended_to": "too_long"}),
        ({"reason": " "}, {"reason": "required"}),
        ({"document_number": "望委组〔2026〕30号"}, {"document_on": "required"}),
        ({"document_on": TODAY}, {"document_number": "required"}),
    ],
)
def test_a_bad_extension_is_said_beside_its_field(town: Town, values: dict[str, Any], expected: dict[str, str]) -> None:
    one = town.opined()
    with pytest.raises(ValidationError) as caught:
        conclusions.conclude_deferred(one, **(EXTENSION | values), actor=town.staff)
    assert codes(caught) == expected


def test_what_began_after_an_extension_keeps_it(town: Town) -> None:
    one = conclusions.conclude_deferred(
        town.opined(), **(EXTENSION | {"extended_to": date(2026, 12, 20)}), actor=town.staff
    )
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    steps.write_summary(town.one, summary="再次总结", actor=town.own)
    with pytest.raises(ValidationError) as caught:
        decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "begun"


def test_cancelling_names_its_document_and_leaves_the_departure_to_the_file(town: Town) -> None:
    one = conclusions.conclude_failed(town.opened(), **FAILURE, **UNWRITTEN, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert (one.state, one.conclusion, town.fresh().is_read_only) == (State.CANCELLED, Conclusion.FAILED, False)
    with pytest.raises(ValidationError) as caught:
        conclusions.conclude_failed(one, **FAILURE, actor=town.staff)
    assert caught.value.code == "closed"
