"""The appointment form that is being prepared on any as-of day."""

import pytest

from cadre_app.appointment.models import AppointmentForm
from cadre_app.demo.forms import WHOSE
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_a_draft_waits_with_the_dates_of_the_day(day):
    load_demo(as_of=day)
    draft = AppointmentForm.objects.get()
    fields = draft.fields()
    assert (fields.name, fields.age_day, fields.reason) == (WHOSE, f"{day:%Y%m%d}", "工作需要")
    assert [row.relation for row in fields.family] == ["父亲", "母亲"]
    assert fields.resume.startswith("20")
