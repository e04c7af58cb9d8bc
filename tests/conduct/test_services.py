"""What is written of rewards, decisions and admonitions, and what is refused beside which field."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import pgettext

from cadre_app.care.models import TalkTrigger
from cadre_app.conduct.models import Admonition, Sanction
from cadre_app.conduct.services import admonitions, naming, sanctions
from cadre_app.conduct.services.checks import period_end
from cadre_app.conduct.wording import sanction_mark
from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from tests.conduct.conftest import NUMBER, ORGAN, TODAY, Conduct, fields_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "months", "end"),
    [
        ("administrative-1", 6, date(2026, 11, 9)),
        ("administrative-2", 12, date(2027, 5, 9)),
        ("administrative-3", 18, date(2027, 11, 9)),
        ("administrative-4", 24, date(2028, 5, 9)),
        ("administrative-5", 24, date(2028, 5, 9)),
        ("administrative-6", None, None),
        ("party-1", 12, date(2027, 5, 9)),
        ("organizational-2", 12, date(2027, 5, 9)),
    ],
)
def test_the_end_of_a_period_follows_from_the_kind(conduct: Conduct, kind: str, months: Any, end: Any) -> None:
    found = conduct.decided(kind=kind)
    assert (found.months, found.ends_on, found.end_reason) == (months, end, "")


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"decided_on": date(2026, 12, 31)}, {"decided_on": ["future"]}),
        ({"ends_on": date(2026, 12, 1)}, {"end_reason": ["no_reason"]}),
        ({"ends_on": date(2026, 5, 1), "end_reason": "decision"}, {"ends_on": ["ends_on"]}),
        ({"ends_on": date(2099, 5, 1), "end_reason": "decision"}, {"ends_on": ["too_late"]}),
        ({"document_number": ""}, {"document_number": ["blank"]}),
        ({"document_number": "望监〔2026〕4号 酒后驾车"}, {"document_number": ["not_a_number"]}),
        ({"document_number": "甲"}, {"document_number": ["not_a_number"]}),
        ({"organ": ""}, {"organ": ["blank"]}),
        ({"kind": "civil_servant-1"}, {"kind": ["not_a_kind"]}),
        ({"kind": ""}, {"kind": ["not_a_kind"]}),
        ({"kind": "party-4"}, {"ends_on": ["no_end"]}),
        ({"kind": "organizational-1"}, {"ends_on": ["no_end"]}),
    ],
)
def test_a_decision_is_refused_beside_its_field(conduct: Conduct, values: Any, refused: Any) -> None:
    assert fields_of(lambda: conduct.decided(**values)) == refused


def test_another_end_is_kept_with_its_reason(conduct: Conduct) -> None:
    found = conduct.decided(ends_on=date(2026, 12, 1), end_reason="shortened")
    assert (found.ends_on, found.end_reason) == (date(2026, 12, 1), "shortened")


def test_a_computed_end_follows_the_day_that_is_corrected(conduct: Conduct) -> None:
    found = conduct.decided()
    changed = sanctions.change_sanction(
        found, kind=found.kind, organ=found.organ, document_number=found.document_number,
        decided_on=date(2026, 5, 9), ends_on=found.ends_on, actor=conduct.named,
    )  # fmt: skip
    assert (changed.ends_on, changed.end_reason) == (date(2027, 5, 8), "")


def test_an_untouched_end_follows_the_kind_that_is_corrected(conduct: Conduct) -> None:
    found = conduct.decided()

    def change(**values: Any) -> Sanction:
        known = {name: getattr(found, name) for name in ("kind", "organ", "document_number", "decided_on", "ends_on")}
        return sanctions.change_sanction(found, **known | values, actor=conduct.named)

    assert fields_of(lambda: change(kind="party-4")) == {"ends_on": ["no_end"]}
    found = change(kind="administrative-3")
    assert found.ends_on == date(2027, 11, 9)
    found = change(kind="administrative-6")
    assert (found.ends_on, sanction_mark(found)) == (None, ("over", pgettext("period of effect", "Final")))
    assert fields_of(lambda: change(ends_on=date(2028, 1, 1), end_reason="decision")) == {"ends_on": ["final"]}
    with pytest.raises(ValidationError) as caught:
        lifted(conduct, found)
    assert caught.value.code == "final"
    found = change(kind="party-4", ends_on=date(2027, 5, 9))
    assert found.ends_on == date(2027, 5, 9)


def test_what_was_lifted_is_no_final_decision(conduct: Conduct) -> None:
    found = lifted(conduct, conduct.decided())
    known = {name: getattr(found, name) for name in ("organ", "document_number", "decided_on", "ends_on")}
    assert fields_of(lambda: sanctions.change_sanction(found, kind="party-5", **known, actor=conduct.named)) == {
        "kind": ["lifted"]
    }


@pytest.mark.parametrize(
    ("end", "reason", "refused"),
    [
        (date(2026, 5, 10), "", True),
        (date(2027, 1, 1), "", True),
        (date(2027, 5, 9), "", False),
        (date(2028, 5, 9), "", False),
        (date(2027, 11, 9), "prolonged", False),
    ],
)
def test_probation_within_the_party_lasts_one_year_or_two(
    conduct: Conduct, end: date, reason: str, refused: bool
) -> None:
    values = {"kind": "party-4", "ends_on": end, "end_reason": reason}
    if refused:
        assert fields_of(lambda: conduct.decided(**values)) == {"end_reason": ["no_reason"]}
    else:
        assert (conduct.decided(**values).ends_on, Sanction.objects.get().end_reason) == (end, reason)


def test_the_database_refuses_a_period_without_an_end(conduct: Conduct) -> None:
    found = conduct.decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=found.pk).update(ends_on=None)


def test_a_decision_is_lifted_early_with_reason_and_document_alone(conduct: Conduct) -> None:
    found, early = conduct.decided(), {"lift_reason": "", "lift_document": ""}
    assert fields_of(lambda: lifted(conduct, found, lifted_on=date(2026, 5, 9))) == {"lifted_on": ["too_early"]}
    assert fields_of(lambda: lifted(conduct, found, **early)) == {"lift_reason": ["no_reason"]}
    assert fields_of(lambda: lifted(conduct, found, lift_document="")) == {"lift_document": ["required"]}
    assert fields_of(lambda: lifted(conduct, found, lift_document="酒驾")) == {"lift_document": ["not_a_number"]}
    assert fields_of(lambda: lifted(conduct, found, lift_reason="mercy")) == {"lift_reason": ["invalid_choice"]}
    assert lifted(conduct, found).is_in_effect is False
    over = conduct.decided(kind="administrative-1", decided_on=date(2026, 1, 10), document_number="望监〔2026〕1号")
    done = lifted(conduct, over, lifted_on=date(2026, 7, 10), lift_reason="shortened", lift_document="")
    assert (done.is_lifted_early, done.lift_reason) == (False, "")


def test_a_lifting_is_corrected_and_taken_back(conduct: Conduct) -> None:
    found = lifted(conduct, conduct.decided())
    assert lifted(conduct, found, lifted_on=date(2026, 9, 1)).lifted_on == date(2026, 9, 1)
    back = lifted(conduct, found, lifted_on=None)
    assert (back.lifted_on, back.lift_reason, back.lift_document, back.is_in_effect) == (None, "", "", True)
    assert fields_of(lambda: lifted(conduct, found, lifted_on=None)) == {"lifted_on": ["required"]}


def test_what_was_lifted_is_corrected_only_where_the_lifting_still_fits(conduct: Conduct) -> None:
    made = conduct.decided(kind="administrative-1", decided_on=date(2026, 1, 10))
    found = lifted(conduct, made, lifted_on=date(2026, 7, 10), lift_reason="", lift_document="")

    def change(**values: Any) -> Sanction:
        known = {name: getattr(found, name) for name in ("kind", "organ", "document_number", "decided_on", "ends_on")}
        return sanctions.change_sanction(found, **known | values, actor=conduct.named)

    assert fields_of(lambda: change(kind="administrative-3")) == {"ends_on": ["lifted"]}
    assert fields_of(lambda: change(decided_on=date(2026, 7, 20))) == {"decided_on": ["lifted"]}
    assert change(decided_on=date(2026, 1, 9)).ends_on == date(2026, 7, 8)


def lifted(conduct: Conduct, found: Sanction, **values: Any) -> Sanction:
    """Today, before its period is over."""
    known: dict[str, Any] = {"lifted_on": TODAY, "lift_reason": "shortened", "lift_document": "望监〔2026〕9号"}
    return sanctions.lift_sanction(found, **known | values, actor=conduct.named)


def test_history_never_carries_what_is_restricted(conduct: Conduct) -> None:
    found = conduct.decided(ends_on=date(2026, 12, 1), end_reason="shortened")
    sanctions.change_sanction(
        found,
        kind="party-2",
        organ="改动机关",
        document_number="改动〔2026〕8号",
        decided_on=TODAY,
        actor=conduct.named,
    )
    sanctions.void_sanction(found, void_reason="mistake", actor=conduct.named)
    warned = conduct.warned()
    admonitions.record_answer(warned, answered_on=TODAY, actor=conduct.named)
    keys = [found.pk, warned.pk]
    told = [
        value
        for entry in Entry.objects.filter(object_id__in=keys)
        for values in (entry.before, entry.after)
        for name, value in values.items()
        if name not in ("id", "trainee_id", "created_at", "updated_at", "version", "voided_at", "void_reason")
    ]
    assert told == []
    texts = "".join(str((e.before, e.after, e.reason)) for e in Entry.objects.all())
    assert [
        word for word in (ORGAN, NUMBER, "改动", "administrative", "2026-12-01", "镇党委书记") if word in texts
    ] == []


def test_criticism_calls_for_a_talk_that_does_not_say_why(conduct: Conduct) -> None:
    conduct.warned(given_on=date(2026, 11, 20))
    conduct.decided()
    trigger = TalkTrigger.objects.get()
    assert (trigger.occasion, trigger.subject, trigger.happened_on) == ("setback", "", TODAY)


def test_criticism_within_days_calls_for_one_talk_until_the_last_of_it_is_voided(conduct: Conduct) -> None:
    first = conduct.warned(given_on=TODAY)
    second = conduct.decided(decided_on=TODAY)
    third = conduct.warned(given_on=TODAY, document_number="梧委〔2026〕10号")
    talk = TalkTrigger.objects.open().get()
    assert {first.talk_id, second.talk_id, third.talk_id} == {talk.pk}
    admonitions.void_admonition(first, void_reason="mistake", actor=conduct.named)
    sanctions.void_sanction(second, void_reason="mistake", actor=conduct.named)
    assert TalkTrigger.objects.open().count() == 1
    admonitions.void_admonition(third, void_reason="mistake", actor=conduct.named)
    assert not TalkTrigger.objects.open().exists()


def test_the_talk_follows_the_day_of_criticism_that_is_corrected(conduct: Conduct) -> None:
    decided, warned = conduct.decided(decided_on=TODAY), conduct.warned(given_on=date(2025, 11, 25))

    def decide(day: date) -> Sanction:
        known = {name: getattr(decided, name) for name in ("kind", "organ", "document_number")}
        return sanctions.change_sanction(decided, **known, decided_on=day, actor=conduct.named)

    def warn(day: date) -> Admonition:
        names = ("way", "matter", "organ", "approver_post", "document_number")
        known: Any = {name: getattr(warned, name) for name in names}
        return admonitions.change_admonition(warned, **known, given_on=day, actor=conduct.named)

    first = decide(TODAY - timedelta(days=2)).talk_id
    assert TalkTrigger.objects.open().get().pk == first
    decide(date(2026, 6, 25))
    assert not TalkTrigger.objects.open().exists()
    warned = warn(TODAY)
    assert TalkTrigger.objects.open().get().pk == warned.talk_id
    warn(TODAY - timedelta(days=1))
    assert TalkTrigger.objects.open().get().pk == warned.talk_id


def test_a_late_correction_takes_no_talk_away(conduct: Conduct) -> None:
    warned = conduct.warned(given_on=TODAY)
    Admonition.objects.filter(pk=warned.pk).update(
        given_on=TODAY - timedelta(days=60), created_at=warned.created_at - timedelta(days=60)
    )
    names = ("way", "matter", "organ", "approver_post", "document_number")
    known: Any = {name: getattr(warned, name) for name in names}
    admonitions.change_admonition(warned, **known, given_on=TODAY - timedelta(days=61), actor=conduct.named)
    assert TalkTrigger.objects.open().exists()


def test_no_talk_is_due_for_criticism_that_was_entered_by_mistake(conduct: Conduct) -> None:
    warned = conduct.warned(given_on=TODAY)
    decided = conduct.decided(decided_on=TODAY)
    assert TalkTrigger.objects.open().count() == 1
    voided = sanctions.void_sanction(decided, void_reason="mistake", actor=conduct.named)
    admonitions.void_admonition(warned, void_reason="mistake", actor=conduct.named)
    assert TalkTrigger.objects.open().count() == 0
    sanctions.restore_sanction(voided, actor=conduct.named)
    assert TalkTrigger.objects.open().count() == 1


def test_voided_entries_are_restored_and_no_longer_changed_meanwhile(conduct: Conduct) -> None:
    found = conduct.decided()
    sanctions.void_sanction(found, void_reason="mistake", actor=conduct.named)
    with pytest.raises(ValidationError):
        lifted(conduct, found)
    again = sanctions.restore_sanction(found, actor=conduct.named)
    assert (again.is_voided, again.void_reason) == (False, "")


def test_a_stale_version_is_told(conduct: Conduct) -> None:
    found = conduct.warned()
    admonitions.record_answer(found, answered_on=TODAY, version=found.version, actor=conduct.named)
    with pytest.raises(Stale):
        admonitions.record_answer(found, answered_on=TODAY, version=found.version, actor=conduct.named)


def test_only_staff_of_the_unit_are_named_and_only_once(conduct: Conduct) -> None:
    assert fields_of(lambda: conduct.name(conduct.liaison)) == {"user": ["not_staff"]}
    assert fields_of(lambda: conduct.name(conduct.named)) == {"user": ["user"]}
    named = conduct.name(conduct.staff)
    naming.withdraw_naming(named, reason="分工调整", actor=conduct.leader)
    with pytest.raises(ValidationError):
        naming.withdraw_naming(named, reason="分工调整", actor=conduct.leader)


def test_a_closed_file_takes_no_entries(conduct: Conduct) -> None:
    Trainee.objects.filter(pk=conduct.file.pk).update(departed_on=TODAY)
    for call in (conduct.rewarded, conduct.decided, conduct.warned):
        with pytest.raises(ValidationError):
            call()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 8, 28), date(2027, 2, 27)),
        (date(2026, 8, 29), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 5, 25), date(2026, 11, 24)),
    ],
)
def test_six_months_end_on_the_day_before_or_with_a_shorter_month(start: date, end: date) -> None:
    assert period_end(start, 6) == end
