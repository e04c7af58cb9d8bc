"""到村任职期满考核: from the opening to the filing that ends the term, and what is refused on the way."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from cadre_app.assignments.models import ProjectState, TermReview
from cadre_app.assignments.services import term_decisions, term_reviews, term_steps
from cadre_app.assignments.term_stages import TermStage, in_stage, stage_of, with_stage
from cadre_app.assignments.term_words import waiting_step
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services import interruptions
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import with_stage as with_stage_of_file
from tests.assignments.factories import make_project, make_version
from tests.assignments.leaves.conftest import Village
from tests.assignments.leaves.test_leave_services import said
from tests.assignments.term_reviews.conftest import DUE, on, page
from tests.factories import GrantFactory
from tests.people.conftest import TODAY


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
    review = at("proposal")
    GrantFactory.create(user=ending.staff, role=Role.LEADER, unit=ending.district.top)
    text = "Whoever wrote the proposal does not sign it off."
    assert said(lambda: term_decisions.sign_off_review(review, actor=ending.staff)) == {"": [text]}


def test_whoever_changed_the_findings_after_the_proposal_does_not_sign_it_off(
    ending: Village, at: Any, client_of: Any
) -> None:
    review = at("proposal")
    both = ending.district.somebody(Role.LEADER, ending.district.top)
    GrantFactory.create(user=both, role=Role.STAFF, unit=ending.district.top)
    values: dict[str, Any] = {"talks_on": review.talks_on, "talks_held": 3, "finding_talks": "另有意见"}
    review = term_steps.record_talks(review, **values, actor=both)
    text = "Whoever wrote the proposal does not sign it off."
    assert said(lambda: term_decisions.sign_off_review(review, actor=both)) == {"": [text]}
    assert client_of(both).get(page("term_sign", review)).status_code == 403
    assert term_decisions.sign_off_review(review, actor=ending.leader).signed_on == TODAY


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


def test_what_was_signed_on_paper_and_put_up_in_those_days_is_recorded_afterwards(ending: Village, at: Any) -> None:
    review = at("proposal")
    early = "Proposed on 14 Oct 2026: this step cannot lie before it."
    assert said(lambda: term_decisions.sign_off_review(review, signed_on=on(41), actor=ending.leader)) == {
        "signed_on": [early]
    }
    late = lambda: term_decisions.sign_off_review(review, signed_on=date(2026, 11, 24), actor=ending.leader)  # noqa: E731
    assert list(said(late)) == ["signed_on"]
    done = term_decisions.sign_off_review(review, signed_on=on(39), actor=ending.leader)
    noticed = term_steps.record_notice(done, notice_from=on(38), notice_until=on(28), actor=ending.staff)
    assert (noticed.signed_on, noticed.notice_from) == (on(39), on(38))


def test_the_page_asks_for_the_day_of_the_sign_off(ending: Village, at: Any, sign_in: Any) -> None:
    review = at("proposal")
    client = sign_in(ending.leader)
    assert client.get(page("term_sign", review)).context["form"]["signed_on"].value() == TODAY
    client.post(page("term_sign", review), {"version": review.version, "signed_on": on(39).isoformat()})
    assert TermReview.objects.get().signed_on == on(39)
