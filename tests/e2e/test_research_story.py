"""Field research from its call to the prize: a team proposes a topic and plans it, a progress meeting has its minutes, two
versions are handed in and laid side by side, two reviewers write by the criteria, the report is sent up, and its prize
stands in the file of every member."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cadre_app.assignments.models import ResearchAward, ResearchCall, ResearchProject, ResearchReview
from cadre_app.people.models import Trainee
from tests.e2e.steps import choose, pick_person, press, press_main
from tests.e2e.story import LONG_STORIES_IN, Story
from tests.files.made import pdf

NAME, OTHERS = "林知远", ("陈嘉穗", "黄雨桐")
REVIEWERS = {"mentor.head": "庄世恒", "mentor.village": "吴茂林"}
CALL, DIRECTION, TITLE = "村级集体经济专项调研", "村级集体经济增收", "一片竹林的账——梧头村集体竹山经营调查"
PLAN = "走访3个村、40户，访村两委和承包大户，查近五年账目，三个月内完成初稿。"
MINUTES = "会议听取进展，要求一户一户把账算清。"
PROGRESS, STEP = "完成2个村访谈", "补访竹器厂两家，核实收购价"
FIRST = "一、基本情况\n梧头村集体竹山1260亩，承包到期在即。\n二、主要问题\n竹价连年走低，砍一亩亏80元。"
SECOND = (
    "一、基本情况\n梧头村集体竹山1360亩，承包到期在即。\n二、主要问题\n竹价连年走低，砍一亩亏80元。\n"
    "三、对策建议\n由村合作社统一经营，先保路、再谈价。"
)
CHANGES = "核实面积，补写对策"
COMMENTS = {"mentor.head": "账算得细，建议具体。", "mentor.village": "走访扎实，运费一项可再核。"}
TO, PRIZE = "澜江市委组织部", "全市国情调研优秀成果"


@pytest.fixture(autouse=True)
def _private(settings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def page_of(project: ResearchProject) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": project.pk})


def take_step(page: Page, project: ResearchProject, act: str) -> None:
    """The button of that step, up to the page that asks or wants to be filled in."""
    press(page, f"main a[href='{reverse('assignments:project_act', kwargs={'pk': project.pk, 'act': act})}']")


def confirm(page: Page) -> None:
    press(page, "form.dialog button[type=submit]")


def call_for_topics(story: Story) -> None:
    """Staff plan the call with its days, criteria and directions, and open it."""
    today = timezone.localdate()
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:call_new"))
        page.fill("input[name=title]", CALL)
        for name, days in (("topics", 20), ("drafts", 60), ("reports", 90), ("reviews", 120)):
            page.fill(f"input[name={name}_until]", str(today + timedelta(days=days)))
        story.look(staff, "call")
        press_main(page)
        call = ResearchCall.objects.get(title=CALL)
        press(page, f"main a[href='{reverse('assignments:call_act', kwargs={'pk': call.pk, 'act': 'open'})}']")
        confirm(page)
        story.look(staff, "calls")


def propose(story: Story) -> ResearchProject:
    """On the phone, with the team."""
    with story.at("phone", "trainee") as trainee:
        page = trainee.page
        trainee.open(reverse("assignments:research_mine"))
        story.look(trainee, "mine")
        press(page, f"main a[href='{reverse('assignments:topic_new')}']")
        choose(page, "call", CALL)
        choose(page, "direction", DIRECTION)
        page.fill("input[name=title]", TITLE)
        page.fill("textarea[name=names]", "\n".join(OTHERS))
        story.look(trainee, "topic")
        press_main(page)
        story.look(trainee, "proposed")
    return ResearchProject.objects.get(title=TITLE)


def approve(story: Story, project: ResearchProject) -> None:
    with story.at("desktop", "staff") as staff:
        staff.open(reverse("assignments:research_board"))
        story.look(staff, "board")
        press(staff.page, f"main a[href='{page_of(project)}']")
        take_step(staff.page, project, "approve")
        confirm(staff.page)
        story.look(staff, "approved")


def plan(story: Story, project: ResearchProject) -> None:
    with story.at("phone", "trainee") as trainee:
        trainee.open(reverse("assignments:research_mine"))
        press(trainee.page, f"main a[href='{reverse('assignments:project_plan', kwargs={'pk': project.pk})}']")
        trainee.page.fill("textarea[name=plan]", PLAN)
        press_main(trainee.page)


def meet(story: Story, project: ResearchProject) -> None:
    """The minutes, then what was agreed for the report."""
    today = timezone.localdate()
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:meeting_new"))
        page.fill("input[name=held_on]", str(today))
        page.fill("input[name=place]", "区委组织部三楼会议室")
        page.fill("input[name=chair]", "程望津")
        choose(page, "call", CALL)
        page.fill("textarea[name=minutes]", MINUTES)
        press_main(page)
        press(page, "main a[href$='/items/new/']")
        choose(page, "project", TITLE)
        page.fill("textarea[name=progress]", PROGRESS)
        page.fill("input[name=next_step]", STEP)
        page.fill("input[name=due_on]", str(today + timedelta(days=20)))
        story.look(staff, "item")
        press_main(page)
        story.look(staff, "meeting")


def hand_in(story: Story, project: ResearchProject) -> tuple[str, str]:
    """The step is done, two versions are handed in; the minutes as the team reads them, and what the versions differ in."""
    new = reverse("assignments:version_new", kwargs={"pk": project.pk})
    with story.at("phone", "trainee") as trainee:
        page = trainee.page
        trainee.open(page_of(project))
        press(page, "#progress form button")
        press(page, "#progress a")
        minutes = page.inner_text("main")
        story.look(trainee, "minutes")
        trainee.open(new)
        page.fill("textarea[name=body]", FIRST)
        press_main(page)
        trainee.open(new)
        assert page.input_value("textarea[name=body]") == FIRST
        page.fill("input[name=changes]", CHANGES)
        page.fill("textarea[name=body]", SECOND)
        report = {"name": "竹山调查.pdf", "mimeType": "application/pdf", "buffer": pdf(TITLE)}
        page.set_input_files("input[name=file]", report)
        story.look(trainee, "version")
        press_main(page)
        press(page, f"main a[href='{reverse('assignments:version_compare', kwargs={'pk': project.pk})}']")
        story.look(trainee, "compare-phone")
        differs = " ".join(page.locator(".versions del, .versions ins").all_inner_texts())
    return minutes, differs


def name_reviewers(story: Story, project: ResearchProject) -> str:
    """Somebody of the team is refused; then the two, and nothing else is typed anew. What the refusal said."""
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(reverse("assignments:version_compare", kwargs={"pk": project.pk}))
        story.look(staff, "compare")
        staff.open(reverse("assignments:reviewers_name", kwargs={"pk": project.pk}))
        first, second = REVIEWERS.values()
        pick_person(page, "person_1", first)
        pick_person(page, "person_2", NAME)
        press(page, "form.ql-narrow button.btn-primary")
        refused = page.locator(".error-list").first.inner_text()
        story.look(staff, "refused")
        pick_again(page, "person_2", second)
        press_main(page)
        story.look(staff, "in-review")
    return refused


def pick_again(page: Page, name: str, typed: str) -> None:
    page.fill(f"input[name={name}_q]", typed)
    page.locator(".picker-hit", has_text=typed).locator(f"input[name={name}]").check()


def review(story: Story, project: ResearchProject, username: str) -> None:
    """From the desk on the phone: all criteria two points below their most."""
    own = ResearchReview.objects.get(report__project=project, reviewer__name=REVIEWERS[username])
    path = reverse("assignments:review_write", kwargs={"pk": own.pk})
    with story.at("phone", username) as reviewer:
        page = reviewer.page
        reviewer.open("/")
        press(page, f"main a[href='{path}']")
        fields = page.locator("input[name^=points_]")
        for number in range(fields.count()):
            field = fields.nth(number)
            field.fill(str(int(field.get_attribute("max") or 0) - 2))
        page.fill("textarea[name=comment]", COMMENTS[username])
        story.look(reviewer, f"review-{username}")
        press_main(page)
        story.look(reviewer, f"reviewed-{username}")


def release(story: Story, project: ResearchProject) -> str:
    """Staff show the reviews; the team as it reads them."""
    with story.at("desktop", "staff") as staff:
        staff.open(page_of(project))
        story.look(staff, "reviews")
        take_step(staff.page, project, "release")
        confirm(staff.page)
    with story.at("phone", "trainee") as trainee:
        trainee.open(page_of(project))
        story.look(trainee, "reviews-read")
        return trainee.page.inner_text("main")


def send_up(story: Story, project: ResearchProject) -> None:
    """Sent up on its document, then the prize on its own."""
    today = str(timezone.localdate())
    with story.at("desktop", "staff") as staff:
        page = staff.page
        staff.open(page_of(project))
        take_step(page, project, "submit")
        page.fill("input[name=submitted_to]", TO)
        page.fill("input[name=submitted_on]", today)
        page.fill("input[name=document_number]", "望委组〔2026〕131号")
        press_main(page)
        press(page, f"main a[href='{reverse('assignments:prize_new', kwargs={'pk': project.pk})}']")
        page.select_option("select[name=level]", "city")
        page.select_option("select[name=rank]", "first")
        page.fill("input[name=name]", PRIZE)
        page.fill("input[name=awarded_by]", TO)
        page.fill("input[name=awarded_on]", today)
        page.fill("input[name=document_number]", "澜委组〔2026〕90号")
        story.look(staff, "prize")
        press_main(page)
        story.look(staff, "awarded")


def files_of(story: Story) -> list[bool]:
    """Whether the prize stands in the file of each member, as staff read it, and in the own one."""
    told = []
    with story.at("desktop", "staff") as staff:
        for name in (NAME, *OTHERS):
            file = Trainee.objects.get(person__name=name)
            staff.open(reverse("growth:file", kwargs={"pk": file.pk}))
            told.append(PRIZE in staff.page.inner_text("main"))
        story.look(staff, "file")
    with story.at("phone", "trainee") as trainee:
        trainee.open("/people/me/")
        told.append(PRIZE in trainee.page.inner_text("main"))
        trainee.open(reverse("assignments:research_mine"))
        story.look(trainee, "prizes")
        told.append(PRIZE in trainee.page.inner_text("main"))
    return told


@pytest.mark.parametrize("language", LONG_STORIES_IN)
def test_from_the_call_to_the_prize_in_every_file(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], language: str
) -> None:
    story = Story("research", browser, live_server.url, demo_accounts["staff"], language)

    call_for_topics(story)
    project = propose(story)
    approve(story, project)
    plan(story, project)
    meet(story, project)
    minutes, differs = hand_in(story, project)
    refused = name_reviewers(story, project)
    for username in REVIEWERS:
        review(story, project, username)
    read = release(story, project)
    send_up(story, project)
    told = files_of(story)

    project.refresh_from_db()
    assert (project.state, project.plan, project.versions_count, project.reviews_done) == ("submitted", PLAN, 2, 2)
    assert [word in minutes for word in (MINUTES, PROGRESS, STEP)] == [True] * 3
    assert [word in differs for word in ("1260", "1360", "三、对策建议")] == [True] * 3
    assert NAME in refused
    assert [word in read for word in (*COMMENTS.values(), *REVIEWERS.values())] == [True, True, False, False]
    assert (told, ResearchAward.objects.filter(prize__project=project).count()) == ([True] * 5, 3)
    assert story.found == []
