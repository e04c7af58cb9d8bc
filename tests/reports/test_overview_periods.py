"""The overview of a period: what it counts, beside the year before, and what cannot be asked."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from cadre_app.core.figures import Breakdown, Share, breakdowns
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job
from cadre_app.jobs.tasks import run
from cadre_app.org.models import Unit
from cadre_app.people.services import transfers
from tests.factories import TraineeFactory

OVERVIEW = reverse("reports:overview")
JOBS = reverse("jobs:job_start")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def staff(client_of, place):
    for day in (date(2024, 9, 1), date(2025, 9, 1), date(2025, 12, 1), date(2026, 10, 5), date(2026, 11, 23)):
        TraineeFactory.create(home_unit=place.town, arrived_on=day)
    return client_of(place.staff)


def counted(response, key="people_arrived"):
    [found] = [one for group in response.context["groups"] for one in group.counted if one.key == key]
    return found


@pytest.mark.parametrize(
    ("query", "arrived", "total"),
    [
        ({}, 3, 5),
        ({"period": "year"}, 2, 5),
        ({"period": "last"}, 2, 3),
        ({"period": "quarter"}, 2, 5),
        ({"period": "month"}, 1, 5),
        ({"period": "month", "as_of": "2026-10-31"}, 1, 4),
        ({"since": "2024-01-01"}, 5, 5),
        ({"period": "free", "since": "2024-09-01", "as_of": "2025-09-01"}, 2, 2),
    ],
)
def test_the_period_says_what_is_counted(staff, query, arrived, total):
    page = staff.get(OVERVIEW, query)
    assert (counted(page).number, counted(page, "people_total").number) == (arrived, total)
    roster = staff.get(counted(page).url)
    assert roster.context["table"].total == arrived


def test_the_year_before_stands_beside_with_the_difference(staff):
    page = staff.get(OVERVIEW, {"period": "year", "compare": "year"})
    found = [(one.text, one.before_text, one.change_text) for one in (counted(page), counted(page, "people_total"))]
    assert found == [("2", "1", "+1"), ("5", "2", "+3")]
    of_today = counted(page, "talks_late")
    assert (of_today.before_text, of_today.change_text) == ("–", "–")
    less = counted(staff.get(OVERVIEW, {"period": "month", "as_of": "2026-09-30", "compare": "year"}))
    assert (less.text, less.before_text, less.change_text) == ("0", "1", "−1")
    text = page.content.decode()
    assert ("Year before" in text, "beside 1 Jan 2025 to 23 Nov 2025" in text) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_comparison_costs_the_same_queries_however_many_it_counts(
    client_of, place, rows, django_assert_num_queries
):
    for _ in range(rows):
        TraineeFactory.create(home_unit=place.town)
    client = client_of(place.staff)
    client.get(OVERVIEW, {"compare": "year"})
    with django_assert_num_queries(72):
        client.get(OVERVIEW, {"compare": "year"})


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ({"period": "free"}, {"since": ["Say from which day on."]}),
        ({"since": "1999-12-31"}, {"since": ["Choose a day from 1 Jan 2000 on."]}),
        (
            {"since": "2026-11-24"},
            {"since": ["This day has not come yet. Figures stand as of today or an earlier day."]},
        ),
        ({"since": "2026-02-01", "as_of": "2026-01-31"}, {"since": ["The first day lies after the last one."]}),
        ({"since": "x"}, {"since": ["Enter a valid date."]}),
        ({"period": "x"}, {"period": ["Select a valid choice. x is not one of the available choices."]}),
        ({"compare": "x"}, {"compare": ["Select a valid choice. x is not one of the available choices."]}),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(staff, query, problems):
    page = staff.get(OVERVIEW, query)
    said = {name: list(found) for name, found in page.context["form"].errors.items()}
    assert (said, page.context["groups"]) == (problems, [])
    for name, typed in query.items():
        assert page.context["form"][name].value() == typed


def test_a_person_counts_in_the_unit_of_the_last_day(staff, place, trainee):
    transfers.transfer_trainee(
        trainee,
        to_unit=place.other_town,
        effective_on=date(2026, 11, 1),
        document_number="望组干〔2026〕8号",
        actor=None,
    )
    asked = {"period": "last", "unit": str(place.town.pk)}
    found = counted(staff.get(OVERVIEW, asked), "people_total")
    assert (found.number, staff.get(found.url).context["table"].total) == (4, 4)
    assert counted(staff.get(OVERVIEW, asked | {"period": "year"}), "people_total").number == 5
    away = asked | {"unit": str(place.other_town.pk)}
    numbers = [
        counted(staff.get(OVERVIEW, away | {"period": each}), "people_total").number for each in ("last", "year")
    ]
    assert numbers == [0, 1]


def test_a_unit_that_closed_cannot_be_asked_but_counts_above(staff, place, trainee):
    Unit.objects.filter(pk=place.village.pk).update(closed_on=date(2026, 6, 1))
    assert counted(staff.get(OVERVIEW, {"unit": str(place.town.pk)}), "people_total").number == 6


def test_what_there_was_the_year_before_alone_is_shown(staff, place, trainee):
    transfers.transfer_trainee(
        trainee, to_unit=place.top, effective_on=date(2026, 3, 1), document_number="望组干〔2026〕8号", actor=None
    )
    for one in type(trainee).objects.exclude(pk=trainee.pk):
        type(one).objects.filter(pk=one.pk).update(home_unit=place.other_town)
    asked = {"unit": str(place.town.pk), "period": "month"}
    assert staff.get(OVERVIEW, asked).context["is_empty"]
    page = staff.get(OVERVIEW, asked | {"compare": "year"})
    found = counted(page, "people_total")
    assert (page.context["is_empty"], found.number, found.before) == (False, 0, 1)
    assert "There is nothing to count here yet" not in page.text


def test_the_workbook_has_the_year_before(staff, place, aside_here):
    page = staff.get(OVERVIEW, {"period": "year", "compare": "year"})
    staff.post(JOBS, {"kind": page.context["export_kind"], "query": page.context["query"]})
    run(str(Job.objects.get().pk))
    with jobs.result_path(Job.objects.get()).open("rb") as file:
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert rows[0][:6] == ("Group", "Figure", "Number", "Year before", "Difference", "Counted in")
    [arrived] = [row for row in rows if row[1] == "Reported for duty"]
    assert (arrived[2:6], arrived[8].date(), arrived[9].date()) == (
        (2, 1, 1, "people"),
        date(2026, 1, 1),
        date(2026, 11, 23),
    )
    assert (rows[0][10:], arrived[10].date(), arrived[11].date()) == (
        ("Year before from", "Year before until"),
        date(2025, 1, 1),
        date(2025, 11, 23),
    )


def test_shares_stand_beside_those_of_the_year_before(staff):
    page = staff.get(OVERVIEW, {"period": "year", "compare": "year"})
    [found] = [one for group in page.context["groups"] for one in group.divided if one.key == "people_by_year"]
    rows = [(bar.share.label, bar.text, *(cell.text for cell in bar.compared)) for bar in (*found.bars, found.sum)]
    assert [(str(label), *numbers) for label, *numbers in rows] == [
        ("2024", "1", "1", "0"),
        ("2025", "2", "1", "+1"),
        ("2026", "2", "0", "+2"),
        ("In all", "5", "2", "+3"),
    ]
    assert found.bars[1].compared[0].url == "/people/?year=2025&as_of=2025-11-23"
    today = staff.get(OVERVIEW, {"compare": "year"}).context["groups"]
    assert [one.key for group in today for one in group.divided if not one.is_compared] == ["research_by_stage"]


def test_a_month_stands_beside_the_same_month_a_year_before(staff, monkeypatch):
    def rows(asked):
        months = (date(2025, 3, 1), date(2025, 9, 1)) if asked.as_of.year == 2025 else (date(2026, 9, 1),)
        return [Share(f"{month:%Y-%m}", (asked.as_of.year,), "/list/", month=month) for month in months]

    invented = Breakdown("按月", "people", 0, "次", "月份", ("次数",), rows)
    monkeypatch.setattr(breakdowns, "_items", {"invented": invented})
    page = staff.get(OVERVIEW, {"period": "year", "compare": "year"})
    [found] = [one for group in page.context["groups"] for one in group.divided]
    rows = [(bar.share.label, bar.text, bar.compared[0].text, bar.compared[0].url) for bar in found.bars]
    assert rows == [("Mar 2026", "0", "2,025", "/list/"), ("2026-09", "2,026", "2,025", "/list/")]
    assert [cell.text for cell in (*found.sum.numbers, *found.sum.compared)] == ["2,026", "4,050", "−2,024"]
