"""What the end of a village term is called, which rule names it, and how its filing is taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments.models import TermReview
from cadre_app.assignments.services import term_decisions, term_reviews
from cadre_app.assignments.stretches import term_stretches
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.file.sections import term_section
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services import interruptions, terms
from tests.assignments.factories import make_posting
from tests.assignments.leaves.conftest import Village
from tests.assignments.leaves.test_leave_services import said
from tests.assignments.term_reviews.conftest import DUE, page
from tests.people.conftest import TODAY
from tests.training.factories import enrol, make_session


def words(user: User) -> list[str]:
    """What the growth file's section says of the terms."""
    return [
        row.label for row in term_section(user, Trainee.objects.select_related("person", "home_unit").get())["rows"]
    ]


def drawn() -> list[str]:
    """What the board and the timeline say."""
    with translation.override("zh-hans"):
        return [str(one.mark[1]) for one in term_stretches(VillageTerm.objects.all(), TODAY)]


def rung(user: User) -> dict[str, int]:
    """Items about the end of the term that `user` reads, by rule."""
    rules = {key: rule for key, rule in reminder_rules.items() if key in ("people.village_term", STEP)}
    return {key: rule.visible(rule.dues(TODAY), user).count() for key, rule in rules.items()}


STEP = "assignments.term_review"


def test_a_term_that_was_passed_is_called_so_in_the_growth_file_and_on_the_timeline(ending: Village, at: Any) -> None:
    staff, own = ending.staff, ending.own
    review = at("hand_over")
    terms.end_term(ending.term, ended_on=DUE, actor=staff)
    assert (words(staff), words(own), drawn()) == (["期满待考核"], ["期满待考核"], ["期满待考核"])
    term_decisions.file_review(review, actor=staff)
    assert (words(staff), words(own), drawn()) == (["期满合格"], ["期满合格"], ["期满合格"])
    term_decisions.unfile_review(review, reason="有误", actor=staff)
    term_reviews.void_review(review, reason="误开", actor=staff)
    assert (words(staff), drawn()) == (["已期满"], ["已期满"])


def test_a_term_that_ended_early_is_called_so_whatever_its_review_says(ending: Village, at: Any) -> None:
    at("papers")
    terms.end_term(ending.term, ended_on=DUE, is_cut_short=True, actor=ending.staff)
    assert (words(ending.staff), drawn()) == (["提前结束"], ["提前结束"])


def test_another_units_staff_are_not_told(ending: Village, at: Any) -> None:
    term_decisions.file_review(at("hand_over"), actor=ending.staff)
    assert words(ending.district.somebody(Role.STAFF, ending.district.other_town)) == []


@pytest.mark.parametrize(
    ("step", "rings"),
    [
        ("", {"people.village_term": 1, STEP: 0}),
        ("summary", {"people.village_term": 0, STEP: 1}),
        ("talks", {"people.village_term": 0, STEP: 1}),
        ("proposal", {"people.village_term": 0, STEP: 0}),
        ("hand_over", {"people.village_term": 0, STEP: 1}),
    ],
)
def test_the_end_of_a_term_rings_once(ending: Village, at: Any, step: str, rings: dict[str, int]) -> None:
    assert rung(ending.staff) == {"people.village_term": 1, STEP: 0}
    at(step)
    assert rung(ending.staff) == rings


def test_a_voided_review_leaves_the_end_of_the_term_to_the_general_rule(ending: Village, at: Any) -> None:
    term_reviews.void_review(at("talks"), reason="误开", actor=ending.staff)
    assert rung(ending.staff) == {"people.village_term": 1, STEP: 0}


def unfile(review: TermReview, staff: User) -> TermReview:
    return term_decisions.unfile_review(TermReview.objects.get(pk=review.pk), reason="有误", actor=staff)


def facts() -> tuple[object, object, object]:
    term, file = VillageTerm.objects.get(), Trainee.objects.get()
    return term.ended_on, term.due_on, file.term_ends_on


def test_taking_a_filing_back_opens_the_term_again_with_history(ending: Village, at: Any) -> None:
    review, before = at("hand_over"), facts()
    term_decisions.file_review(review, actor=ending.staff)
    assert facts() == (DUE, DUE, DUE)
    back = unfile(review, ending.staff)
    assert (back.filed_on, back.has_ended_term, facts()) == (None, False, before)
    assert Entry.objects.about(VillageTerm.objects.get()).filter(
        verb="people.villageterm.reopened", reason="有误", actor=ending.staff
    ).exists()  # fmt: skip
    term_decisions.file_review(back, actor=ending.staff)
    assert facts() == (DUE, DUE, DUE)


def test_an_end_that_was_recorded_before_the_filing_stays(ending: Village, at: Any) -> None:
    review = at("hand_over")
    terms.end_term(ending.term, ended_on=DUE, actor=ending.staff)
    term_decisions.file_review(review, actor=ending.staff)
    unfile(review, ending.staff)
    assert facts()[0] == DUE


def test_the_end_of_a_term_is_not_taken_back_under_a_filed_review(ending: Village, at: Any) -> None:
    review = at("hand_over")
    term_decisions.file_review(review, actor=ending.staff)
    assert list(said(lambda: terms.reopen_term(ending.term, actor=ending.staff)).values()) == [
        ["The assessment of this term is filed. Take its filing back first, on the page of the village term."]
    ]


def filed_too_early(ending: Village, at: Any) -> TermReview:
    """Filed, and ten days of interruption that nobody had entered come to light: the term ran until 30 November."""
    review = at("hand_over")
    term_decisions.file_review(review, actor=ending.staff)
    interruptions.interrupt_term(
        ending.term, started_on=date(2026, 5, 1), ended_on=date(2026, 5, 10), reason="病假", actor=ending.staff
    )
    return review


def posted_since(ending: Village) -> object:
    return make_posting(ending.trainee, on=DUE + timedelta(days=2))


def in_the_plan_since(ending: Village) -> object:
    return enrol(make_session(on=DUE + timedelta(days=9), programme="advanced"), ending.trainee)


def another_term_since(ending: Village) -> object:
    return terms.start_term(
        ending.trainee, village=ending.term.village, started_on=DUE + timedelta(days=1), actor=ending.staff
    )


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (posted_since, "Since the term ended the person is posted at “环湾大道工程建设指挥部”, from 22 Nov 2026"),
        (in_the_plan_since, "Since the term ended the person has a place in “调研报告的问题与对策”"),
        (another_term_since, "The village term in 梧头村 began on 21 Nov 2026, after this one. Void it first."),
    ],
)
def test_what_was_built_on_the_end_is_named_and_nothing_is_taken_back(
    ending: Village, at: Any, build: Callable[[Village], object], text: str
) -> None:
    review = filed_too_early(ending, at)
    build(ending)
    (found,) = said(lambda: unfile(review, ending.staff)).values()
    assert found[0].startswith(text)
    assert TermReview.objects.get().filed_on == TODAY


def test_what_does_not_lie_in_the_term_again_hinders_nobody(ending: Village, at: Any) -> None:
    review = filed_too_early(ending, at)
    make_posting(ending.trainee, on=DUE + timedelta(days=30))
    make_posting(ending.trainee, on=DUE + timedelta(days=2), mode="beside")
    enrol(make_session(on=DUE + timedelta(days=30), programme="advanced"), ending.trainee)
    enrol(make_session(on=DUE + timedelta(days=9), programme="other"), ending.trainee)
    unfile(review, ending.staff)
    assert facts() == (None, date(2026, 11, 30), date(2026, 11, 30))


def test_the_page_says_what_taking_the_filing_back_undoes(ending: Village, at: Any, sign_in: Any) -> None:
    review = at("hand_over")
    term_decisions.file_review(review, actor=ending.staff)
    client = sign_in(ending.staff)
    address = page("term_unfile", review)
    assert "到村任职因备案而结束" in client.get(address).text
    posted = client.post(address, {"version": TermReview.objects.get().version, "reason": "有误"})
    assert (posted.status_code, facts()[0]) == (302, None)


def changed(ending: Village, **values: Any) -> Callable[[], VillageTerm]:
    term = VillageTerm.objects.get()
    known = {
        name: getattr(term, name) for name in ("village", "role", "started_on", "months", "document_number", "note")
    }
    return lambda: terms.change_term(term, **known | values, actor=ending.staff)


def voided(ending: Village) -> Callable[[], VillageTerm]:
    return lambda: terms.void_term(VillageTerm.objects.get(), reason="误登", actor=ending.staff)


def test_a_term_is_neither_changed_nor_voided_under_a_filed_review(ending: Village, at: Any) -> None:
    review = at("hand_over")
    term_decisions.file_review(review, actor=ending.staff)
    before = facts()
    text = "The assessment of this term was filed on 23 Nov 2026. Take its filing back first, on the page of the village term."
    acts = [changed(ending, months=36), changed(ending, started_on=date(2024, 9, 1)), changed(ending, role="secretary")]
    assert [said(act) for act in (*acts, voided(ending))] == [{"": [text]}] * 4
    assert facts() == before
    changed(ending, document_number="望委组〔2024〕9号", note="补录文号")()
    unfile(review, ending.staff)
    changed(ending, months=36)()
    voided(ending)()
    assert not VillageTerm.objects.standing().exists()


def test_a_prolonged_term_is_neither_made_shorter_nor_voided(ending: Village, at: Any) -> None:
    term_decisions.prolong_term(at("sign", "failed"), months=26, actor=ending.staff)
    (text,) = said(changed(ending, months=12)).values()
    assert text[0].startswith("The term was prolonged on 23 Nov 2026 after an assessment that was not passed")
    assert said(voided(ending)) == {"": text}
    assert facts()[1] == date(2027, 1, 20)
    changed(ending, months=28)()
    assert facts()[1] == date(2027, 3, 20)
