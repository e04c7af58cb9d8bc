"""青蓝结对 from suggestion to growth file, against `manage.py up`: staff on the desktop, mentor and trainee on a phone."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import Watched, chromium, sign_in, watched_page
from tests.e2e.steps import activate, choose, press_main, set_own_password
from tests.faults.up import Up

pytestmark = pytest.mark.faults

NAME = "顾清和"
USERNAME = "guqinghe"
OWN_PASSWORD = "梧头村的晒谷场 2026 敞亮"
KEYS_PER_SECOND = 4
READS_FOR = 1.0
WRITTEN = "今天带清和走了坑尾组三户，先拉家常再问收成，她记得细，就是开口慢。"
STEP = "下周她自己走三户"
LOST = "电话里说了山洪预警的报送口径，要求先报人数再写经过。"
FOR_THE_DEPARTMENT = "进步快，建议早些压担子。"
FOR_MYSELF = "下次先听她说完。"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with chromium(chromium_path) as found:
        yield found


def password_of(up: Up) -> str:
    """The one password of the demo accounts, from the file that the first start writes."""
    text = (up.folder / "demo-accounts.txt").read_text("utf-8")
    return next(line.split()[-1] for line in text.splitlines() if line.startswith("密码") or "assword" in line)


def open_a_file(staff: Watched) -> str:
    """A graduate who has just reported for duty; the path of the growth file."""
    page = staff.page
    staff.open("/people/new/")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=phone]", "19900008888")
    page.check("input[name=kind][value=selected]")
    choose(page, "sub_kind", "定向选调")
    page.check("input[name=status][value=civil_servant]")
    page.fill("input[name=arrived_on]", time.strftime("%Y-%m-%d"))
    choose(page, "home_unit", "梧岭镇")
    choose(page, "linked_village", "梧头村")
    press_main(page)
    return page.url.removeprefix(staff.base).partition("record")[0].partition("#")[0]


def ask_for_an_account(staff: Watched, file: str) -> None:
    page = staff.page
    staff.open(f"{file}record/")
    page.click("main a[href*='/account/request/']")
    page.fill("input[name=username]", USERNAME)
    page.fill("input[name=reason]", "新录用选调生，本人查看成长档案")
    press_main(page)


def type_as_people_do(page: Page, selector: str, text: str) -> None:
    page.click(selector)
    page.locator(selector).press_sequentially(text, delay=1000 / KEYS_PER_SECOND)


def write_a_note(mentor: Watched) -> float:
    """From the signed-in desk to “submitted”, reading a second before each tap; the seconds it took."""
    page = mentor.page
    mentor.open("/")
    begun = time.monotonic()
    time.sleep(READS_FOR)
    page.locator(".ph-card", has_text=NAME).locator("a[href*='/notes/new/']").click()
    page.wait_for_selector("form[data-note]")
    time.sleep(READS_FOR)
    page.check("input[name=way][value=visit]")
    type_as_people_do(page, "textarea[name=text]", WRITTEN)
    type_as_people_do(page, "input[name=next_step]", STEP)
    time.sleep(READS_FOR)
    page.click("form[data-note] button[type=submit]")
    page.wait_for_selector(".ph-done")
    return time.monotonic() - begun


def confirm_both_mentors(staff: Watched) -> list[str]:
    """The two suggestions with their reasons, confirmed in one go; returns the reasons shown."""
    page = staff.page
    staff.open("/mentoring/suggestions/")
    rows = page.locator("#suggestions-table tbody tr", has_text=NAME)
    reasons = [row.inner_text() for row in rows.all()]
    for row in rows.all():
        row.locator("input[type=checkbox][name=pick]").check()
    with page.expect_navigation():
        page.click("#suggestions-bulk button.p")
    with page.expect_navigation():
        page.click("form.dialog button.btn-primary")
    return reasons


def begin(mentor: Watched) -> None:
    """Choose the mentee by name, as somebody with several does."""
    page = mentor.page
    mentor.open("/mentoring/notes/new/")
    page.locator("main a[href*='pairing=']", has_text=NAME).click()
    page.wait_for_selector("form[data-note]")


def write_without_a_signal(mentor: Watched) -> None:
    """Typed with a signal, sent without one, the page left and opened again, sent by itself when the signal is back."""
    page = mentor.page
    begin(mentor)
    page.check("input[name=way][value=phone]")
    page.fill("textarea[name=text]", LOST)
    page.wait_for_selector("[data-note-kept]:not([hidden])")
    page.context.set_offline(True)
    page.click("form[data-note] button[type=submit]")
    page.wait_for_selector("[data-note-lost]:not([hidden])")
    page.click("form[data-note] button[type=submit]")
    page.context.set_offline(False)
    page.wait_for_selector(".ph-done", timeout=40_000)


def write_for(mentor: Watched, readers: str, text: str) -> None:
    page = mentor.page
    begin(mentor)
    page.fill("textarea[name=text]", text)
    page.check(f"input[name=visibility][value={readers}]")
    page.click("form[data-note] button[type=submit]")
    page.wait_for_selector(".ph-done")


def read_the_file(trainee: Watched, temporary: str) -> str:
    """First sign-in with an own password, then “my file”: everything the page says."""
    set_own_password(trainee, temporary, OWN_PASSWORD)
    trainee.open("/people/me/")
    return trainee.page.inner_text("main")


def test_pair_note_file(make_begun, browser: Browser, capsys) -> None:
    up = make_begun("heartbeat").start()
    base, password = f"http://127.0.0.1:{up.port}", password_of(up)
    found: list[str] = []
    with watched_page(browser, base, "desktop") as staff:
        sign_in(staff, "staff", password)
        file = open_a_file(staff)
        ask_for_an_account(staff, file)
        reasons = confirm_both_mentors(staff)
        found += staff.check("heartbeat-paired")
        staff.open(file)
        head = staff.page.inner_text("main")
    assert [("庄世恒" in text, "党委书记" in text, "吴茂林" in text, "党支部书记" in text) for text in reasons] == [
        (True, True, False, False),
        (False, False, True, True),
    ]
    assert ("庄世恒" in head, "吴茂林" in head) == (True, True)

    with watched_page(browser, base, "desktop") as administrator:
        sign_in(administrator, "secadmin", password)
        temporary = activate(administrator, USERNAME)

    with watched_page(browser, base, "phone") as mentor:
        sign_in(mentor, "mentor.village", password)
        found += mentor.check("heartbeat-desk")
        seconds = write_a_note(mentor)
        found += mentor.check("heartbeat-note-done")
        write_without_a_signal(mentor)
        write_for(mentor, "department", FOR_THE_DEPARTMENT)
        write_for(mentor, "private", FOR_MYSELF)
    assert seconds < 30

    with watched_page(browser, base, "phone") as trainee:
        sign_in(trainee, USERNAME, temporary)
        told = read_the_file(trainee, temporary)
        found += trainee.check("heartbeat-file")
    with watched_page(browser, base, "desktop") as staff:
        sign_in(staff, "staff", password)
        staff.open(file)
        read = staff.page.inner_text("main")

    texts = (WRITTEN, LOST, FOR_THE_DEPARTMENT, FOR_MYSELF)
    assert [told.count(text[:12]) for text in texts] == [1, 1, 0, 0]
    assert [read.count(text[:12]) for text in texts] == [1, 1, 1, 0]
    assert found == []
    with capsys.disabled():
        print(f"\na guidance note in {seconds:.1f} s, {len(WRITTEN) + len(STEP)} characters typed")
