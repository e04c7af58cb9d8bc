"""上级报表: what falls into which year, and whose numbers open no list."""

from datetime import date

import pytest
from django.utils import timezone

from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.people.models import Relative, SubKind, Trainee, VillageTerm
from cadre_app.rosters.services import reports
from tests.rosters.reported import graduate, numbers, page_of, submitted

pytestmark = pytest.mark.django_db


def announced(place, trainee, **days):
    Outcome.objects.create(
        trainee=trainee, kind=OutcomeKind.FURTHER, post="党委委员", document_number="望委干〔2025〕31号",
        effective_on=days["published_on"], state=OutcomeState.IN_FILE, entered_by=place.staff,
        entered_on=days["published_on"], checked_by=place.somebody("staff", place.top),
        checked_on=days["published_on"], signed_by=place.somebody("leader", place.top), **days,
    )  # fmt: skip


@pytest.mark.parametrize("is_relative", [False, True])
def test_no_number_tells_what_somebody_avoided_is_counted_as(client_of, place, draft, is_relative):
    """One number beside its list without the relative would say it."""
    own, other = graduate(place, sub_kind=SubKind.CENTRAL), graduate(place, sub_kind=SubKind.ORDINARY)
    type(own.person).objects.filter(pk=own.person_id).update(account=place.staff)
    if is_relative:
        Relative.objects.create(person=own.person, relation="表姐", name="林二", other=other.person)
        Trainee.objects.filter(pk=own.pk).update(voided_at=timezone.now())
    staff = client_of(place.staff)
    page = staff.get(page_of(draft))
    assert numbers(page, "here")["all"] == 2 - is_relative
    assert ("/people/?line=" in page.text, "rule of withdrawal" in page.text) == (False, True)
    assert staff.get(page_of(draft, "cell", "?line=here&column=all")).status_code == 403


def test_a_result_of_december_that_is_signed_in_january_belongs_to_its_year(staff, place, draft):
    trainee = graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2024, 7, 1))
    announced(place, trainee, published_on=date(2025, 12, 26), signed_on=date(2026, 1, 6))
    announced(place, trainee, published_on=date(2026, 1, 2), signed_on=date(2026, 1, 6))
    assert numbers(staff.get(page_of(draft)), "outcome_further")["all"] == 1


def test_what_waits_for_its_signature_is_told_until_the_report_is_frozen(staff, place, leader, draft):
    trainee = graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2024, 7, 1))
    announced(place, trainee, published_on=date(2025, 12, 26), signed_on=date(2025, 12, 30))
    said = "wait for their sign-off and are not counted"
    assert said not in staff.get(page_of(draft)).text
    Outcome.objects.update(state=OutcomeState.RECORDED, signed_by=None, signed_on=None)
    told = [staff.get(page_of(draft, name)).text for name in ("detail", "submit")]
    assert [said in text for text in told] == [True, True]
    assert numbers(staff.get(page_of(draft)), "outcome_further")["all"] == 0
    reports.freeze_report(submitted(draft, place), actor=leader)
    assert said not in staff.get(page_of(draft)).text


@pytest.mark.parametrize(
    ("fields", "running", "over"),
    [
        ({"due_on": date(2025, 10, 18)}, 0, 1),
        ({"due_on": date(2025, 10, 18), "ended_on": date(2025, 9, 1), "is_cut_short": True}, 0, 0),
        ({"due_on": date(2024, 10, 18)}, 0, 0),
        ({"due_on": date(2026, 10, 18)}, 1, 0),
        ({"due_on": date(2025, 12, 15), "ended_on": date(2026, 1, 10)}, 1, 0),
        ({"due_on": date(2025, 10, 18), "ended_on": date(2025, 11, 20)}, 0, 1),
    ],
)
def test_a_term_is_completed_on_its_last_day_whether_that_is_entered_or_not(staff, place, draft, fields, running, over):
    trainee = graduate(place, sub_kind=SubKind.CENTRAL, arrived_on=date(2022, 7, 1))
    VillageTerm.objects.create(
        trainee=trainee, village=place.village, role="assistant", months=24, started_on=date(2023, 10, 19), **fields
    )
    page = staff.get(page_of(draft))
    assert [numbers(page, f"term_{name}")["all"] for name in ("running", "ended")] == [running, over]
