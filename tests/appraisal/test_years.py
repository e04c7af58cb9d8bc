"""Years of assessment: their days, voided and opened anew or restored; the numbers of a unit."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cadre_app.appraisal.models import AnnualAssessment, UnitQuota
from cadre_app.appraisal.services import decisions, years
from cadre_app.people.services import transfers
from tests.appraisal.conftest import Town
from tests.people.conftest import TODAY


def fields_of(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(error.value.message_dict)


def test_a_voided_year_can_be_opened_anew(town: Town) -> None:
    years.void_year(town.campaign, reason="误开", actor=town.staff)
    days = {"starts_on": date(2025, 12, 1), "ends_on": date(2026, 1, 31)}
    again = years.open_year(unit=town.district.town, year=2025, **days, actor=town.staff)
    standing = AnnualAssessment.objects.standing()
    assert {row.quota.campaign_id for row in standing} == {again.pk}
    assert standing.count() == 4


def test_what_was_voided_by_itself_stays_voided_when_its_year_is_restored(town: Town) -> None:
    decisions.void_annual(town.row(0), reason="当年不参加考核", actor=town.staff)
    years.complete_year(town.campaign, actor=None)
    assert AnnualAssessment.objects.standing().count() == 3
    campaign = years.void_year(town.campaign, reason="误开", actor=town.staff)
    assert AnnualAssessment.objects.standing().count() == 0
    years.restore_year(campaign, actor=town.staff)
    assert AnnualAssessment.objects.standing().count() == 3
    assert town.row(0).is_voided


def test_a_year_is_restored_over_what_used_up_its_quota(town: Town) -> None:
    town.approve(1)
    for index in (0, 1):
        town.enter(index, "excellent")
        decisions.void_annual(town.row(index), reason="不参加考核", actor=town.staff)
    years.restore_year(years.void_year(town.campaign, reason="误开", actor=town.staff), actor=town.staff)
    decisions.restore_annual(town.row(0), actor=town.staff)
    with pytest.raises(ValidationError) as error:
        decisions.restore_annual(town.row(1), actor=town.staff)
    assert error.value.messages[0].startswith("优秀等次人数超出核定名额")
    town.approve(2)
    decisions.restore_annual(town.row(1), actor=town.staff)
    assert town.quota.excellents == 2


def test_nothing_is_restored_within_a_voided_year(town: Town, client_of: Any) -> None:
    one = decisions.void_annual(town.row(0), reason="不参加考核", actor=town.staff)
    page = reverse("appraisal:annual_restore", kwargs={"pk": one.pk})
    assert client_of(town.staff).get(page).status_code == 200
    years.void_year(town.campaign, reason="误开", actor=town.staff)
    assert client_of(town.staff).get(page).status_code == 403
    with pytest.raises(ValidationError):
        decisions.restore_annual(town.row(0), actor=town.staff)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2030, 11, 1), date(2031, 1, 31), "starts_on"),
        (date(2024, 12, 31), date(2026, 1, 31), "starts_on"),
        (date(2025, 12, 1), date(2027, 1, 1), "ends_on"),
    ],
)
def test_a_year_is_entered_in_itself_or_in_the_one_after(
    town: Town, starts_on: date, ends_on: date, field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        years.change_year(town.campaign, starts_on=starts_on, ends_on=ends_on, actor=town.staff)
    assert fields_of(error) == [field]
    years.void_year(town.campaign, reason="误开", actor=town.staff)
    with pytest.raises(ValidationError) as error:
        years.open_year(unit=town.district.top, year=2025, starts_on=starts_on, ends_on=ends_on, actor=town.staff)
    assert fields_of(error) == [field]


@pytest.mark.parametrize("number", ["无", "\u200b", "望公考"])
def test_what_is_no_number_lifts_no_quota(town: Town, client_of: Any, number: str) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    with pytest.raises(ValidationError):
        years.set_quota(town.quota, participants=10, approved=0, approval_number=number, actor=town.staff)
    page = reverse("appraisal:quota_edit", kwargs={"pk": town.quota.pk})
    sent = {"participants": "10", "approved": "0", "approval_number": number, "version": str(town.quota.version)}
    form = client_of(town.staff).post(page, sent).context["form"]
    assert list(form.errors) == (["approved"] if number == "\u200b" else ["approval_number"])
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitQuota.objects.filter(pk=town.quota.pk).update(approval_number=number)


def test_no_fewer_take_part_than_have_a_row(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        years.set_quota(town.quota, participants=3, approved=1, actor=town.staff)
    assert fields_of(error) == ["participants"]
    town.enter(0, "transferred", comment="", case_note="年内调出")
    years.set_quota(town.quota, participants=3, approved=1, actor=town.staff)


@pytest.mark.parametrize("name", ["annual_course", "unit_course", "annual_correct"])
def test_a_notice_of_the_year_one_is_a_slip_of_the_hand(town: Town, client_of: Any, name: str) -> None:
    town.approve(1)
    one = town.enter(0, "excellent") if name != "annual_correct" else town.confirmed(0)
    key = town.quota.pk if name == "unit_course" else one.pk
    sent = {"notice_from": "0001-01-01", "notice_until": "0001-01-01", "version": str(one.version)}
    sent |= {"outcome": "excellent", "comment": "好", "reason": "复核"}
    client = client_of(town.staff)
    answer = client.post(reverse(f"appraisal:{name}", kwargs={"pk": key}), sent)
    assert answer.status_code == 200
    assert {"notice_from", "notice_until"} <= set(answer.context["form"].errors)


def test_whoever_left_before_anything_was_entered_is_not_assessed(town: Town, client_of: Any) -> None:
    transfers.record_departure(
        town.people[0], kind="resignation", effective_on=TODAY, destination="", document_number="望组干〔2026〕9号",
        approval="同意", actor=town.staff,
    )  # fmt: skip
    board, unit = reverse("appraisal:year_board"), reverse("appraisal:unit_detail", kwargs={"pk": town.quota.pk})
    listed = reverse("appraisal:annual_list")

    def seen() -> tuple[int, bool, bool]:
        client = client_of(town.staff)
        chips = client.get(listed, {"year": "2025"}).context["chips"]
        shown = client.get(board, {"year": "2025"}).content.decode()
        (people,) = {chip.count for chip in chips if f">{chip.count}</a>" in shown}
        names = [one.trainee.person.name for one, *_rest in client.get(unit).context["people"]]
        return people, "林知远" in names, "林知远" in client.get(listed, {"year": "2025"}).content.decode()

    assert seen() == (3, False, False)
    years.set_quota(town.quota, participants=3, approved=0, actor=town.staff)
    transfers.undo_departure(town.people[0], reason="误录", actor=town.staff)
    assert seen() == (4, True, True)


def test_what_was_entered_about_somebody_who_left_is_voided_by_staff(town: Town, client_of: Any) -> None:
    town.approve(1)
    town.enter(0, "excellent")
    transfers.record_departure(
        town.people[0], kind="resignation", effective_on=TODAY, destination="", document_number="望组干〔2026〕9号",
        approval="同意", actor=town.staff,
    )  # fmt: skip
    page = reverse("appraisal:annual_void", kwargs={"pk": town.row(0).pk})
    sent = {"version": town.row(0).version, "reason": "已离开"}
    assert client_of(town.liaison).post(page, sent).status_code == 403
    assert client_of(town.staff).post(page, sent).status_code == 302
    assert (town.row(0).is_voided, town.quota.excellents) == (True, 0)
