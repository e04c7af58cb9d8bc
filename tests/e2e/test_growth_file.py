"""The growth file in the browser: a kind without loading the page anew, earlier entries on request, and without scripts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.people.models import PostRecord, Trainee
from tests.e2e.browser import VIEWPORTS, sign_in, watched_page


@pytest.fixture
def long_file(demo_accounts: dict[str, str]) -> Trainee:
    """The file of the demo trainee with 50 posts more, each of a day of 2020."""
    file = Trainee.objects.get(person__account__username="trainee")
    first = date(2020, 1, 1)
    PostRecord.objects.bulk_create(
        PostRecord(trainee=file, started_on=first + timedelta(days=number), post=f"职务{number}")
        for number in range(50)
    )
    return file


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_kinds_and_earlier_entries_come_without_a_new_page(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], long_file: Trainee, viewport: str
) -> None:
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, "trainee", demo_accounts["trainee"])
        watched.open(reverse("people:my_file"))
        page, entries = watched.page, watched.page.locator("#timeline .tl-i")
        page.evaluate("window.stayed = true")
        page.click("#timeline .gf-tabs a[href*='kind=posts']")
        page.wait_for_url("**/?kind=posts")
        shown = [entries.count()]
        for _ in range(2):
            page.click(".tl-more a")
            page.wait_for_function(
                "count => document.querySelectorAll('#timeline .tl-i').length > count", arg=shown[-1]
            )
            shown.append(entries.count())
        # The focus comes a moment after the entries, when htmx has settled them.
        in_entries = bool(page.wait_for_function("() => document.activeElement.closest('#timeline') !== null"))
        found = watched.check(f"growth-file-{viewport}")
        page.go_back()
        page.wait_for_selector("#timeline .gf-tabs a[href='?'][aria-current=page]")

    assert (shown, in_entries, found, "kind" in page.url) == ([20, 40, 52], True, [], False)


def test_without_scripts_links_lead_to_the_same_entries(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], long_file: Trainee
) -> None:
    with watched_page(browser, live_server.url, "desktop") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        cookies = watched.page.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + reverse("growth:file", kwargs={"pk": long_file.pk}) + "?kind=posts&year=2020")
    seen = page.locator(".tl-i time").all_inner_texts()
    while page.locator(".tl-more a").count():
        page.click(".tl-more a")
        seen += page.locator(".tl-i time").all_inner_texts()
    context.close()

    assert (len(seen), len(set(seen)), seen[0], seen[-1]) == (50, 50, "2月19日", "1月1日")
