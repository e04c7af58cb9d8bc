"""Two of the staff who plan visits for the same people at once."""

import threading
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.care.models import CareVisit
from cadre_app.care.services import visits
from tests.care.conftest import Care

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 10)


def test_the_second_finds_what_the_first_planned(care: Care, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, real, refused = threading.Barrier(2), visits.workers_for, []

    def both_wait(file: Any) -> Any:
        """Both have looked at what is planned, unless one waits for the files of the other."""
        with suppress(threading.BrokenBarrierError):
            gate.wait(timeout=2)
        return real(file)

    def plan() -> None:
        try:
            visits.plan_visits_many([care.file], occasion="01", planned_on=DAY, visitor=care.leader, actor=care.staff)
        except ValidationError as error:
            refused.append(error.code)
        finally:
            connection.close()

    monkeypatch.setattr(visits, "workers_for", both_wait)
    threads = [threading.Thread(target=plan) for _each in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (CareVisit.objects.count(), refused) == (1, ["nobody"])
