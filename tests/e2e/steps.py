"""What several stories do on the pages: fill a form and send it, and the way from a request to an own password."""

from playwright.sync_api import Page

from tests.e2e.browser import Watched


def choose(page: Page, name: str, text: str) -> None:
    """The first option of that select that says `text`."""
    option = page.locator(f"select[name={name}] option", has_text=text).first
    page.select_option(f"select[name={name}]", value=option.get_attribute("value"))


def press_main(page: Page) -> None:
    """Send the form of the page; nothing in it is refused."""
    with page.expect_navigation():
        page.click("main form:not(.ql-search) button[type=submit].btn-primary")
    refused = page.locator(".error-list, .invalid-feedback").all_inner_texts()
    assert refused == [], refused


def activate(administrator: Watched, username: str) -> str:
    """Activates the waiting request and returns the temporary password from the slip."""
    page = administrator.page
    administrator.open("/accounts/requests/?status=waiting")
    page.click(f"tr:has-text('{username}') a")
    page.click("main a[href$='/activate/']")
    page.click("main form button[type=submit]")
    page.wait_for_selector("dl.kv")
    return page.locator("dl.kv b.num").nth(1).inner_text()


def set_own_password(watched: Watched, temporary: str, own: str) -> None:
    """On the page that the first sign-in leads to."""
    page = watched.page
    page.wait_for_url("**/accounts/me/password/")
    page.fill("input[name=current_password]", temporary)
    for field in page.locator("input[type=password]:not([name=current_password])").all():
        field.fill(own)
    press_main(page)
    page.wait_for_url(lambda url: "/password/" not in url)


def press(page: Page, selector: str) -> None:
    """A link or button that leads to another page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def pick_person(page: Page, name: str, typed: str) -> None:
    """Type into that search box and take the only answer."""
    page.fill(f"input[name={name}_q]", typed)
    page.locator(f"input[type=radio][name={name}]").check()
