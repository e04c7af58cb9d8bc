"""The annual assessment through its services: scale, cases, quota, chain, signature, review, correction."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from cadre_app.appraisal.models import AnnualAssessment, AnnualState, UnitQuota
from cadre_app.appraisal.services import corrections, course, decisions, entries, persons, years
from cadre_app.appraisal.services.entries import Entered, cell
from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative, Trainee
from cadre_app.people.services import transfers
from tests.appraisal.conftest import COMMENT, DAYS, LATER, NOTICE, Town
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

AFTER = "2026-12-01T12:00:00+08:00"


def errors(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    found = error.value
    return found.message_dict if hasattr(found, "error_dict") else {"": found.messages}


def test_a_campaign_has_a_row_for_everybody_who_had_arrived(town: Town) -> None:
    TraineeFactory.create(home_unit=town.district.other_town, arrived_on=date(2026, 2, 1))
    years.complete_year(town.campaign, actor=None)
    assert (AnnualAssessment.objects.count(), UnitQuota.objects.count()) == (4, 1)
    assert {one.state for one in AnnualAssessment.objects.all()} == {AnnualState.NOT_STARTED}


@pytest.mark.parametrize(
    ("index", "grade", "said"),
    [
        (0, "qualified", "The grade “Qualified” is for staff of public institutions; this person is a civil servant. Choose one of: Excellent, Competent, Basically competent, Not competent."),
        (3, "competent", "The grade “Competent” is for civil servants; this person is on the staff of a public institution. Choose one of: Excellent, Qualified, Basically qualified, Not qualified."),
    ],
)  # fmt: skip
def test_a_grade_of_the_other_scale_is_refused(town: Town, index: int, grade: str, said: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as error:
        town.enter(index, grade)
    assert errors(error) == {"outcome": [said]}
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualAssessment.objects.filter(pk=town.row(index).pk).update(grade=grade)


def test_the_year_before_arrival_is_refused(town: Town) -> None:
    Trainee.objects.filter(pk=town.people[0].pk).update(arrived_on=date(2026, 2, 28))
    with pytest.raises(ValidationError) as error:
        town.enter(0, "competent")
    assert list(errors(error)) == ["outcome"]


def test_an_open_case_has_neither_grade_nor_comment(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        town.enter(0, "case_open", case_note="立案未结")
    assert list(errors(error)) == ["comment"]
    one = town.enter(0, "case_open", case_note="立案未结", comment="")
    assert (one.grade, one.no_grade, town.row(0).state) == ("", "case_open", AnnualState.ENTERED)
    with pytest.raises(ValidationError) as error:
        town.enter(0, "away", case_note="")
    assert list(errors(error)) == ["case_note"]


def test_nobody_is_excellent_above_the_quota_without_a_number(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        town.enter(0, "excellent")
    assert "核定优秀名额" in errors(error)["outcome"][0]
    town.approve(1)
    town.enter(0, "excellent")
    with pytest.raises(ValidationError) as error:
        town.enter(1, "excellent")
    assert errors(error)["outcome"][0].startswith("优秀等次人数超出核定名额")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualAssessment.objects.filter(pk=town.row(1).pk).update(grade="excellent")
    years.set_quota(town.quota, participants=10, approved=1, approval_number="望公考〔2026〕3号", actor=town.staff)
    town.enter(1, "excellent")
    assert town.quota.excellents == 2
    with pytest.raises(ValidationError) as error:
        years.set_quota(town.quota, participants=10, approved=1, approval_number="", actor=town.staff)
    assert list(errors(error)) == ["approved"]
    town.enter(0, "competent")
    assert town.quota.excellents == 1


def test_one_table_may_pass_the_place_of_excellent_on(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    rows = {town.row(0).pk: "competent", town.row(1).pk: "excellent"}
    given = {key: Entered(outcome=outcome, comment=COMMENT) for key, outcome in rows.items()}
    assert entries.enter_unit(town.quota, given=given, actor=town.liaison).count == 2
    assert [town.row(index).grade for index in (0, 1)] == ["competent", "excellent"]


def test_a_table_is_written_wholly_or_not_at_all_and_says_what_is_wrong_by_cell(town: Town) -> None:
    town.approve(1)
    keys = [town.row(index).pk for index in range(4)]
    given = {
        keys[0]: Entered(outcome="excellent", comment=COMMENT),
        keys[1]: Entered(outcome="excellent", comment=COMMENT),
        keys[2]: Entered(outcome="away", comment=COMMENT),
        keys[3]: Entered(outcome="incompetent", comment=COMMENT),
    }
    with pytest.raises(ValidationError) as error:
        entries.enter_unit(town.quota, given=given, actor=town.liaison)
    expected = [
        cell("outcome", keys[0]),
        cell("outcome", keys[1]),
        cell("case_note", keys[2]),
        cell("outcome", keys[3]),
    ]
    assert sorted(errors(error)) == sorted(expected)
    assert AnnualAssessment.objects.exclude(state=AnnualState.NOT_STARTED).count() == 0


def test_another_change_meanwhile_is_told_beside_its_row(town: Town) -> None:
    key, before = town.row(0).pk, town.row(0).version
    town.enter(0, "competent")
    with pytest.raises(ValidationError) as error:
        given = {key: Entered(outcome="basic_competent", comment=COMMENT, version=before)}
        entries.enter_unit(town.quota, given=given, actor=town.staff)
    assert list(errors(error)) == [cell("outcome", key)]
    with pytest.raises(Stale):
        entries.edit_annual(town.row(0), status="civil_servant", outcome="competent", version=before, actor=town.staff)


def test_the_chain_of_an_excellent_year(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    with pytest.raises(ValidationError) as error:
        decisions.check_annual(town.row(0), actor=town.staff)
    assert errors(error) == {"": ["林知远：缺少“个人述职日期”。"]}
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    with pytest.raises(ValidationError):
        decisions.check_annual(town.row(0), actor=town.liaison)
    decisions.check_annual(town.row(0), actor=town.staff)
    with pytest.raises(ValidationError) as error:
        decisions.sign_off_annual(town.row(0), actor=town.leader)
    assert errors(error)[""][0].startswith("优秀人员须先公示")
    course.record_course(town.row(0), **DAYS, **NOTICE, actor=town.liaison)
    assert town.row(0).state == AnnualState.NOTICE
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    assert town.row(0).state == AnnualState.TO_FILE
    trigger = TalkTrigger.objects.get()
    assert (trigger.occasion, trigger.due_on) == (Occasion.ASSESSMENT, TODAY + timedelta(days=30))
    decisions.file_annual(town.row(0), filed_on=TODAY, filing_number="望公考〔2026〕8号", actor=town.staff)
    assert town.row(0).state == AnnualState.FILED
    persons.sign_annual(town.row(0), opinion="同意。", actor=town.own)
    assert (town.row(0).state, town.row(0).signed_on) == (AnnualState.SIGNED, TODAY)


def test_days_keep_their_order_and_a_notice_its_length(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    early = DAYS | {"appraised_on": date(2026, 1, 6)}
    with pytest.raises(ValidationError) as error:
        course.record_course(town.row(0), **early, actor=town.liaison)
    assert list(errors(error)) == ["appraised_on"]
    short = {"notice_from": date(2026, 1, 14), "notice_until": date(2026, 1, 16)}
    with pytest.raises(ValidationError) as error:
        course.record_course(town.row(0), **DAYS, **short, actor=town.liaison)
    assert list(errors(error)) == ["notice_until"]
    with pytest.raises(ValidationError) as error:
        course.record_course(town.row(1), **DAYS, **NOTICE, actor=town.liaison)
    assert list(errors(error)) == ["notice_from"]


def test_a_whole_unit_is_checked_signed_off_and_filed(town: Town) -> None:
    town.approve(1)
    for index, outcome in enumerate(("excellent", "competent", "competent", "qualified")):
        town.enter(index, outcome)
    course.record_unit_course(town.quota, **DAYS, **NOTICE, actor=town.liaison)
    assert [town.row(index).notice_from for index in (0, 1)] == [NOTICE["notice_from"], None]
    assert decisions.check_unit(town.quota, actor=town.liaison).count == 0
    assert decisions.check_unit(town.quota, actor=town.staff).count == 4
    assert decisions.sign_off_unit(town.quota, actor=town.leader).count == 4
    assert TalkTrigger.objects.filter(occasion=Occasion.ASSESSMENT).count() == 4
    assert decisions.file_unit(town.quota, filed_on=TODAY, actor=town.staff).count == 4
    assert {one.state for one in AnnualAssessment.objects.all()} == {AnnualState.FILED}
    papers = Material.objects.waiting()
    assert {(one.kind, one.formed_on) for one in papers} == {("annual", TODAY)}
    assert {one.trainee_id for one in papers} == {one.trainee_id for one in AnnualAssessment.objects.all()}


def test_whoever_checked_does_not_sign_one_nor_a_unit(town: Town) -> None:
    chief = town.district.somebody(Role.LEADER, town.district.top)
    for index in (0, 1):
        town.enter(index, "competent")
        course.record_course(town.row(index), **DAYS, actor=town.liaison)
    decisions.check_annual(town.row(0), actor=chief)
    decisions.check_annual(town.row(1), actor=town.staff)
    with pytest.raises(ValidationError) as error:
        decisions.sign_off_annual(town.row(0), actor=chief)
    assert error.value.code == "own_check"
    assert decisions.sign_off_unit(town.quota, actor=chief).count == 1
    assert (town.row(0).confirmed_by, town.row(1).confirmed_by) == (None, chief)
    assert decisions.sign_off_unit(town.quota, actor=town.leader).count == 1
    for index, other in ((0, chief), (1, town.staff)):
        with pytest.raises(IntegrityError, match="checked and signed off by the same account"), transaction.atomic():
            AnnualAssessment.objects.filter(pk=town.row(index).pk).update(confirmed_by=other)


def test_whoever_is_on_display_is_not_signed_off_with_the_unit(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    later = {"notice_from": TODAY, "notice_until": TODAY + timedelta(days=9)}
    course.record_course(town.row(0), **DAYS, **later, actor=town.liaison)
    decisions.check_annual(town.row(0), actor=town.staff)
    assert decisions.sign_off_unit(town.quota, actor=town.leader).count == 0
    with pytest.raises(ValidationError):
        decisions.sign_off_annual(town.row(0), actor=town.leader)


def test_a_review_is_asked_for_once_and_in_time_and_its_outcome_kept(town: Town) -> None:
    town.filed(0)
    persons.ask_for_review(town.row(0), review_reason="有两项工作未计入。", actor=town.own)
    assert town.row(0).state == AnnualState.REVIEW
    with pytest.raises(ValidationError):
        persons.ask_for_review(town.row(0), review_reason="再次", actor=town.own)
    with pytest.raises(ValidationError) as error:
        persons.answer_review(town.row(0), review_outcome="changed", review_answer="已更正", actor=town.staff)
    assert list(errors(error)) == ["review_outcome"]
    persons.answer_review(town.row(0), review_outcome="kept", review_answer="维持原等次。", actor=town.staff)
    assert (town.row(0).state, town.row(0).review_outcome) == (AnnualState.FILED, "kept")
    town.filed(1)
    AnnualAssessment.objects.filter(pk=town.row(1).pk).update(filed_on=date(2026, 9, 1), confirmed_on=date(2026, 8, 1))
    with pytest.raises(ValidationError):
        persons.ask_for_review(town.row(1), review_reason="过期", actor=town.own)


def test_a_confirmed_one_changes_by_a_signed_correction_alone(town: Town) -> None:
    town.confirmed(0)
    with pytest.raises(ValidationError):
        town.enter(0, "basic_competent")
    with pytest.raises(ValidationError):
        decisions.void_annual(town.row(0), reason="误", actor=town.staff)
    correction = corrections.propose_correction(
        town.row(0), outcome="basic_competent", comment="更正后的评语", reason="复核后更正", actor=town.staff
    )
    assert town.row(0).grade == "competent"
    with pytest.raises(ValidationError):
        corrections.sign_correction(correction, actor=town.staff)
    corrections.sign_correction(correction, actor=town.leader)
    assert (town.row(0).grade, town.row(0).comment) == ("basic_competent", "更正后的评语")
    correction.refresh_from_db()
    assert (correction.was_grade, correction.is_signed) == ("competent", True)


def test_a_correction_that_waits_is_withdrawn_and_another_one_proposed(town: Town) -> None:
    town.confirmed(0)
    given = {"outcome": "basic_competent", "comment": "更正后的评语", "reason": "复核后更正", "actor": town.staff}
    correction = corrections.propose_correction(town.row(0), **given)
    corrections.withdraw_correction(correction, reason="写错了", actor=town.staff)
    with pytest.raises(ValidationError):
        corrections.sign_correction(correction, actor=town.leader)
    with pytest.raises(ValidationError):
        corrections.withdraw_correction(correction, reason="再次", actor=town.staff)
    corrections.sign_correction(corrections.propose_correction(town.row(0), **given), actor=town.leader)
    assert town.row(0).grade == "basic_competent"


def test_a_correction_does_not_pass_the_quota(town: Town) -> None:
    town.approve(0)
    town.confirmed(0)
    correction = corrections.propose_correction(
        town.row(0), outcome="excellent", comment=COMMENT, reason="复核", actor=town.staff, **LATER
    )
    with time_machine.travel(AFTER), pytest.raises(ValidationError) as error:
        corrections.sign_correction(correction, actor=town.leader)
    assert list(errors(error)) == ["outcome"]
    corrections.decline_correction(correction, reason="超出名额", actor=town.leader)
    assert town.row(0).grade == "competent"


def test_who_becomes_excellent_by_a_correction_is_shown_in_public_first(town: Town) -> None:
    town.approve(1)
    town.confirmed(0)
    given = {"outcome": "excellent", "comment": COMMENT, "reason": "复核", "actor": town.staff}
    with pytest.raises(ValidationError) as error:
        corrections.propose_correction(town.row(0), **given)
    assert list(errors(error)) == ["notice_from"]
    with pytest.raises(ValidationError) as error:
        corrections.propose_correction(town.row(0), **given | NOTICE | {"outcome": "basic_competent"})
    assert list(errors(error)) == ["notice_from"]
    with pytest.raises(ValidationError) as error:
        corrections.propose_correction(town.row(0), **given, **NOTICE)
    assert list(errors(error)) == ["notice_from"]
    correction = corrections.propose_correction(town.row(0), **given, **LATER)
    with pytest.raises(ValidationError) as error:
        corrections.sign_correction(correction, actor=town.leader)
    assert "公示期至" in errors(error)[""][0]
    with time_machine.travel(AFTER):
        corrections.sign_correction(correction, actor=town.leader)
    assert (town.row(0).grade, town.row(0).notice_until) == ("excellent", LATER["notice_until"])


def test_a_corrected_one_is_read_signed_and_reviewed_anew(town: Town) -> None:
    town.filed(0)
    persons.sign_annual(town.row(0), opinion="同意。", actor=town.own)
    AnnualAssessment.objects.filter(pk=town.row(0).pk).update(
        confirmed_on=date(2026, 1, 5), filed_on=date(2026, 1, 8), signed_on=date(2026, 1, 9)
    )
    correction = corrections.propose_correction(
        town.row(0), outcome="basic_competent", comment="更正后的评语", reason="复核后更正", actor=town.staff
    )
    corrections.sign_correction(correction, actor=town.leader)
    row = town.row(0)
    assert (row.state, row.signed_on, row.opinion) == (AnnualState.FILED, None, "")
    correction.refresh_from_db()
    assert (correction.was_signed_on, correction.was_opinion) == (date(2026, 1, 9), "同意。")
    assert Material.objects.filter(title__contains="更正").count() == 1
    with pytest.raises(ValidationError) as error:
        persons.sign_annual(row, signed_on=TODAY - timedelta(days=1), actor=town.staff)
    assert list(errors(error)) == ["signed_on"]
    persons.ask_for_review(row, review_reason="不同意更正", actor=town.own)


def test_nobody_enters_the_own_one_or_a_relatives(town: Town) -> None:
    kin = PersonFactory.create(account=town.liaison)
    Relative.objects.create(person=kin, relation="弟弟", name="林知远", other=town.people[0].person)
    key = town.row(0).pk
    liaison = type(town.liaison).objects.get(pk=town.liaison.pk)
    with pytest.raises(ValidationError) as error:
        entries.enter_unit(town.quota, given={key: Entered(outcome="competent")}, actor=liaison)
    assert list(errors(error)) == [cell("outcome", key)]


def test_what_is_not_checked_goes_with_a_transfer(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    transfers.transfer_trainee(
        town.people[0], to_unit=town.district.other_town, effective_on=TODAY, document_number="望组干〔2026〕9号",
        actor=town.staff,
    )  # fmt: skip
    assert years.sweep_years() == 1
    one = town.row(0)
    assert (one.quota.unit_id, one.grade, town.quota.excellents) == (town.district.other_town.pk, "", 0)
    assert (one.state, one.comment, one.entered_by, one.hands) == (AnnualState.NOT_STARTED, "", None, [])
    assert one.former == f"梧岭镇 · 优秀 · {COMMENT}"


def test_a_campaign_covers_nobody_twice_and_is_voided_while_empty(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        years.open_year(unit=town.district.town, year=2025, starts_on=TODAY, ends_on=TODAY, actor=town.staff)
    assert list(errors(error)) == ["unit"]
    years.void_year(town.campaign, reason="误开", actor=town.staff)
    assert AnnualAssessment.objects.standing().count() == 0
    years.restore_year(town.campaign, actor=town.staff)
    assert AnnualAssessment.objects.standing().count() == 4
    town.enter(0, "competent")
    with pytest.raises(ValidationError):
        years.void_year(town.campaign, reason="误开", actor=town.staff)


def test_history_knows_the_grade_and_not_the_words(town: Town) -> None:
    town.enter(0, "competent", case_note="")
    entry = Entry.objects.about(town.row(0)).filter(verb=entries.ENTERED).first()
    assert entry is not None
    assert (entry.after["grade"], entry.sealed) == ("competent", ["comment"])
    assert COMMENT not in str(entry.after)


def test_a_departed_file_is_read_only(town: Town) -> None:
    transfers.record_departure(
        town.people[0], kind="resignation", effective_on=TODAY, destination="", document_number="望组干〔2026〕9号",
        approval="同意", actor=town.staff,
    )  # fmt: skip
    with pytest.raises(ValidationError):
        town.enter(0, "competent")


def test_the_void_of_an_excellent_one_frees_its_place(town: Town) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    decisions.void_annual(town.row(0), reason="不参加", actor=town.staff)
    town.enter(1, "excellent")
    with pytest.raises(ValidationError):
        decisions.restore_annual(town.row(0), actor=town.staff)
