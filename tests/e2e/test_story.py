"""The first story: staff ask for a village secretary's account, the administrator activates it, the secretary signs in."""

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import Watched, sign_in, watched_page
from tests.e2e.steps import activate, choose, press_main, set_own_password

USERNAME = "chating.zqq"
OWN_PASSWORD = "茶亭村的山泉水 2026 甜"


def ask_for_an_account(watched: Watched) -> None:
    page = watched.page
    watched.open("/accounts/requests/new/")
    page.fill("input[name=display_name]", "张清泉")
    page.fill("input[name=username]", USERNAME)
    choose(page, "unit", "茶亭村")
    choose(page, "kind", "导师")
    page.fill("textarea[name=reason], input[name=reason]", "担任群众工作导师")
    press_main(page)


def test_from_request_to_first_sign_in(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    found: list[str] = []
    with watched_page(browser, live_server.url, "desktop") as staff:
        sign_in(staff, "staff", demo_accounts["staff"])
        ask_for_an_account(staff)
        found += staff.check("story-requested")
    with watched_page(browser, live_server.url, "desktop") as administrator:
        sign_in(administrator, "secadmin", demo_accounts["secadmin"])
        temporary = activate(administrator, USERNAME)
        found += administrator.check("story-slip")
        administrator.page.reload()
        assert temporary not in administrator.page.content()
    with watched_page(browser, live_server.url, "phone") as mentor:
        sign_in(mentor, USERNAME, temporary)
        set_own_password(mentor, temporary, OWN_PASSWORD)
        mentor.open("/")
        assert mentor.page.locator("h1").inner_text() == "张清泉，您好"
        found += mentor.check("story-mentor")

    assert found == []
