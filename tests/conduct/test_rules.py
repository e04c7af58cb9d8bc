"""What falls due with rewards, decisions and admonitions, and whom it rings."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.conduct.models import Admonition, NamedStaff
from cadre_app.conduct.services import admonitions, naming, sanctions
from cadre_app.core.reminding import reminder_rules
from cadre_app.reminders.models import Notice, Occurrence
from cadre_app.reminders.services.sweeping import sweep
from tests.conduct.conftest import TODAY, Conduct

pytestmark = pytest.mark.django_db
FAR = TODAY + timedelta(days=800)


def due(key: str, until: date = FAR) -> list[tuple[date, Any]]:
    rows = reminder_rules[f"conduct.{key}"].dues(until)
    return list(rows.values_list("due_day", "doer_key"))


def test_a_reward_without_its_document_is_due_ten_days_after(conduct: Conduct) -> None:
    conduct.rewarded()
    conduct.rewarded(document_number="", awarded_on=date(2026, 11, 1), kind="civil_servant-2")
    assert due("reward_number") == [(date(2026, 11, 11), None)]


def test_a_period_of_effect_rings_whoever_is_named_until_it_is_lifted(conduct: Conduct) -> None:
    sanction = conduct.decided()
    assert due("sanction_end") == [(date(2027, 5, 9), conduct.named.pk)]
    sanctions.lift_sanction(
        sanction, lifted_on=TODAY, lift_reason="shortened", lift_document="望监〔2026〕9号", actor=conduct.named
    )
    assert due("sanction_end") == []


def test_reports_and_follow_ups_are_due_until_they_are_recorded(conduct: Conduct) -> None:
    warned = conduct.warned(answer_due_on=date(2026, 10, 1))
    named = conduct.named.pk
    keys = ("correction", "follow_up", "admonition_end")
    assert [due(key) for key in keys] == [
        [(date(2026, 10, 1), named)],
        [(date(2027, 2, 28), named)],
        [(date(2027, 2, 28), named)],
    ]
    warned = admonitions.record_answer(warned, answered_on=TODAY, actor=conduct.named)
    Admonition.objects.filter(pk=warned.pk).update(review_due_on=TODAY)
    admonitions.record_review(warned, reviewed_on=TODAY, review_result="corrected", actor=conduct.named)
    assert [due(key) for key in keys[:2]] == [[], []]


def test_where_nobody_is_named_nobody_is_told(conduct: Conduct) -> None:
    conduct.warned(answer_due_on=date(2026, 10, 1))
    naming.withdraw_naming(NamedStaff.objects.get(), reason="分工调整", actor=conduct.leader)
    assert [due(key) for key in ("correction", "follow_up", "admonition_end")] == [[], [], []]


def test_the_file_of_the_person_does_not_tell_what_rings(conduct: Conduct, client_of: Any) -> None:
    conduct.warned(answer_due_on=TODAY)
    conduct.rewarded(document_number="", awarded_on=date(2026, 11, 1))
    sweep()
    rung = Occurrence.objects.open().filter(trainee=conduct.file)
    page = client_of(conduct.user("named")).get(reverse("growth:file", kwargs={"pk": conduct.file.pk}))
    told = {item.title for item in page.context["head"]["coming"]}
    assert {item.rule for item in rung} >= {"conduct.correction", "conduct.reward_number"}
    assert ("Document number of a reward" in told, "Report on a correction" in told) == (True, False)


def test_only_whoever_is_named_is_told_of_it_and_nothing_is_named(conduct: Conduct) -> None:
    warned = conduct.warned(answer_due_on=TODAY)
    assert sweep().failed == ()
    items = Occurrence.objects.filter(rule="conduct.correction")
    assert {*Notice.objects.filter(occurrence__in=items).values_list("recipient", flat=True)} == {conduct.named.pk}
    seen = {
        who: Occurrence.objects.visible_to(conduct.user(who)).filter(pk__in=items).exists()
        for who in ("named", "leader", "staff", "liaison", "own")
    }
    assert seen == {"named": True, "leader": False, "staff": False, "liaison": False, "own": False}
    words = reminder_rules["conduct.correction"].words(warned, TODAY, conduct.named)
    text = f"{words.title}{words.why}{words.subject}"
    assert [part for part in ("林知远", warned.document_number, warned.organ, "书面诫勉") if part in text] == []
