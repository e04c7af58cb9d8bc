"""试用期 Whoever is on probation at the end of the year gets a comment and no grade, and nobody else does."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.appraisal.services import corrections, course, decisions, entries
from cadre_app.appraisal.services.entries import Entered, cell
from cadre_app.people.models import Trainee
from tests.appraisal.conftest import COMMENT, DAYS, Town


def ends(town: Town, index: int, day: date) -> None:
    Trainee.objects.filter(pk=town.people[index].pk).update(probation_ends_on=day)


@pytest.mark.parametrize(
    ("day", "outcome"),
    [(date(2026, 1, 1), "competent"), (date(2026, 1, 1), "excellent"), (date(2025, 12, 31), "probation")],
)
def test_what_does_not_fit_the_probation_of_the_file_is_refused(town: Town, day: date, outcome: str) -> None:
    town.approve(5)
    ends(town, 0, day)
    with pytest.raises(ValidationError) as error:
        town.enter(0, outcome)
    assert list(error.value.message_dict) == ["outcome"]
    key = town.row(0).pk
    with pytest.raises(ValidationError) as error:
        entries.enter_unit(town.quota, given={key: Entered(outcome=outcome, comment=COMMENT)}, actor=town.liaison)
    assert list(error.value.message_dict) == [cell("outcome", key)]


def test_what_fits_is_entered(town: Town) -> None:
    ends(town, 0, date(2026, 1, 1))
    ends(town, 1, date(2025, 12, 31))
    assert town.enter(0, "probation").no_grade == "probation"
    assert town.enter(1, "competent").grade == "competent"


def test_without_an_end_in_the_file_the_usual_one_says_that_probation_is_over(town: Town) -> None:
    with pytest.raises(ValidationError) as error:
        town.enter(0, "probation")
    assert list(error.value.message_dict) == ["outcome"]


def test_it_is_asked_again_at_the_check_and_at_the_sign_off(town: Town) -> None:
    town.enter(0, "competent")
    course.record_course(town.row(0), **DAYS, actor=town.liaison)
    ends(town, 0, date(2026, 7, 1))
    for check in (lambda: decisions.check_annual(town.row(0), actor=town.staff),
                  lambda: decisions.check_unit(town.quota, actor=town.staff)):  # fmt: skip
        with pytest.raises(ValidationError) as error:
            check()
        assert "林知远" in error.value.messages[0]
    ends(town, 0, date(2025, 7, 1))
    decisions.check_annual(town.row(0), actor=town.staff)
    ends(town, 0, date(2026, 7, 1))
    for sign in (lambda: decisions.sign_off_annual(town.row(0), actor=town.leader),
                 lambda: decisions.sign_off_unit(town.quota, actor=town.leader)):  # fmt: skip
        with pytest.raises(ValidationError):
            sign()
    assert AnnualAssessment.objects.filter(confirmed_on__isnull=False).count() == 0


def test_a_correction_is_asked_too(town: Town) -> None:
    town.confirmed(0)
    given = {"comment": COMMENT, "reason": "复核", "actor": town.staff}
    with pytest.raises(ValidationError) as error:
        corrections.propose_correction(town.row(0), outcome="probation", **given)
    assert list(error.value.message_dict) == ["outcome"]


def test_the_form_shows_what_is_known_and_refuses_beside_the_field(town: Town, client_of: Any) -> None:
    ends(town, 0, date(2026, 7, 1))
    one = town.row(0)
    page = reverse("appraisal:annual_edit", kwargs={"pk": one.pk})
    client = client_of(town.liaison)
    assert "On probation at the end of the year, until" in client.get(page).content.decode()
    sent = {"status": one.status, "outcome": "competent", "comment": COMMENT, "version": str(one.version)}
    assert list(client.post(page, sent).context["form"].errors) == ["outcome"]
