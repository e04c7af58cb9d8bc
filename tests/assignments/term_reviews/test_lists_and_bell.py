"""到村任职期满考核 beside its own pages: the form, stages, the list of terms, what rings, the growth file."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.assignments.lists.term_reviews import exported_terms, leave_days
from cadre_app.assignments.models import Leave, ProjectState, TermReview
from cadre_app.assignments.papers.term_reviews import review_values
from cadre_app.assignments.services import term_decisions, term_reviews
from cadre_app.assignments.term_stages import TermStage, in_stage, stage_of, with_stage
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Interruption, PartyStage, VillageTerm
from cadre_app.people.services import terms
from cadre_app.policy import snapshot
from tests.assignments.factories import make_leave, make_project, make_version
from tests.assignments.leaves.conftest import Village
from tests.assignments.leaves.test_leave_services import said
from tests.assignments.term_reviews.conftest import DUE, on, page, signed
from tests.factories import TraineeFactory, UnitFactory
from tests.people.conftest import TODAY


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


def test_days_of_leave_are_those_inside_the_term_also_those_to_come(ending: Village) -> None:
    make_leave(ending.trainee, on=DUE, due_on=DUE + timedelta(days=1), term=ending.term)
    make_leave(ending.trainee, on=on(30), due_on=on(29), kind="away", term=ending.term)
    make_leave(ending.trainee, on=TODAY + timedelta(days=9), term=ending.term)
    days = VillageTerm.objects.annotate(days=leave_days()).get().days
    assert (days, term_reviews.days_of_term(ending.term, Leave.objects.all())) == (1, 1)


def test_the_form_prints_the_proposal_once_it_is_signed_off(ending: Village, at: Any) -> None:
    review = at("proposal")
    assert (review_values(review)["proposal"], review_values(review)["conclusion"]) == ([], "")
    signed(review, ending)
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
