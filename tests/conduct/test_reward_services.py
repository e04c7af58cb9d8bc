"""What is written of rewards: refused beside its field, called for by a talk, followed by its paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cadre_app.care.models import TalkTrigger
from cadre_app.conduct import kinds
from cadre_app.conduct.services import rewards
from cadre_app.handover.models import Material
from cadre_app.people.models import Trainee
from tests.advancement.conftest import graded
from tests.conduct.conftest import TODAY, Conduct, fields_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"awarded_on": date(2026, 12, 31)}, {"awarded_on": ["future"]}),
        ({"awarded_on": date(2024, 6, 30)}, {"awarded_on": ["too_early"]}),
        ({"kind": "institution-1"}, {"kind": ["wrong_status"]}),
        ({"kind": "civil_servant-9"}, {"kind": ["wrong_status"]}),
        ({"kind": "party-1"}, {"kind": ["wrong_status"]}),
        ({"level": "galaxy"}, {"level": ["invalid_choice"]}),
        ({"awarded_by": ""}, {"awarded_by": ["blank"]}),
        ({"document_number": "无"}, {"document_number": ["no_number"]}),
    ],
)
def test_a_reward_is_refused_beside_its_field(conduct: Conduct, values: Any, refused: Any) -> None:
    assert fields_of(lambda: conduct.rewarded(**values)) == refused


def test_public_institution_staff_are_given_their_own_rewards(conduct: Conduct) -> None:
    Trainee.objects.filter(pk=conduct.file.pk).update(kind="introduced", status="institution")
    assert conduct.rewarded(kind="institution-2").words == "记功"


def test_a_reward_of_the_time_before_is_of_the_personnel_status_of_that_time(conduct: Conduct) -> None:
    Trainee.objects.filter(pk=conduct.file.pk).update(kind="introduced")
    row = graded(conduct.file, 2025, "excellent")
    type(row).objects.filter(pk=row.pk).update(status="institution")
    assert conduct.rewarded(kind="institution-1", awarded_on=date(2026, 1, 20)).words == "嘉奖"
    assert conduct.rewarded(kind="civil_servant-1", awarded_on=date(2026, 11, 2)).words == "嘉奖"
    early = {"kind": "institution-1", "awarded_on": date(2024, 8, 2)}
    assert fields_of(lambda: conduct.rewarded(**early)) == {"kind": ["wrong_status"]}
    offered = [key for _label, rows in kinds.grouped(kinds.reward_categories(conduct.file)) for key, _name in rows]
    assert {"institution-1", "civil_servant-1"} <= set(offered)


def test_a_reward_may_lack_its_document_and_is_entered_once(conduct: Conduct) -> None:
    assert conduct.rewarded(document_number="").document_number == ""
    assert list(fields_of(conduct.rewarded)) == ["__all__"]


def test_a_recent_reward_calls_for_a_talk_and_no_longer_when_it_is_voided(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY)
    conduct.rewarded(awarded_on=date(2026, 1, 5))
    trigger = TalkTrigger.objects.get()
    assert (trigger.occasion, trigger.subject, trigger.is_open) == ("commended", "嘉奖", True)
    rewards.void_reward(reward, reason="误录", actor=conduct.staff)
    trigger.refresh_from_db()
    assert trigger.is_open is False


def test_a_corrected_reward_brings_its_paper_and_its_talk_along(conduct: Conduct) -> None:
    with translation.override("en"):
        reward = conduct.rewarded(awarded_on=TODAY)
    assert TalkTrigger.objects.open().get().subject == "嘉奖"
    day = TODAY - timedelta(days=3)
    changed = rewards.change_reward(
        reward, kind="civil_servant-2", level=reward.level, awarded_by=reward.awarded_by, awarded_on=day,
        document_number=reward.document_number, actor=conduct.staff,
    )  # fmt: skip
    [paper] = Material.objects.waiting()
    assert (paper.title, paper.formed_on) == ("记三等功", day)
    talk = TalkTrigger.objects.open().get()
    assert (talk.subject, talk.happened_on) == ("记三等功", day)
    with translation.override("en"):
        rewards.void_reward(changed, reason="误录", actor=conduct.staff)
    assert not TalkTrigger.objects.open().exists()
