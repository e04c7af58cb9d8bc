"""From the roster to the closed item: imported, paired, written about; a month later the bell rings, the talk is held,
and the person opens the own file. Staff at a desk, mentor and trainee on the phone; the time is moved, not waited for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cadre_app.imports.models import Batch
from cadre_app.jobs import services as jobs
from cadre_app.policy.workdays import add_workdays
from tests.e2e.browser import Watched, sign_in, switch_language, watched_page
from tests.e2e.steps import activate, press_main, set_own_password
from tests.e2e.story import LONG_STORIES_IN

NAME, USERNAME = "俞清禾", "yuqinghe"
OWN_PASSWORD = "梧头村的晒谷场 2026 敞亮"
MENTOR_MAIL = "wu.maolin@example.cn"
NOTE = "今天带清禾走了坑尾组三户，先拉家常再问收成。"
CONTENT = "金丝雀该同志谈到近期睡眠不好，主要是征迁任务集中。"
RESPONSE = "金丝雀该同志表示理解，愿意继续承担任务。"
ARRIVED_BEFORE = timedelta(days=160)
LATER = timedelta(days=31)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def morning(day: date) -> datetime:
    """Ten o'clock of the first workday from that day on."""
    return timezone.make_aware(datetime.combine(add_workdays(day, 0), time(10)))


def roster(today: date) -> bytes:
    arrived = today - ARRIVED_BEFORE
    heading = "姓名,性别,类别,子类,编制,报到日期,现单位,职务,到村任职村,到村任职起,手机号"
    row = f"{NAME},男,选调生,定向选调,公务员,{arrived},梧岭镇,试用期公务员（选调生）,梧头村,{arrived + timedelta(days=10)},19900008888"
    return f"{heading}\n{row}\n".encode("utf-8-sig")


def take_the_roster_in(staff: Watched, today: date) -> None:
    """Uploaded, looked at, confirmed; the background work is done here and now."""
    page = staff.page
    staff.open("/imports/new/trainees/")
    page.set_input_files("input[type=file]", {"name": "花名册.csv", "mimeType": "text/csv", "buffer": roster(today)})
    press_main(page)
    jobs.run_job(Batch.objects.get().job_id)
    page.click("main a[href$='/confirm/']")  # the page that waits opens itself anew when the work is done
    with page.expect_navigation():
        page.click("form.dialog button[type=submit].btn-primary")
    jobs.run_job(Batch.objects.get().job_id)
    page.wait_for_selector("main a[href$='/undo/']")
    assert Batch.objects.get().status == "done", page.inner_text("main")


def file_of(staff: Watched) -> str:
    staff.open("/people/?q=" + NAME)
    return staff.page.locator("main td a", has_text=NAME).first.get_attribute("href") or ""


def ask_for_an_account(staff: Watched, file: str) -> None:
    page = staff.page
    staff.open(f"{file}record/")
    page.click("main a[href*='/account/request/']")
    page.fill("input[name=username]", USERNAME)
    page.fill("input[name=reason]", "新录用选调生，本人查看成长档案")
    press_main(page)


def confirm_both_mentors(staff: Watched) -> None:
    page = staff.page
    staff.open("/mentoring/suggestions/")
    for row in page.locator("#suggestions-table tbody tr", has_text=NAME).all():
        row.locator("input[type=checkbox][name=pick]").check()
    with page.expect_navigation():
        page.click("#suggestions-bulk button.p")
    with page.expect_navigation():
        page.click("form.dialog button.btn-primary")


def write_a_note(mentor: Watched) -> None:
    page = mentor.page
    mentor.open("/")
    page.locator(".ph-card", has_text=NAME).locator("a[href*='/notes/new/']").click()
    page.wait_for_selector("form[data-note]")
    page.check("input[name=way][value=visit]")
    page.fill("textarea[name=text]", NOTE)
    page.click("form[data-note] button[type=submit]")
    page.wait_for_selector(".ph-done")


def want_mail_at_once(mentor: Watched) -> None:
    page = mentor.page
    mentor.open("/reminders/mine/email/")
    page.check("input[name=mode][value=at_once]")
    page.fill("input[name=address]", MENTOR_MAIL)
    press_main(page)


def lines_about(page: Page) -> list[str]:
    return page.locator("#inbox li", has_text=NAME).all_inner_texts()


def hold_the_check_in(mentor: Watched) -> None:
    """From the message in the inbox to the note that says the meeting was held."""
    page = mentor.page
    mentor.open("/reminders/inbox/")
    with page.expect_navigation():
        page.locator("#inbox li", has_text=NAME).locator("button", has_text=re.compile("约定|Arrange")).first.click()
    write_a_note(mentor)


def hold_the_talk(staff: Watched) -> str:
    """Planned from the due item, booked, recorded with its restricted text; the path of the talk."""
    page = staff.page
    staff.open("/reminders/due/?rule=care.talk_due")
    page.locator("#dues-table tr", has_text=NAME).locator("a.btn").click()
    today = str(timezone.localdate())
    page.fill("input[name=planned_on]", today)
    press_main(page)
    path = page.url.removeprefix(staff.base)
    staff.open(f"{path}record/")
    page.fill("input[name=held_on]", today)
    page.select_option("select[name=interviewer]", index=1)
    page.locator("input[name=topics]").first.check()
    page.fill("textarea[name=content]", CONTENT)
    page.fill("textarea[name=response]", RESPONSE)
    press_main(page)
    return path


def what_the_trainee_receives(trainee: Watched, file: str, talk: str) -> list[str]:
    """Every page that leads to the talk, and the addresses of staff pages tried by hand."""
    bodies: list[str] = []
    trainee.page.on("response", lambda response: bodies.append(_body(response)))
    for path in (
        "/",
        "/people/me/",
        file,
        f"{file}record/",
        talk,
        f"{talk}reveal/",
        f"{talk}record/",
        "/reminders/inbox/",
    ):
        trainee.page.goto(trainee.base + path)
    return bodies


def _body(response) -> str:
    try:
        return response.text()
    except Exception:  # noqa: BLE001 - a redirect has no body to read
        return ""


@dataclass
class Story:
    """Who opens pages in which language, and what was wrong with them."""

    browser: Browser
    base: str
    password: str
    language: str
    found: list[str] = field(default_factory=list)

    @contextmanager
    def at(self, viewport: str, username: str, password: str = "") -> Iterator[Watched]:
        with watched_page(self.browser, self.base, viewport, self.language) as watched:
            sign_in(watched, username, password or self.password)
            yield watched

    def look(self, watched: Watched, name: str) -> None:
        self.found += watched.check(f"bell-{name}-{self.language}")


def begin(story: Story, today: date) -> str:
    """The roster comes in, the pairs are confirmed, the first note is written; the path of the growth file."""
    with story.at("desktop", "staff") as staff:
        switch_language(staff, story.language)
        take_the_roster_in(staff, today)
        file = file_of(staff)
        ask_for_an_account(staff, file)
        confirm_both_mentors(staff)
    with story.at("desktop", "secadmin") as administrator:
        temporary = activate(administrator, USERNAME)
    with watched_page(story.browser, story.base, "phone", story.language) as trainee:
        sign_in(trainee, USERNAME, temporary)
        set_own_password(trainee, temporary, OWN_PASSWORD)
        switch_language(trainee, story.language)
    with story.at("phone", "mentor.village") as mentor:
        switch_language(mentor, story.language)
        write_a_note(mentor)
        want_mail_at_once(mentor)
        story.look(mentor, "ways")
    return file


def meet_again(story: Story) -> list[str]:
    """What the mentor's inbox says; then the meeting is held and noted."""
    with story.at("phone", "mentor.village") as mentor:
        mentor.page.wait_for_selector("[data-bell-count] .n")
        mentor.open("/reminders/inbox/")
        told = lines_about(mentor.page)
        story.look(mentor, "inbox")
        hold_the_check_in(mentor)
    return told


def talk_it_over(story: Story) -> str:
    """The due talk is planned, held and recorded; the path of the talk."""
    with story.at("desktop", "staff") as staff:
        staff.open("/reminders/due/?whose=all&q=" + NAME)
        story.look(staff, "due")
        talk = hold_the_talk(staff)
        story.look(staff, "talk")
    return talk


def still_due(story: Story) -> int:
    with story.at("desktop", "staff") as staff:
        staff.open(f"/reminders/due/?whose=all&rule=care.talk_due&q={NAME}")
        return staff.page.locator("#dues-table tbody tr").count()


@pytest.mark.parametrize("language", LONG_STORIES_IN)
def test_from_the_roster_to_the_closed_item(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], language: str
) -> None:
    story = Story(browser, live_server.url, demo_accounts["staff"], language)
    first = morning(timezone.localdate())

    with time_machine.travel(first, tick=True):
        file = begin(story, first.date())
        call_command("run_reminders")
        mail.outbox.clear()
    with time_machine.travel(morning(first.date() + LATER), tick=True):
        call_command("run_reminders")
        letters = [f"{letter.subject} {letter.body}" for letter in mail.outbox if letter.to == [MENTOR_MAIL]]
        told = meet_again(story)
        talk = talk_it_over(story)
        call_command("run_reminders")
        left = still_due(story)
        with story.at("phone", USERNAME, OWN_PASSWORD) as trainee:
            bodies = what_the_trainee_receives(trainee, file, talk)
            trainee.open("/people/me/")
            read = trainee.page.inner_text("main")
            story.look(trainee, "own-file")

    assert (letters != [], told != [], left) == (True, True, 0)
    assert [letter for letter in letters if NAME in letter] == []
    assert (NOTE[:12] in read, len(bodies) > 5) == (True, True)
    assert [body for body in bodies if "金丝雀" in body] == []
    assert story.found == []
