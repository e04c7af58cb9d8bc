"""What the database itself refuses, whatever a service says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cadre_app.advancement.models import Outcome
from tests.advancement.conftest import ANNOUNCED, Town


def today() -> Any:
    """The database's own, in the time zone of the product."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
        return cursor.fetchone()[0]


def update(outcome: Outcome, column: str, value: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE advancement_outcome SET {column} = %s WHERE id = %s", [value, outcome.pk])  # noqa: S608


def test_nothing_is_announced_after_today(town: Town) -> None:
    outcome = town.enters()
    update(outcome, "published_on", today())
    with pytest.raises(IntegrityError, match="lies after today"):
        update(outcome, "published_on", today() + timedelta(days=1))
    late = ANNOUNCED | {"published_on": today() + timedelta(days=1), "effective_on": today() - timedelta(days=9)}
    with pytest.raises(IntegrityError, match="lies after today"), transaction.atomic():
        Outcome.objects.create(
            trainee=town.trainee, entered_by=town.staff, entered_on=today() + timedelta(days=9), **late
        )


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("document_number", "", "outcomes_have_a_document_number"),
        ("document_number", "  ", "outcomes_have_a_document_number"),
        ("document_number", "\u200b", "outcomes_have_a_document_number"),
        ("document_number", None, "document_number"),
        ("published_on", None, "published_on"),
        ("kind", "graded", "outcome_is_one_of_three"),
        ("kind", "advanced", "advances_name_the_rank_alone"),
        ("post", "", "promotions_name_the_post"),
        ("state", "in_file", "outcomes_are_checked_then_signed"),
        ("state", "returned", "returned_outcomes_say_why"),
    ],
)
def test_what_an_outcome_must_have(town: Town, column: str, value: Any, constraint: str) -> None:
    outcome = town.enters()
    with pytest.raises(IntegrityError, match=constraint):
        update(outcome, column, value)


def test_whoever_entered_it_does_not_sign_it(town: Town) -> None:
    outcome = town.signed()
    with pytest.raises(IntegrityError, match="outcomes_are_signed_by_others"):
        update(outcome, "signed_by_id", town.staff.pk)
    with pytest.raises(IntegrityError, match="outcomes_are_checked_by_others"):
        update(outcome, "checked_by_id", town.staff.pk)


def test_whoever_checked_it_does_not_sign_it(town: Town) -> None:
    outcome = town.signed()
    with pytest.raises(IntegrityError, match="checked and signed off by the same account"):
        update(outcome, "signed_by_id", town.other.pk)


def test_announced_tomorrow_is_said_beside_its_field(town: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        town.enters(published_on=timezone.localdate() + timedelta(days=1))
    assert [error.code for error in caught.value.error_dict["published_on"]] == ["not_announced"]
