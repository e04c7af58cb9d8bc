"""工作总览: figures with the list behind each, for one's own units and a day; what cannot be asked is said."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils.http import urlencode

from cadre_app.core.figures import GROUPS, breakdowns, figures
from cadre_app.core.roles import Role
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job, JobState
from cadre_app.jobs.tasks import run
from cadre_app.org.models import Unit
from tests.factories import GrantFactory, TraineeFactory, UnitFactory, UserFactory

OVERVIEW = reverse("reports:overview")
JOBS = reverse("jobs:job_start")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path, monkeypatch):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def numbers(response):
    return {counted.key: counted.number for group in response.context["groups"] for counted in group.counted}


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_every_figure_and_breakdown_stands_under_a_heading_of_the_overview():
    announced = [*figures.values(), *breakdowns.values()]
    assert {item.group for item in announced} - set(GROUPS) == set()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_many_it_counts(staff, place, rows, django_assert_num_queries):
    for _ in range(rows):
        TraineeFactory.create(home_unit=place.town)
    staff.get(OVERVIEW)
    with django_assert_num_queries(41):
        assert numbers(staff.get(OVERVIEW))["people_total"] == rows
    with django_assert_num_queries(43):
        assert numbers(staff.get(OVERVIEW, {"unit": str(place.town.pk)}))["people_total"] == rows


def test_a_number_opens_the_list_of_what_it_counts(staff, place, trainee):
    page = staff.get(OVERVIEW, {"unit": str(place.town.pk)})
    [third] = [
        counted for group in page.context["groups"] for counted in group.counted if counted.key == "people_camp_3"
    ]
    assert (third.text, third.unit, third.url) == ("1", "person", f"/people/?stage=camp-3&unit={place.town.pk}")
    assert f'<a href="{third.url.replace("&", "&amp;")}">' in page.content.decode()


def test_an_earlier_day_opens_its_lists_as_of_that_day_and_says_so(staff, place, trainee):
    page = staff.get(OVERVIEW, {"as_of": "2024-07-01", "unit": str(place.town.pk)})
    assert (numbers(page)["people_total"], numbers(page)["people_arrived"]) == (1, 1)
    assert "A figure of an earlier day opens its list as of that day" in page.content.decode()
    assert "stage and length of service are those of that day" in page.content.decode()
    counted = [one for group in page.context["groups"] for one in group.counted]
    assert [one.key for one in counted if not one.url] == []
    place_alone = ("evaluations", "symposiums")
    assert [one.key for one in counted if ("as_of=2024-07-01" in one.url) == (one.key in place_alone)] == []
    before = staff.get(OVERVIEW, {"as_of": "2024-06-30"})
    assert before.context["is_empty"] is True


def test_of_a_unit_that_was_closed_by_the_day_the_page_says_so(staff, place, trainee, aside_here):
    Unit.objects.filter(pk=place.village.pk).update(closed_on=date(2026, 6, 1))
    said = "“梧头村” was closed on 1 Jun 2026. Choose a last day before it"
    asked = {"unit": str(place.village.pk)}
    page = staff.get(OVERVIEW, asked).content.decode()
    assert (said in page, "There is nothing to count here yet" in page) == (True, False)
    assert "was closed on" not in staff.get(OVERVIEW, asked | {"as_of": "2026-05-31"}).content.decode()
    staff.post(JOBS, {"kind": "reports.overview", "query": f"unit={place.village.pk}&as_of=2026-06-01"})
    run(str(Job.objects.get().pk))
    with jobs.result_path(Job.objects.get()).open("rb") as file:
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert rows[1][5].startswith(said)


def test_whoever_works_for_one_unit_gets_the_numbers_of_that_unit(client_of, place, trainee):
    """Sessions and visits belong to the whole district: without a unit they would stand below its heading."""
    leader = place.somebody(Role.LEADER, place.town)
    of_town = client_of(leader).get(OVERVIEW)
    assert of_town.context["asked"].unit == place.town
    assert numbers(of_town) == numbers(client_of(leader).get(OVERVIEW, {"unit": str(place.town.pk)}))
    assert client_of(place.somebody(Role.LEADER, place.top)).get(OVERVIEW).context["asked"].unit is None
    GrantFactory.create(user=leader, role=Role.STAFF, unit=UnitFactory.create(parent=place.top))
    assert client_of(leader).get(OVERVIEW).context["asked"].unit is None


def test_a_unit_that_was_not_there_the_year_before_is_not_compared(staff, place, trainee, aside_here):
    Unit.objects.filter(pk=place.village.pk).update(opened_on=date(2026, 3, 1))
    asked = {"unit": str(place.village.pk), "compare": "year", "as_of": "2026-11-20"}
    said = "Not compared with the year before (until 20 Nov 2025): “梧头村” was opened on 1 Mar 2026."
    page = staff.get(OVERVIEW, asked)
    assert (said in page.content.decode(), page.context["before"]) == (True, None)
    assert "Not compared" not in staff.get(OVERVIEW, asked | {"unit": str(place.town.pk)}).content.decode()
    staff.post(JOBS, {"kind": "reports.overview", "query": urlencode(asked)})
    run(str(Job.objects.get().pk))
    with jobs.result_path(Job.objects.get()).open("rb") as file:
        rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert ("Year before" in rows[0], rows[1][5]) == (False, f"梧头村 {said}")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2026-11-24", "This day has not come yet. Figures stand as of today or an earlier day."),
        ("9999-12-31", "This day has not come yet. Figures stand as of today or an earlier day."),
        ("1999-12-31", "Choose a day from 1 Jan 2000 on."),
        ("0001-01-01", "Choose a day from 1 Jan 2000 on."),
        ("2026-02-29", "Enter a valid date."),
        ("昨天", "Enter a valid date."),
        ("\x00", "Enter a valid date."),
    ],
)
def test_a_day_that_cannot_be_told_is_said_beside_the_field(staff, trainee, typed, problem):
    page = staff.get(OVERVIEW, {"as_of": typed})
    assert (errors(page), page.context["groups"]) == ({"as_of": [problem]}, [])
    assert "Nothing is counted as long as" in page.content.decode()
    assert page.context["form"]["as_of"].value() == typed


def test_a_foreign_unit_and_none_at_all_look_alike(staff, place):
    foreign = UnitFactory.create(name="邻区")
    said = [errors(staff.get(OVERVIEW, {"unit": key})) for key in (str(foreign.pk), str(place.staff.pk), "x", "\x00")]
    text = "This unit cannot be chosen here: it is closed, out of your scope, or does not exist."
    assert said == [{"unit": [text]}] * 4


def test_a_liaison_reads_the_figures_of_the_own_units_only(client_of, place, trainee):
    TraineeFactory.create_batch(2, home_unit=place.other_town)
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    page = liaison.get(OVERVIEW)
    offered = [unit.name for unit in page.context["form"].fields["unit"].queryset]
    assert (numbers(page)["people_total"], offered) == (1, ["梧岭镇", "梧头村"])
    # Field research and talks are nothing that a liaison meets, not even as a number.
    assert {"research_prizes", "reports", "talks", "problems"} & set(numbers(page)) == set()
    assert list(errors(liaison.get(OVERVIEW, {"unit": str(place.other_town.pk)}))) == ["unit"]


@pytest.mark.parametrize("role", [Role.LIAISON, Role.LEADER, Role.STAFF])
def test_whoever_reads_a_number_has_its_list(client_of, place, trainee, role):
    client = client_of(place.somebody(role, place.town))
    for asked in ({}, {"period": "last", "compare": "year"}):
        counted = [one for group in client.get(OVERVIEW, asked).context["groups"] for one in group.counted]
        assert [one.key for one in counted if not one.url or (one.before is not None and not one.before_url)] == []
        assert [one.key for one in counted if client.get(one.url, follow=True).status_code != 200] == []


@pytest.mark.parametrize("role", [Role.SECURITY, Role.AUDIT, Role.SYSTEM, ""])
def test_nobody_else_has_an_overview(client_of, place, role):
    user = UserFactory.create(unit=place.top)
    if role:
        GrantFactory.create(user=user, role=role)
    client = client_of(user)
    asked = client.post(JOBS, {"kind": "reports.overview", "query": ""})
    assert (client.get(OVERVIEW).status_code, asked.status_code) == (404, 403)


def test_where_nothing_can_be_counted_the_page_says_what_to_do(staff):
    text = staff.get(OVERVIEW).content.decode()
    assert ("There is nothing to count here yet." in text, "Export Excel" in text) == (True, False)


def test_units_are_offered_in_groups_and_the_asked_one_is_chosen(staff, place):
    text = staff.get(OVERVIEW, {"unit": str(place.village.pk)}).content.decode()
    options = f'<option value="{place.town.pk}">梧岭镇</option><option value="{place.village.pk}" selected>\u3000梧头村</option>'
    assert f'<optgroup label="梧岭镇">{options}</optgroup>' in text


def test_among_thousands_of_units_those_on_the_way_are_offered(staff, place):
    UnitFactory.create_batch(401, parent=place.other_town)
    page = staff.get(OVERVIEW, {"unit": str(place.village.pk)})
    offered = [unit.name for unit in page.context["form"].fields["unit"].queryset.order_by("path")]
    assert (errors(page), offered) == ({}, ["望屿区", "梧岭镇", "梧头村", "潮音镇"])


def exported(client, **query):
    page = client.get(OVERVIEW, query)
    client.post(JOBS, {"kind": page.context["export_kind"], "query": page.context["query"]})
    job = Job.objects.get()
    run(str(job.pk))
    job = Job.objects.get(pk=job.pk)
    if job.state != JobState.DONE:
        return job, []
    with jobs.result_path(job).open("rb") as file:
        sheet = openpyxl.load_workbook(file).active
    return job, [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_holds_what_the_page_shows(staff, place, trainee, aside_here):
    job, rows = exported(staff, unit=str(place.town.pk))
    page = numbers(staff.get(OVERVIEW, {"unit": str(place.town.pk)}))
    assert (job.result_name, rows[0]) == (
        "Overview 20261123.xlsx",
        ["Group", "Figure", "Number", "Counted in", "Rule", "Unit", "From", "As of"],
    )
    assert [row[2] for row in rows[1:] if " · " not in row[1]] == list(page.values())
    shares = [row[1:4] for row in rows[1:] if " · " in row[1] and row[2]]
    assert shares == [
        ["People by stage · Grade 3 · Selected graduate", 1, "person"],
        ["People by stage · Grade 3 · In all", 1, "person"],
        ["People by year of arrival · 2024 · Selected graduate", 1, "person"],
        ["People by year of arrival · 2024 · In all", 1, "person"],
    ]
    assert {(row[5], row[6].date(), row[7].date()) for row in rows[1:]} == {
        ("梧岭镇", date(2025, 11, 24), date(2026, 11, 23))
    }


def test_a_unit_that_is_out_of_sight_by_then_gives_no_workbook(client_of, place, trainee, aside_here):
    liaison = place.somebody(Role.LIAISON, place.town)
    client = client_of(liaison)
    query = f"as_of=2026-11-23&unit={place.other_town.pk}"
    client.post(JOBS, {"kind": "reports.overview", "query": query})
    run(str(Job.objects.get().pk))
    job = Job.objects.get()
    assert (job.state, "This unit cannot be chosen here" in job.error) == (JobState.FAILED, True)
