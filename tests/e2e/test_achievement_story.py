"""An achievement from the phone to the file: the trainee writes it, the liaison verifies it, staff return it, the trainee
completes it, the liaison verifies it among others, staff verify it, the mentor comments, and it stands in the file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.achievements.models import Achievement
from cadre_app.people.models import Trainee
from tests.e2e.steps import press, press_main
from tests.e2e.story import LONG_STORIES_IN, Story
from tests.files.made import pdf

NAME, TITLE = "林知远", "梧头村路灯修复12盏"
ASKED, WORD = "请写明经费来源。", "路灯我都去看过，属实。"
FIELDS = {
    "title": TITLE,
    "role": "牵头",
    "done": "逐盏登记损坏情况，协调供电所和村集体分摊费用。",
    "result": "修复路灯12盏，惠及83户。",
    "witness": "梧头村党支部书记",
}


@pytest.fixture(autouse=True)
def _private(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def page_of(name: str, entry: Achievement) -> str:
    return reverse(f"achievements:{name}", kwargs={"pk": entry.pk})


def write(story: Story) -> Achievement:
    """On the phone, with the paper that proves it; both buttons are in reach."""
    today = timezone.localdate()
    with story.at("phone", "trainee") as trainee:
        page = trainee.page
        trainee.open("/")
        press(page, f"main a[href='{reverse('achievements:achievement_new')}']")
        story.look(trainee, "new")
        for name, text in FIELDS.items():
            page.fill(f"[name={name}]", text)
        page.fill("input[name=started_on]", str(today - timedelta(days=40)))
        page.fill("input[name=ended_on]", str(today - timedelta(days=10)))
        page.set_input_files(
            "input[name=evidence]", {"name": "验收单.pdf", "mimeType": "application/pdf", "buffer": pdf("验收单")}
        )
        press_main(page)
        story.look(trainee, "written")
        trainee.open(reverse("achievements:achievement_mine"))
        story.look(trainee, "mine")
    return Achievement.objects.get(title=TITLE)


def verify(story: Story, username: str, name: str, entry: Achievement) -> None:
    """From the desk to the entry, and on to the question."""
    with story.at("desktop", username) as verifier:
        verifier.open("/")
        press(verifier.page, f"main a[href='{page_of('achievement_detail', entry)}']")
        story.look(verifier, f"{username}-entry")
        press(verifier.page, f"main a[href='{page_of(name, entry)}']")
        story.look(verifier, f"{username}-question")
        press(verifier.page, "form.dialog button[type=submit]")


def send_back(story: Story, entry: Achievement) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(page_of("achievement_return", entry))
        staff.page.fill("textarea[name=comment]", ASKED)
        story.look(staff, "return")
        press(staff.page, "form.dialog button[type=submit]")


def complete(story: Story, entry: Achievement) -> str:
    """What is asked for stands on the desk and above the form."""
    with story.at("phone", "trainee") as trainee:
        trainee.open("/")
        told: str = trainee.page.inner_text("main")
        trainee.open(page_of("achievement_edit", entry))
        story.look(trainee, "complete")
        trainee.page.fill("[name=done]", FIELDS["done"] + "经费由村集体出资。")
        press_main(trainee.page)
    return told


def verify_many(story: Story) -> None:
    """The liaison picks the whole page of what waits and confirms once."""
    with story.at("desktop", "liaison") as liaison:
        page = liaison.page
        liaison.open(reverse("achievements:achievement_list") + "?state=unit")
        page.check("input[data-pick-all]")
        story.look(liaison, "picked")
        press(page, "form[data-bulk] button.p")
        story.look(liaison, "many")
        press(page, "form.dialog button[type=submit]")


def comment(story: Story, entry: Achievement) -> None:
    with story.at("phone", "mentor.village") as mentor:
        mentor.open(reverse("achievements:achievement_mentees"))
        story.look(mentor, "mentees")
        press(mentor.page, f"main a[href='{page_of('achievement_detail', entry)}']")
        press(mentor.page, f"main a[href='{page_of('comment_new', entry)}']")
        mentor.page.fill("textarea[name=text]", WORD)
        press_main(mentor.page)
        story.look(mentor, "commented")


def file_of(story: Story, username: str) -> str:
    trainee = Trainee.objects.get(person__name=NAME)
    with story.at("desktop", username) as reader:
        reader.open(reverse("growth:file", kwargs={"pk": trainee.pk}) + "?kind=achievement")
        story.look(reader, f"file-{username}")
        text: str = reader.page.inner_text("main")
    return text


@pytest.mark.parametrize("language", LONG_STORIES_IN)
def test_from_the_phone_to_the_file(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], language: str
) -> None:
    story = Story("achievement", browser, live_server.url, demo_accounts["staff"], language)

    entry = write(story)
    verify(story, "liaison", "achievement_verify_for_unit", entry)
    before = file_of(story, "leader")
    send_back(story, entry)
    told = complete(story, entry)
    verify_many(story)
    verify(story, "staff", "achievement_verify", entry)
    comment(story, entry)
    after = file_of(story, "leader")

    entry.refresh_from_db()
    assert (entry.state, [step.kind for step in entry.steps.all()]) == (
        "verified",
        ["submitted", "unit_verified", "returned", "submitted", "unit_verified", "verified"],
    )
    assert (TITLE in before, TITLE in after, ASKED in told) == (False, True, True)
    assert entry.comments.get().text == WORD
    assert story.found == []
