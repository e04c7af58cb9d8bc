"""平时考核: civil servants alone, entered as a table, confirmed by staff, seen by the person from then on."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.services import quarterly
from cadre_app.appraisal.services.entries import cell
from cadre_app.appraisal.services.quarterly import QuarterEntered
from cadre_app.core.reminding import reminder_rules
from cadre_app.people.models import Status
from tests.appraisal.conftest import Town
from tests.people.conftest import TODAY


def enter(town: Town, **given: QuarterEntered) -> int:
    keyed = {town.people[int(key.removeprefix("p"))].pk: value for key, value in given.items()}
    return quarterly.enter_quarter(town.district.town, year=2026, quarter=3, given=keyed, actor=town.liaison).count


def test_a_quarter_is_entered_confirmed_and_read(town: Town, client_of: Any) -> None:
    assert enter(town, p0=QuarterEntered(grade="good", remark="主动担当"), p1=QuarterEntered()) == 1
    one = QuarterlyAssessment.objects.get()
    address = reverse("appraisal:quarter_detail", kwargs={"pk": one.pk})
    assert client_of(town.own).get(address).status_code == 404
    unit = town.district.town
    assert quarterly.confirm_quarter(unit, year=2026, quarter=3, actor=town.liaison).count == 0
    assert quarterly.confirm_quarter(unit, year=2026, quarter=3, actor=town.staff).count == 1
    assert client_of(town.own).get(address).status_code == 200


def test_staff_of_institutions_have_none(town: Town) -> None:
    with pytest.raises(ValidationError):
        enter(town, p3=QuarterEntered(grade="good"))
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarterlyAssessment.objects.create(
            trainee=town.people[3], unit=town.district.town, status=Status.INSTITUTION, year=2026, quarter=3,
            grade="good", entered_on=TODAY,
        )  # fmt: skip


def test_a_quarter_that_is_not_over_or_confirmed_is_not_entered(town: Town) -> None:
    with pytest.raises(ValidationError):
        quarterly.enter_quarter(
            town.district.town, year=2026, quarter=4, given={town.people[0].pk: QuarterEntered(grade="good")},
            actor=town.liaison,
        )  # fmt: skip
    enter(town, p0=QuarterEntered(grade="good"))
    quarterly.confirm_quarter(town.district.town, year=2026, quarter=3, actor=town.staff)
    with pytest.raises(ValidationError) as error:
        enter(town, p0=QuarterEntered(grade="fair", version=1))
    assert list(error.value.message_dict) == [cell("grade", town.people[0].pk)]


def test_a_row_entered_meanwhile_is_told_beside_its_cell(town: Town, client_of: Any) -> None:
    enter(town, p0=QuarterEntered(grade="good"))
    kwargs = {"pk": town.district.town.pk, "year": 2026, "quarter": 3}
    address = reverse("appraisal:quarter_grid", kwargs=kwargs)
    sent = {cell("grade", town.people[0].pk): "poor", cell("remark", town.people[1].pk): "无等次"}
    client = client_of(town.liaison)
    form = client.post(address, sent).context["form"]
    assert sorted(form.errors) == sorted([cell("grade", town.people[0].pk), cell("grade", town.people[1].pk)])
    again = {cell("grade", town.people[0].pk): "poor", cell("version", town.people[0].pk): "1"}
    assert client.post(address, again).status_code == 302
    assert QuarterlyAssessment.objects.get().grade == "poor"


def test_a_voided_quarter_is_entered_again_and_then_not_restored(town: Town) -> None:
    enter(town, p0=QuarterEntered(grade="good"))
    one = quarterly.void_quarter(QuarterlyAssessment.objects.get(), reason="误填", actor=town.staff)
    enter(town, p0=QuarterEntered(grade="fair"))
    with pytest.raises(ValidationError):
        quarterly.restore_quarter(one, actor=town.staff)


def test_quarters_are_asked_for_once_the_office_keeps_them(town: Town) -> None:
    rule = reminder_rules["appraisal.quarter"]
    assert list(rule.dues(TODAY)) == []
    enter(town, p0=QuarterEntered(grade="good"))
    assert {(row.pk, row.due_day) for row in rule.dues(TODAY)} == {
        (town.people[index].pk, date(2026, 10, 15)) for index in (1, 2)
    }
    assert list(rule.dues(date(2026, 10, 14))) == []


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2028, 2, 29), (2027, 4)), (date(2026, 4, 1), (2026, 1)), (date(2026, 3, 31), (2025, 4))],
)
def test_the_latest_quarter_that_is_over(day: date, quarter: tuple[int, int]) -> None:
    assert quarterly.latest_quarter(day) == quarter


def test_the_board_says_who_is_not_entered_and_since_when_it_is_late(town: Town, client_of: Any) -> None:
    board = reverse("appraisal:quarter_board") + "?quarter=2026-3"
    late = (TODAY - quarterly.due_day(2026, 3)).days
    enter(town, p0=QuarterEntered(grade="good"))
    text = client_of(town.staff).get(board).content.decode()
    assert f"2 people not entered, {late} days over; To be confirmed by the department." in text


def test_a_quarter_is_named_on_its_own_page_and_where_it_is_confirmed(town: Town, client_of: Any) -> None:
    enter(town, p0=QuarterEntered(grade="good"))
    unit = town.district.town
    page = reverse("appraisal:quarter_confirm", kwargs={"pk": unit.pk, "year": 2026, "quarter": 3})
    text = client_of(town.staff).get(page).content.decode()
    assert (">Feedback</th>" in text, ">Grade or case</th>" in text) == (True, False)
    quarterly.confirm_quarter(unit, year=2026, quarter=3, actor=town.staff)
    address = reverse("appraisal:quarter_detail", kwargs={"pk": QuarterlyAssessment.objects.get().pk})
    assert "<h1>Quarterly assessment</h1>" in client_of(town.own).get(address).content.decode()
    assert "Quarterly assessment · 2026, quarter 3" in client_of(town.staff).get(address).content.decode()
