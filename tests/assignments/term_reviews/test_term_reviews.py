"""到村任职期满考核: from the opening to the filing that ends the term, and what is refused on the way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.assignments.lists.term_reviews import exported_terms, leave_days
from cadre_app.assignments.models import Leave, ProjectState, TermReview
from cadre_app.assignments.papers.term_reviews import review_values
from cadre_app.assignments.services import term_decisions, term_reviews, term_steps
from cadre_app.assignments.term_stages import TermStage, in_stage, stage_of, with_stage
from cadre_app.assignments.term_words import waiting_step
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Interruption, PartyStage, Trainee, VillageTerm
from cadre_app.people.services import interruptions, terms
from cadre_app.policy import snapshot
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import with_stage as with_stage_of_file
from tests.assignments.factories import make_leave, make_project, make_version
from tests.assignments.leaves.conftest import Village
from tests.assignments.leaves.test_leave_services import said
from tests.factories import TraineeFactory, UnitFactory
from tests.people.conftest import TODAY

DUE = date(2026, 11, 20)  # a Friday, three days ago


def page(name: str, obj: Any) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": obj.pk})


def on(day: int) -> date:
    return TODAY - timedelta(days=day)


@pytest.fixture
def ending(village: Village) -> Village:
    """The term ended by its dates three days ago."""
    terms.change_term(
        village.term, village=village.term.village, role="director", started_on=date(2024, 11, 21), months=24,
        actor=village.staff,
    )  # fmt: skip
    village.term.refresh_from_db()
    assert village.term.due_on == DUE
    return village


@pytest.fixture
def at(ending: Village) -> "Callable[..., TermReview]":
    """A review brought up to a step."""
    acts: dict[str, Callable[[TermReview, str], Any]] = {
        "summary": lambda review, _: term_steps.write_summary(
            review, summary="走遍农户", summary_on=on(60), actor=ending.staff
        ),
        "papers": lambda review, _: term_steps.record_papers(
            review, papers_on=on(50), finding_papers="齐全", actor=ending.staff
        ),
        "talks": lambda review, _: term_steps.record_talks(
            review, talks_on=on(45), talks_held=12, finding_talks="评价较好", actor=ending.staff
        ),
        "proposal": lambda review, conclusion: term_steps.propose(
            review, proposed_on=on(40), proposal="考核合格", conclusion=conclusion, no_report_reason="病假",
            actor=ending.staff,
        ),
        "sign": lambda review, _: _signed(review, ending),
        "notice": lambda review, _: term_steps.record_notice(
            review, notice_from=on(38), notice_until=on(28), actor=ending.staff
        ),
        "hand_over": lambda review, _: term_steps.hand_over(
            review, handed_over_on=on(2), handed_to="干部档案室", actor=ending.staff
        ),
    }  # fmt: skip

    def brought(step: str, conclusion: str = "passed") -> TermReview:
        review = term_reviews.open_review(ending.term, actor=ending.staff)
        names = list(acts)
        for name in names[: names.index(step) + 1] if step else ():
            acts[name](review, conclusion)
        return TermReview.objects.get(pk=review.pk)

    return brought


def _signed(review: TermReview, village: Village) -> None:
    term_decisions.sign_off_review(review, actor=village.leader)
    TermReview.objects.filter(pk=review.pk).update(signed_on=on(39))


def test_a_review_opens_by_itself_ninety_days_before_the_end_and_moves_with_it(village: Village) -> None:
    term = VillageTerm.objects.get()
    assert (term.due_on, term_reviews.sweep_reviews()) == (date(2027, 8, 31), 0)
    with time_machine.travel("2027-06-02T12:00:00+08:00"):
        assert (term_reviews.sweep_reviews(), term_reviews.sweep_reviews()) == (1, 0)
        interruptions.interrupt_term(
            term, started_on=date(2027, 5, 1), ended_on=date(2027, 5, 10), reason="病假", actor=village.staff
        )
        assert (term_reviews.sweep_reviews(), TermReview.objects.get().due_on) == (1, date(2027, 9, 10))


def test_a_review_voided_on_purpose_does_not_open_again_by_itself(ending: Village) -> None:
    assert term_reviews.sweep_reviews() == 1
    term_reviews.void_review(TermReview.objects.get(), reason="误开", actor=ending.staff)
    assert term_reviews.sweep_reviews() == 0
    term_reviews.open_review(ending.term, actor=ending.staff)
    assert list(said(lambda: term_reviews.restore_review(
        TermReview.objects.exclude(voided_at=None).get(), actor=ending.staff
    ))) == ["__all__"]  # fmt: skip


def test_it_is_not_opened_too_early_nor_twice_nor_while_interrupted(village: Village) -> None:
    text = "The term ends on 31 Aug 2027: its review opens on 2 Jun 2027."
    assert said(lambda: term_reviews.open_review(village.term, actor=village.staff)) == {"": [text]}
    interruptions.interrupt_term(village.term, started_on=TODAY, reason="病假", actor=village.staff)
    assert list(said(lambda: term_reviews.open_review(village.term, actor=village.staff))) == [""]


STEPS = {
    "": lambda review, staff: term_steps.record_papers(review, papers_on=TODAY, finding_papers="齐全", actor=staff),
    "summary": lambda review, staff: term_steps.record_talks(
        review, talks_on=TODAY, talks_held=3, finding_talks="好", actor=staff
    ),
    "papers": lambda review, staff: term_steps.propose(
        review, proposed_on=TODAY, proposal="合格", conclusion="passed", no_report_reason="病假", actor=staff
    ),
    "talks": lambda review, staff: term_decisions.sign_off_review(review, actor=staff),
    "proposal": lambda review, staff: term_steps.record_notice(
        review, notice_from=on(20), notice_until=on(10), actor=staff
    ),
    "sign": lambda review, staff: term_steps.hand_over(review, handed_over_on=TODAY, handed_to="档案室", actor=staff),
    "notice": lambda review, staff: term_decisions.file_review(review, actor=staff),
}


@pytest.mark.parametrize("step", list(STEPS))
def test_no_step_comes_before_the_one_before_it(ending: Village, at: Any, step: str) -> None:
    review = at(step)
    waits = waiting_step(review)
    assert list(said(lambda: STEPS[step](review, ending.staff))) == [""]
    assert waiting_step(TermReview.objects.get()) == waits


@pytest.mark.parametrize(
    ("day", "start"),
    [(on(61), "Own summary handed in on"), (on(44), "Talks held on"), (on(-1), "This day has not come")],
)
def test_a_step_lies_between_its_neighbours_and_not_in_the_future(
    ending: Village, at: Any, day: date, start: str
) -> None:
    review = at("talks")
    found = said(lambda: term_steps.record_papers(review, papers_on=day, finding_papers="齐全", actor=ending.staff))
    assert list(found) == ["papers_on"]
    assert found["papers_on"][0].startswith(start)


def test_without_a_research_report_a_reason_is_asked_for(ending: Village, at: Any) -> None:
    review = at("talks")
    values: dict[str, Any] = {"proposed_on": TODAY, "proposal": "合格", "conclusion": "passed", "actor": ending.staff}
    assert list(said(lambda: term_steps.propose(review, **values))) == ["no_report_reason"]
    make_version(make_project(ending.trainee, term=ending.term, state=ProjectState.WRITING))
    done = term_steps.propose(review, **values, no_report_reason="不用")
    assert (done.no_report_reason, waiting_step(done)) == ("", "sign_off")


def test_the_public_notice_lasts_five_working_days(ending: Village, at: Any) -> None:
    review = at("sign")
    friday = date(2026, 11, 6)
    values: dict[str, Any] = {"notice_from": friday, "actor": ending.staff}
    found = said(lambda: term_steps.record_notice(review, notice_until=date(2026, 11, 11), **values))
    assert found == {"notice_until": [
        "A public notice lasts at least 5 working days; these days hold 4. The earliest end is 12 Nov 2026."
    ]}  # fmt: skip
    done = term_steps.record_notice(review, notice_until=date(2026, 11, 12), **values)
    found = said(
        lambda: term_steps.hand_over(done, handed_over_on=date(2026, 11, 12), handed_to="档案室", actor=ending.staff)
    )
    assert list(found) == ["handed_over_on"]


def test_nobody_signs_off_the_own_proposal(ending: Village, at: Any) -> None:
    from cadre_app.core.roles import Role
    from tests.factories import GrantFactory

    review = at("proposal")
    GrantFactory.create(user=ending.staff, role=Role.LEADER, unit=ending.district.top)
    text = "Whoever wrote the proposal does not sign it off."
    assert said(lambda: term_decisions.sign_off_review(review, actor=ending.staff)) == {"": [text]}


def test_filing_ends_the_term_and_moves_the_person_to_the_advanced_plan(
    ending: Village, at: Any, client_of: Any
) -> None:
    review = at("hand_over")
    client = client_of(ending.staff)
    said_before = client.get(page("term_file", review)).text
    assert "The village term then ends on 20 Nov 2026. From 21 Nov 2026 on" in said_before
    client.post(page("term_file", review), {"version": review.version})
    term, file = VillageTerm.objects.get(), with_stage_of_file(Trainee.objects.all(), TODAY).get()
    assert (term.ended_on, TermReview.objects.get().filed_on, file.stage) == (DUE, TODAY, StageKey.ADVANCED)
    with_it = with_stage(VillageTerm.objects.all(), TODAY).get()
    assert stage_of(with_it, TODAY) == TermStage.PASSED


def test_a_review_is_not_filed_before_the_term_is_over(ending: Village, at: Any) -> None:
    review = at("hand_over")
    interruptions.interrupt_term(ending.term, started_on=on(9), ended_on=on(1), reason="病假", actor=ending.staff)
    text = "The village term ends on 29 Nov 2026: its review is filed from that day on."
    assert said(lambda: term_decisions.file_review(review, actor=ending.staff)) == {"": [text]}


def test_not_passed_prolongs_the_term_and_a_new_review_follows(ending: Village, at: Any) -> None:
    review = at("sign", "failed")
    assert waiting_step(review) == "prolong"
    for months in (24, 121):
        assert list(said(lambda m=months: term_decisions.prolong_term(review, months=m, actor=ending.staff))) == [
            "months"
        ]
    term_decisions.prolong_term(review, months=26, actor=ending.staff)
    assert (VillageTerm.objects.get().due_on, TermReview.objects.open().count()) == (date(2027, 1, 20), 0)
    assert term_reviews.sweep_reviews() == 1
    assert TermReview.objects.open().get().due_on == date(2027, 1, 20)
    done = TermReview.objects.get(prolonged_on=TODAY)
    assert (done.finding_talks, done.voided_at, waiting_step(done)) == ("评价较好", None, "")
    assert list(said(lambda: term_reviews.void_review(done, reason="误开", actor=ending.staff))) == [""]
    (term,) = with_stage(VillageTerm.objects.filter(in_stage(TermStage.EXTENDED, TODAY)), TODAY)
    assert stage_of(term, TODAY) == TermStage.EXTENDED


def test_who_did_not_pass_reads_it_on_the_own_pages_and_nobody_can_undo_it_there(
    ending: Village, at: Any, client_of: Any
) -> None:
    review = at("sign", "failed")
    client = client_of(ending.own)
    assert "Not passed" in client.get(page("term_detail", ending.term)).text
    term_decisions.prolong_term(review, months=30, actor=ending.staff)
    text = client.get(page("term_detail", ending.term)).text
    assert ("Not passed" in text, "考核合格" in text, "评价较好" in text) == (True, True, False)
    answer = client.get(reverse("growth:file", kwargs={"pk": ending.trainee.pk}), {"kind": "practice"})
    entries = [entry for year in answer.context["years"] for entry in year.entries]
    found = [entry.label for entry in entries if entry.title == "End-of-village-term assessment: 梧头村"]
    assert found == ["Not passed"]
    paper = reverse("documents:paper", kwargs={"kind": "assignments.term_review", "pk": review.pk})
    assert client.get(paper).status_code == 200
    undoing = [page(name, review) for name in ("term_review_restore", "term_review_void", "term_unsign")]
    staff = client_of(ending.staff)
    text = staff.get(page("term_detail", ending.term)).text
    assert [address in text for address in undoing] == [False] * 3
    assert [staff.get(address).status_code for address in undoing] == [403] * 3


def test_a_sign_off_is_taken_back_with_its_notice_and_a_filing_leaves_the_term(ending: Village, at: Any) -> None:
    review = term_decisions.unsign_review(at("notice"), reason="有误", actor=ending.leader)
    assert (review.signed_on, review.notice_from, waiting_step(review)) == (None, None, "sign_off")
    back = term_decisions.send_back_review(review, reason="补充", actor=ending.leader)
    assert (waiting_step(back), back.proposal) == ("proposal", "考核合格")


def test_the_person_writes_the_summary_and_reads_nothing_of_the_department(
    ending: Village, at: Any, client_of: Any
) -> None:
    review = at("")
    client = client_of(ending.own)
    client.post(page("term_summary", review), {"version": review.version, "summary": "吃住在村"})
    review.refresh_from_db()
    assert (review.summary, review.summary_on) == ("吃住在村", TODAY)
    assert client_of(ending.staff).get(page("term_summary", review)).status_code == 403
    client = client_of(ending.own)
    TermReview.objects.update(
        papers_on=TODAY, finding_papers="材料结论", finding_talks="群众说法", proposal="评语", conclusion="passed"
    )
    text = client.get(page("term_detail", ending.term)).text
    assert [word in text for word in ("吃住在村", "材料结论", "群众说法", "评语")] == [True, False, False, False]
    text = client_of(ending.liaison).get(page("term_detail", ending.term)).text
    assert [word in text for word in ("吃住在村", "材料结论", "群众说法", "评语")] == [False] * 4


def test_what_villagers_said_stands_in_no_history_and_not_on_the_form(ending: Village, at: Any, client_of: Any) -> None:
    from cadre_app.history.models import Entry

    review = at("hand_over")
    assert not Entry.objects.filter(after__icontains="评价较好").exists()
    address = reverse("documents:paper", kwargs={"kind": "assignments.term_review", "pk": review.pk})
    text = client_of(ending.staff).get(address).text
    assert [word in text for word in ("评价较好", "走访党员群众12人。", "考核合格", "未提交电子稿（病假）")] == [
        False, True, True, True,
    ]  # fmt: skip


def test_the_copy_of_the_person_holds_what_the_page_tells_them(ending: Village, at: Any, client_of: Any) -> None:
    review = term_decisions.file_review(at("hand_over"), actor=ending.staff)
    address = reverse("documents:paper", kwargs={"kind": "assignments.term_review", "pk": review.pk})
    text = client_of(ending.own).get(address).text
    assert [word in text for word in ("齐全", "病假", "未提交电子稿", "考核合格")] == [False, False, True, True]


def test_word_and_page_print_the_same_words(ending: Village, at: Any, client_of: Any) -> None:
    import io
    import re

    from django.utils.html import strip_tags
    from docx import Document

    review = at("hand_over")
    client = client_of(ending.staff)
    known = {"kind": "assignments.term_review", "pk": review.pk}
    word = client.get(reverse("documents:paper_word", kwargs=known))
    document = Document(io.BytesIO(b"".join(word.streaming_content) if word.streaming else word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = [re.sub(r"\s", "", text) for text in (*cells, *(line.text for line in document.paragraphs))]
    shown = re.sub(r"\s", "", strip_tags(client.get(reverse("documents:paper", kwargs=known)).text))
    assert [text for text in told if text not in shown] == []


STAGES: dict[str, dict[str, Any]] = {
    TermStage.NOT_STARTED: {"started_on": date(2026, 12, 1), "due_on": date(2028, 11, 30)},
    TermStage.UNDER_WAY: {"started_on": date(2025, 9, 1), "due_on": date(2027, 8, 31)},
    TermStage.EXTENDED: {"started_on": date(2024, 9, 1), "due_on": date(2026, 12, 31)},
    TermStage.ASSESSMENT_DUE: {"started_on": date(2024, 9, 1), "due_on": date(2026, 8, 31)},
    TermStage.INTERRUPTED: {"started_on": date(2025, 9, 1), "due_on": None},
    TermStage.COMPLETED: {"started_on": date(2024, 9, 1), "due_on": date(2026, 8, 31), "ended_on": date(2026, 8, 31)},
    TermStage.CUT_SHORT: {
        "started_on": date(2024, 9, 1), "due_on": date(2026, 8, 31), "ended_on": date(2025, 8, 31), "is_cut_short": True,
    },
    TermStage.PASSED: {"started_on": date(2024, 9, 1), "due_on": date(2026, 8, 31), "ended_on": date(2026, 8, 31)},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("_on_the_day")
def test_every_stage_is_the_same_in_words_and_in_the_database() -> None:
    unit = UnitFactory.create(kind="village")
    for stage, values in STAGES.items():
        term = VillageTerm.objects.create(
            trainee=TraineeFactory.create(home_unit=unit), village=unit, role="director", months=24, **values
        )
        if stage == TermStage.INTERRUPTED:
            Interruption.objects.create(term=term, started_on=TODAY, reason="病假")
        if stage == TermStage.PASSED:
            TermReview.objects.create(
                term=term, due_on=TODAY, handed_over_on=TODAY, filed_on=TODAY, conclusion="passed"
            )
    found = {term.pk: stage_of(term, TODAY) for term in with_stage(VillageTerm.objects.all(), TODAY)}
    in_words = {stage: {pk for pk, one in found.items() if one == stage} for stage in TermStage}
    in_sql = {
        stage: set(VillageTerm.objects.filter(in_stage(stage, TODAY)).values_list("pk", flat=True))
        for stage in TermStage
    }
    assert in_sql == in_words
    assert [len(pks) for pks in in_sql.values()] == [1] * len(STAGES)


def test_the_list_shows_running_terms_and_flags_a_role_that_does_not_fit(ending: Village) -> None:
    def names(asked: str) -> list[str]:
        return [row.cells[0].value for row in exported_terms(ending.staff, QueryDict(asked)).rows]

    assert (names(""), names("role=misfit"), names("until=2026-11-19")) == (["林知远"], [], [])
    ending.trainee.person.party_stage = PartyStage.FULL
    ending.trainee.person.save()
    assert names("role=misfit") == ["林知远"]
    make_leave(ending.trainee, on=on(9), term=ending.term)
    (row,) = exported_terms(ending.staff, QueryDict("columns=role,stage,leave,report")).rows
    with translation.override("zh-hans"):
        assert [str(cell.value) for cell in row.cells][2:] == ["5", ""]
    terms.end_term(ending.term, ended_on=DUE, actor=ending.staff)
    assert (names(""), names("stage=completed"), names("stage=all")) == ([], ["林知远"], ["林知远"])
    TermReview.objects.create(term=ending.term, due_on=DUE)
    assert names("") == ["林知远"]


def test_a_term_that_is_ended_before_its_review_goes_on_ringing(ending: Village, at: Any) -> None:
    at("")
    terms.end_term(ending.term, ended_on=on(1), actor=ending.staff)
    assert dues("term_reports") == [on(1)]
    TermReview.objects.update(summary="走遍农户", summary_on=TODAY)
    make_version(make_project(ending.trainee, term=ending.term, state=ProjectState.SUBMITTED))
    assert (dues("term_reports"), dues("term_review")) == ([], [DUE])
    TermReview.objects.update(voided_at=timezone.now())
    assert (dues("term_reports"), dues("term_review")) == ([], [])


def test_days_of_leave_are_those_inside_the_term_up_to_today(ending: Village) -> None:
    make_leave(ending.trainee, on=DUE, due_on=DUE + timedelta(days=1), term=ending.term)
    make_leave(ending.trainee, on=on(30), due_on=on(29), kind="away", term=ending.term)
    make_leave(ending.trainee, on=TODAY + timedelta(days=9), term=ending.term)
    days = VillageTerm.objects.annotate(days=leave_days()).get().days
    assert (days, term_reviews.days_of_term(ending.term, Leave.objects.all())) == (1, 1)


def test_the_form_prints_the_proposal_once_it_is_signed_off(ending: Village, at: Any) -> None:
    review = at("proposal")
    assert (review_values(review)["proposal"], review_values(review)["conclusion"]) == ([], "")
    _signed(review, ending)
    review.refresh_from_db()
    assert (review_values(review)["proposal"], review_values(review)["conclusion"]) == (["考核合格"], "合格")


@pytest.mark.parametrize("people", [1, 3])
def test_many_terms_cost_the_queries_of_one(
    village: Village, sign_in: Any, django_assert_num_queries: Any, people: int
) -> None:
    for _ in range(people - 1):
        file = TraineeFactory.create(home_unit=village.district.town)
        terms.start_term(file, village=village.district.village, started_on=date(2025, 9, 1), actor=village.staff)
    client = sign_in(village.staff)
    with snapshot.held(), django_assert_num_queries(13):
        assert client.get(reverse("assignments:term_list")).status_code == 200


def dues(rule: str, until: date = TODAY) -> list[Any]:
    return [row.due_day for row in reminder_rules[f"assignments.{rule}"].dues(until)]


def test_missing_reports_are_named_until_both_are_there(ending: Village, at: Any) -> None:
    rule = reminder_rules["assignments.term_reports"]

    def why() -> list[str]:
        with translation.override("en"):
            return [
                rule.words(row, DUE, ending.own).why for row in rule.rows().filter(pk__in=rule.dues(TODAY).values("pk"))
            ]

    start = "The term in 梧头村 ends on 20 Nov 2026. Missing: "
    assert why() == [f"{start}own summary, research report."]
    at("summary")
    assert why() == [f"{start}research report."]
    report = make_project(ending.trainee, term=ending.term)
    assert why() == [f"{start}research report."]
    make_version(report)
    assert why() == []


def test_a_version_handed_in_counts_wherever_the_report_is_asked_for(ending: Village, client_of: Any, at: Any) -> None:
    review = at("talks")
    report = make_project(ending.trainee, term=ending.term, state=ProjectState.WRITING, title="山货出村的最后一公里")
    make_version(report)

    def states() -> list[Any]:
        page_of = client_of(ending.own).get(page("term_detail", ending.term))
        (row,) = exported_terms(ending.staff, QueryDict("columns=report&stage=all")).rows
        form = (
            client_of(ending.staff).get(reverse("assignments:term_proposal", kwargs={"pk": review.pk})).context["form"]
        )
        printed = review_values(TermReview.objects.get(pk=review.pk))["report"]
        return [page_of.context["report_in"], str(row.cells[-1].value), "no_report_reason" in form.fields, printed]

    assert states() == [True, "Handed in", False, "《山货出村的最后一公里》"]
    report.state, report.drop_reason = ProjectState.DROPPED, "选题不合适"
    report.save()
    TermReview.objects.update(no_report_reason="调研报告以纸质形式留存")
    assert states() == [False, "", True, "未提交电子稿（调研报告以纸质形式留存）"]


def test_the_step_that_waits_rings_staff_and_the_sign_off_a_leader(ending: Village, at: Any) -> None:
    review = at("summary")
    assert (dues("term_review"), dues("term_sign_off")) == ([DUE], [])
    TermReview.objects.update(papers_on=on(9), talks_on=on(8), proposed_on=on(7), conclusion="passed")
    assert (dues("term_review"), dues("term_sign_off")) == ([], [TODAY])
    TermReview.objects.update(signed_on=on(6))
    assert (dues("term_review"), dues("term_sign_off")) == ([DUE], [])
    terms.end_term(ending.term, ended_on=TODAY, is_cut_short=True, actor=ending.staff)
    assert (dues("term_review"), dues("term_sign_off")) == ([], [])
    assert list(said(lambda: term_decisions.file_review(review, actor=ending.staff))) == [""]
    term_reviews.void_review(review, reason="提前结束", actor=ending.staff)


def test_a_filed_review_stands_in_the_growth_file(ending: Village, at: Any, client_of: Any) -> None:
    term_decisions.file_review(at("hand_over"), actor=ending.staff)
    answer = client_of(ending.own).get(reverse("growth:file", kwargs={"pk": ending.trainee.pk}), {"kind": "practice"})
    entries = [entry for year in answer.context["years"] for entry in year.entries]
    found = [(entry.title, entry.label) for entry in entries if "assessment" in entry.title]
    assert found == [("End-of-village-term assessment: 梧头村", "Passed")]


def test_the_growth_file_leads_to_the_term(ending: Village, client_of: Any) -> None:
    text = client_of(ending.staff).get(reverse("people:trainee_detail", kwargs={"pk": ending.trainee.pk})).text
    assert page("term_detail", ending.term) in text
