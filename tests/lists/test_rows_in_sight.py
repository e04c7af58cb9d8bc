"""What a report shows of its rows: drawn as the list draws them, also of who left, within what its reader sees that day."""

import uuid
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import Grant
from cadre_app.conduct.models import Reward
from cadre_app.core.lists import list_pages
from cadre_app.core.roles import Role
from cadre_app.lists import showing
from cadre_app.lists.models import Report, Subscription
from cadre_app.lists.services import reporting, saved_filters, subscriptions
from cadre_app.people.models import Trainee
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.lists.conftest import ROSTER
from tests.lists.test_subscriptions import on

pytestmark = pytest.mark.django_db
BUSINESS = (Role.STAFF, Role.LEADER, Role.LIAISON)


@pytest.fixture
def leader(place):
    return place.somebody(Role.LEADER, place.town)


def follow(owner, query="kind=selected", page=ROSTER):
    saved = saved_filters.save_filter(page=page, name="跟踪", query=query, actor=owner)
    return subscriptions.subscribe_list(saved, day=1, actor=owner)


def add(place, name, **values):
    return TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town, **values)


def report_page(client):
    """The page of the report of 1 December."""
    with on("2026-12-01"):
        reporting.make_reports()
        report = Report.objects.get(is_first=False)
        return client.get(reverse("lists:report", kwargs={"pk": report.pk}))


def told(part):
    """The names in the first column."""
    return [table.columns[0].value(row.object) for table in part.tables for row in table.rows]


@pytest.mark.parametrize("name", [name for name, page in list_pages.items() if page.table is not None])
def test_every_list_with_reports_has_rows_of_its_own_that_are_found_by_key(place, name):
    user = next(user for user in everybody(place) if list_pages[name].visible(user))
    for parameters in ("", *list_pages[name].wider):
        table = list_pages[name].table(user, QueryDict(parameters))
        assert not table.queryset.query.is_empty()
        assert list(table.queryset.order_by().values_list("pk", flat=True)) is not None
        table.leave([uuid.uuid4()], most=5)
        assert table.rows == []


def everybody(place):
    yield from (place.staff, place.somebody(Role.LEADER, place.top))
    for role in (Role.SECURITY, Role.AUDIT, Role.SYSTEM):
        user = UserFactory.create(unit=place.top)
        GrantFactory.create(user=user, role=role, unit=None)
        yield user


def test_a_list_of_groups_has_no_report(staff, place):
    saved = saved_filters.save_filter(
        page="training:demand_board", name="写作", query="kind=writing", actor=place.staff
    )
    assert staff.get(reverse("lists:subscribe_list", kwargs={"pk": saved.pk})).status_code == 404
    assert [line.may_subscribe for line in staff.get(reverse("lists:home")).context["groups"][0].lines] == [False]


@pytest.mark.parametrize("change", [{"departed_on": date(2026, 11, 30)}, {"voided_at": timezone.now()}])
def test_who_left_the_list_is_named_as_long_as_in_sight(place, leader, client_of, change):
    gone = add(place, "丁一")
    follow(leader)
    Trainee.objects.filter(pk=gone.pk).update(**change)
    page = report_page(client_of(leader))
    assert (told(page.context["shown"].gone), page.context["shown"].gone.unseen) == (["丁一"], 0)
    assert f'<a class="nm" href="/people/{gone.pk}/"' in page.text or str(gone.pk) in page.text


def test_who_left_to_a_unit_out_of_sight_is_a_number(place, leader, client_of):
    gone = add(place, "丁一")
    follow(leader)
    Trainee.objects.filter(pk=gone.pk).update(home_unit=place.other_town)
    page = report_page(client_of(leader))
    assert (told(page.context["shown"].gone), page.context["shown"].gone.unseen) == ([], 1)
    assert "丁一" not in page.text


def test_rows_open_what_the_list_opens(place, leader, client_of):
    follow(leader)
    new = add(place, "新来的")
    assert f'href="{reverse("growth:file", kwargs={"pk": new.pk})}"' in report_page(client_of(leader)).text


def test_a_united_list_is_followed_too(place, client_of):
    file = add(place, "丁一")
    kept = {
        "category": "honour",
        "kind": "honour-1",
        "awarded_by": "区委",
        "awarded_on": date(2026, 5, 4),
        "entered_by": place.staff,
    }
    gone = Reward.objects.create(trainee=file, title="先进个人", **kept)
    follow(place.staff, "sort=name", "conduct:reward_list")
    Reward.objects.filter(pk=gone.pk).update(voided_at=timezone.now())
    Reward.objects.create(trainee=file, title="青年标兵", **kept)
    page = report_page(client_of(place.staff))
    assert (told(page.context["shown"].added), told(page.context["shown"].gone)) == (["丁一"], ["丁一"])
    assert ("青年标兵" in page.text, "先进个人" in page.text) == (True, True)


def test_a_long_report_says_that_it_is_cut(place, leader, client_of, monkeypatch):
    monkeypatch.setattr(showing, "MOST_SHOWN", 2)
    follow(leader)
    for number in range(3):
        add(place, f"新来的{number}")
    page = report_page(client_of(leader))
    assert (len(told(page.context["shown"].added)), "Only the first 2 are shown." in page.text) == (2, True)


@pytest.mark.parametrize(
    "page",
    ["mentorship:note_list", "reminders:due_list", "people:office_list", ROSTER, "org:unit_list", "care:talk_list"],
)
def test_a_condition_that_is_no_longer_possible_pauses_and_never_widens(place, leader, page):
    follow(leader, f"unit={place.village.pk}", page)
    Grant.objects.filter(user=leader).update(unit=place.other_town)
    with on("2026-12-01"):
        reporting.make_reports()
    assert (Subscription.objects.get().paused_why, Report.objects.count()) == ("unasked", 1)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (ROSTER, "kind=nobody"),
        ("people:office_list", "state=x"),
        ("org:unit_list", "kind=x"),
        ("training:course_list", "kind=x"),
        ("mentorship:note_list", "since=x"),
        ("reminders:due_list", "rule=x"),
    ],
)
def test_a_value_that_the_list_does_not_offer_is_not_reported(client_of, place, page, query):
    saved = saved_filters.save_filter(page=page, name="旧的", query=query, actor=place.staff)
    client = client_of(place.staff)
    form = client.post(reverse("lists:subscribe_list", kwargs={"pk": saved.pk}), {"day": 1}).context["form"]
    assert (form.is_valid(), Subscription.objects.count()) == (False, 0)


def test_a_condition_that_is_no_longer_ones_own_pauses_the_report(place):
    follow(place.staff, "account=has")
    Grant.objects.filter(user=place.staff).update(role=Role.LEADER)
    with on("2026-12-01"):
        reporting.make_reports()
    assert Subscription.objects.get().paused_why == "unasked"


@pytest.mark.parametrize(
    ("before", "day", "is_made", "after"),
    [
        ("2026-12-20", 10, False, date(2026, 12, 20)),  # of this month still to come: it comes
        ("2027-01-10", 20, True, date(2027, 1, 20)),  # of this month made already: no second one
        ("2027-01-01", 20, False, date(2026, 12, 20)),  # subscribed this month: as with this day from the beginning
        ("2027-01-01", 10, False, date(2027, 1, 10)),
        ("2026-12-20", 18, False, date(2026, 12, 18)),
    ],
)
def test_another_day_neither_leaves_a_month_out_nor_doubles_it(place, before, day, is_made, after):
    made = follow(place.staff)
    if is_made:
        Report.objects.create(subscription=made, made_on="2026-12-10", total=0)
    Subscription.objects.update(next_on=before)
    made.refresh_from_db()
    with on("2026-12-15"):
        subscriptions.change_day(made, day=day, actor=place.staff)
    assert Subscription.objects.get().next_on == after


def test_figures_say_whose_they_were(place, client_of):
    subscriptions.subscribe_figures(unit=None, day=1, actor=place.staff)
    text = report_page(client_of(place.staff)).text
    assert "The numbers are those of the units that you worked for on that day." in text


def test_the_first_report_of_figures_claims_no_change(place, client_of):
    subscriptions.subscribe_figures(unit=None, day=1, actor=place.staff)
    client = client_of(place.staff)
    first = Report.objects.get()
    page, listed = (
        client.get(reverse("lists:report", kwargs={"pk": first.pk})).text,
        client.get(reverse("lists:home")).text,
    )
    assert ("This is how it stood when you subscribed." in page, "Last report" in page) == (True, False)
    assert ("As it stood when you subscribed" in listed, "have changed since" in listed) == (True, False)
