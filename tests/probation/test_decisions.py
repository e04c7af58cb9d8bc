"""Checked, signed, returned, taken back: what a sign-off writes once, what goes back, and what the file then keeps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services.triggers import sweep_triggers
from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material
from cadre_app.people.models import PostRecord, TransferKind
from cadre_app.people.services import posts, transfers
from cadre_app.probation import permissions
from cadre_app.probation.models import Probation, State
from cadre_app.probation.services import conclusions, decisions, records, steps
from cadre_app.probation.views.decisions import what_follows
from cadre_app.probation.wording import Stage, in_stage, stage_of
from tests.people.conftest import TODAY
from tests.probation.conftest import (
    ENDS,
    EXTENSION,
    GRADING,
    Town,
    codes,
    on_probation,
)


def test_a_changed_conclusion_is_checked_anew(town: Town) -> None:
    one = conclusions.conclude_passed(
        town.checked(), **(GRADING | {"post": "乡村振兴办公室工作人员"}), actor=town.staff
    )
    assert (one.state, one.checked_by) == (State.WAITING, None)
    one = conclusions.conclude_deferred(one, **EXTENSION, actor=town.staff)
    assert (one.rank, one.post, one.document_number) == ("", "", "")


def test_nobody_checks_or_signs_their_own_entry(town: Town) -> None:
    one = town.concluded()
    for act in (decisions.check_conclusion, decisions.sign_conclusion):
        with pytest.raises(ValidationError) as caught:
            act(one, actor=town.staff)
        assert caught.value.code == "own_entry"
    with pytest.raises(IntegrityError), transaction.atomic():
        Probation.objects.filter(pk=one.pk).update(checked_by=town.staff, checked_on=TODAY)


def test_whoever_checked_it_neither_signs_nor_returns_it(town: Town) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    one = decisions.check_conclusion(town.concluded(), actor=chief)
    assert not permissions.can_sign(chief, one)
    assert (permissions.can_sign(town.leader, one), permissions.can_return(chief, one)) == (True, False)
    for act in (
        decisions.sign_conclusion,
        lambda one, actor: decisions.return_conclusion(one, reason="误", actor=actor),
    ):
        with pytest.raises(ValidationError) as caught:
            act(one, actor=chief)
        assert caught.value.code == "own_check"
    rule = reminder_rules["probation.sign_off"]
    told = {user: rule.visible(rule.dues(TODAY), user).count() for user in (chief, town.leader)}
    assert told == {chief: 0, town.leader: 1}
    one = decisions.sign_conclusion(one, actor=town.leader)
    with pytest.raises(IntegrityError, match="checked and signed off by the same account"), transaction.atomic():
        Probation.objects.filter(pk=one.pk).update(signed_by=chief)


def test_returned_completed_and_checked_anew(town: Town) -> None:
    one = decisions.return_conclusion(town.checked(), reason="请核对文号", actor=town.leader)
    assert (one.state, one.return_reason, one.checked_by) == (State.UNDER_WAY, "请核对文号", None)
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    assert (one.state, one.return_reason, one.returned_on) == (State.WAITING, "", None)


def test_taking_a_grading_back_takes_back_what_it_wrote(town: Town) -> None:
    one = town.signed()
    one = decisions.take_sign_off_back(one, reason="文号有误", actor=town.leader)
    assert (one.state, one.post_record, town.fresh().rank) == (State.UNDER_WAY, None, "")
    assert not Material.objects.standing().exists()
    assert TalkTrigger.objects.get().set_aside_on == TODAY
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert town.fresh().rank == "11"


def test_what_was_changed_since_is_not_taken_back(town: Town) -> None:
    one = town.signed()
    assert one.post_record is not None
    PostRecord.objects.filter(pk=one.post_record_id).update(post="综合科工作人员")
    with pytest.raises(ValidationError) as caught:
        decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "changed"


def test_a_grading_on_which_more_was_built_is_not_taken_back(town: Town) -> None:
    one = town.signed()
    later = posts.add_post_record(town.trainee, started_on=TODAY, post="副镇长", rank="10", actor=town.staff)
    with pytest.raises(ValidationError) as caught:
        decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "built_on"
    posts.void_post_record(later, reason="误", actor=town.staff)
    assert decisions.take_sign_off_back(one, reason="误", actor=town.leader).state == State.UNDER_WAY


def test_one_talk_also_where_the_post_was_recorded_before(town: Town) -> None:
    posts.add_post_record(town.trainee, started_on=ENDS, post="党建办公室工作人员", rank="11", actor=town.staff)
    assert sweep_triggers() == 1
    one = town.signed()
    assert [trigger.occasion for trigger in TalkTrigger.objects.open()] == [Occasion.PROBATION]
    one = decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert not TalkTrigger.objects.open().exists()
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert TalkTrigger.objects.open().count() == 1


def test_what_staff_recorded_before_stands_or_stops_the_sign_off(town: Town) -> None:
    posts.add_post_record(town.trainee, started_on=ENDS, post="党建办公室工作人员", rank="11", actor=town.staff)
    one = town.signed()
    assert (one.wrote_record, PostRecord.objects.standing().count()) == (False, 2)
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert (town.fresh().post, town.fresh().rank) == ("党建办公室工作人员", "")
    other = GRADING | {"rank": "12", "rank_reason": "核定有误"}
    one = conclusions.conclude_passed(town.one, **other, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    assert (town.fresh().rank, PostRecord.objects.standing().count()) == ("12", 2)


@pytest.mark.parametrize(
    ("held", "field"),
    [
        ({"post": GRADING["post"], "rank": "12"}, "rank"),
        ({"post": "完全不同的职务", "rank": "11"}, "post"),
        ({"post": "完全不同的职务"}, "post"),
    ],
)
def test_another_record_of_that_day_is_said_before_the_check(town: Town, held: dict[str, str], field: str) -> None:
    posts.add_post_record(town.trainee, started_on=ENDS, **held, actor=town.staff)
    with pytest.raises(ValidationError) as caught:
        town.concluded()
    assert codes(caught) == {field: "other_record"}


def test_another_post_that_was_recorded_meanwhile_stops_the_sign_off(town: Town) -> None:
    one = town.checked()
    posts.add_post_record(town.trainee, started_on=ENDS, post="完全不同的职务", actor=town.staff)
    with pytest.raises(ValidationError) as caught:
        decisions.sign_conclusion(one, actor=town.leader)
    assert codes(caught) == {"post": "other_record"}
    assert Probation.objects.get().state == State.WAITING


def test_a_post_without_a_rank_of_that_day_is_given_it_and_loses_it_again(town: Town) -> None:
    held = posts.add_post_record(town.trainee, started_on=ENDS, post=GRADING["post"], actor=town.staff)
    later = posts.add_post_record(town.trainee, started_on=TODAY, post="镇团委书记", actor=town.staff)
    PostRecord.objects.filter(pk=later.pk).update(created_at=later.created_at - timedelta(days=1))
    one = town.signed()
    assert (one.post_record, one.wrote_record) == (held, False)
    assert [row.rank for row in town.trainee.post_records.standing().order_by("started_on")] == ["", "11", "11"]
    one = decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert one.post_record is None
    assert {row.pk: row.rank for row in town.trainee.post_records.standing()}.items() >= {
        held.pk: "",
        later.pk: "",
    }.items()
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    posts.add_post_record(
        town.trainee, started_on=TODAY - timedelta(days=1), post="党政办干部", rank="11", actor=town.staff
    )
    with pytest.raises(ValidationError) as caught:
        decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "built_on"


def test_the_record_that_a_signed_grading_stands_on_is_changed_by_taking_it_back(town: Town) -> None:
    one = town.signed()
    record = one.post_record
    assert record is not None
    said = {"started_on": ENDS, "post": GRADING["post"], "rank": "11"}
    for field, value in (("rank", "08"), ("post", "综合科工作人员"), ("started_on", date(2026, 10, 1))):
        with pytest.raises(ValidationError) as caught:
            posts.change_post_record(record, **(said | {field: value}), actor=town.staff)
        assert codes(caught) == {field: "graded"}
    with pytest.raises(ValidationError) as caught:
        posts.void_post_record(record, reason="误", actor=town.staff)
    assert caught.value.code == "graded"
    posts.change_post_record(record, **said, document_number="望委组〔2026〕33号", actor=town.staff)
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert PostRecord.objects.get(pk=record.pk).is_voided


def test_a_later_post_with_another_rank_was_built_on_the_grading(town: Town) -> None:
    posts.add_post_record(town.trainee, started_on=ENDS, post=GRADING["post"], rank="11", actor=town.staff)
    later = posts.add_post_record(town.trainee, started_on=TODAY, post="镇团委书记", rank="10", actor=town.staff)
    PostRecord.objects.filter(pk=later.pk).update(created_at=later.created_at - timedelta(days=9))
    one = town.signed()
    with pytest.raises(ValidationError) as caught:
        decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert caught.value.code == "built_on"


def test_the_form_of_a_new_sign_off_follows_one_that_was_handed_over(town: Town) -> None:
    one = town.signed()
    Material.objects.update(handed_over_on=TODAY, received_by="王收")
    one = decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    one = conclusions.conclude_passed(one, **GRADING, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    waiting = Material.objects.waiting()
    assert sorted(waiting.values_list("kind", flat=True)) == ["grading", "probation"]
    assert all(
        title.endswith("（更正）") or "(corrected)" in title for title in waiting.values_list("title", flat=True)
    )
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert (waiting.count(), Material.objects.standing().count()) == (0, 2)


def test_a_closed_file_and_an_old_page_are_told(town: Town) -> None:
    one = town.checked()
    with pytest.raises(Stale):
        decisions.sign_conclusion(one, version=1, actor=town.leader)
    transfers.record_departure(
        town.trainee,
        kind=TransferKind.OUTSIDE,
        effective_on=TODAY,
        document_number="文",
        approval="区委组织部",
        actor=None,
    )
    with pytest.raises(ValidationError) as caught:
        decisions.sign_conclusion(one, actor=town.leader)
    assert caught.value.code == "read_only"


def test_voided_restored_and_never_two_of_a_file(town: Town) -> None:
    one = records.void_probation(town.written(), reason="误开", actor=town.staff)
    other = records.open_probation(town.trainee, actor=town.staff)
    with pytest.raises(ValidationError) as caught:
        records.restore_probation(one, actor=town.staff)
    assert caught.value.code == "stands"
    with pytest.raises(ValidationError):
        records.open_probation(town.trainee, actor=town.staff)
    records.void_probation(other, reason="误开", actor=town.staff)
    assert records.restore_probation(one, actor=town.staff).summary
    with pytest.raises(IntegrityError), transaction.atomic():
        Probation.objects.create(trainee=town.trainee, round=2)


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.GRADED},
        {"conclusion": "passed"},
        {"conclusion": "deferred"},
        {"conclusion": "failed"},
        {"summary": " ", "summary_on": TODAY},
        {"opinion": "意见"},
        {"waiver_reason": "免"},
        {"rank": "11"},
        {"return_reason": "补"},
        {"signed_on": TODAY},
    ],
)
def test_the_database_refuses_what_is_not_whole(town: Town, values: dict[str, Any]) -> None:
    one = town.opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Probation.objects.filter(pk=one.pk).update(**values)


def test_stages_of_the_list_are_those_of_the_page(town: Town) -> None:
    on_probation(town.district.town, "新到", arrived=date(2026, 11, 19))
    records.sweep_probations()
    steps.write_summary(town.one, summary="总结", actor=town.own)
    for one in Probation.objects.select_related("trainee"):
        stage = stage_of(one, TODAY)
        assert [row.value for row in Stage if Probation.objects.filter(in_stage(row, TODAY), pk=one.pk)] == [stage]


def test_a_post_taken_before_the_grading_keeps_the_rank_of_it(town: Town) -> None:
    one = town.checked()
    later = posts.add_post_record(town.trainee, started_on=TODAY, post="镇团委书记", actor=town.staff)
    PostRecord.objects.filter(pk=later.pk).update(created_at=later.created_at - timedelta(days=1))
    assert _("The post held from %(day)s on stays and takes this rank over.") % {
        "day": date_format(TODAY)
    } in what_follows(one)
    one = decisions.sign_conclusion(one, actor=town.leader)
    file = town.fresh()
    assert (file.post, file.rank, file.rank_since, file.post_since) == ("镇团委书记", "11", ENDS, TODAY)
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    file = town.fresh()
    assert (file.post, file.rank) == ("镇团委书记", "")
