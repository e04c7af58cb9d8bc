"""Corrections as they are told: who has to sign them off, why one was declined, what the person reads of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection
from cadre_app.appraisal.services import corrections, course, decisions, persons
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material
from cadre_app.people.services import transfers
from tests.appraisal.conftest import COMMENT, DAYS, LATER, Town
from tests.people.conftest import TODAY

WHY = "公示材料不齐，补齐后再报"


def propose(town: Town, **changes: Any) -> AnnualCorrection:
    given = {"outcome": "basic_competent", "comment": "更正后的评语", "reason": "复核后更正"} | changes
    return corrections.propose_correction(town.row(0), **given, actor=town.staff)


def dues(rule: str, user: Any = None, until: date = TODAY) -> list[tuple[Any, Any]]:
    found = reminder_rules[f"appraisal.{rule}"]
    rows = found.dues(until) if user is None else found.visible(found.dues(until), user)
    return [(row.due_day, row.doer_key) for row in rows]


def detail(town: Town, client: Any) -> str:
    return str(client.get(reverse("appraisal:annual_detail", kwargs={"pk": town.row(0).pk})).content.decode())


def test_a_correction_that_waits_rings_for_those_who_sign_it_off(town: Town) -> None:
    town.confirmed(0)
    propose(town)
    day = timezone.localdate()
    assert dues("correction_sign", until=day - timedelta(days=1)) == []
    assert dues("correction_sign", until=day) == [(day, None)]
    assert dues("correction_sign", town.leader, day) == [(day, None)]
    assert dues("correction_sign", town.staff, day) == []
    row = reminder_rules["appraisal.correction_sign"].dues(day).get()
    words = reminder_rules["appraisal.correction_sign"].words(row, day, town.leader)
    assert words.subject == "林知远"
    assert words.url == reverse("appraisal:correction_sign", kwargs={"pk": row.pk})


def test_whoever_proposed_a_declined_one_is_told_why_until_another_one_is_proposed(town: Town) -> None:
    town.confirmed(0)
    correction = propose(town)
    corrections.decline_correction(correction, reason=WHY, actor=town.leader)
    assert dues("correction_sign") == []
    assert dues("correction_declined", town.staff) == [(TODAY, town.staff.pk)]
    assert dues("correction_declined", town.leader) == []
    rule = reminder_rules["appraisal.correction_declined"]
    assert WHY in rule.words(rule.dues(TODAY).get(), TODAY, town.staff).why
    propose(town)
    assert dues("correction_declined", town.staff) == []


def test_news_of_a_declined_one_end_after_two_weeks(town: Town) -> None:
    town.confirmed(0)
    correction = propose(town)
    corrections.decline_correction(correction, reason=WHY, actor=town.leader)
    AnnualCorrection.objects.filter(pk=correction.pk).update(decided_on=TODAY - timedelta(days=15))
    assert dues("correction_declined", town.staff) == []


def test_declining_needs_a_reason_and_the_page_shows_it_beside_the_correction(town: Town, client_of: Any) -> None:
    town.confirmed(0)
    correction = propose(town)
    with pytest.raises(ValidationError) as error:
        corrections.decline_correction(correction, reason=" ", actor=town.leader)
    assert list(error.value.message_dict) == ["reason"]
    page = reverse("appraisal:correction_decline", kwargs={"pk": correction.pk})
    form = client_of(town.leader).get(page).context["form"]
    assert form["reason"].value() in ("", None), "the reason of the proposal is not that of the refusal"
    corrections.decline_correction(correction, reason=WHY, actor=town.leader)
    assert WHY in detail(town, client_of(town.staff))


def test_only_what_was_declined_has_a_reason_for_it(town: Town) -> None:
    town.confirmed(0)
    correction = propose(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualCorrection.objects.filter(pk=correction.pk).update(decline_reason=WHY)


def test_history_tells_the_decision_without_a_word_about_its_field(town: Town, client_of: Any) -> None:
    town.confirmed(0)
    corrections.decline_correction(propose(town), reason=WHY, actor=town.leader)
    corrections.sign_correction(propose(town), actor=town.leader)
    told = client_of(town.staff).get(reverse("appraisal:annual_detail", kwargs={"pk": town.row(0).pk}))
    lines = [line.name for entry in told.context["entries"] for line in entry.changes]
    assert "is_signed" not in lines
    assert "decline_reason" not in lines


def test_the_person_reads_what_stood_there_and_why_once_it_is_signed(town: Town, client_of: Any) -> None:
    town.filed(0)
    persons.sign_annual(town.row(0), opinion="同意原结果。", actor=town.own)
    correction = propose(town)
    assert "复核后更正" not in detail(town, client_of(town.own))
    corrections.sign_correction(correction, actor=town.leader)
    text = detail(town, client_of(town.own))
    for said in ("复核后更正", COMMENT, "同意原结果。"):
        assert said in text
    assert town.staff.display_name not in text


def test_a_correction_above_the_quota_is_told_before_anybody_signs_it(town: Town, client_of: Any) -> None:
    town.approve(0)
    town.confirmed(0)
    said = "“excellent” cannot be signed off"
    page = reverse("appraisal:annual_correct", kwargs={"pk": town.row(0).pk})
    assert said in client_of(town.staff).get(page).content.decode()
    correction = propose(town, outcome="excellent", **LATER)
    assert said in detail(town, client_of(town.staff))
    page = reverse("appraisal:correction_sign", kwargs={"pk": correction.pk})
    assert said in client_of(town.leader).get(page).content.decode()
    town.approve(5)
    assert said not in client_of(town.leader).get(page).content.decode()


def test_a_review_is_not_offered_after_its_last_day(town: Town, client_of: Any) -> None:
    filed = town.filed(0)
    client, page = client_of(town.own), reverse("appraisal:annual_ask", kwargs={"pk": filed.pk})
    assert page in detail(town, client)
    type(filed).objects.filter(pk=filed.pk).update(filed_on=date(2026, 9, 1), confirmed_on=date(2026, 8, 1))
    assert page not in detail(town, client)
    answer = client.get(page, follow=True)
    assert answer.redirect_chain
    assert "could be asked for until" in answer.content.decode()


def test_a_case_becomes_a_grade_with_its_comment_and_its_days(town: Town, client_of: Any) -> None:
    town.enter(0, "away", case_note="病假", comment="")
    decisions.check_annual(town.row(0), actor=town.staff)
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    page = reverse("appraisal:annual_correct", kwargs={"pk": town.row(0).pk})
    sent = {"version": town.row(0).version, "status": "civil_servant", "outcome": "competent", "reason": "病假天数有误"}
    form = client_of(town.staff).post(page, sent).context["form"]
    assert set(form.errors) == {"comment", *DAYS}
    late = sent | {"comment": COMMENT} | DAYS | {"survey_on": "2026-01-02"}
    assert set(client_of(town.staff).post(page, late).context["form"].errors) == {"survey_on"}
    assert client_of(town.staff).post(page, sent | {"comment": COMMENT} | DAYS).status_code == 302
    correction = AnnualCorrection.objects.get()
    sign = reverse("appraisal:correction_sign", kwargs={"pk": correction.pk})
    assert "12 Jan 2026" in client_of(town.leader).get(sign).content.decode()
    corrections.sign_correction(correction, actor=town.leader)
    one = town.row(0)
    assert (one.grade, one.self_report_on, one.appraised_on) == (
        "competent", DAYS["self_report_on"], DAYS["appraised_on"],
    )  # fmt: skip


def test_a_correction_without_a_comment_is_refused_as_the_check_would(town: Town) -> None:
    town.confirmed(0)
    with pytest.raises(ValidationError) as error:
        propose(town, comment=" ")
    assert list(error.value.message_dict) == ["comment"]
    correction = propose(town)
    AnnualCorrection.objects.filter(pk=correction.pk).update(comment="")
    with pytest.raises(ValidationError) as error:
        corrections.sign_correction(correction, actor=town.leader)
    assert list(error.value.message_dict) == ["comment"]


def test_a_wrong_status_is_corrected_with_its_scale(town: Town, client_of: Any) -> None:
    town.enter(0, "qualified", status="institution", status_note="误记")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    decisions.check_annual(town.row(0), actor=town.staff)
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    with pytest.raises(ValidationError) as error:
        propose(town, outcome="competent")
    assert list(error.value.message_dict) == ["outcome"]
    page = reverse("appraisal:annual_correct", kwargs={"pk": town.row(0).pk})
    sent = {"version": town.row(0).version, "status": "civil_servant", "outcome": "competent", "comment": COMMENT}
    sent |= {"reason": "身份有误"}
    assert client_of(town.staff).post(page, sent).status_code == 302
    correction = AnnualCorrection.objects.get()
    sign = reverse("appraisal:correction_sign", kwargs={"pk": correction.pk})
    assert "Public institution staff → <b>Civil servant</b>" in client_of(town.leader).get(sign).content.decode()
    corrections.sign_correction(correction, actor=town.leader)
    one = town.row(0)
    assert (one.status, one.grade, one.status_note) == ("civil_servant", "competent", "")


def test_the_file_names_who_signed_what_stands_and_that_it_was_corrected(town: Town, client_of: Any) -> None:
    town.confirmed(0)
    other = town.district.somebody(Role.LEADER, town.district.top)
    file = reverse("growth:file", kwargs={"pk": town.people[0].pk})
    year = reverse("growth:year", kwargs={"pk": town.people[0].pk, "year": 2025})
    signed = f"Signed off by {other.display_name}"
    corrections.sign_correction(propose(town), actor=other)
    for url, told in ((file, "Basically competent (corrected)"), (year, "Corrected on 23 Nov 2026")):
        text = client_of(town.staff).get(url).content.decode()
        assert told in text
        assert signed in text
        assert f"Signed off by {town.leader.display_name}" not in text
        own = client_of(town.own).get(url).content.decode()
        assert told in own
        assert other.display_name not in own
    assert other.display_name in detail(town, client_of(town.staff))


def test_a_correction_of_somebody_who_left_waits_on_no_desk_and_is_withdrawn(town: Town, client_of: Any) -> None:
    town.confirmed(0)
    correction = propose(town)
    sign = reverse("appraisal:correction_sign", kwargs={"pk": correction.pk})
    assert sign in client_of(town.leader).get("/").content.decode()
    transfers.record_departure(
        town.people[0], kind="resignation", effective_on=TODAY, destination="", document_number="望组干〔2026〕9号",
        approval="同意", actor=town.staff,
    )  # fmt: skip
    assert sign not in client_of(town.leader).get("/").content.decode()
    page = reverse("appraisal:correction_withdraw", kwargs={"pk": correction.pk})
    sent = {"version": correction.version, "reason": "已离开"}
    assert client_of(town.staff).post(page, sent).status_code == 302


def test_a_corrected_form_takes_the_place_of_what_waits_to_be_handed_over(town: Town) -> None:
    town.filed(0)
    for outcome in ("basic_competent", "incompetent"):
        corrections.sign_correction(propose(town, outcome=outcome), actor=town.leader)
    assert [one.source.split(":")[0] for one in Material.objects.waiting()] == ["appraisal.annualcorrection"]


def test_a_late_correction_takes_the_place_of_a_form_that_waits_and_asks_for_no_other(town: Town) -> None:
    town.filed(0)
    one = town.row(0)
    AnnualAssessment.objects.filter(pk=one.pk).update(year=2024)
    for outcome, reason in (("basic_competent", "复核后更正"), ("incompetent", "再次更正")):
        given = {"outcome": outcome, "comment": COMMENT, "reason": reason}
        proposed = corrections.propose_correction(one, **given, actor=town.staff)
        corrections.sign_correction(proposed, actor=town.leader)
        one.refresh_from_db()
        [waiting] = Material.objects.waiting()
        assert waiting.source.split(":")[0] == "appraisal.annualcorrection"
