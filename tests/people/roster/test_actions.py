"""What is done with the list of people: print, export, ask for accounts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.jobs.models import Job
from cadre_app.people.models import Person, Trainee
from cadre_app.people.roster.lists import roster_table
from cadre_app.people.services import accounts
from tests.factories import PersonFactory, TraineeFactory, UserFactory

LIST = reverse("people:trainee_list")
PRINT = reverse("people:roster_print")
EXPORT = reverse("people:roster_export")
REQUESTS = reverse("people:account_requests")

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(sign_in, place):
    client = sign_in(place.staff)
    client.cookies["qinglan_language"] = "en"
    return client


@pytest.fixture
def people(place):
    """Three trainees of the town and one of the other."""

    def add(name, unit, **person):
        return TraineeFactory.create(person=PersonFactory.create(name=name, **person), home_unit=unit)

    return [
        add("丁一", place.town),
        add("王宁", place.town),
        add("石可馨", place.town, account=UserFactory.create()),
        add("邓书恒", place.other_town),
    ]


def rows_of(table):
    return [[str(value) for value in row] for row in table.export_rows()]


def test_an_export_holds_the_rows_columns_and_order_of_the_page_with_a_number(place, people):
    query = QueryDict(f"columns=name,unit&sort=-name&unit={place.town.pk}&after=x&size=25")
    found = rows_of(roster_table(place.staff, query))
    assert [row[1:] for row in found[1:]] == [["石可馨", "梧岭镇"], ["王宁", "梧岭镇"], ["丁一", "梧岭镇"]]
    assert [row[0] for row in found[1:]] == ["1", "2", "3"]


@pytest.mark.parametrize("rows", [1, 3])
def test_an_export_costs_the_same_queries_however_many_rows(place, rows, django_assert_num_queries):
    for number in range(rows):
        TraineeFactory.create(person__name=f"林同志{number}", home_unit=place.town)
    columns = ",".join(column.key for column in roster_table(place.staff, QueryDict("")).all_columns)
    with django_assert_num_queries(5):
        assert len(rows_of(roster_table(place.staff, QueryDict(f"columns={columns}")))) == rows + 1


def test_an_export_of_a_unit_out_of_sight_is_refused(sign_in, place):
    liaison = place.somebody(Role.LIAISON, place.town)
    with pytest.raises(ValidationError):
        roster_table(liaison, QueryDict(f"unit={place.other_town.pk}"))


def test_picked_rows_are_exported_as_the_page_showed_them(staff, place, people):
    foreign = TraineeFactory.create(person__name="外区")
    data = {"pick": [str(people[1].pk), str(foreign.pk), "x"], "query": "columns=name&sort=name&after=x"}
    response = staff.post(EXPORT, data)
    job = Job.objects.get()
    assert (response.status_code, job.kind) == (302, "people.roster")
    assert rows_of(roster_table(place.staff, QueryDict(job.params["query"])))[1:] == [["1", "王宁"]]


def test_all_that_match_are_exported_without_naming_them(staff, place, people):
    staff.post(EXPORT, {"all": "1", "pick": [str(people[0].pk)], "query": f"columns=name&unit={place.town.pk}"})
    query = Job.objects.get().params["query"]
    assert [row[1] for row in rows_of(roster_table(place.staff, QueryDict(query)))[1:]] == ["丁一", "王宁", "石可馨"]


@pytest.mark.parametrize("unit", ["x", "00000000-0000-0000-0000-000000000001"])
def test_accounts_of_a_unit_out_of_sight_are_refused_in_words(staff, people, unit):
    response = staff.post(REQUESTS, {"all": "1", "query": f"unit={unit}"}, follow=True)
    assert response.redirect_chain == [(reverse("people:trainee_list"), 302)]
    assert "This unit is not among those that you see." in response.content.decode()


def test_the_printed_roster_has_the_official_columns_a_number_and_who_made_it(staff, place, people):
    response = staff.get(PRINT, {"unit": str(place.town.pk)})
    headings, rows = response.context["headings"], response.context["rows"]
    assert [str(heading) for heading, _short in headings[:4]] == ["No.", "Full name", "Sex", "Ethnic group"]
    assert [[value for value, _short in row[:2]] for row in rows] == [[1, "丁一"], [2, "王宁"], [3, "石可馨"]]
    page = response.content.decode()
    assert all(text in page for text in ("Made by (unit): 望屿区", "Made by: ", "Checked by: "))


def test_a_roster_of_a_past_day_is_headed_with_it_and_says_what_is_of_today(staff, place, people):
    TraineeFactory.create(person__name="黄雨桐", home_unit=place.town, departed_on=date(2026, 3, 1))
    page = staff.get(PRINT, {"as_of": "2025-12-31", "unit": str(place.town.pk), "columns": "name,unit"})
    assert "黄雨桐" in [row[1][0] for row in page.context["rows"]]
    text = page.content.decode()
    assert "(as of 31 Dec 2025)" in text
    assert "length of service are as of 31 Dec 2025; unit, post, rank" in text
    set_back = page.context["set_back_url"]
    assert set(QueryDict(set_back.partition("?")[2])) == {"unit", "as_of"}
    assert staff.get(set_back).status_code == 200
    assert staff.get(PRINT, {"as_of": "2025-12-31", "state": "left"}).context["set_back_url"] == ""
    assert "length of service are as of 31 Dec 2025" in staff.get(LIST, {"as_of": "2025-12-31"}).content.decode()
    for today in (staff.get(PRINT), staff.get(LIST)):
        assert (today.context["is_past"], "recorded now" in today.content.decode()) == (False, False)


def test_what_does_not_fit_on_paper_is_told(staff, people, monkeypatch):
    monkeypatch.setattr("cadre_app.people.views.roster.MOST_PRINTED", 3)
    response = staff.get(PRINT)
    assert (response.context["rows"], "export it to Excel" in response.content.decode()) == (None, True)


def test_the_page_of_requests_counts_once_and_says_who_is_left_out(staff, place, people):
    accounts.request_trainee_accounts(keys=[people[0].pk], actor=place.staff)
    response = staff.post(REQUESTS, {"all": "1", "query": f"unit={place.town.pk}"})
    wanted = response.context["wanted"]
    assert ([trainee.person.name for trainee in wanted.trainees], wanted.have, wanted.requested) == (["王宁"], 1, 1)
    assert AccountRequest.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_requests_costs_the_same_queries_however_many(staff, place, rows, django_assert_num_queries):
    for number in range(rows):
        request = AccountRequest.objects.create(
            username=f"lin{number}", display_name="林", unit=place.town, kind="trainee", requested_by=place.staff
        )
        TraineeFactory.create(person__account_request=request, home_unit=place.town)
    staff.get(LIST)
    with django_assert_num_queries(9):
        assert staff.post(REQUESTS, {"all": "1", "query": ""}).context["wanted"].requested == rows


def test_confirmed_requests_are_made_and_tied_to_the_persons(staff, place, people):
    picks = [str(trainee.pk) for trainee in people]
    data = {"pick": picks, "confirmed": "1", "reason": "新录用", "query": "sort=name"}
    response = staff.post(REQUESTS, data)
    requests = {request.person.name: request for request in AccountRequest.objects.select_related("person")}
    assert (response.status_code, response["Location"]) == (302, f"{LIST}?sort=name")
    assert sorted(requests) == ["丁一", "王宁", "邓书恒"]
    assert (requests["丁一"].kind, requests["丁一"].unit, requests["丁一"].reason) == ("trainee", place.town, "新录用")
    assert Entry.objects.filter(verb="people.person.account_requested").count() == 3


def test_a_double_tap_asks_once(staff, people):
    data = {"pick": [str(people[0].pk)], "confirmed": "1", "query": ""}
    form = staff.post(REQUESTS, {"pick": data["pick"], "query": ""}).context["form"]
    data["submission"] = form["submission"].value()
    assert [staff.post(REQUESTS, data).status_code for _ in range(2)] == [302, 302]
    assert AccountRequest.objects.count() == 1


def test_nobody_asks_outside_their_scope_or_for_departed_people(place, people):
    clerk = place.somebody(Role.STAFF, place.town)
    Trainee.objects.filter(pk=people[0].pk).update(departed_on=date(2026, 1, 1))
    found = accounts.request_trainee_accounts(keys=[trainee.pk for trainee in people], actor=clerk)
    assert [request.display_name for request in found] == ["王宁"]


def test_too_many_at_once_are_refused_before_anything_is_written(staff, place, people, monkeypatch):
    monkeypatch.setattr(accounts, "MOST", 2)
    with pytest.raises(ValidationError):
        accounts.request_trainee_accounts(keys=[trainee.pk for trainee in people], actor=place.staff)
    response = staff.post(REQUESTS, {"all": "1", "query": ""})
    assert (response.context["too_many"], AccountRequest.objects.count()) == (True, 0)


def test_leaders_and_liaisons_ask_for_no_accounts(sign_in, place, people):
    for role in (Role.LEADER, Role.LIAISON):
        client = sign_in(place.somebody(role, place.town))
        assert client.post(REQUESTS, {"pick": [str(people[0].pk)], "confirmed": "1"}).status_code == 403
        assert f'formaction="{REQUESTS}"' not in client.get(LIST).content.decode()
    assert Person.objects.exclude(account_request=None).count() == 0
