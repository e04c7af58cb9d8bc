"""The life of a posting: proposed for one of those who are suitable, refused without the superior department's document,
checked and signed off, seen by the person, extended, looked at half-way, over; the supervisor on site writes the
appraisal on the phone, staff confirm it, the file tells it. Beside it a note that goes with its cause."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cadre_app.accounts.models import AccountKind, User
from cadre_app.assignments.models import Posting
from cadre_app.core.days import add_months
from cadre_app.jobs import services as jobs
from cadre_app.jobs.models import Job
from cadre_app.org.models import Unit
from cadre_app.people.services import offices
from cadre_app.policy.workdays import add_workdays
from tests.e2e.steps import choose, pick_person, press, press_main
from tests.e2e.story import LONG_STORIES_IN, Story, on
from tests.factories import PersonFactory, UserFactory
from tests.files.made import pdf

NAME, SITE = "林知远", "环湾大道工程建设指挥部"
HOST, HOST_NAME, HOST_PASSWORD = "qinguangtao", "秦广涛", "环湾大道的晨雾 2026 敞亮"
NUMBER, LATER_NUMBER, SUPERIOR = "望委组〔2026〕118号", "望委组〔2027〕21号", "澜委组〔2026〕77号"
TASK, REASON = "每周到三个标段走访一次", "金丝雀熟悉片区群众，可担征迁入户。"
FINDINGS = "到岗到位，本人适应较快。"
DUTIES = "包干18户征迁入户，参与协调会议12次。"
OPINION = "服从安排，肯下现场，群众工作细致。"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def paper(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(name)}


@pytest.fixture
def host(demo_accounts: dict[str, str]) -> User:
    """Somebody of the headquarters, tied to nobody in development."""
    staff, site = User.objects.get(username="staff"), Unit.objects.get(name=SITE)
    account = UserFactory.create(
        username=HOST, display_name=HOST_NAME, kind=AccountKind.MENTOR, unit=site, password=HOST_PASSWORD
    )
    person = PersonFactory.create(name=HOST_NAME, account=account)
    office = offices.create_office(unit=site, name="综合协调组组长", actor=staff)
    offices.appoint(office, person=person, since=date(2024, 1, 1), actor=staff)
    return account


@dataclass(frozen=True)
class Days:
    """Workdays on which somebody acts, and the two planned ends."""

    start: date
    due: date
    extended: date

    @property
    def middle(self) -> date:
        return add_workdays(self.start + (self.due - self.start) // 2, 0)


def fill_proposal(page: Page, days: Days) -> None:
    page.check("input[name=kind][value=task_force]")
    page.check("input[name=mode][value=full]")
    choose(page, "unit", SITE)
    page.fill("input[name=started_on]", str(days.start))
    page.fill("input[name=due_on]", str(days.due))
    page.locator("input[name=offered]").first.check()
    page.fill("textarea[name=tasks]", TASK)
    page.fill("textarea[name=reason]", REASON)
    pick_person(page, "supervisor", HOST_NAME)
    page.fill("input[name=document_number]", NUMBER)


def propose(story: Story, days: Days) -> tuple[str, str]:
    """From the front over the people to the proposal; what is known of the person, and what the refusal says."""
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:board"))
        story.look(staff, "board")
        press(page, f"main a[href='{reverse('assignments:posting_new')}']")
        press(page, "main a[href='?front=headquarters']")
        story.look(staff, "people")
        staff.open(f"{reverse('assignments:posting_new')}?{urlencode({'front': 'headquarters', 'q': NAME})}")
        row = page.locator("#candidates-table tbody tr")
        reasons = row.locator(".reasons").inner_text()
        press(page, "#candidates-table a.nm")
        fill_proposal(page, days)
        press(page, "form.ql-narrow button.btn-primary")
        refused = page.locator(".invalid-feedback").all_inner_texts()
        story.look(staff, "refused")
        assert (refused != [], page.input_value("textarea[name=reason]")) == (True, REASON)
        page.fill("input[name=superior_document]", SUPERIOR)
        page.set_input_files("input[name=superior_files]", paper("批准文件.pdf"))
        page.set_input_files("input[name=document_files]", paper("选派通知.pdf"))
        press_main(page)
        story.look(staff, "proposed")
    return reasons, " ".join(refused)


def decide(story: Story, posting: Posting) -> None:
    """The section chief finds it on the page of what waits and checks it; the deputy head signs it off."""
    detail = reverse("assignments:posting_detail", kwargs={"pk": posting.pk})
    sign_off = f"main a[href='{reverse('assignments:posting_sign_off', kwargs={'pk': posting.pk})}']"
    with story.at("desktop", "chief") as chief:
        chief.open(reverse("assignments:approval_list"))
        story.look(chief, "queue")
        press(chief.page, f"#check a[href='{detail}']")
        press(chief.page, f"form[action='{reverse('assignments:posting_check', kwargs={'pk': posting.pk})}'] button")
        assert chief.page.locator(sign_off).count() == 0
    with story.at("desktop", "leader") as leader:
        page = leader.page
        leader.open(reverse("assignments:approval_list"))
        press(page, f"#sign {sign_off.removeprefix('main ')}")
        story.look(leader, "sign-off")
        assert page.input_value("input[name=document_number]") == NUMBER
        press_main(page)


def read_as_person(story: Story, posting: Posting) -> tuple[str, str]:
    """The own file and the own posting, on the phone."""
    with story.at("phone", "trainee") as trainee:
        trainee.open("/people/me/")
        file = trainee.page.inner_text("main")
        story.look(trainee, "own-file")
        trainee.open(reverse("assignments:posting_detail", kwargs={"pk": posting.pk}))
        story.look(trainee, "own-posting")
        return file, trainee.page.inner_text("main")


def look_around(story: Story, posting: Posting, day: date) -> tuple[int, str, list[list[Any]]]:
    """Bars of the timeline, who is where on that day, and the workbook of it."""
    detail = reverse("assignments:posting_detail", kwargs={"pk": posting.pk})
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:timeline"))
        bars = page.locator(f"svg.chart a[href='{detail}']").count()
        story.look(staff, "timeline")
        staff.open(f"{reverse('assignments:where')}?{urlencode({'on': day})}")
        row = page.locator(".whereabouts tr", has_text=NAME).filter(has_text=SITE).inner_text()
        story.look(staff, "where")
        press(page, "main [data-download]")
        jobs.run_job(Job.objects.latest("created_at").pk)
        with page.expect_download() as waiting:
            page.click("main a[download]")
        sheet = load_workbook(BytesIO(waiting.value.path().read_bytes())).active
        rows = [[str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    return bars, row, [line for line in rows if NAME in line and SITE in line]


def hold_mid_term(story: Story, posting: Posting, days: Days) -> None:
    """Half-way staff record what was found, and put the end off on a document."""
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:posting_mid_term", kwargs={"pk": posting.pk}))
        page.fill("input[name=mid_term_held_on]", str(timezone.localdate()))
        page.fill("textarea[name=mid_term_text]", FINDINGS)
        press_main(page)
        press(page, f"main a[href='{reverse('assignments:posting_extend', kwargs={'pk': posting.pk})}']")
        page.fill("input[name=due_on]", str(days.extended))
        page.fill("input[name=document_number]", LATER_NUMBER)
        page.fill("textarea[name=reason]", "征迁扫尾任务未完")
        page.set_input_files("input[name=document_files]", paper("延期批复.pdf"))
        press_main(page)
        story.look(staff, "extended")


def bell_of(story: Story, username: str, password: str, about: str) -> list[str]:
    call_command("run_reminders")
    with story.at("phone", username, password) as person:
        person.open("/reminders/inbox/")
        story.look(person, f"bell-{username}")
        return person.page.locator("#inbox li", has_text=about).all_inner_texts()


def record_return(story: Story, posting: Posting) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(reverse("assignments:posting_return", kwargs={"pk": posting.pk}))
        story.look(staff, "return")
        press_main(staff.page)


def write_appraisal(story: Story, posting: Posting) -> tuple[str, str, list[int]]:
    """What the supervisor on site reads of the posting and of the growth file, and what the lists answer."""
    with story.at("phone", HOST, HOST_PASSWORD) as site:
        page = site.page
        site.open(reverse("assignments:host_list"))
        story.look(site, "hosted")
        press(page, f"main a[href='{reverse('assignments:appraisal_write', kwargs={'pk': posting.pk})}']")
        page.fill("textarea[name=duties]", DUTIES)
        page.fill("textarea[name=opinion]", OPINION)
        page.fill("input[name=signatory]", f"{HOST_NAME}（综合协调组组长）")
        story.look(site, "appraisal")
        press_main(page)
        seen = page.inner_text("main")
        story.look(site, "handed-in")
        site.open(reverse("growth:file", kwargs={"pk": posting.trainee_id}))
        file = page.inner_text("main")
        story.look(site, "hosts-file")
        lists = (reverse("assignments:board"), reverse("assignments:posting_list"))
        return seen, file, [page.request.get(site.base + path).status for path in lists]


def confirm(story: Story, posting: Posting) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(reverse("assignments:posting_detail", kwargs={"pk": posting.pk}))
        press(staff.page, "#appraisal a.btn-primary")
        story.look(staff, "confirm")
        press(staff.page, "form.dialog button[type=submit]")
        story.look(staff, "closed")


def mend_note(story: Story) -> tuple[int, int]:
    """A posting without its document stands on the weekly list until the document is there; rows before and after."""
    posting = Posting.objects.standing().get(document_number="", signed_on__isnull=False)
    detail = reverse("assignments:posting_detail", kwargs={"pk": posting.pk})
    counted = []
    with story.at("desktop", "staff") as staff:
        page = staff.page
        for is_mended in (False, True):
            staff.open(reverse("assignments:compliance"))
            counted.append(page.locator(f"#document tbody a[href='{detail}']").count())
            story.look(staff, f"notes-{is_mended}")
            if not is_mended:
                press(page, f"#document tbody a[href='{detail}']")
                assert page.locator("#notes").count() == 1
                press(page, f"main a[href='{reverse('assignments:posting_edit', kwargs={'pk': posting.pk})}']")
                page.fill("input[name=document_number]", NUMBER)
                page.set_input_files("input[name=document_files]", paper("选派通知.pdf"))
                press_main(page)
                story.look(staff, "mended")
    return counted[0], counted[1]


@pytest.mark.parametrize("language", LONG_STORIES_IN)
def test_from_the_proposal_to_the_appraisal_in_the_file(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], host: User, language: str
) -> None:
    story = Story("posting", browser, live_server.url, demo_accounts["staff"], language)
    start = timezone.localdate()
    days = Days(start, add_months(start, 6) - timedelta(days=1), add_months(start, 7))

    notes = mend_note(story)
    reasons, refused = propose(story, days)
    posting = Posting.objects.get(trainee__person__name=NAME, reason=REASON)
    assert ("梧头村" in reasons, refused != "") == (True, True)
    decide(story, posting)
    own_file, own_posting = read_as_person(story, posting)
    with on(days.middle):
        hold_mid_term(story, posting, days)
        bars, row, lines = look_around(story, posting, days.middle)
    with on(add_workdays(days.extended - WEEK, 0)):
        bell = bell_of(story, "trainee", "", SITE)
    with on(add_workdays(days.extended, 0)):
        record_return(story, posting)
        seen, seen_file, doors = write_appraisal(story, posting)
        confirm(story, posting)
        file, _own = read_as_person(story, posting)

    posting.refresh_from_db()
    assert (posting.state, posting.due_on, posting.extensions) == ("closed", days.extended, 1)
    assert (posting.ended_on, posting.is_recalled, posting.mid_term_text) == (days.extended, False, FINDINGS)
    assert (SITE in own_file, NUMBER in own_posting, "金丝雀" in own_file + own_posting) == (True, True, False)
    assert (bars, SITE in row, len(lines), len(bell)) == (1, True, 1, 1)
    assert (NAME in seen, "金丝雀" in seen, doors) == (True, False, [404, 404])
    assert [word in seen_file for word in (NAME, "庄世恒", "梧头村", SITE)] == [True, False, False, False]
    assert (OPINION in file, SITE in file, notes) == (True, True, (1, 0))
    assert story.found == []
