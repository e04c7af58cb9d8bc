"""The papers of rewards on the list of materials, and what the archive is told after they went there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from cadre_app.conduct.services import rewards
from cadre_app.handover.models import Material
from cadre_app.handover.services import materials
from cadre_app.history.models import Entry
from tests.conduct.conftest import TODAY, Conduct

pytestmark = pytest.mark.django_db


def test_the_paper_of_a_recent_reward_is_handed_over_and_no_longer_when_it_is_voided(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY)
    conduct.rewarded(awarded_on=date(2026, 1, 5))
    [paper] = Material.objects.waiting()
    assert (paper.kind, paper.title, paper.formed_on) == ("reward", reward.words, TODAY)
    voided = rewards.void_reward(reward, reason="误录", actor=conduct.staff)
    assert not Material.objects.waiting().exists()
    rewards.restore_reward(voided, actor=conduct.staff)
    assert Material.objects.waiting().count() == 1


def test_a_late_paper_goes_on_waiting_when_its_reward_is_corrected_or_restored(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY - timedelta(days=25))
    late = TODAY - timedelta(days=35)
    changed = rewards.change_reward(
        reward, kind="civil_servant-2", level=reward.level, awarded_by=reward.awarded_by, awarded_on=late,
        document_number=reward.document_number, actor=conduct.staff,
    )  # fmt: skip
    [paper] = Material.objects.waiting()
    assert (paper.title, paper.formed_on) == ("记三等功", late)
    voided = rewards.void_reward(changed, reason="误录", actor=conduct.staff)
    assert not Material.objects.waiting().exists()
    rewards.restore_reward(voided, actor=conduct.staff)
    assert Material.objects.waiting().count() == 1


def corrected(conduct: Conduct, reward: Any, **values: Any) -> Any:
    known = {
        name: getattr(reward, name)
        for name in ("kind", "title", "level", "awarded_by", "awarded_on", "document_number")
    }
    return rewards.change_reward(reward, **known | values, actor=conduct.staff)


def handed(conduct: Conduct) -> None:
    for paper in Material.objects.waiting():
        materials.hand_over(paper, handed_over_on=TODAY, received_by="王收", actor=conduct.staff)


def waiting() -> list[str]:
    return [paper.title for paper in Material.objects.waiting()]


def test_the_archive_is_told_of_a_reward_that_changed_after_its_paper_was_handed_over(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY)
    handed(conduct)
    with translation.override("en"):
        changed = corrected(conduct, reward, kind="civil_servant-2", awarded_on=TODAY - timedelta(days=1))
    told = waiting()
    assert ["记三等功" in title for title in told] == [True]
    assert {paper.formed_on for paper in Material.objects.waiting()} == {TODAY}
    changed = corrected(conduct, changed, kind="civil_servant-1", awarded_on=TODAY)
    assert waiting() == []
    reasons = Entry.objects.filter(verb="handover.material.voided").values_list("reason", flat=True)
    assert set(reasons) == {gettext("The reward was corrected.")}
    voided = rewards.void_reward(changed, reason="误录", actor=conduct.staff)
    assert ["嘉奖" in title for title in waiting()] == [True]
    handed(conduct)
    rewards.restore_reward(voided, actor=conduct.staff)
    assert len(waiting()) == 1


def test_nothing_more_is_due_for_a_reward_that_stands_again_before_the_archive_was_told(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY)
    handed(conduct)
    voided = rewards.void_reward(reward, reason="误录", actor=conduct.staff)
    rewards.restore_reward(voided, actor=conduct.staff)
    assert waiting() == []


def test_the_archive_is_told_of_another_giver_level_or_number(conduct: Conduct) -> None:
    reward = conduct.rewarded(awarded_on=TODAY, document_number="")
    handed(conduct)
    reward = corrected(conduct, reward, document_number="望委〔2026〕3号")
    assert waiting() == []
    for values in ({"awarded_by": "望屿区人民政府"}, {"level": "city"}, {"document_number": "望委〔2026〕4号"}):
        reward = corrected(conduct, reward, **values)
        assert ["嘉奖" in title for title in waiting()] == [True]
        handed(conduct)
    corrected(conduct, reward)
    assert waiting() == []
