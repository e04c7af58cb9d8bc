"""The first story: staff ask for a village secretary's account, the administrator activates it, the secretary signs in."""

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import Watched, sign_in, watched_page

OWN_PASSWORD = "茶亭村的山泉水 2026 甜"


def choose(watched: Watched, name: str, text: str) -> None:
    option = watched.page.locator(f"select[name={name}] option", has_text=text).first
    watched.page.select_option(f"select[name={name}]", value=option.get_attribute("value"))


def ask_for_an_account(watched: Watched) -> None:
    page = watched.page
    watched.open("/accounts/requests/new/")
    page.fill("input[name=display_name]", "张清泉")
    page.fill("input[name=username]", "chating.zqq")
    choose(watched, "unit", "茶亭村")
    choose(watched, "kind", "导师")
    page.fill("textarea[name=reason], input[name=reason]", "担任群众工作导师")
    page.click("main form button[type=submit].btn-primary")
    page.wait_for_url(lambda url: "/new/" not in url)


def activate(watched: Watched) -> str:
    """Activates the request and returns the temporary password from the slip."""
    page = watched.page
    watched.open("/accounts/requests/?status=waiting")
    page.click("tr:has-text('chating.zqq') a")
    page.click("main a[href$='/activate/']")
    page.click("main form button[type=submit]")
    page.wait_for_selector("dl.kv")
    return page.locator("dl.kv b.num").nth(1).inner_text()


def set_own_password(watched: Watched, temporary: str) -> None:
    page = watched.page
    page.wait_for_url("**/accounts/me/password/")
    page.fill("input[name=current_password]", temporary)
    for field in page.locator("input[type=password]:not([name=current_password])").all():
        field.fill(OWN_PASSWORD)
    page.click("main form button[type=submit].btn-primary")
    page.wait_for_url(lambda url: "/password/" not in url)


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
        temporary = activate(administrator)
        found += administrator.check("story-slip")
        administrator.page.reload()
        assert temporary not in administrator.page.content()
    with watched_page(browser, live_server.url, "phone") as mentor:
        sign_in(mentor, "chating.zqq", temporary)
        set_own_password(mentor, temporary)
        mentor.open("/")
        assert mentor.page.locator("h1").inner_text() == "张清泉，您好"
        found += mentor.check("story-mentor")

    assert found == []
