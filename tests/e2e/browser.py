"""The product in the system's Chromium: signing in, and what must hold on every page."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

if TYPE_CHECKING:
    from tests.e2e.reach import Share

FOLDER = Path(__file__).parent
VIEWPORTS = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = ("zh-hans", "en")
# Chromium takes the last list of features alone, so that Playwright's own is repeated here.
PLAYWRIGHTS = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "MediaRouter",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
# A quarter of what opening a page costs: a new frame for every document, spare processes for pages and for menus.
NOT_NEEDED = ("RenderDocument", "SpareRendererForSitePerProcess", "PreloadTopChromeWebUI")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join((*PLAYWRIGHTS, *NOT_NEEDED))}",
]
CONTRAST = "color-contrast"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
AXE = (FOLDER / "vendor" / "axe.min.js").read_text("utf-8")
# The rows of a table are alike: the first ones stand for all.
ROWS = "tbody > tr:nth-child(n + 9)"
# The name and time across a paper are a mark: faint on purpose, hidden from readers of screens.
MARK = ".paper-across"
FRAME = (".ql-top", ".ql-rail", ".ql-foot", ".ph-top")
RUN_AXE = """async ([tags, left_out, off]) => {
  const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
  const found = await axe.run({ exclude: left_out.map((one) => [one]) }, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], rules });
  return found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}"""
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
  window.tellViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});"""
# Help, the own account and the suggestion form look alike for everybody.
COMMON = {
    "core:help",
    "accounts:preferences",
    "accounts:change_password",
    "feedback:new",
    "feedback:mine",
    "reminders:preferences",
}
FILE = re.compile(r"\.\w+(\?|$)|/(file|word|pdf)/?(\?|$)|^/files/")
EXPECTED_STATUS = re.compile(r"status of 4\d\d")


@dataclass
class Watched:
    """A page and everything it complained about since it was opened."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("load")

    def check(self, name: str = "", *, axe: bool = True, frame: bool = True, contrast: bool = True) -> list[str]:
        """What is wrong with the page as it stands: accessibility unless left out, content policy, console, width.

        Without `frame` accessibility is looked at in what the frame holds, without `contrast` not in its colours.
        """
        found = [f"axe {line}" for line in self._run_axe(frame=frame, contrast=contrast)] if axe else []
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{wide} px wider than the screen")
        found += self.problems
        self.problems.clear()
        self._keep_picture(name)
        return [f"{self.page.url.removeprefix(self.base)}: {line}" for line in found]

    def check_narrow(self, name: str = "") -> list[str]:
        """Whether the page fits a phone, made as narrow as one where it stands; then it is as wide again as it was."""
        before = self.page.viewport_size
        width, height = VIEWPORTS["phone"]
        self.page.set_viewport_size({"width": width, "height": height})
        found = self.check(name, axe=False)
        if before is not None:
            self.page.set_viewport_size(before)
        return found

    def _run_axe(self, *, frame: bool, contrast: bool) -> list[str]:
        # Half a megabyte that a page is spared until it is looked at.
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(f"{AXE}; undefined")
        left_out, off = [ROWS, MARK, *(() if frame else FRAME)], [] if contrast else [CONTRAST]
        found: list[str] = self.page.evaluate(RUN_AXE, [AXE_TAGS, left_out, off])
        return found

    def _keep_picture(self, name: str) -> None:
        folder = os.environ.get("QINGLAN_SCREENSHOTS")
        if folder and name:
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """The Chromium at that path; while it runs, this thread has a loop."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@contextmanager
def watched_page(browser: Browser, base: str, viewport: str, language: str = "zh-hans") -> Iterator[Watched]:
    """A fresh context of that size and language, every complaint collected."""
    width, height = VIEWPORTS[viewport]
    locale = "zh-CN" if language == "zh-hans" else "en-GB"
    with browser.new_context(viewport={"width": width, "height": height}, locale=locale) as context:
        context.add_init_script(TELL_VIOLATIONS)
        page = context.new_page()
        watched = Watched(page, base)
        page.expose_function("tellViolation", lambda text: watched.problems.append(f"content policy: {text}"))
        page.on("console", lambda message: _on_console(watched, message))
        page.on("pageerror", lambda error: watched.problems.append(f"script: {error}"))
        page.on("response", lambda response: _on_response(watched, response))
        yield watched


def sign_in(watched: Watched, username: str, password: str) -> None:
    """Through the form, as a person does."""
    watched.open("/accounts/sign-in/")
    give_name_and_password(watched.page, username, password)
    watched.page.wait_for_url(lambda url: "/sign-in/" not in url)


def give_name_and_password(page: Page, username: str, password: str) -> None:
    """On the sign-in page that is open; whatever comes of it."""
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("form.main button[type=submit]")


def switch_language(watched: Watched, language: str) -> None:
    """By the button of the page, if the page is not in that language already."""
    page = watched.page
    if page.evaluate("document.documentElement.lang") == language:
        return
    button = page.locator(f"button[name=language][value={language}]:visible")
    if button.count() == 0:
        page.locator(".ql-top summary:visible, .ph-top summary:visible").last.click()
    with page.expect_navigation():
        button.first.click()


def walk(watched: Watched, *, everything: bool, deep: bool, share: "Share | None" = None) -> Iterator[tuple[str, bool]]:
    """Open one page of every route within reach and yield its name, and whether the frame itself leads there; the caller
    checks it before the next opens.

    The navigation leads the way; `everything` adds the frame's common pages, `deep` what the pages lead to. A `share`
    leaves pages to other tests, and knows those of its own to which only these lead; what nobody knew of is opened.
    """
    area = ".ql-brand, .t, nav a, .menu a, .ql-foot a" if everything else ".ql-brand, .t, .ql-rail a"
    if share is not None:
        watched.open("/")  # all parts begin at the same place
    waiting = _links(watched, area)
    of_frame = len(waiting)
    known = share.reached(waiting) if share is not None and deep else {}
    seen = {route for route in known if share is not None and not share.is_mine(route)}
    waiting += known.values()
    while waiting:
        path = waiting.pop(0)
        of_frame -= 1
        route = route_of(path)
        is_left = share is not None and not deep and not share.is_mine(route)
        if route in seen or is_left or (not everything and route in COMMON):
            continue
        seen.add(route)
        watched.open(path)
        yield route.replace(":", "-"), of_frame >= 0
        if deep:
            waiting += _links(watched, "main a:not([download])")


def _links(watched: Watched, selector: str) -> list[str]:
    links: list[str] = watched.page.eval_on_selector_all(
        selector, "nodes => nodes.map((node) => node.getAttribute('href'))"
    )
    return followed(links)


def followed(links: Iterable[str | None]) -> list[str]:
    """Those that lead to pages of the product."""
    return [link for link in links if link and link.startswith("/") and not FILE.search(link)]


def route_of(path: str) -> str:
    """The name of the page behind an address."""
    return resolve(urlsplit(path).path).view_name


def _on_console(watched: Watched, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning") and not EXPECTED_STATUS.search(message.text):
        watched.problems.append(f"console: {message.text}")


def _on_response(watched: Watched, response: Response) -> None:
    own = response.url.startswith(watched.base)
    if response.status >= 500 or (response.status == 404 and own and "/static/" in response.url):
        watched.problems.append(f"{response.status} for {response.url}")
    if not own and not response.url.startswith(("data:", "blob:")):
        watched.problems.append(f"asked somebody else: {response.url}")
