"""The phone note: fast, once, and never lost; whatever signal, session and thumb do."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cadre_app.accounts.models import AccountKind, Draft, User
from cadre_app.mentorship.models import GuidanceNote, Pairing
from cadre_app.people.models import Person, Trainee
from tests.e2e.browser import LANGUAGES, Watched, give_name_and_password, sign_in, switch_language, watched_page

WRITER = "mentor.village"
TEXT = "今天带小陈走了西坑组9户，听不懂方言的地方我当场翻译给他听。他记得细，但问话像查户口。"
OFFLINE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('qinglan-note:')).length"
RESTORED = "document.querySelector('textarea[name=text]').value !== ''"
STORED = "JSON.stringify(localStorage)"


@pytest.fixture
def mentee(demo_accounts: dict[str, str]) -> Pairing:
    """The one running pairing of the village secretary, without a note."""
    mentor = Person.objects.get(account__username=WRITER)
    GuidanceNote.objects.all().delete()
    others = Pairing.objects.filter(mentor=mentor, ended_on=None)
    found = others.order_by("pk")[0]
    others.exclude(pk=found.pk).update(ended_on=timezone.localdate(), end_kind="completed")
    return Pairing.objects.select_related("trainee__person").get(pk=found.pk)


@pytest.fixture
def phone(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], mentee: Pairing
) -> Iterator[Watched]:
    """The mentor's phone, signed in, on the desk."""
    with watched_page(browser, live_server.url, "phone") as found:
        sign_in(found, WRITER, demo_accounts[WRITER])
        yield found


def until(page: Page, condition: str, seconds: float = 10) -> None:
    """Until the page says so; the content policy lets nothing be evaluated inside the page."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(100)


def open_note(phone: Watched) -> Page:
    """One tap from the desk."""
    page = phone.page
    page.click("a[href*='/mentoring/notes/new/?pairing=']")
    page.wait_for_selector("form[data-note]")
    return page


def typed(page: Page, text: str = TEXT) -> None:
    """Written and kept on the phone."""
    page.fill("textarea[name=text]", text)
    until(page, f"{KEPT} === 1")


def press(page: Page) -> None:
    page.click("form[data-note] button[type=submit]")


def arrived(page: Page) -> None:
    page.wait_for_url("**/sent/")


def texts() -> list[str]:
    return list(GuidanceNote.objects.order_by("created_at").values_list("text", flat=True))


def without_signal(problems: list[str]) -> list[str]:
    """A browser says in its console that it is offline: that is the point here."""
    return [line for line in problems if OFFLINE not in line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_desk_to_a_note_in_half_a_minute(phone: Watched, mentee: Pairing, language: str) -> None:
    switch_language(phone, language)
    found = phone.check(f"phone-desk-{language}")
    begun = time.monotonic()
    page = open_note(phone)
    page.check("input[name=way][value=visit]", force=True)
    page.locator("textarea[name=text]").press_sequentially(TEXT, delay=250)
    page.locator("[data-step]").first.click()
    found += phone.check(f"phone-note-{language}")
    begun_again = time.monotonic()
    press(page)
    arrived(page)
    took = time.monotonic() - begun
    found += phone.check(f"phone-note-sent-{language}")
    note = GuidanceNote.objects.get()
    assert (note.text, note.way, note.pairing, note.happened_on) == (TEXT, "visit", mentee, timezone.localdate())
    assert note.next_step != ""
    assert took < 30, f"{took:.1f} s, sending {time.monotonic() - begun_again:.1f} s"
    assert page.evaluate(KEPT) == 0
    assert found == []


def test_a_lost_signal_loses_nothing_and_the_note_goes_by_itself_when_it_is_back(phone: Watched) -> None:
    page = open_note(phone)
    typed(page)
    page.context.set_offline(True)
    press(page)
    page.wait_for_selector("[data-note-lost]:not([hidden])")
    assert texts() == []
    found = without_signal(phone.check("phone-note-lost"))
    page.context.set_offline(False)
    arrived(page)
    assert texts() == [TEXT]
    assert found == []


def test_an_answer_that_was_lost_on_the_way_doubles_nothing(phone: Watched) -> None:
    page = open_note(phone)
    typed(page)
    lost = {"first": True}

    def swallow(route) -> None:
        if route.request.method == "POST" and lost.pop("first", False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/notes/new/**", swallow)
    press(page)
    page.wait_for_selector("[data-note-lost]:not([hidden])")
    assert texts() == [TEXT]
    page.fill("textarea[name=text]", TEXT + "再补一句。")
    press(page)
    arrived(page)
    assert texts() == [TEXT + "再补一句。"]


def test_a_double_tap_makes_one_note(phone: Watched) -> None:
    page = open_note(phone)
    typed(page)
    page.dblclick("form[data-note] button[type=submit]")
    arrived(page)
    assert texts() == [TEXT]


def test_what_was_typed_is_there_after_the_page_was_left(phone: Watched) -> None:
    page = open_note(phone)
    page.check("input[name=way][value=field]", force=True)
    typed(page)
    phone.open("/")
    assert page.locator("[data-note-draft]:not([hidden]) [data-begun]").is_visible()
    page = open_note(phone)
    until(page, RESTORED)
    assert page.input_value("textarea[name=text]") == TEXT
    assert page.is_checked("input[name=way][value=field]")
    press(page)
    arrived(page)
    assert (texts(), page.evaluate(KEPT)) == ([TEXT], 0)


def test_a_note_that_was_waiting_goes_when_its_page_is_opened_again(phone: Watched) -> None:
    address = open_note(phone).url
    # A page of its own: one that is only left for another may hear of the signal and send before it is gone.
    written = phone.page.context.new_page()
    written.goto(address)
    typed(written)
    written.context.set_offline(True)
    press(written)
    written.wait_for_selector("[data-note-lost]:not([hidden])")
    written.close()
    phone.page.context.set_offline(False)
    phone.page.goto(address)
    arrived(phone.page)
    assert texts() == [TEXT]


def test_a_session_that_ended_meanwhile_loses_nothing(phone: Watched, demo_accounts: dict[str, str]) -> None:
    page = open_note(phone)
    typed(page)
    Session.objects.all().delete()
    press(page)
    page.wait_for_url("**/sign-in/**")
    give_name_and_password(page, WRITER, demo_accounts[WRITER])
    page.wait_for_selector("form[data-note]")
    until(page, RESTORED)
    assert page.input_value("textarea[name=text]") == TEXT
    assert texts() == []
    press(page)
    arrived(page)
    assert texts() == [TEXT]


def test_a_note_only_for_oneself_waits_in_the_page_until_somebody_has_signed_in_again(
    phone: Watched, demo_accounts: dict[str, str]
) -> None:
    page = open_note(phone)
    page.check("input[name=visibility][value=private]", force=True)
    Session.objects.all().delete()
    page.fill("textarea[name=text]", TEXT)
    press(page)
    page.wait_for_selector("[data-note-signed-out]:not([hidden])")
    other = page.context.new_page()
    other.goto(f"{phone.base}/accounts/sign-in/")
    give_name_and_password(other, WRITER, demo_accounts[WRITER])
    other.wait_for_selector("a[href*='/mentoring/notes/new/']")
    press(page)
    arrived(page)
    assert texts() == [TEXT]


def test_another_account_on_the_same_phone_sees_nothing(
    phone: Watched, mentee: Pairing, demo_accounts: dict[str, str]
) -> None:
    page = open_note(phone)
    typed(page)
    assert TEXT[:6] not in page.evaluate(STORED)
    pairing = Pairing.objects.filter(mentor__account__username="mentor.head", ended_on=None).first()
    assert pairing is not None
    page.context.clear_cookies()
    sign_in(phone, "mentor.head", demo_accounts["mentor.head"])
    page.goto(f"{phone.base}/mentoring/notes/new/?pairing={pairing.pk}")
    page.wait_for_timeout(500)
    assert page.input_value("textarea[name=text]") == ""
    page.context.clear_cookies()
    sign_in(phone, WRITER, demo_accounts[WRITER])
    page = open_note(phone)
    until(page, RESTORED)


def test_signing_out_leaves_nothing_on_the_phone_and_loses_nothing(
    phone: Watched, demo_accounts: dict[str, str]
) -> None:
    page = open_note(phone)
    typed(page)
    page.locator(".ph-top summary").last.click()
    page.click("form[data-sign-out] button")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(KEPT) == 0
    sign_in(phone, WRITER, demo_accounts[WRITER])
    assert open_note(phone).input_value("textarea[name=text]") == TEXT


def test_only_what_the_trainee_reads_lies_on_the_phone(phone: Watched) -> None:
    page = open_note(phone)
    typed(page)
    page.check("input[name=visibility][value=private]", force=True)
    until(page, f"{KEPT} === 0")
    until(page, "document.querySelector('[data-saved]').textContent !== ''", 15)
    assert Draft.objects.filter(user__username=WRITER).count() == 1
    page.reload()
    assert page.input_value("textarea[name=text]") == TEXT
    assert page.is_checked("input[name=visibility][value=private]")
    press(page)
    arrived(page)
    assert (texts(), Draft.objects.count()) == ([TEXT], 0)


def test_what_is_refused_is_shown_beside_its_field_with_the_text(phone: Watched) -> None:
    page = open_note(phone)
    typed(page, "字" * 2001)
    press(page)
    page.wait_for_selector(".invalid-feedback")
    assert page.input_value("textarea[name=text]") == "字" * 2001
    page.fill("textarea[name=text]", TEXT)
    press(page)
    arrived(page)
    assert texts() == [TEXT]


def test_a_phone_without_scripts_sends_a_note(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], mentee: Pairing
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/accounts/sign-in/")
        give_name_and_password(page, WRITER, demo_accounts[WRITER])
        page.goto(f"{live_server.url}/mentoring/notes/new/")
        page.fill("textarea[name=text]", TEXT)
        press(page)
        arrived(page)
    assert texts() == [TEXT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trainee_finds_reads_and_answers_it(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], mentee: Pairing, language: str
) -> None:
    account = User.objects.get(username="trainee", kind=AccountKind.TRAINEE)
    own = Trainee.objects.get(person__account=account)
    Pairing.objects.filter(pk=mentee.pk).update(trainee=own)
    GuidanceNote.objects.create(
        pairing=mentee, author=mentee.mentor, happened_on=timezone.localdate(), way="visit", text=TEXT
    )
    with watched_page(browser, live_server.url, "phone") as trainee:
        sign_in(trainee, "trainee", demo_accounts["trainee"])
        switch_language(trainee, language)
        page = trainee.page
        found = trainee.check(f"trainee-desk-{language}")
        page.click("main a[href*='/mentoring/notes/']")
        page.wait_for_selector("form[action$='/read/']")
        found += trainee.check(f"trainee-note-{language}")
        page.click("form[action$='/read/'] button")
        page.wait_for_selector("form[action$='/read/']", state="detached")
        page.fill("textarea[name=answer]", "谢谢书记，下周我自己走3户。")
        page.click("form[action$='/answer/'] button")
        page.wait_for_selector("dd:has-text('谢谢书记')")
        found += trainee.check(f"trainee-note-answered-{language}")
    assert found == []
