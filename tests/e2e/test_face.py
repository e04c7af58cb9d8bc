"""What the small scripts do: menus, drafts, one sending, chosen columns, picked rows."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.accounts.models import Draft, TextSize, User
from cadre_app.feedback.models import Feedback
from tests.e2e.browser import VIEWPORTS, Watched, sign_in, watched_page
from tests.e2e.story import begun_session

GALLERY = "/help/components/"
BURDEN = reverse("reports:burden")
WRITE = f"{reverse('feedback:new')}?page=/help/"


@pytest.fixture
def watched(browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]) -> Iterator[Watched]:
    """A desktop page on which the system administrator has signed in."""
    with watched_page(browser, live_server.url, "desktop") as page:
        sign_in(page, "sysadmin", demo_accounts["sysadmin"])
        yield page


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_the_gallery_is_clean_as_it_opens_and_with_every_error_shown(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], viewport: str
) -> None:
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, "sysadmin", demo_accounts["sysadmin"])
        watched.open(GALLERY)
        found = watched.check(f"gallery-{viewport}")
        watched.page.click("form[data-draft] button[type=submit]")
        watched.page.wait_for_selector(".error-list")
        found += watched.check(f"gallery-refused-{viewport}")

    assert found == []


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize(("account", "path"), [("sysadmin", GALLERY), ("mentor.village", "/")])
def test_the_largest_text_fits_the_screen(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], account: str, path: str, viewport: str
) -> None:
    User.objects.filter(username=account).update(language="en", text_size=TextSize.XLARGE)
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, account, demo_accounts[account])
        watched.open(path)
        size = watched.page.evaluate("document.documentElement.dataset.text")
        found = watched.check()

    assert (size, found) == ("xlarge", [])


def test_escape_closes_a_menu_and_gives_the_focus_back(watched: Watched) -> None:
    watched.open(GALLERY)
    page = watched.page

    page.click("summary.who")
    page.keyboard.press("Escape")

    assert page.locator("details[data-menu][open]").count() == 0
    assert page.evaluate("document.activeElement.classList.contains('who')") is True


def test_the_key_of_the_search_opens_its_page_where_there_is_no_box(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    with watched_page(browser, live_server.url, "desktop") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        watched.open("/reports/")
        page = watched.page
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.name") == "q"
        page.set_viewport_size({"width": 720, "height": 800})
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Control+k")
        page.wait_for_url("**/search/")


def test_an_open_menu_is_clean(watched: Watched) -> None:
    watched.open(GALLERY)

    watched.page.click("summary.who")

    assert watched.check() == []


def test_chosen_columns_stand_in_the_address_as_one_value(watched: Watched) -> None:
    watched.open(GALLERY + "?name=unit")
    page = watched.page

    page.click("summary:has-text('选择列'), summary:has-text('Choose columns')")
    page.check("#gallery-col-key")
    page.uncheck("#gallery-col-number")
    with page.expect_navigation():
        page.click("form[data-columns] button")

    assert page.url.endswith("?name=unit&columns=name%2Capp%2Ckey")


def test_picking_rows_shows_how_many_and_can_be_undone(watched: Watched) -> None:
    watched.open(GALLERY)
    page = watched.page

    page.check("[data-pick-all]")
    shown = page.locator("[data-count]").inner_text()
    rows = page.locator("tr.sel").count()
    page.click("[data-unpick]")

    assert str(rows) in shown
    assert page.locator("form[data-bulk]").is_hidden()


def test_every_matching_row_can_be_picked_at_once_until_one_is_taken_out(watched: Watched) -> None:
    watched.open(GALLERY)
    page, counted = watched.page, []

    page.check("[data-pick-all]")
    page.check("[data-every]")
    counted.append(page.locator("[data-count]").inner_text())
    page.uncheck("input[name=pick] >> nth=0")
    counted.append(page.locator("[data-count]").inner_text())

    total = page.locator("[data-every]").get_attribute("data-total")
    assert counted == [f"已选{total}项", "已选24项"]
    assert not page.is_checked("[data-every]")


def test_a_double_press_sends_once(watched: Watched, live_server: LiveServer) -> None:
    watched.open(WRITE)
    page = watched.page
    page.fill("textarea", "表头能否再窄一些。")

    with page.expect_navigation():
        page.evaluate("""() => {
          const button = document.querySelector("form[data-draft] button[type=submit]");
          button.click();
          button.click();
        }""")

    assert Feedback.objects.filter(text="表头能否再窄一些。").count() == 1


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(watched: Watched) -> None:
    watched.open(WRITE)
    page = watched.page
    page.on("dialog", lambda dialog: dialog.accept())

    with page.expect_response(lambda response: response.url.endswith("/drafts/save/")) as answer:
        page.fill("textarea", "写到一半的话")
    watched.open("/help/")
    watched.open(WRITE)

    assert answer.value.status == 204
    assert Draft.objects.count() == 1
    assert page.input_value("textarea") == "写到一半的话"


def test_cards_of_the_burden_page_keep_their_months_folded_on_a_phone(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    with watched_page(browser, live_server.url, "phone") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        watched.open(BURDEN)
        page = watched.page
        card, next_card = page.locator("#burden-table tbody tr").nth(0), page.locator("#burden-table tbody tr").nth(1)
        months, folded = card.locator(".month"), card.locator(".folds:visible")
        counted = [months.count(), folded.count()]
        card.locator("[data-unfold]").click()
        counted.append(card.locator(".month:visible").count())
        found = watched.check("burden-unfolded")
        assert next_card.locator(".folds:visible").count() == 0
        card.locator("[data-unfold]").click()
        counted.append(folded.count())
        page.set_viewport_size({"width": 1440, "height": 900})
        counted += [card.locator(".month:visible").count(), page.locator("[data-unfold]:visible").count()]

    assert (counted, found) == ([12, 0, 12, 0, 12, 0], [])


def test_cards_of_the_burden_page_show_every_month_where_scripts_are_off(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    size = {"width": 390, "height": 844}
    with browser.new_context(viewport=size, java_script_enabled=False) as context:
        context.add_cookies([begun_session("staff", live_server.url)])
        page = context.new_page()
        page.goto(live_server.url + BURDEN)
        card = page.locator("#burden-table tbody tr").first

        assert (card.locator(".month:visible").count(), card.locator("[data-unfold]:visible").count()) == (12, 0)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
