"""Every account, on both screens, in both languages: every page its frame leads to is clean."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import LANGUAGES, VIEWPORTS, reachable_paths, sign_in, switch_language, watched_page
from tests.e2e.conftest import ACCOUNTS

# Help, the own account and the suggestion form look alike for everybody: one account of each frame visits them.
VISITS_COMMON_PAGES = ("staff", "trainee")


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_page_within_reach_is_clean(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], account: str, viewport: str
) -> None:
    found: list[str] = []
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, account, demo_accounts[account])
        for language in LANGUAGES:
            switch_language(watched, language)
            for path in reachable_paths(watched, everything=account in VISITS_COMMON_PAGES):
                watched.open(path)
                name = path.strip("/").partition("?")[0].replace("/", "-") or "desk"
                found += watched.check(f"{account}-{name}-{viewport}-{language}")

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_the_sign_in_page_is_clean(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], viewport: str, language: str
) -> None:
    with watched_page(browser, live_server.url, viewport, language) as watched:
        watched.open("/accounts/sign-in/")
        switch_language(watched, language)
        found = watched.check(f"sign-in-{viewport}-{language}")
        watched.page.fill("input[name=username]", "staff")
        watched.page.fill("input[name=password]", "wrong")
        watched.page.click("form.main button[type=submit]")
        watched.page.wait_for_selector(".alert-danger")
        found += watched.check(f"sign-in-refused-{viewport}-{language}")

    assert found == []
