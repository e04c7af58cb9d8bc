"""Check constraints are asked together, and each says for itself that it does not hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre_app.people.models import Trainee
from cadre_app.people.models.trainees import Status
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee() -> Trainee:
    """A selected graduate with a probation, whose file breaks two checks."""
    trainee: Trainee = TraineeFactory.create()
    trainee.status = Status.INSTITUTION
    trainee.probation_ends_on = trainee.arrived_on - timedelta(days=1)
    return trainee


def codes(trainee: Trainee, exclude: set[str] | None = None) -> list[str | None]:
    with pytest.raises(ValidationError) as caught:
        trainee.validate_constraints(exclude=exclude)
    return [error.code for error in caught.value.error_dict["__all__"]]


def test_checks_that_hold_cost_one_statement() -> None:
    trainee = TraineeFactory.create()
    with CaptureQueriesContext(connection) as found:
        trainee.validate_constraints()
    assert sum("_check" in query["sql"] for query in found) == 1


def test_every_check_that_does_not_hold_is_named(trainee: Trainee) -> None:
    assert codes(trainee) == ["status", "probation_ends_on"]


def test_a_field_left_out_leaves_its_checks_out(trainee: Trainee) -> None:
    assert codes(trainee, exclude={"probation_ends_on"}) == ["status"]
