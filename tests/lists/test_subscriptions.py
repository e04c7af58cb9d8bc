"""订阅: one report a month in the inbox, by the rights of that moment, with what is new and gone since the one before."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.accounts.models import Grant, User
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.lists import evaluating
from cadre_app.lists.models import Report, Subscription
from cadre_app.lists.services import reporting, saved_filters, subscriptions
from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Message, Notice
from cadre_app.reminders.services.sweeping import sweep
from tests.factories import PersonFactory, TraineeFactory
from tests.lists.conftest import ROSTER

HOME = reverse("lists:home")

pytestmark = pytest.mark.django_db


def add(place, name, unit=None):
    return TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=unit or place.town)


@pytest.fixture
def leader(place):
    """Of the town, with a filter of its roster that is reported on the first of each month."""
    return place.somebody(Role.LEADER, place.town)


@pytest.fixture
def subscribed(place, leader):
    add(place, "丁一"), add(place, "王宁"), add(place, "外镇的", place.other_town)
    saved = saved_filters.save_filter(page=ROSTER, name="全部", query="kind=selected", actor=leader)
    return subscriptions.subscribe_list(saved, day=1, actor=leader)


def on(day):
    return time_machine.travel(f"{day}T08:00:00+08:00", tick=False)


@pytest.mark.parametrize(
    ("day", "after", "found"),
    [
        (1, date(2026, 11, 23), date(2026, 12, 1)),
        (23, date(2026, 11, 23), date(2026, 12, 23)),
        (28, date(2027, 1, 29), date(2027, 2, 28)),
        (28, date(2026, 11, 23), date(2026, 11, 28)),
    ],
)
def test_the_next_day_of_the_month(day, after, found):
    assert subscriptions.next_day(day, after) == found


def test_how_it_stands_is_kept_to_compare_the_first_report_with(subscribed):
    first = Report.objects.get()
    assert (first.total, first.is_first, len(first.keys), subscribed.next_on) == (2, True, 2, date(2026, 12, 1))
    assert reporting.make_reports() == 0


def test_a_report_tells_how_many_what_is_new_and_what_is_gone(place, leader, subscribed, client_of):
    gone = Trainee.objects.get(person__name="丁一")
    Trainee.objects.filter(pk=gone.pk).update(kind="introduced")
    new = add(place, "新来的")
    with on("2026-12-01"):
        assert (reporting.make_reports(), reporting.make_reports()) == (1, 0)
        sweep()
        report = Report.objects.get(is_first=False)
        assert (report.total, report.added, report.gone) == (2, [new.pk], [gone.pk])
        notice = Notice.objects.get(recipient=leader, channel="inbox")
        client = client_of(leader)
        inbox = client.get(reverse("reminders:inbox")).text
        assert "Monthly report: Roster “全部”" in inbox
        assert "2 rows, 1 new and 1 gone since the last report" in inbox
        url = reverse("lists:report", kwargs={"pk": report.pk})
        assert client.post(reverse("reminders:inbox_open", kwargs={"pk": notice.pk})).url == url
        shown = client.get(url).context["shown"]
    told = [
        [row.object.person.name for table in part.tables for row in table.rows] for part in (shown.added, shown.gone)
    ]
    assert told == [["新来的"], ["丁一"]]
    assert Subscription.objects.get().next_on == date(2027, 1, 1)


def test_months_without_a_sweep_become_one_report(place, subscribed):
    with on("2027-03-15"):
        assert reporting.make_reports() == 1
        assert reporting.make_reports() == 0
    assert Report.objects.filter(is_first=False).count() == 1
    assert Subscription.objects.get().next_on == date(2027, 4, 1)


def test_a_message_outside_says_no_more_than_that_something_is_there(place, leader, subscribed, mailoutbox):
    from cadre_app.reminders.services.sending import send_messages

    PersonFactory.create(account=leader, email="leader@example.cn")
    add(place, "新来的")
    with on("2026-12-01"):
        reporting.make_reports()
        sweep()
    Message.objects.update(send_at="2026-12-01T09:00:00+08:00")
    with time_machine.travel("2026-12-01T10:00:00+08:00", tick=False):
        send_messages()
    [mail] = mailoutbox
    assert ("全部" in mail.body, "新来的" in mail.body, "/reminders/" in mail.body) == (False, False, True)


def test_it_is_made_by_the_rights_of_that_moment(place, leader, subscribed):
    Grant.objects.filter(user=leader).update(unit=place.other_town)
    with on("2026-12-01"):
        reporting.make_reports()
    report = Report.objects.get(is_first=False)
    assert (report.total, len(report.added), len(report.gone)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        (lambda user: User.objects.filter(pk=user.pk).update(is_active=False), "disabled"),
        (lambda user: Grant.objects.filter(user=user).update(valid_until=date(2026, 11, 30)), "no_role"),
    ],
)
def test_it_pauses_when_its_owner_may_no_longer_have_it(leader, subscribed, lost, why):
    lost(leader)
    with on("2026-12-01"):
        assert reporting.make_reports() == 0
        sweep()
    found = Subscription.objects.get()
    assert (found.paused_on, found.paused_why, Report.objects.count()) == (date(2026, 12, 1), why, 1)
    assert Notice.objects.filter(recipient=leader).count() == 0
    assert Entry.objects.get(verb="lists.subscription.paused").actor is None


def test_conditions_that_can_no_longer_be_asked_pause_it(place, leader):
    query = f"unit={place.village.pk}"
    saved = saved_filters.save_filter(page=ROSTER, name="本村", query=query, actor=leader)
    subscriptions.subscribe_list(saved, day=1, actor=leader)
    Grant.objects.filter(user=leader).update(unit=place.other_town)
    with on("2026-12-01"):
        reporting.make_reports()
    assert Subscription.objects.get().paused_why == "unasked"


def test_its_owner_takes_it_up_again_once_the_right_is_back(leader, subscribed, client_of):
    Subscription.objects.update(paused_on=date(2026, 11, 1), paused_why="no_role")
    url = reverse("lists:resume", kwargs={"pk": subscribed.pk})
    client = client_of(leader)
    Grant.objects.filter(user=leader).update(valid_until=date(2026, 11, 22))
    client.post(url, {"version": 1})
    assert Subscription.objects.get().paused_on is not None
    Grant.objects.filter(user=leader).update(valid_until=None)
    client.post(url, {"version": 1})
    assert (Subscription.objects.get().paused_on, Subscription.objects.get().next_on) == (None, date(2026, 12, 1))


def test_a_report_shows_nothing_to_an_owner_who_lost_the_list(place, leader, subscribed, client_of):
    add(place, "新来的")
    with on("2026-12-01"):
        reporting.make_reports()
    report = Report.objects.get(is_first=False)
    Grant.objects.filter(user=leader).update(valid_until=date(2026, 11, 22))
    page = client_of(leader).get(reverse("lists:report", kwargs={"pk": report.pk}))
    assert (page.context["shown"].added, "新来的" in page.text) == (None, False)
    assert str(page.context["shown"].refusal) == "You no longer have this list."


def test_figures_are_reported_with_their_difference(place, client_of):
    made = subscriptions.subscribe_figures(unit=place.town, day=5, actor=place.staff)
    add(place, "新来的")
    with on("2026-12-05"):
        reporting.make_reports()
        report = Report.objects.get(subscription=made, is_first=False)
        page = client_of(place.staff).get(reverse("lists:report", kwargs={"pk": report.pk}))
    line = next(line for line in page.context["shown"].lines if str(line.label) == "In development")
    assert (line.number, line.before, line.difference) == ("1", "0", "+1")


def test_nobody_has_the_same_report_twice(place, leader, subscribed):
    with pytest.raises(ValidationError):
        subscriptions.subscribe_list(subscribed.saved, day=5, actor=leader)
    subscriptions.subscribe_figures(unit=None, day=1, actor=leader)
    with pytest.raises(ValidationError):
        subscriptions.subscribe_figures(unit=None, day=2, actor=leader)


@pytest.mark.parametrize("day", ["0", "29", "x", ""])
def test_a_bad_day_is_told_beside_its_field(leader, client_of, day):
    page = client_of(leader).post(reverse("lists:subscribe_figures"), {"day": day})
    assert list(page.context["form"].errors) == ["day"]


def test_a_removed_filter_takes_its_report_along(leader, subscribed):
    saved_filters.remove_filter(subscribed.saved, actor=leader)
    assert Subscription.objects.standing().count() == 0
    with on("2026-12-01"):
        assert reporting.make_reports() == 0


def test_too_many_rows_are_counted_and_not_compared(place, leader, subscribed, monkeypatch):
    monkeypatch.setattr(evaluating, "MOST_COMPARED", 1)
    with on("2026-12-01"):
        reporting.make_reports()
    report = Report.objects.get(is_first=False)
    assert (report.total, report.keys, report.is_whole, report.is_compared) == (2, [], False, False)


def test_one_list_that_fails_keeps_no_other_from_being_reported(place, leader, subscribed, monkeypatch):
    subscriptions.subscribe_figures(unit=None, day=1, actor=leader)
    monkeypatch.setattr(evaluating, "table_of", lambda subscription, owner: 1 / 0)
    with on("2026-12-01"), pytest.raises(reporting.ReportsFailed):
        reporting.make_reports()
    assert Report.objects.filter(is_first=False).count() == 1


def test_an_old_report_is_no_news(leader, subscribed):
    with on("2026-12-01"):
        reporting.make_reports()
        sweep()
        assert Notice.objects.filter(recipient=leader, read_at=None).count() == 1
    with on(date(2026, 12, 1) + timedelta(days=15)):
        sweep()
        assert Notice.objects.filter(recipient=leader, read_at=None).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_however_many(place, leader, client_of, rows, django_assert_num_queries):
    for number in range(rows):
        saved = saved_filters.save_filter(page=ROSTER, name=f"第{number}", query="kind=selected", actor=leader)
        subscriptions.subscribe_list(saved, day=1, actor=leader)
    client = client_of(leader)
    client.get(HOME)
    with django_assert_num_queries(10):
        assert len(client.get(HOME).context["subscriptions"]) == rows
