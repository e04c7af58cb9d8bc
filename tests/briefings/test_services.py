"""From figures to a draft, from a draft to an issue: what each step keeps, refuses and records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cadre_app.briefings import services, snapshots
from cadre_app.briefings.composing import HEADS, NOTHING
from cadre_app.briefings.gaps import gaps_of
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.page import left_of
from cadre_app.briefings.papers import paper_values
from cadre_app.core.claims import claims
from cadre_app.core.figures import figures
from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.policy import services as policy
from cadre_app.policy.values import CORE_ORGANIZATION_NAME
from tests.briefings.conftest import SINCE, issue, write
from tests.factories import TraineeFactory
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def errors_of(caught):
    return dict(caught.value.message_dict.items())


def verbs_of(briefing):
    return list(Entry.objects.filter(object_id=briefing.pk).order_by("at").values_list("verb", flat=True))


def test_a_draft_has_its_text_its_figures_and_no_number(draft, place):
    assert "截至2026年11月23日，全区现有引进生、选调生1名，均为选调生" in draft.opening
    assert [entry["key"] for entry in draft.figures] == list(snapshots.KEYS)
    assert draft.figures[0]["rule"] == str(_chinese(figures["people_total"].rule))
    assert (draft.state, draft.number, draft.shortcomings, draft.plans) == ("draft", None, "", "")
    assert draft.hands == [place.staff.pk]
    assert verbs_of(draft) == ["briefings.briefing.written"]


def _chinese(text):
    with translation.override("zh-hans"):
        return str(text)


def test_only_people_of_the_unit_are_counted(trainee, place):
    TraineeFactory.create(home_unit=place.other_town)
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    assert "梧岭镇现有引进生、选调生1名" in town.opening
    assert town.title == "梧岭镇扎实做好引进生、选调生跟踪培养工作"


def test_a_unit_with_the_longest_name_has_a_title(place):
    Unit.objects.filter(pk=place.town.pk).update(name="镇" * 80)
    place.town.refresh_from_db()
    made = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    assert made.title.startswith("镇" * 80)


def test_who_wrote_the_words_does_not_issue_their_copy(complete, place):
    second = place.somebody(Role.STAFF, place.top)
    copied = services.copy_briefing(complete, since=SINCE, as_of=TODAY, actor=second)
    copied = services.submit_briefing(copied, actor=second)
    with pytest.raises(ValidationError) as caught:
        services.issue_briefing(copied, actor=place.staff)
    assert [error.code for error in caught.value.error_list] == ["own_entry"]


def test_a_unit_without_people_has_a_briefing_too(place):
    empty = services.create_briefing(unit=place.other_town, since=SINCE, as_of=TODAY, actor=place.staff)
    assert empty.opening.endswith("截至2026年11月23日，潮音镇现无引进生、选调生。")


def test_the_year_2000_can_be_asked_for(place, trainee):
    old = services.create_briefing(unit=place.top, since=date(2000, 1, 1), as_of=date(2000, 12, 31), actor=place.staff)
    assert old.opening.startswith("2000年，区委组织部")
    assert old.opening.endswith("全区现无引进生、选调生。")


@pytest.mark.parametrize(
    ("since", "as_of", "field", "code"),
    [
        (SINCE, TODAY + timedelta(days=1), "as_of", "future"),
        (TODAY, SINCE, "as_of", "before_start"),
        (date(1999, 12, 31), SINCE, "since", "too_early"),
        (date(1998, 1, 1), date(1999, 1, 1), "as_of", "too_early"),
    ],
)
def test_days_that_cannot_be_counted_are_refused_beside_their_field(place, since, as_of, field, code):
    with pytest.raises(ValidationError) as caught:
        services.create_briefing(unit=place.top, since=since, as_of=as_of, actor=place.staff)
    assert [error.code for error in caught.value.error_dict[field]] == [code]
    assert not Briefing.objects.exists()


def test_a_unit_closed_in_mid_period_is_counted_up_to_the_day_before(place, trainee):
    closed_on = TODAY - timedelta(days=20)
    Unit.objects.filter(pk=place.town.pk).update(closed_on=closed_on)
    place.town.refresh_from_db()
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    assert errors_of(caught) == {
        "as_of": [
            "“梧岭镇” was closed on 3 Nov 2026. Choose a last day before it, or the unit that took over its people."
        ]
    }
    last = closed_on - timedelta(days=1)
    assert services.create_briefing(unit=place.town, since=SINCE, as_of=last, actor=place.staff).as_of == last


def test_what_is_typed_is_kept_with_the_gaps_that_were_ticked(draft, place):
    draft = write(draft, place.staff, shortcomings="写作课偏少。", suggested=["4对结对的帮带记录待补", "写作课偏少"])
    assert draft.shortcomings == "写作课偏少；4对结对的帮带记录待补。"
    assert write(draft, place.staff, shortcomings="写作课偏少").shortcomings == "写作课偏少"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("postings_undocumented", "个别派遣文号不全"),
        ("postings_overdue", "个别派遣超期未返"),
        ("postings_back_late", "个别派遣超期返回"),
    ],
)
def test_of_postings_the_shortcomings_name_what_is_wrong_alone(draft, monkeypatch, claim, said):
    counted = snapshots.take(draft.unit, draft.since, draft.as_of)
    monkeypatch.setitem(claims._items, claim, lambda asked: True)
    found = gaps_of(draft.unit, draft.since, draft.as_of, counted)
    assert [gap for gap in found if gap.startswith("个别派遣")] == [said]


def test_an_old_version_is_refused(complete, place):
    with pytest.raises(Stale):
        services.change_briefing(complete, suggested=[], version=complete.version - 1, actor=place.staff, title="x")


def test_new_numbers_wait_to_be_chosen_and_never_overwrite_what_was_typed(complete, place):
    TraineeFactory.create(home_unit=place.town)
    typed = write(complete, place.staff, opening=f"{complete.opening}另有一句手写的话。")
    now = snapshots.numbers_of(snapshots.take(typed.unit, typed.since, typed.as_of).figures)
    assert snapshots.changed(typed.figures, now) == {"people_total": 2, "selected": 2}
    kept = services.keep_numbers(typed, keys=["selected"], actor=place.staff)
    assert snapshots.changed(kept.figures, now) == {"people_total": 2}
    taken = services.take_numbers(kept, keys=["people_total"], actor=place.staff)
    assert "全区现有引进生、选调生2名" in taken.opening
    assert taken.opening.endswith("另有一句手写的话。")
    assert snapshots.numbers_of(taken.figures)["people_total"] == 2
    assert snapshots.changed(taken.figures, now) == {}


def test_a_number_that_was_kept_is_shown_again_once_it_changes_anew(complete, place):
    TraineeFactory.create(home_unit=place.town)
    kept = services.keep_numbers(complete, keys=["people_total", "selected"], actor=place.staff)
    TraineeFactory.create(home_unit=place.town)
    now = snapshots.numbers_of(snapshots.take(kept.unit, kept.since, kept.as_of).figures)
    assert snapshots.changed(kept.figures, now) == {"people_total": 3, "selected": 3}


def test_an_issue_gets_the_next_number_of_unit_and_year_and_is_frozen(complete, place, leader):
    first = issue(complete, place, leader)
    assert (first.year, first.number, first.issued_on, first.issued_by) == (2026, 1, TODAY, leader)
    second = services.copy_briefing(first, since=SINCE, as_of=TODAY, actor=place.staff)
    assert issue(second, place, leader).number == 2
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    town = write(town, place.staff, shortcomings="无短板之外的不足", plans="继续")
    assert issue(town, place, leader).number == 1
    refused = {write: "not_draft", services.take_numbers: "not_draft", services.submit_briefing: "not_draft"}
    for act, code in (refused | {services.issue_briefing: "not_submitted"}).items():
        with pytest.raises(ValidationError) as caught:
            _again(act, first, place.staff)
        assert [error.code for error in caught.value.error_list] == [code]


def _again(act, briefing, actor):
    if act is write:
        return write(briefing, actor)
    extra = {"keys": ["talks"]} if act is services.take_numbers else {}
    return act(briefing, actor=actor, **extra)


def test_the_clauses_that_keep_the_old_number_are_told_until_they_are_changed(complete, place):
    typed = "截至2026年11月23日，全区共有1名同志（含中央选调），均为选调生。"
    complete = write(complete, place.staff, opening=typed)
    TraineeFactory.create(home_unit=place.town)
    taken = services.take_numbers(complete, keys=["people_total", "selected"], actor=place.staff)
    entries = {entry["key"]: entry for entry in taken.figures}
    assert (entries["people_total"]["number"], entries["people_total"]["left"]) == (
        2,
        ["全区共有1名同志（含中央选调）"],
    )
    with translation.override("en"):
        assert left_of(taken)[0] == (
            "“In development” is 2 in the annex; the text still says “全区共有1名同志（含中央选调）”."
        )
    mended = write(taken, place.staff, opening=typed.replace("1名", "2名"))
    assert left_of(mended) == []


def test_a_number_that_the_text_follows_leaves_nothing(complete, place):
    TraineeFactory.create(home_unit=place.town)
    taken = services.take_numbers(complete, keys=["people_total", "selected"], actor=place.staff)
    assert not any("left" in entry for entry in taken.figures)


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_database_keeps_what_was_issued(complete, place, leader, act):
    issued = issue(complete, place, leader)
    rows = Briefing.objects.filter(pk=issued.pk)
    with pytest.raises(IntegrityError, match="an issued briefing stays"), transaction.atomic():
        rows.update(title="x") if act == "change" else rows._raw_delete("default")
    assert services.void_briefing(issued, reason="数字有误", actor=leader).is_voided


def test_whoever_wrote_part_of_it_does_not_issue_it(complete, place):
    both = place.somebody(Role.LEADER, place.top)
    handed = services.keep_numbers(complete, keys=["talks"], actor=both)
    handed = services.submit_briefing(handed, actor=place.staff)
    for actor in (place.staff, both):
        with pytest.raises(ValidationError) as caught:
            services.issue_briefing(handed, actor=actor)
        assert [error.code for error in caught.value.error_list] == ["own_entry"]


def test_the_database_knows_that_another_issues(complete, place):
    rows = Briefing.objects.filter(pk=complete.pk)
    with pytest.raises(IntegrityError, match="briefings_are_issued_by_another"), transaction.atomic():
        rows.update(state="issued", year=2026, number=1, issued_on=TODAY, issued_by=place.staff)


def test_a_voided_issue_keeps_its_number_for_good(complete, place, leader):
    issued = issue(complete, place, leader)
    copied = services.copy_briefing(issued, since=SINCE, as_of=TODAY, actor=place.staff)
    voided = services.void_briefing(issued, reason="数字有误", actor=leader)
    assert voided.is_voided
    assert issue(copied, place, leader).number == 2
    assert not services.restore_briefing(voided, actor=leader).is_voided


def test_a_copy_has_the_same_words_and_is_compared_with_its_own_period(complete, place):
    copied = services.copy_briefing(complete, since=date(2025, 1, 1), as_of=date(2025, 12, 31), actor=place.staff)
    assert complete.opening.startswith("今年以来，")
    assert copied.opening == complete.opening.replace("今年以来", "2025年").replace("2026年11月23日", "2025年12月31日")
    assert copied.shortcomings == "写作课偏少"
    assert copied.hands == [place.staff.pk]
    assert (copied.state, copied.written_by) == ("draft", place.staff)
    assert verbs_of(copied) == ["briefings.briefing.copied"]


def test_of_a_copy_the_numbers_of_the_other_period_wait_for_a_decision(complete, place, leader):
    TraineeFactory.create(home_unit=place.town)
    before = complete.figures
    copied = services.copy_briefing(complete, since=SINCE, as_of=TODAY - timedelta(days=1), actor=place.staff)
    days = services.days_of(copied)
    assert snapshots.carried(copied.figures, days) == ["people_total", "selected"]
    assert [entry["number"] for entry in copied.figures] == [entry["number"] for entry in before]
    with pytest.raises(ValidationError) as caught:
        services.submit_briefing(copied, actor=place.staff)
    assert [error.code for error in caught.value.error_list] == ["undecided"]
    copied = services.take_numbers(copied, keys=["people_total"], actor=place.staff)
    copied = services.keep_numbers(copied, keys=["selected"], actor=place.staff)
    rules = [row["rule"] for row in paper_values(services.submit_briefing(copied, actor=place.staff))["rows"]]
    assert not rules[0].endswith("）")
    assert rules[2].endswith("（沿用2026年1月1日至2026年11月23日的数字）")


def test_a_number_of_the_other_period_that_has_become_that_of_this_one_is_its_own(complete, place):
    later = TraineeFactory.create(home_unit=place.town)
    copied = services.copy_briefing(complete, since=SINCE, as_of=TODAY - timedelta(days=1), actor=place.staff)
    type(later).objects.filter(pk=later.pk).update(voided_at=timezone.now())
    handed = services.submit_briefing(copied, actor=place.staff)
    assert snapshots.carried(handed.figures, services.days_of(handed)) == []


def test_a_number_that_was_kept_says_of_which_day_it_is(complete, place):
    TraineeFactory.create(home_unit=place.town)
    kept = services.keep_numbers(complete, keys=["people_total"], actor=place.staff)
    assert paper_values(kept)["rows"][0]["rule"].endswith("（保留2026年11月23日统计的数字）")


def test_a_voided_one_is_not_copied(complete, place):
    voided = services.void_briefing(complete, reason="数字有误", actor=place.staff)
    with pytest.raises(ValidationError) as caught:
        services.copy_briefing(voided, since=SINCE, as_of=TODAY, actor=place.staff)
    assert [error.code for error in caught.value.error_list] == ["voided"]


def test_what_waits_for_a_leader_is_not_changed_until_it_comes_back(submitted, place, leader):
    assert (submitted.state, submitted.submitted_on, submitted.submitted_by) == ("submitted", TODAY, place.staff)
    with pytest.raises(ValidationError) as caught:
        write(submitted, place.staff, title="x")
    assert [error.code for error in caught.value.error_list] == ["not_draft"]
    returned = services.return_briefing(submitted, reason="请补充下一步打算", actor=leader)
    assert (returned.state, returned.returned_on, returned.return_reason) == ("draft", TODAY, "请补充下一步打算")
    again = services.submit_briefing(returned, actor=place.staff)
    assert (again.returned_on, again.return_reason) == (None, "")
    taken_back = services.withdraw_briefing(again, reason="数字待核", actor=place.staff)
    assert (taken_back.state, taken_back.submitted_on, taken_back.return_reason) == ("draft", None, "")
    assert verbs_of(taken_back) == [
        f"briefings.briefing.{act}" for act in ("written", "changed", "submitted", "returned", "submitted", "withdrawn")
    ]


def test_only_what_was_submitted_is_issued_or_comes_back(complete, leader, place):
    for act in (services.issue_briefing, services.return_briefing, services.withdraw_briefing):
        extra = {} if act is services.issue_briefing else {"reason": "补充"}
        with pytest.raises(ValidationError) as caught:
            act(complete, actor=leader, **extra)
        assert [error.code for error in caught.value.error_list] == ["not_submitted"]


def test_whoever_submitted_it_does_not_issue_it(complete, place):
    both = place.somebody(Role.LEADER, place.top)
    handed = services.submit_briefing(complete, actor=both)
    with pytest.raises(ValidationError) as caught:
        services.issue_briefing(handed, actor=both)
    assert [error.code for error in caught.value.error_list] == ["own_entry"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "submitted"}, "submitted_briefings_say_by_whom"),
        ({"submitted_on": TODAY}, "submitted_briefings_say_by_whom"),
        ({"returned_on": TODAY}, "returned_briefings_say_why"),
        ({"return_reason": "补充"}, "returned_briefings_say_why"),
    ],
)
def test_the_database_knows_the_steps(complete, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Briefing.objects.filter(pk=complete.pk).update(**fields)


def test_an_issued_one_keeps_the_name_that_the_department_had(submitted, place, leader):
    issued = services.issue_briefing(submitted, actor=leader)
    values = {"value": "中共望屿市委组织部", "valid_from": TODAY, "source": "区划调整", "reason": "更名"}
    policy.add_value(CORE_ORGANIZATION_NAME, **values, actor=place.staff)
    assert paper_values(issued)["department"] == "中共望屿区委组织部"
    draft = services.copy_briefing(issued, since=SINCE, as_of=TODAY, actor=place.staff)
    assert paper_values(draft)["department"] == "中共望屿市委组织部"


def test_a_new_number_comes_with_its_words_and_an_old_one_goes_with_them(complete, place, monkeypatch):
    assert complete.stages == f"{HEADS['stages']}{NOTHING['stages']}。"
    figure = figures["study_visits"]
    monkeypatch.setitem(figures._items, "study_visits", replace(figure, count=lambda asked: 1))
    taken = services.take_numbers(complete, keys=["study_visits"], actor=place.staff)
    assert taken.stages == f"{HEADS['stages']}今年以来开展现场教学1批次。"
    monkeypatch.setitem(figures._items, "study_visits", figure)
    gone = services.take_numbers(taken, keys=["study_visits"], actor=place.staff)
    assert gone.stages == f"{HEADS['stages']}{NOTHING['stages']}。"


def test_a_figure_or_claim_that_nobody_announces_is_named_by_the_check(monkeypatch):
    assert snapshots.check_figures() == []
    monkeypatch.delitem(figures._items, "talks")
    monkeypatch.delitem(claims._items, "problems_answered")
    assert [error.msg for error in snapshots.check_figures()] == [
        "The briefing asks for the figure 'talks', which nobody announces.",
        "The briefing asks for the claim 'problems_answered', which nobody announces.",
    ]
