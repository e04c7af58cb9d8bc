"""What was checked stands as it was checked: days that change take the check back, and what is sent back says so."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment, AnnualState
from cadre_app.appraisal.permissions import annual as permissions
from cadre_app.appraisal.services import course, decisions, entries
from cadre_app.appraisal.services.entries import Entered
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.reminders.services.sweeping import sweep
from tests.appraisal.conftest import COMMENT, DAYS, NOTICE, Town
from tests.factories import GrantFactory
from tests.people.conftest import TODAY

WHY = "评语请补充防汛工作情况"
EMPTY: dict[str, date | None] = dict.fromkeys(DAYS)
OTHER = DAYS | {"appraised_on": date(2026, 1, 13)}


def both(town: Town) -> User:
    """An account that is staff and leader."""
    user = town.district.somebody(Role.LEADER, town.district.top)
    GrantFactory.create(user=user, role=Role.STAFF, unit=town.district.top)
    return User.objects.get(pk=user.pk)


def heard(rule: str, user: User) -> list[str]:
    found = reminder_rules[f"appraisal.{rule}"]
    keys = found.visible(found.dues(TODAY), user).values("pk")
    return [found.words(row, TODAY, user).why for row in found.rows().filter(pk__in=keys)]


def page(name: str, one: AnnualAssessment) -> str:
    return reverse(f"appraisal:{name}", kwargs={"pk": one.pk})


@pytest.mark.parametrize("days", [EMPTY, OTHER])
def test_other_days_than_were_checked_take_the_check_back(town: Town, days: dict[str, Any]) -> None:
    town.checked(0)
    course.record_course(town.row(0), **days, actor=town.liaison)
    assert (town.row(0).checked_by, town.row(0).checked_on) == (None, None)
    with pytest.raises(ValidationError):
        decisions.sign_off_annual(town.row(0), actor=town.leader)


def test_the_same_days_sent_again_change_nothing(town: Town) -> None:
    one = town.checked(0)
    course.record_course(town.row(0), **DAYS, actor=town.staff)
    assert (town.row(0).version, town.row(0).checked_by) == (one.version, town.staff)


def test_the_days_of_a_unit_leave_what_is_checked(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    decisions.check_annual(town.row(0), actor=town.staff)
    town.enter(1, "competent")
    course.record_unit_course(town.quota, **OTHER, **NOTICE, actor=town.liaison)
    assert [town.row(index).appraised_on for index in (0, 1)] == [DAYS["appraised_on"], OTHER["appraised_on"]]
    assert (town.row(0).checked_by, town.row(0).notice_until) == (town.staff, NOTICE["notice_until"])


def test_a_notice_is_added_after_the_check_by_whoever_does_not_sign(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    decisions.check_annual(town.row(0), actor=town.staff)
    clerk = both(town)
    course.record_course(town.row(0), **DAYS, **NOTICE, actor=clerk)
    assert town.row(0).checked_by == town.staff
    assert not permissions.can_sign_off(clerk, town.row(0))
    assert decisions.to_sign(clerk, town.quota).count() == 0
    with pytest.raises(ValidationError):
        decisions.sign_off_annual(town.row(0), actor=clerk)
    later = NOTICE | {"notice_until": date(2026, 1, 26)}
    course.record_course(town.row(0), **DAYS, **later, actor=town.liaison)
    assert town.row(0).checked_by is None


def test_whoever_set_the_days_neither_checks_nor_signs(town: Town) -> None:
    town.enter(0, "competent")
    clerk = both(town)
    course.record_course(town.row(0), **DAYS, actor=clerk)
    assert not permissions.can_check(clerk, town.row(0))
    assert decisions.to_check(clerk, town.quota).count() == 0
    assert heard("check", clerk) == []
    assert len(heard("check", town.staff)) == 1
    with pytest.raises(ValidationError):
        decisions.check_annual(town.row(0), actor=clerk)
    decisions.check_annual(town.row(0), actor=town.staff)
    assert not permissions.can_sign_off(clerk, town.row(0))
    assert heard("sign_off", town.leader) != []
    with pytest.raises(ValidationError):
        decisions.sign_off_annual(town.row(0), actor=clerk)
    decisions.sign_off_annual(town.row(0), actor=town.leader)


def test_whoever_entered_it_does_not_check_it_once_others_set_its_days(town: Town) -> None:
    clerk = both(town)
    town.enter(0, "competent", by=clerk)
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    assert not permissions.can_check(clerk, town.row(0))


def test_each_pair_of_hands_rings_for_itself(town: Town) -> None:
    """A row whose days the reader set does not keep the others of the unit from ringing."""
    clerk = both(town)
    for index in range(3):
        town.enter(index, "competent")
    first = min((town.row(index) for index in range(3)), key=lambda row: row.pk)
    course.record_course(first, **DAYS, actor=clerk)
    assert len(heard("check", clerk)) == 1


def test_the_sign_off_asks_what_the_check_asked(town: Town) -> None:
    one = town.checked(0)
    AnnualAssessment.objects.filter(pk=one.pk).update(survey_on=None)
    for sign in (
        lambda: decisions.sign_off_annual(town.row(0), actor=town.leader),
        lambda: decisions.sign_off_unit(town.quota, actor=town.leader),
    ):
        with pytest.raises(ValidationError) as error:
            sign()
        assert error.value.code == "incomplete"


def test_what_is_sent_back_waits_to_be_entered_again(town: Town, client_of: Any) -> None:
    one = town.checked(0)
    decisions.send_back_annual(one, reason=WHY, actor=town.leader)
    one = town.row(0)
    assert one.state == AnnualState.RETURNED
    assert not permissions.can_check(town.staff, one)
    assert (decisions.to_check(town.leader, town.quota).count(), heard("check", town.leader)) == (0, [])
    with pytest.raises(ValidationError) as error:
        decisions.check_annual(one, actor=town.leader)
    assert error.value.code == "returned"
    for name in ("annual_detail", "annual_edit"):
        assert WHY in client_of(town.liaison).get(page(name, one)).content.decode()
    grid = reverse("appraisal:annual_grid", kwargs={"pk": town.quota.pk})
    assert WHY in client_of(town.liaison).get(grid).content.decode()
    town.enter(0, "competent", comment="已补充")
    assert (town.row(0).state, town.row(0).return_reason) == (AnnualState.ENTERED, "")
    decisions.check_annual(town.row(0), actor=town.staff)


def test_whoever_entered_what_was_sent_back_is_told_why(town: Town, client_of: Any) -> None:
    decisions.send_back_annual(town.checked(0), reason=WHY, actor=town.leader)
    rule = reminder_rules["appraisal.returned"]
    assert [(row.due_day, row.doer_key) for row in rule.dues(TODAY)] == [(TODAY, town.liaison.pk)]
    assert heard("returned", town.liaison) == [f"原因：{WHY}"]
    sweep()
    assert WHY in client_of(town.liaison).get("/").content.decode()
    given = {town.row(0).pk: Entered(outcome="competent", comment="已补充")}
    entries.enter_unit(town.quota, given=given, actor=town.liaison)
    assert heard("returned", town.liaison) == []
    assert town.row(0).returned_on is None


def test_another_liaison_of_the_unit_enters_what_was_sent_back(town: Town, client_of: Any) -> None:
    grid = reverse("appraisal:annual_grid", kwargs={"pk": town.quota.pk})
    for index in (1, 2, 3):
        town.enter(index, "away", case_note="病假", comment="")
    town.enter(0, "competent", by=town.staff)
    course.record_course(town.row(0), **DAYS, actor=town.staff)
    assert f'href="{grid}"' not in client_of(town.liaison).get("/").content.decode()
    decisions.send_back_annual(town.row(0), reason=WHY, actor=town.leader)
    assert f'href="{grid}"' in client_of(town.liaison).get("/").content.decode()


def test_days_of_one_that_was_sent_back_enter_it_again(town: Town) -> None:
    decisions.send_back_annual(town.checked(0), reason="评鉴日期有误", actor=town.leader)
    course.record_course(town.row(0), **OTHER, actor=town.liaison)
    assert town.row(0).state == AnnualState.ENTERED


def test_sending_back_needs_a_reason(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        decisions.send_back_annual(town.checked(0), reason=" ", actor=town.leader)
    assert list(error.value.message_dict) == ["reason"]


def test_another_status_than_the_file_says_has_a_reason_that_the_check_reads(town: Town, client_of: Any) -> None:
    with pytest.raises(ValidationError) as error:
        town.enter(0, "qualified", status="institution")
    assert list(error.value.message_dict) == ["status_note"]
    town.enter(0, "qualified", status="institution", status_note="年末仍为事业单位人员")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    unit = reverse("appraisal:unit_check", kwargs={"pk": town.quota.pk})
    for url in (page("annual_check", town.row(0)), unit):
        assert "年末仍为事业单位人员" in client_of(town.staff).get(url).content.decode()
    one = decisions.check_annual(town.row(0), actor=town.staff)
    assert "年末仍为事业单位人员" in client_of(town.leader).get(page("annual_sign_off", one)).content.decode()
    decisions.send_back_annual(one, reason="请核对", actor=town.leader)
    town.enter(0, "competent", status="civil_servant", status_note="年末仍为事业单位人员")
    assert (town.row(0).status, town.row(0).status_note, COMMENT) == ("civil_servant", "", town.row(0).comment)


def test_whoever_gave_the_grade_signs_nothing_that_others_only_touched(town: Town) -> None:
    clerk = both(town)
    town.enter(0, "competent", by=clerk)
    course.record_course(town.row(0), **DAYS, actor=clerk)
    town.enter(0, "competent", comment=f"{COMMENT}。")
    decisions.check_annual(town.row(0), actor=town.staff)
    assert not permissions.can_sign_off(clerk, town.row(0))
    assert decisions.to_sign(clerk, town.quota).count() == 0
    with pytest.raises(ValidationError) as error:
        decisions.sign_off_annual(town.row(0), actor=clerk)
    assert error.value.code == "own_entry"


def test_only_whoever_decides_the_step_sends_it_back(town: Town) -> None:
    town.enter(0, "competent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    assert permissions.can_send_back(town.staff, town.row(0)), "instead of the check"
    one = decisions.check_annual(town.row(0), actor=town.staff)
    for user in (town.staff, town.liaison):
        assert not permissions.can_send_back(user, one)
        with pytest.raises(ValidationError):
            decisions.send_back_annual(one, reason=WHY, actor=user)
    assert permissions.can_send_back(town.leader, one)


def test_a_unit_is_decided_on_as_the_page_showed_it(town: Town, client_of: Any) -> None:
    for index in (0, 1):
        town.checked(index)
    client, url = client_of(town.leader), reverse("appraisal:unit_sign", kwargs={"pk": town.quota.pk})
    listed = client.get(url).context["form"]["listed"].value()
    decisions.send_back_annual(town.row(1), reason=WHY, actor=town.leader)
    town.enter(1, "incompetent", comment="部领导未见过的评语")
    decisions.check_annual(town.row(1), actor=town.staff)
    town.checked(2)
    answer = client.post(url, {"listed": listed})
    assert answer.status_code == 200
    assert town.people[1].person.name in answer.content.decode()
    assert AnnualAssessment.objects.filter(confirmed_on__isnull=False).count() == 0
    again = answer.context["form"]["listed"].value()
    assert client.post(url, {"listed": again}).status_code == 302
    assert AnnualAssessment.objects.filter(confirmed_on__isnull=False).count() == 3
    assert client.post(url, {}).status_code == 200


def test_who_checks_and_signs_reads_status_facts_and_days(town: Town, client_of: Any) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    course.record_course(town.row(0), **DAYS, **NOTICE, actor=town.liaison)
    town.enter(1, "away", case_note="全年病假200天", comment="")
    unit = reverse("appraisal:unit_check", kwargs={"pk": town.quota.pk})
    text = client_of(town.leader).get(unit).content.decode()
    for told in ("Civil servant", "5 Jan 2026", "14 Jan 2026", "全年病假200天", "another leader does"):
        assert told in text
    for index, told in ((0, "5 Jan 2026"), (1, "全年病假200天")):
        assert told in client_of(town.leader).get(page("annual_check", town.row(index))).content.decode()
