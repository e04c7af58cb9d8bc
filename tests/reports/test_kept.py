"""What a large district keeps of its figures: for whom, how long, and that nobody gets another's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.accounts.models import Grant, User
from cadre_app.core.figures import Asked
from cadre_app.reports import kept
from cadre_app.reports.models import KeptFigures
from tests.district import load_demo
from tests.factories import TraineeFactory

OVERVIEW, RECOUNT = reverse("reports:overview"), reverse("reports:recount")
DAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch):
    """As if there were many files and counting took long."""
    monkeypatch.setattr(kept, "LARGE", -2)
    monkeypatch.setattr(kept, "SLOW_SECONDS", 0.0)


@pytest.fixture
def staff(client_of, place):
    TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 9, 1))
    return client_of(place.staff)


def total(response):
    [found] = [one.number for group in response.context["groups"] for one in group.counted if one.key == "people_total"]
    return found


def test_a_district_of_a_few_files_is_counted_each_time(staff, place):
    assert total(staff.get(OVERVIEW)) == 1
    TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 9, 1))
    page = staff.get(OVERVIEW)
    assert (total(page), page.context["counted_at"]) == (2, None)
    assert not KeptFigures.objects.exists()


def test_what_is_counted_quickly_is_not_kept(staff, large, monkeypatch):
    monkeypatch.setattr(kept, "SLOW_SECONDS", 3600.0)
    assert staff.get(OVERVIEW).context["counted_at"] is None
    assert not KeptFigures.objects.exists()


def test_kept_figures_say_when_they_were_counted_and_are_counted_anew_when_asked(staff, place, large):
    first = staff.get(OVERVIEW)
    TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 9, 1))
    second = staff.get(OVERVIEW)
    assert total(first) == total(second) == 1
    assert second.context["counted_at"] == KeptFigures.objects.get().counted_at
    assert RECOUNT in second.content.decode()
    answer = staff.post(RECOUNT, {"query": second.context["query"]})
    assert answer.status_code == 302
    assert total(staff.get(answer.url)) == 2


def drawn(response):
    """Everything that the page says of its figures."""
    groups = response.context["groups"]
    return [
        (str(group.label), group.counted, [
            (one.key, one.total, one.in_words, one.sum.numbers, one.sum.compared, [
                (str(bar.share.label), bar.numbers, bar.compared, bar.width) for bar in one.bars
            ]) for one in group.divided
        ]) for group in groups
    ]  # fmt: skip


def test_the_page_says_the_same_kept_or_counted(client_of, large, django_assert_max_num_queries):
    load_demo()
    leader = client_of(User.objects.get(username="leader"))
    for query in ({"compare": "year"}, {"period": "last"}):
        first = leader.get(OVERVIEW, query)
        with django_assert_max_num_queries(24):
            second = leader.get(OVERVIEW, query)
        assert first.context["counted_at"] == second.context["counted_at"] is not None
        assert drawn(first) == drawn(second)
    assert len(drawn(first)) == 8


def test_after_an_hour_they_are_counted_again(staff, place, large):
    staff.get(OVERVIEW)
    TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 9, 1))
    KeptFigures.objects.update(counted_at=timezone.now() - timedelta(minutes=61))
    assert total(staff.get(OVERVIEW)) == 2


def test_another_scope_another_unit_another_language_is_another_row(staff, place, large):
    staff.get(OVERVIEW)
    staff.get(OVERVIEW, {"unit": place.town.pk})
    staff.get(OVERVIEW, headers={"Accept-Language": "en"})
    assert KeptFigures.objects.count() == len({*KeptFigures.objects.values_list("key", flat=True)})
    before = kept._key(Asked.on(DAY, user=place.staff))
    Grant.objects.filter(user=place.staff).update(unit=place.village)
    fresh = type(place.staff).objects.get(pk=place.staff.pk)
    assert kept._key(Asked.on(DAY, user=fresh)) != before
    with translation.override("en"):
        assert kept._key(Asked.on(DAY, user=fresh)) != kept._key(Asked.on(DAY, user=fresh), "zh-hans")


def test_what_is_looked_at_is_counted_anew_every_ten_minutes(staff, place, large):
    staff.get(OVERVIEW)
    TraineeFactory.create(home_unit=place.town, arrived_on=date(2025, 9, 1))
    assert kept.recount_kept() == 0
    KeptFigures.objects.update(counted_at=timezone.now() - timedelta(minutes=11))
    assert kept.recount_kept() == 1
    assert total(staff.get(OVERVIEW)) == 2


def test_the_overview_that_opens_is_ready_on_the_next_day(staff, place, large):
    staff.get(OVERVIEW)
    staff.get(OVERVIEW, {"period": "month"})
    row = KeptFigures.objects.order_by("since").first()
    yesterday = row.as_of - timedelta(days=1)
    KeptFigures.objects.exclude(pk=row.pk).update(as_of=yesterday)
    KeptFigures.objects.filter(pk=row.pk).update(
        as_of=yesterday,
        since=kept.period_start(yesterday),
        key="old",
        counted_at=row.counted_at - timedelta(days=1),
        opened_at=row.counted_at - timedelta(days=1),
    )
    assert kept.recount_kept() == 1
    assert KeptFigures.objects.filter(as_of=row.as_of, since=row.since).count() == 1
    assert kept.recount_kept() == 0


def test_nobody_who_may_not_see_it_any_more_is_counted_for(staff, place, large):
    staff.get(OVERVIEW)
    KeptFigures.objects.update(counted_at=timezone.now() - timedelta(minutes=11))
    Grant.objects.filter(user=place.staff).delete()
    assert kept.recount_kept() == 0


def test_what_nobody_opened_for_a_week_is_forgotten(staff, large):
    staff.get(OVERVIEW)
    KeptFigures.objects.update(opened_at=timezone.now() - timedelta(days=7, seconds=1))
    kept.recount_kept()
    assert not KeptFigures.objects.exists()
