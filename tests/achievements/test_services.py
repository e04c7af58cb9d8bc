"""The way of an achievement: written, submitted, verified by unit and department, returned, corrected, voided."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cadre_app.accounts.models import User
from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.services import corrections, deciding, writing
from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative, Trainee
from tests.achievements.conftest import COMPLETE, Town
from tests.achievements.factories import make_achievement
from tests.achievements.steps import verified, way
from tests.factories import GrantFactory, PersonFactory
from tests.people.conftest import TODAY


def errors(raised: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return sorted(raised.value.error_dict) if hasattr(raised.value, "error_dict") else ["__all__"]


def test_an_entry_goes_from_the_person_over_the_unit_to_the_department(town: Town) -> None:
    entry = town.writes()
    assert (entry.state, entry.state_since) == (AchievementState.UNIT, TODAY)
    entry = deciding.verify_for_unit(entry, actor=town.liaison)
    assert (entry.state, entry.unit_verified_by, entry.unit_verified_on) == ("department", town.liaison, TODAY)
    entry = deciding.verify_achievement(entry, actor=town.staff)
    assert (entry.state, entry.verified_by, entry.verified_on) == ("verified", town.staff, TODAY)
    assert way(entry) == ["submitted", "unit_verified", "verified"]
    assert [step.by for step in entry.steps.all()] == [town.own, town.liaison, town.staff]


def test_a_draft_needs_its_title_alone_and_names_what_is_missing_when_submitted(town: Town) -> None:
    draft = writing.write_achievement(town.trainee, title="想到再写", actor=town.own)
    assert (draft.state, way(draft)) == ("draft", [])
    with pytest.raises(ValidationError) as raised:
        writing.submit_achievement(draft, actor=town.own)
    assert errors(raised) == ["done", "ended_on", "result", "role", "started_on", "witness"]


def test_what_is_refused_on_the_way_leaves_nothing_behind(town: Town) -> None:
    with pytest.raises(ValidationError):
        writing.write_achievement(town.trainee, title="缺项", is_sent=True, actor=town.own)
    assert (Achievement.objects.count(), Entry.objects.filter(verb__startswith="achievements").count()) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (TODAY - timedelta(days=5), TODAY - timedelta(days=6), "ended_on"),
        (TODAY - timedelta(days=5), TODAY + timedelta(days=1), "ended_on"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2), "started_on"),
        (TODAY - timedelta(days=2000), TODAY, "started_on"),
    ],
)
def test_the_period_lies_between_the_arrival_and_today(town: Town, first, last, field) -> None:
    with pytest.raises(ValidationError) as raised:
        town.writes(started_on=first, ended_on=last)
    assert errors(raised) == [field]


def test_where_the_unit_has_no_liaison_the_entry_goes_on_to_the_department(town: Town) -> None:
    User.objects.filter(pk=town.liaison.pk).update(is_active=False)
    entry = town.writes()
    assert (entry.state, entry.unit_verified_on, way(entry)) == ("department", None, ["submitted", "passed_unit"])


def test_a_relative_is_no_liaison_and_verifies_nothing(town: Town) -> None:
    kin = PersonFactory.create(name="叔叔", account=town.liaison)
    entry = town.writes()
    Relative.objects.create(person=town.trainee.person, relation="叔叔", name="叔叔", other=kin)
    liaison = User.objects.get(pk=town.liaison.pk)
    with pytest.raises(ValidationError, match="亲属"):
        deciding.verify_for_unit(entry, actor=liaison)
    with pytest.raises(ValidationError):
        deciding.return_achievement(entry, comment="不实", actor=liaison)
    assert deciding.verify_achievement(entry, actor=town.staff).state == "verified"
    assert town.writes(title="另一件").state == "department"


def test_nobody_verifies_the_own_entry(town: Town) -> None:
    entry = make_achievement(town.trainee, state="department")
    with pytest.raises(ValidationError):
        deciding.verify_achievement(entry, actor=town.own)


def test_the_department_waits_for_the_liaison(town: Town) -> None:
    entry = town.writes()
    for act in (
        lambda: deciding.verify_achievement(entry, actor=town.staff),
        lambda: deciding.return_achievement(entry, comment="补充", actor=town.staff),
    ):
        with pytest.raises(ValidationError) as raised:
            act()
        assert raised.value.code == "not_yet"


def test_a_returned_entry_says_why_and_goes_the_whole_way_again(town: Town) -> None:
    entry = deciding.verify_for_unit(town.writes(), actor=town.liaison)
    entry = deciding.return_achievement(entry, comment="请补充验收单", actor=town.staff)
    assert (entry.state, entry.return_comment, entry.unit_verified_on) == ("returned", "请补充验收单", None)
    entry = writing.change_achievement(
        entry, **COMPLETE | {"done": "附验收单"}, is_sent=True, version=entry.version, actor=town.own
    )
    assert (entry.state, entry.return_comment, entry.done) == ("unit", "", "附验收单")
    assert way(entry) == ["submitted", "unit_verified", "returned", "submitted"]


def test_a_return_without_a_word_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError) as raised:
        deciding.return_achievement(town.writes(), comment="  ", actor=town.liaison)
    assert errors(raised) == ["comment"]


def test_what_is_withdrawn_is_a_draft_that_nobody_else_reads(town: Town) -> None:
    entry = deciding.verify_for_unit(town.writes(), actor=town.liaison)
    entry = writing.withdraw_achievement(entry, actor=town.own)
    assert (entry.state, entry.unit_verified_by) == ("draft", None)
    readers = (town.staff, town.leader, town.liaison, town.mentor, town.own)
    assert [Achievement.objects.visible_to(user).exists() for user in readers] == [False, False, False, False, True]


def test_a_verified_entry_is_locked(town: Town) -> None:
    entry = verified(town)
    for act in (
        lambda: writing.change_achievement(entry, **COMPLETE, actor=town.own),
        lambda: writing.withdraw_achievement(entry, actor=town.own),
        lambda: deciding.return_achievement(entry, comment="补充", actor=town.staff),
        lambda: deciding.verify_achievement(entry, actor=town.staff),
    ):
        with pytest.raises(ValidationError) as raised:
            act()
        assert raised.value.code == "wrong_state"


@pytest.mark.parametrize("witness", ["林知远", "村委会 林 知远", "林知\u200b远", "其父林大山", "配偶周小河"])
def test_nobody_is_their_own_witness_nor_is_a_relative(town: Town, witness: str) -> None:
    father = PersonFactory.create(name="林大山")
    Relative.objects.create(person=town.trainee.person, other=father, name="林大山", relation="父亲")
    Relative.objects.create(person=town.trainee.person, name="周小河", relation="配偶")
    with pytest.raises(ValidationError) as raised:
        town.writes(witness=witness)
    assert errors(raised) == ["witness"]


def test_a_result_without_a_number_is_not_submitted(town: Town) -> None:
    with pytest.raises(ValidationError) as raised:
        town.writes(result="很多，群众一致好评")
    assert errors(raised) == ["result"]
    assert town.writes(result="很多", is_sent=False).is_draft
    assert town.writes(result="调解纠纷十二起").state == "unit"


@pytest.mark.parametrize(
    "text", ["群众十分满意", "千方百计解决难题", "走进千家万户", "一件件办好", "百姓放心", "十年如一日"]
)
def test_a_numeral_in_a_saying_is_no_number(town: Town, text: str) -> None:
    with pytest.raises(ValidationError) as raised:
        town.writes(result=text)
    assert errors(raised) == ["result"]


@pytest.mark.parametrize(
    "text", ["增收两成", "走访三十多户", "办成百余件", "完成三分之二", "用时半年", "复耕８６亩", "修路十二公里"]
)
def test_a_number_may_be_written_out(town: Town, text: str) -> None:
    assert town.writes(result=text).state == "unit"


@pytest.mark.parametrize("witness", ["本人", "我自己", " 我 本人 ", "无", "None", "——"])
def test_whoever_confirms_it_is_named(town: Town, witness: str) -> None:
    with pytest.raises(ValidationError) as raised:
        town.writes(witness=witness)
    assert errors(raised) == ["witness"]
    assert town.writes(witness="镇农业服务中心").state == "unit"


def test_the_author_reads_why_a_verified_entry_was_voided(town: Town) -> None:
    entry = corrections.void_achievement(verified(town), reason="数据不实", actor=town.staff)
    rule = reminder_rules["achievements.voided"]
    [row] = rule.visible(rule.dues(TODAY), town.own)
    assert (row.pk, row.due_day, row.doer_key) == (entry.pk, TODAY, town.own.pk)
    assert "数据不实" in rule.words(row, TODAY, town.own).why
    assert Achievement.objects.visible_to(town.own).get() == entry
    assert not Achievement.objects.visible_to(town.mentor).exists()
    corrections.restore_achievement(entry, actor=town.staff)
    assert not rule.dues(TODAY).exists()
    assert way(entry)[-2:] == ["voided", "restored"]


def test_the_second_of_two_verifiers_meets_the_first(town: Town) -> None:
    entry = deciding.verify_for_unit(town.writes(), actor=town.liaison)
    version = entry.version
    deciding.verify_achievement(entry, version=version, actor=town.staff)
    with pytest.raises(Stale):
        deciding.verify_achievement(entry, version=version, actor=town.staff)
    assert way(entry).count("verified") == 1


def test_many_go_one_step_further_all_or_none(town: Town) -> None:
    one, two = town.writes(title="一"), town.writes(title="二")
    done = deciding.verify_many(picks=[(one, one.version), (two, two.version)], actor=town.liaison)
    assert {entry.state for entry in done} == {"department"}
    fresh = [(entry, entry.version) for entry in done]
    with pytest.raises(Stale):
        deciding.verify_many(picks=[fresh[0], (fresh[1][0], 1)], actor=town.staff)
    assert {entry.state for entry in Achievement.objects.all()} == {"department"}


def test_a_closed_file_takes_nothing_more(town: Town) -> None:
    entry = town.writes()
    Trainee.objects.filter(pk=town.trainee.pk).update(departed_on=TODAY)
    for act in (
        lambda: town.writes(title="又一件"),
        lambda: deciding.verify_for_unit(entry, actor=town.liaison),
        lambda: writing.withdraw_achievement(entry, actor=town.own),
    ):
        with pytest.raises(ValidationError) as raised:
            act()
        assert raised.value.code == "read_only"


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "unit", "role": ""},
        {"state": "unit", "ended_on": None},
        {"state": "returned", "return_comment": ""},
        {"state": "verified", "verified_on": None},
        {"state": "draft", "verified_on": TODAY},
        {"state": "department", "unit_verified_on": None},
        {"state": "draft", "ended_on": TODAY - timedelta(days=500), "started_on": TODAY},
    ],
)
def test_the_database_keeps_what_is_always_true(town: Town, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_achievement(town.trainee, **broken)


def test_history_tells_who_changed_what(town: Town) -> None:
    entry = verified(town)
    told = Entry.objects.about(entry).values_list("verb", "actor__username")
    assert {(verb.rpartition(".")[2], name) for verb, name in told} == {
        ("written", town.own.username),
        ("submitted", town.own.username),
        ("unit_verified", town.liaison.username),
        ("verified", town.staff.username),
    }


def both(town: Town) -> User:
    """One account that is liaison of the town and staff as well."""
    GrantFactory.create(user=town.liaison, role=Role.STAFF, unit=town.district.top)
    return User.objects.get(pk=town.liaison.pk)


def test_one_account_does_not_give_the_word_of_the_unit_and_that_of_the_department(town: Town) -> None:
    actor = both(town)
    entry = deciding.verify_for_unit(town.writes(), actor=actor)
    assert not permissions.can_verify(actor, entry)
    assert permissions.can_verify(town.staff, entry)
    with pytest.raises(ValidationError) as raised:
        deciding.verify_achievement(entry, actor=actor)
    assert raised.value.code == "same_hand"
    with pytest.raises(ValidationError):
        deciding.verify_many(picks=[(entry, entry.version)], actor=actor)
    assert deciding.verify_achievement(entry, actor=town.staff).state == "verified"


def test_the_database_knows_that_two_accounts_verify(town: Town) -> None:
    entry = verified(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Achievement.objects.filter(pk=entry.pk).update(verified_by=town.liaison)


def test_what_one_verified_for_the_unit_waits_for_others(town: Town) -> None:
    actor = both(town)
    entry = deciding.verify_for_unit(town.writes(), actor=actor)
    rule = reminder_rules["achievements.department"]
    seen = {user: rule.visible(rule.rows(), user).filter(pk=entry.pk).exists() for user in (actor, town.staff)}
    assert seen == {actor: False, town.staff: True}
