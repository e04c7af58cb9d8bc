"""Two sign-offs, two openings and two conclusions sent at once: one of each stands."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cadre_app.accounts.models import User
from cadre_app.care.models import TalkTrigger
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material
from cadre_app.people.models import PostRecord
from cadre_app.probation.models import Probation, State
from cadre_app.probation.services import conclusions, decisions, records, steps
from tests.appraisal.test_races import at_once
from tests.factories import GrantFactory, UnitFactory, UserFactory
from tests.probation.conftest import GRADING, complete_induction, on_probation

ENDS = date(2026, 3, 2)


def _somebody(role: str, unit: Any) -> User:
    user = UserFactory.create(unit=unit)
    GrantFactory.create(user=user, role=role, unit=unit)
    return user


@pytest.mark.django_db(transaction=True)
def test_two_sign_offs_at_once_write_one_grading() -> None:
    unit = UnitFactory.create()
    staff, leader = _somebody(Role.STAFF, unit), _somebody(Role.LEADER, unit)
    file = on_probation(unit, "林知远", arrived=ENDS.replace(year=2025))
    complete_induction(file)
    one = records.open_probation(file, actor=staff)
    one = steps.write_summary(one, summary="总结", summary_on=ENDS, actor=staff)
    one = steps.write_opinion(one, opinion="意见", opinion_on=ENDS, actor=staff)
    one = conclusions.conclude_passed(one, **(GRADING | {"document_on": ENDS}), actor=staff)
    one = decisions.check_conclusion(one, actor=_somebody(Role.STAFF, unit))

    def sign(number: int) -> str:
        del number
        fresh = Probation.objects.get(pk=one.pk)
        return decisions.sign_conclusion(fresh, actor=User.objects.get(pk=leader.pk)).state

    results = at_once(sign, 3)
    assert results.count(State.GRADED) == 1
    assert [error.code for error in results if isinstance(error, ValidationError)] == ["not_waiting"] * 2
    assert PostRecord.objects.standing().filter(started_on=ENDS).count() == 1
    assert (Material.objects.count(), TalkTrigger.objects.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_and_a_press_at_once_open_one_record() -> None:
    unit = UnitFactory.create()
    staff = _somebody(Role.STAFF, unit)
    file = on_probation(unit, "林知远", arrived=ENDS.replace(year=2025))

    def opened(number: int) -> int:
        if number:
            return records.sweep_probations()
        records.open_probation(file, actor=User.objects.get(pk=staff.pk))
        return 1

    results = at_once(opened, 3)
    assert Probation.objects.count() == 1
    assert [one for one in results if not isinstance(one, int | ValidationError | IntegrityError)] == []
