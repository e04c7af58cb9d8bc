"""Every account, on both screens: every page its frame leads to is clean; staff and trainees in both languages."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import LANGUAGES, VIEWPORTS, give_name_and_password, sign_in, switch_language, walk, watched_page
from tests.e2e.conftest import ACCOUNTS
from tests.e2e.reach import PARTS, Share

# One account of each frame visits what looks alike for everybody.
VISITS_COMMON_PAGES = ("staff", "trainee")
# What the pages lead to is visited once on each screen, in one language each; the other language changes texts alone, so
# that accessibility is looked at in the one, and in both whether a page fits.
DEEP = {("desktop", "zh-hans"), ("phone", "en")}
# What leader and liaison open are pages of staff with fewer buttons: neither followed nor looked at for accessibility.
SHALLOW = ("leader", "liaison")
# Whose pages are those of another account: a chief is a leader of the same department.
ALIKE = ("chief",)
# Who works at a desk: on the phone the same pages are the same to a reader of screens, and need only fit. What the
# pages lead to is made as narrow as a phone where it stands, in the language whose words are longer.
AT_A_DESK = ("staff",)
DEEP_AT_A_DESK = {("desktop", "en")}


# The walk of staff at a desk, every page of the product in two widths, was the longest of all tests by far: its parts can
# run beside each other.
IN_PARTS = [("staff", "desktop")]
WALKS = [
    pytest.param(account, viewport, part, id="-".join(filter(None, (account, viewport, part))))
    for account in ACCOUNTS
    if account not in ALIKE
    for viewport in VIEWPORTS
    for part in (PARTS if (account, viewport) in IN_PARTS else [""])
]


@pytest.mark.parametrize(("account", "viewport", "part"), WALKS)
def test_every_page_within_reach_is_clean(
    browser: Browser,
    live_server: LiveServer,
    demo_accounts: dict[str, str],
    account: str,
    viewport: str,
    part: str,
) -> None:
    found: list[str] = []
    share = Share(account, part) if part else None
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, account, demo_accounts[account])
        for language in LANGUAGES:
            at_a_desk = account in AT_A_DESK
            everything = account in VISITS_COMMON_PAGES
            closely = (viewport, language) in (DEEP_AT_A_DESK if at_a_desk else DEEP)
            if not everything and not closely:
                continue
            switch_language(watched, language)
            closely = closely and account not in SHALLOW
            for number, (name, is_of_frame) in enumerate(
                walk(watched, everything=everything, deep=closely, share=share)
            ):
                # The frame is the same around every page: the first one of a walk stands for all.
                first = number == 0
                read = closely or (first and at_a_desk)
                # Colours are those of the same parts everywhere: the pages of the frame stand for what they lead to.
                found += watched.check(
                    f"{account}-{name}-{viewport}-{language}", axe=read, frame=first, contrast=is_of_frame
                )
                if closely and at_a_desk:
                    found += watched.check_narrow(f"{account}-{name}-narrow-{language}")

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
        give_name_and_password(watched.page, "staff", "wrong")
        watched.page.wait_for_selector(".alert-danger")
        found += watched.check(f"sign-in-refused-{viewport}-{language}")

    assert found == []
