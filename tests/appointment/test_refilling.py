"""A draft filled anew: what is typed at rewards and discipline stays beside what the records say by now."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts
from cadre_app.conduct.models import Reward
from cadre_app.conduct.services import rewards
from cadre_app.people.models import Trainee
from tests.appointment.conftest import District
from tests.appointment.test_forms import page

pytestmark = pytest.mark.django_db
DECISION = "2023年5月，因违反工作纪律受到警告处分。"
FIRST, SECOND = "2025年6月，中共望屿区委给予嘉奖。", "2026年6月，中共望屿区委给予嘉奖。"


def rewarded(file: Trainee, place: District, year: int) -> Reward:
    return rewards.enter_reward(
        file, kind="civil_servant-1", level="district", awarded_by="中共望屿区委", awarded_on=date(year, 6, 30),
        actor=place.staff,
    )  # fmt: skip


def refilled(draft: AppointmentForm, place: District, typed: str) -> str:
    """The rewards after `typed` was put in their place and the form filled anew."""
    draft = AppointmentForm.objects.get(pk=draft.pk)
    drafts.edit_draft(draft, fields=replace(draft.fields(), rewards=typed), actor=place.staff)
    return drafts.refill_draft(draft, actor=place.staff).fields().rewards


def test_discipline_that_was_typed_stays_where_the_form_is_filled_anew(
    draft: AppointmentForm, file: Trainee, place: District
) -> None:
    assert refilled(draft, place, "无") == "无"
    assert refilled(draft, place, DECISION) == DECISION
    held = rewarded(file, place, 2025)
    assert refilled(draft, place, DECISION) == f"{DECISION}\n{FIRST}"
    rewarded(file, place, 2026)
    assert refilled(draft, place, f"{FIRST[:-1]}；{DECISION}") == f"{FIRST[:-1]}；{DECISION}\n{SECOND}"
    assert refilled(draft, place, f"{FIRST}\n{SECOND}\n{DECISION}") == f"{FIRST}\n{SECOND}\n{DECISION}"
    rewards.void_reward(held, reason="登记有误", actor=place.staff)
    assert refilled(draft, place, f"{FIRST}\n{SECOND}\n{DECISION}") == f"{SECOND}\n{DECISION}"


def test_rewards_as_the_records_say_them_give_way_and_so_does_nothing(
    draft: AppointmentForm, file: Trainee, place: District
) -> None:
    rewarded(file, place, 2025)
    assert refilled(draft, place, "无") == FIRST
    assert refilled(draft, place, "") == FIRST
    rewarded(file, place, 2026)
    assert refilled(draft, place, FIRST) == f"{FIRST}\n{SECOND}"


def test_a_reward_that_is_new_stands_by_its_month_and_one_taken_back_gives_way(
    draft: AppointmentForm, file: Trainee, place: District
) -> None:
    later = "2025年9月，获“先进个人”。"
    refilled(draft, place, later)
    rewarded(file, place, 2025)
    second = rewarded(file, place, 2026)
    assert refilled(draft, place, later) == f"{FIRST}\n{later}\n{SECOND}"
    assert refilled(draft, place, SECOND) == SECOND
    rewards.void_reward(second, reason="登记有误", actor=place.staff)
    assert refilled(draft, place, SECOND) == FIRST


def test_the_page_says_that_typed_discipline_stays(draft: AppointmentForm, place: District, client_of: Any) -> None:
    client = client_of(place.staff)
    told = "What was typed at rewards and discipline stays;"
    draft = drafts.refill_draft(draft, actor=place.staff)
    answer = client.post(page("form_refill", draft.pk), {"version": draft.version}, follow=True)
    assert told not in answer.content.decode()
    draft = AppointmentForm.objects.get(pk=draft.pk)
    draft = drafts.edit_draft(draft, fields=replace(draft.fields(), rewards=DECISION), actor=place.staff)
    answer = client.post(page("form_refill", draft.pk), {"version": draft.version}, follow=True)
    assert told in answer.content.decode()
    assert DECISION in answer.content.decode()
