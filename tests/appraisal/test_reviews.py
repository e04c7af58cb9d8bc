"""复核 A review belongs to the result that it was asked about."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection
from cadre_app.appraisal.services import corrections, course, decisions, persons
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from tests.appraisal.conftest import DAYS, Town
from tests.people.conftest import TODAY


def corrected(town: Town, outcome: str) -> AnnualCorrection:
    given = {"comment": "更正后的评语", "reason": "复核后更正", "actor": town.staff}
    correction = corrections.propose_correction(town.row(0), outcome=outcome, **given)
    corrections.sign_correction(correction, actor=town.leader)
    return AnnualCorrection.objects.get(pk=correction.pk)


def asked(town: Town, why: str = "请核对两项工作") -> None:
    persons.ask_for_review(town.row(0), review_reason=why, actor=town.own)


def answered(town: Town, outcome: str, answer: str = "已核对") -> None:
    persons.answer_review(town.row(0), review_outcome=outcome, review_answer=answer, actor=town.staff)


def text_of(town: Town, client: Any) -> Any:
    return client.get(reverse("appraisal:annual_detail", kwargs={"pk": town.row(0).pk}))


def test_a_result_that_was_corrected_after_the_answer_is_reviewed_anew(town: Town, client_of: Any) -> None:
    town.filed(0)
    asked(town)
    answered(town, "kept", "维持原等次")
    with pytest.raises(ValidationError):
        asked(town)
    correction = corrected(town, "incompetent")
    assert (correction.was_review_outcome, correction.was_review_answer) == ("kept", "维持原等次")
    assert (town.row(0).review_asked_on, town.row(0).review_outcome) == (None, "")
    answer = text_of(town, client_of(town.own))
    assert answer.context["review"] is None
    assert "维持原等次" in answer.content.decode()
    assert reverse("appraisal:annual_ask", kwargs={"pk": town.row(0).pk}) in answer.content.decode()
    asked(town, "不同意更正")
    assert town.row(0).review_reason == "不同意更正"


def test_a_review_that_changed_the_result_is_kept_when_the_new_one_is_asked_about(town: Town, client_of: Any) -> None:
    town.filed(0)
    asked(town)
    correction = corrected(town, "basic_competent")
    assert correction.was_review_asked_on is None
    answered(town, "changed", "已据实更正")
    page = reverse("appraisal:annual_ask", kwargs={"pk": town.row(0).pk})
    form = client_of(town.own).get(page).context["form"]
    assert form["review_reason"].value() in (None, "")
    asked(town, "更正后仍不同意")
    correction.refresh_from_db()
    assert (correction.was_review_answer, town.row(0).review_answer) == ("已据实更正", "")
    with pytest.raises(ValidationError):
        asked(town, "再次")
    answered(town, "kept")
    with pytest.raises(ValidationError):
        asked(town, "再次")


def test_a_correction_signed_before_the_question_on_the_same_day_is_no_outcome_of_it(town: Town) -> None:
    town.filed(0)
    corrected(town, "basic_competent")
    asked(town)
    with pytest.raises(ValidationError) as error:
        answered(town, "changed")
    assert list(error.value.message_dict) == ["review_outcome"]
    corrected(town, "competent")
    answered(town, "changed")
    assert town.row(0).review_outcome == "changed"


def test_a_correction_does_not_offer_that_nothing_is_entered(town: Town, client_of: Any) -> None:
    one = town.confirmed(0)
    form = client_of(town.staff).get(reverse("appraisal:annual_correct", kwargs={"pk": one.pk})).context["form"]
    assert "未填报" not in str(form["outcome"])
    assert '<option value="">' not in str(form["outcome"])


def test_a_review_is_answered_by_nobody_who_entered_the_result(town: Town, client_of: Any) -> None:
    town.enter(0, "competent", by=town.staff)
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    chief = town.district.somebody(Role.LEADER, town.district.top)
    decisions.check_annual(town.row(0), actor=chief)
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    decisions.file_annual(town.row(0), filed_on=TODAY, actor=town.staff)
    asked(town)
    with pytest.raises(ValidationError):
        answered(town, "kept")
    page = reverse("appraisal:annual_answer", kwargs={"pk": town.row(0).pk})
    assert client_of(town.staff).get(page).status_code == 403
    assert client_of(chief).get(page).status_code == 200
    persons.answer_review(town.row(0), review_outcome="kept", review_answer="维持", actor=chief)
    rule = reminder_rules["appraisal.review_answered"]
    assert [row.doer_key for row in rule.visible(rule.dues(TODAY), town.own)] == [town.own.pk]
    assert rule.visible(rule.dues(TODAY), town.staff).count() == 0


def test_a_result_that_was_corrected_meanwhile_did_not_stand(town: Town) -> None:
    town.filed(0)
    asked(town)
    corrected(town, "incompetent")
    with pytest.raises(ValidationError) as error:
        answered(town, "kept", "维持原等次")
    assert list(error.value.message_dict) == ["review_outcome"]
    answered(town, "changed", "已据实更正")
    asked(town, "不同意更正")


def test_a_review_is_spoken_of_at_the_signature_only_while_it_can_be_asked_for(town: Town, client_of: Any) -> None:
    town.filed(0)
    page = reverse("appraisal:annual_sign", kwargs={"pk": town.row(0).pk})
    assert "or ask for a review." in client_of(town.own).get(page).content.decode()
    early = date(2026, 1, 20)
    AnnualAssessment.objects.filter(pk=town.row(0).pk).update(confirmed_on=early, filed_on=early)
    text = client_of(town.own).get(page).content.decode()
    assert ("If you disagree, say so here." in text, "or ask for a review." in text) == (True, False)
