"""Every number of the overview opens a list that says just this number: of any period, of any unit, the year before too."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.core.figures import figures
from cadre_app.org.models import Unit
from cadre_app.training.figures.training import rounded
from tests.district import load_demo

OVERVIEW = reverse("reports:overview")
TOWN, VILLAGE = "梧岭镇", "梧头村"
LAST, EARLIER = {"period": "last", "compare": "year"}, {"since": "2026-03-01", "as_of": "2026-08-31"}
ENTRIES, CAMPS = reverse("training:hours_entries"), reverse("training:camp_current")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


def groups_of(client, query, unit):
    asked = query | ({"unit": str(Unit.objects.get(name=unit).pk)} if unit else {})
    return client.get(OVERVIEW, asked).context["groups"]


def told(client, url):
    """The number that a list says of itself: its rows, its grades, or what its hours come to."""
    response = client.get(url, follow=True)
    path = urlsplit(url).path
    if path == CAMPS:
        return len([lane for lane in response.context["lanes"] if lane.seats])
    if path == ENTRIES:
        sums = response.context["sums"]
        return sums.average if sums.people is not None else rounded(sums.hours)
    return response.context["table"].total


def differing(client, numbers):
    """What is said otherwise, or nowhere."""
    known = {url: told(client, url) for _name, _number, url in numbers if url}
    return [(name, number, known.get(url, "no list")) for name, number, url in numbers if known.get(url) != number]


@pytest.fixture
def client(client_of):
    load_demo()
    return client_of(User.objects.get(username="staff"))


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ({}, ""),
        ({"period": "quarter"}, VILLAGE),
        (LAST, TOWN),
        (EARLIER, ""),
        (EARLIER, VILLAGE),
    ],
)
def test_each_figure_and_the_one_of_the_year_before(client, query, unit):
    counted = [one for group in groups_of(client, query, unit) for one in group.counted]
    numbers = [(one.key, one.number, one.url) for one in counted]
    before = [(f"{one.key} before", one.before, one.before_url) for one in counted if one.before is not None]
    assert differing(client, numbers + before) == []
    assert len(counted) >= len(figures) - 4
    assert len(before) == ("compare" in query) * len(counted)


@pytest.mark.parametrize(("query", "unit"), [({"compare": "year"}, TOWN), (EARLIER, "")])
def test_each_number_of_a_breakdown(client, query, unit):
    numbers = []
    for group in groups_of(client, query, unit):
        for divided in group.divided:
            for bar in (*divided.bars, divided.sum):
                cells = [*bar.share.cells, *(bar.before.cells[-1:] if bar.before is not None else ())]
                name = f"{divided.key} {bar.share.label}"
                numbers += [(name, number, url) for number, url in cells if number]
    assert differing(client, numbers) == []
    assert len(numbers) > len(figures) if not unit else numbers


def test_each_number_of_a_briefing_that_was_issued_for_a_past_period(client):
    issued = Briefing.objects.filter(state=BriefingState.ISSUED).first()
    page = client.get(reverse("briefings:briefing_detail", kwargs={"pk": issued.pk}))
    numbers = [(one.key, one.number, one.url) for one in page.context["figures"]]
    assert (differing(client, numbers), len(numbers)) == ([], len(issued.figures))


def test_a_day_that_cannot_be_told_is_said_beside_the_field(client):
    for name in ("people:trainee_list", "mentorship:pairing_table", "care:talk_list"):
        for typed in ("9999-12-31", "0001-01-01", "2026-02-30", "昨天"):
            page = client.get(reverse(name), {"as_of": typed})
            found = page.context["filter"]
            assert (page.status_code, list(found.form.errors), found.form["as_of"].value()) == (200, ["as_of"], typed)
