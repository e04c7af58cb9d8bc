"""Forms with their errors, tables, filters, and the small marks."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils import formats, translation

from cadre_app.core.roles import Role
from cadre_app.core.templatetags.ql import icon, shown, status
from tests.factories import GrantFactory, UserFactory

GALLERY = "/help/components/"


@pytest.fixture
def system_client(db: None) -> Client:
    user = UserFactory.create(language="en")
    GrantFactory.create(user=user, role=Role.SYSTEM, unit=None)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_refused_form_names_each_field_and_leads_to_it(system_client: Client) -> None:
    page = system_client.post(GALLERY, {"place": "梧头村委会"}).content.decode()

    targets = re.findall(r'<li><a href="#([^"]+)">', page)
    assert targets == ["id_day", "id_occasion", "id_speaker", "id_text", "id_agreed"]
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_a_refused_form_keeps_what_was_typed(system_client: Client) -> None:
    page = system_client.post(GALLERY, {"place": "梧头村委会", "text": "宿舍没有网络\n<script>"}).content.decode()

    assert 'value="梧头村委会"' in page
    assert "宿舍没有网络\n&lt;script&gt;</textarea>" in page


def test_the_message_of_a_field_is_tied_to_it(system_client: Client) -> None:
    page = system_client.post(GALLERY, {}).content.decode()

    (field,) = re.findall(r'<input type="date"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_day_error"' in field
    assert 'id="id_day_error"' in page


def test_a_sorted_heading_says_so_and_its_link_turns_the_order_and_keeps_the_conditions(system_client: Client) -> None:
    page = system_client.get(GALLERY, {"sort": "name", "name": "u", "page": "1"}).content.decode()

    assert page.count('aria-sort="ascending"') == 1
    assert 'href="?sort=-name&amp;name=u"' in page


def test_a_list_without_matches_offers_to_clear_the_conditions(system_client: Client) -> None:
    page = system_client.get(GALLERY, {"name": "没有这个"}).content.decode()

    assert "Nothing matches these conditions." in page
    assert f'<a class="btn" href="{GALLERY}">Clear filters</a>' in page


def test_a_condition_stands_as_a_chip_that_takes_it_away(system_client: Client) -> None:
    page = system_client.get(GALLERY, {"name": "unit", "app": "org", "page": "2"}).content.decode()

    assert '<a class="chip on" href="?app=org">' in page
    assert '<a class="chip on" href="?name=unit">' in page


def test_the_pager_keeps_the_conditions(system_client: Client) -> None:
    ContentType.objects.bulk_create(ContentType(app_label="x", model=f"thing{number}") for number in range(60))

    page = system_client.get(GALLERY, {"name": "thing"}).content.decode()

    assert "60 in all" in page
    assert 'href="?name=thing&amp;page=2" rel="next"' in page
    assert 'href="?name=thing&amp;page=3">3</a>' in page


def test_the_bulk_bar_sends_the_conditions_of_the_whole_list(system_client: Client) -> None:
    ContentType.objects.bulk_create(ContentType(app_label="x", model=f"thing{number}") for number in range(60))

    pages = [
        system_client.get(GALLERY, query).content.decode()
        for query in ({"name": "thing", "sort": "-name", "page": "2"}, {"name": "thing5"})
    ]

    assert 'name="all" value="1" data-every data-total="60">Select all 60</label>' in pages[0]
    assert '<input type="hidden" name="query" value="name=thing&amp;sort=-name">' in pages[0]
    assert ['name="all"' in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    "query", [{"page": "0"}, {"page": "9" * 30}, {"size": "-1"}, {"sort": "x;y"}, {"columns": "'"}]
)
def test_a_hostile_address_shows_the_list(system_client: Client, query: dict[str, str]) -> None:
    assert system_client.get(GALLERY, query).status_code == 200


def test_a_slot_is_left_out_when_the_page_does_not_fill_it() -> None:
    template = Template('{% slot "acts" %}{% if filled %}<b>x</b>{% endif %} {% endslot %}')

    assert template.render(Context({"filled": False})) == ""
    assert template.render(Context({"filled": True})) == '<div class="acts"><b>x</b> </div>'


def test_a_status_is_a_shape_and_its_word_and_the_word_is_escaped() -> None:
    mark = status("over", "<超 12 天>")

    assert "#s-over" in mark
    assert mark.endswith("&lt;超 12 天&gt;</span>")


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert icon("people").startswith('<svg class="i" aria-hidden="true"><use href="')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "Yes"),
        (False, "No"),
        (0, 0),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "2026-11-24 00:30"),
    ],
)
def test_values_are_shown_in_local_time_and_words(value: object, text: object, settings: object) -> None:
    with translation.override(None):
        settings.DATE_FORMAT, settings.DATETIME_FORMAT = "Y-m-d", "Y-m-d H:i"  # type: ignore[attr-defined]
        assert shown(value) == text


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_shown_as_a_dash_with_a_name(value: object) -> None:
    assert "—" in shown(value)
    assert "aria-label" in shown(value)


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "9月1日"), ("en", "1 Sep")])
def test_a_day_of_the_year_has_no_leading_zero(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2026, 9, 1), "MONTH_DAY_FORMAT") == text


def test_a_refusal_comes_without_the_mark_of_what_is_done() -> None:
    told = [Message(level, "没有办理") for level in (INFO, SUCCESS)]
    page = render_to_string("components/frame/toasts.html", {"messages": told})
    refused, done = page.split('<div class="toast ')[1:]
    assert ("s-ok" in refused, "info-circle" in refused) == (False, True)
    assert "s-ok" in done
