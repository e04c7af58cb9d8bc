"""A mentor and the office before the papers of a pairing: readable at both sizes, printed without the frame."""

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.mentorship.documents import AGREEMENT, LETTER
from cadre_app.mentorship.models import Pairing
from tests.e2e.browser import VIEWPORTS, sign_in, watched_page


@pytest.fixture
def pairing(demo_accounts: dict[str, str]) -> Pairing:
    """The running pairing of the Party secretary of the town."""
    found = Pairing.objects.running().filter(mentor__account__username="mentor.head").first()
    assert found is not None
    return found


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize("account", ["staff", "mentor.head"])
def test_papers_are_read_from_the_page_of_the_pairing(
    browser: Browser,
    live_server: LiveServer,
    demo_accounts: dict[str, str],
    pairing: Pairing,
    viewport: str,
    account: str,
) -> None:
    with watched_page(browser, live_server.url, viewport) as watched:
        sign_in(watched, account, demo_accounts[account])
        watched.open(reverse("mentorship:pairing_detail", kwargs={"pk": pairing.pk}))
        watched.page.click("#papers a >> nth=0")
        watched.page.wait_for_selector(".paper h1")
        found = watched.check(f"paper-{account}-{viewport}")
        titles = watched.page.locator(".paper h1").all_inner_texts()

    assert (titles, found) == (["青蓝结对协议"], [])


@pytest.mark.parametrize(("kind", "pages"), [(AGREEMENT, 2), (LETTER, 1)])
def test_the_browser_prints_the_paper_alone(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], pairing: Pairing, kind: str, pages: int
) -> None:
    with watched_page(browser, live_server.url, "desktop") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        watched.open(reverse("documents:paper", kwargs={"kind": kind, "pk": pairing.pk}))
        document = pypdfium2.PdfDocument(watched.page.pdf(prefer_css_page_size=True))
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()

    assert (len(texts), [word for word in ("返回", "工作台", "台账") if word in "".join(texts)]) == (pages, [])
