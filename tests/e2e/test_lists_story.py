"""A list is narrowed, kept under a name and opened from the navigation; a program reads the same people with a token."""

from django.urls import reverse
from django.utils.http import urlencode
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import sign_in, watched_page
from tests.e2e.steps import press, press_main

KEPT, ROSTER = "选调生", "/people/?kind=selected&sort=rank"


def test_what_is_kept_is_what_the_navigation_opens_and_a_program_reads(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    found: list[str] = []
    with watched_page(browser, live_server.url, "desktop") as staff:
        page = staff.page
        sign_in(staff, "staff", demo_accounts["staff"])
        staff.open(ROSTER)
        page.wait_for_selector(".kept .chip")
        found += staff.check("roster-chips")
        press(page, ".kept a[href*='/lists/save/']")
        page.fill("input[name=name]", KEPT)
        page.check("input[name=is_default]")
        press_main(page)
        page.wait_for_selector(f".kept .chip.on:has-text('{KEPT}')")
        staff.open("/lists/")
        found += [*staff.check("lists-home"), *staff.check_narrow("lists-home-narrow")]
        press(page, ".ql-rail a[href^='/people/']")
        opened = page.url.removeprefix(live_server.url)
        shown = page.locator("main td a.nm").all_inner_texts()
        staff.open("/lists/")
        press(page, "a[href*='/lists/reports/']")
        found += staff.check("lists-report")
        staff.open(reverse("api:token_new"))
        page.fill("input[name=name]", "数据平台")
        press_main(page)
        secret = page.input_value("#token-secret")
        found += staff.check("token-shown")
        staff.open(reverse("api:reference"))
        found += [*staff.check("api-reference"), *staff.check_narrow("api-reference-narrow")]
    query = urlencode({"kind": "selected", "sort": "rank", "size": "50", "columns": "name"})
    with browser.new_context() as program:
        headers = {"Authorization": f"Bearer {secret}"}
        answer = program.request.get(f"{live_server.url}/api/v1/people?{query}", headers=headers).json()

    assert (opened, found) == (ROSTER, [])
    assert [item["name"] for item in answer["data"]] == shown
