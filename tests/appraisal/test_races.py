"""Two tables sent at once: the quota holds, one of them is told why."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment, UnitQuota
from cadre_app.appraisal.services import entries, quarterly, years
from cadre_app.appraisal.services.entries import Entered
from cadre_app.core.roles import Role
from tests.factories import GrantFactory, TraineeFactory, UnitFactory, UserFactory

RACERS = 4


def at_once(work: Any, count: int) -> list[Any]:
    """What came of `work(number)` in as many threads as there are racers."""
    gate, found = Barrier(count), [None] * count

    def run(number: int) -> None:
        try:
            gate.wait(timeout=20)
            found[number] = work(number)
        except Exception as error:  # noqa: BLE001
            found[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def staff_on(unit: Any) -> User:
    user = UserFactory.create(unit=unit)
    GrantFactory.create(user=user, role=Role.STAFF, unit=unit)
    return user


@pytest.mark.django_db(transaction=True)
def test_two_entries_at_once_do_not_pass_the_quota() -> None:
    unit = UnitFactory.create()
    staff = staff_on(unit)
    for _number in range(RACERS):
        TraineeFactory.create(home_unit=unit, arrived_on=date(2024, 7, 1))
    years.open_year(unit=unit, year=2025, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 31), actor=staff)
    quota = UnitQuota.objects.get()
    years.set_quota(quota, participants=10, approved=1, actor=staff)
    keys = list(AnnualAssessment.objects.values_list("pk", flat=True))

    def enter(number: int) -> int:
        given = {keys[number]: Entered(outcome="excellent", comment="评语")}
        user = User.objects.get(pk=staff.pk)
        return entries.enter_unit(UnitQuota.objects.get(pk=quota.pk), given=given, actor=user).count

    results = at_once(enter, RACERS)
    assert (results.count(1), sum(isinstance(one, ValidationError) for one in results)) == (1, RACERS - 1)
    assert AnnualAssessment.objects.filter(grade="excellent").count() == 1
    assert UnitQuota.objects.get().excellents == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_counts_under_its_own_lock() -> None:
    unit = UnitFactory.create()
    for _number in range(RACERS):
        TraineeFactory.create(home_unit=unit, arrived_on=date(2024, 7, 1))
    staff = staff_on(unit)
    years.open_year(unit=unit, year=2025, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 31), actor=staff)
    years.set_quota(UnitQuota.objects.get(), participants=10, approved=2, actor=staff)
    keys = list(AnnualAssessment.objects.values_list("pk", flat=True))

    def write(number: int) -> int:
        with transaction.atomic():
            return AnnualAssessment.objects.filter(pk=keys[number]).update(grade="excellent")

    results = at_once(write, RACERS)
    assert results.count(1) == 2
    assert (UnitQuota.objects.get().excellents, AnnualAssessment.objects.filter(grade="excellent").count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_one_quarter_entered_twice_at_once_stands_once() -> None:
    unit = UnitFactory.create()
    staff, file = staff_on(unit), TraineeFactory.create(home_unit=unit, arrived_on=date(2024, 7, 1))

    def enter(number: int) -> int:
        given = {file.pk: quarterly.QuarterEntered(grade=("good", "fair")[number])}
        user = User.objects.get(pk=staff.pk)
        return quarterly.enter_quarter(unit, year=2025, quarter=4, given=given, actor=user).count

    results = at_once(enter, 2)
    assert (results.count(1), sum(isinstance(one, ValidationError) for one in results)) == (1, 1)
