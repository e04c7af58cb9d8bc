"""The life of a pairing: agreed on paper and signed, reviewed by mentor and mentee on the phone, concluded at a desk, signed
off by a leader; with that it is completed, and the growth file says so."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.mentorship.models import Pairing, PairingReview
from tests.e2e.steps import press_main
from tests.e2e.story import Story, on

NAME, MENTOR = "林知远", "吴茂林"
MENTORS_PART = "角色转变较快，群众信任度提高，下半年要在独立承担项目上多压担子。"
OWN_PART = "学会了先听后说，短板是写材料慢。"
CONCLUSION = "帮带正常，协议目标按期推进，建议增加一次跨村交流。"
LASTS = timedelta(days=10)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def agree(story: Story, pairing: Pairing, last: date) -> str:
    """Staff move the planned last day, print the agreement and record that it was signed; the words of the paper."""
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(f"/mentoring/{pairing.pk}/edit/")
        page.fill("input[name=due_on]", str(last))
        press_main(page)
        staff.open(f"/documents/mentorship.agreement/{pairing.pk}/")
        paper = page.inner_text(".paper")
        story.look(staff, "agreement")
        if Pairing.objects.get(pk=pairing.pk).signed_on is None:
            staff.open(f"/mentoring/{pairing.pk}/agreement/sign/")
            page.fill("input[name=signed_on]", str(timezone.localdate()))
            press_main(page)
        story.look(staff, "page")
    return paper


def write_parts(story: Story, review: PairingReview) -> str:
    """The mentor on the goals, the mentee's own part, both on the phone; what the mentee read of the mentor's part."""
    with story.at("phone", "mentor.village") as mentor:
        mentor.open(f"/mentoring/reviews/{review.pk}/mentor/")
        mentor.page.fill("textarea[name=text]", MENTORS_PART)
        mentor.page.locator("select[name^=state_]").first.select_option("reached")
        story.look(mentor, "mentors-part")
        press_main(mentor.page)
    with story.at("phone", "trainee") as trainee:
        trainee.open(f"/mentoring/reviews/{review.pk}/")
        seen = trainee.page.inner_text("main")
        trainee.open(f"/mentoring/reviews/{review.pk}/own/")
        trainee.page.fill("textarea[name=text]", OWN_PART)
        story.look(trainee, "own-part")
        press_main(trainee.page)
    return seen


def conclude(story: Story, review: PairingReview) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(f"/mentoring/reviews/{review.pk}/conclude/")
        staff.page.fill("textarea[name=conclusion]", CONCLUSION)
        press_main(staff.page)
        story.look(staff, "concluded")


def sign_off(story: Story, review: PairingReview) -> None:
    with story.at("desktop", "leader") as leader:
        leader.open(f"/mentoring/reviews/{review.pk}/sign-off/")
        story.look(leader, "sign-off")
        with leader.page.expect_navigation():
            leader.page.click("main form button.btn-primary")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_agreement_to_the_completed_pairing(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], language: str
) -> None:
    story = Story("pairing", browser, live_server.url, demo_accounts["staff"], language)
    today = timezone.localdate()
    pairing = Pairing.objects.running().get(trainee__person__name=NAME, mentor__name=MENTOR)

    paper = agree(story, pairing, today + LASTS)
    review = PairingReview.objects.open().get(pairing=pairing)
    assert (review.period_until, review.is_final) == (today + LASTS, True)
    seen = write_parts(story, review)
    conclude(story, review)
    with on(today + LASTS):
        sign_off(story, review)
        with story.at("phone", "trainee") as trainee:
            trainee.open(f"/mentoring/reviews/{review.pk}/")
            read = trainee.page.inner_text("main")
            story.look(trainee, "read")
            trainee.open("/people/me/")
            file = trainee.page.inner_text("main")

    pairing.refresh_from_db()
    assert (pairing.end_kind, pairing.ended_on) == ("completed", today + LASTS)
    assert (NAME in paper, MENTOR in paper, "青蓝结对协议" in paper) == (True, True, True)
    assert (MENTORS_PART in seen, [part in read for part in (MENTORS_PART, OWN_PART, CONCLUSION)]) == (
        False,
        [True] * 3,
    )
    assert MENTOR in file
    assert story.found == []
