"""The timeline of postings opens where today is, also where it is wider than the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import VIEWPORTS, sign_in, watched_page

SEES_TODAY = """() => [...document.querySelectorAll("[data-open-at-today]")].map((box) => {
  const edge = (name) => box.querySelector(name).getBoundingClientRect();
  return edge("[data-today]").left > edge("[data-stays]").right && edge("[data-today]").right < box.getBoundingClientRect().right;
})"""


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_today_is_in_sight_beside_the_names(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], viewport: str
) -> None:
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        watched.open(reverse("assignments:timeline"))
        seen = watched.page.evaluate(SEES_TODAY)
        problems = watched.check(f"timeline-{viewport}", axe=False)
        watched.page.emulate_media(media="print")
        width = watched.page.evaluate("() => getComputedStyle(document.querySelector('.gantt-box')).overflowX")

    assert (set(seen), width, problems) == ({True}, "visible", [])
