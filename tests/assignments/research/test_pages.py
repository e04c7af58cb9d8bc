"""Pages, lists, figures, the growth file and the bell of field research."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.assignments.comparing_reports import compare, counts
from cadre_app.assignments.figures.research import prizes_url, research_prizes
from cadre_app.assignments.lists.reports import exported_prizes, exported_reports
from cadre_app.assignments.lists.research import exported_projects
from cadre_app.assignments.models import ProjectState, ResearchCall, ResearchProject
from cadre_app.assignments.panels.research import own_research, unread_by
from cadre_app.assignments.rules import reports as report_rules
from cadre_app.assignments.rules import research as rules
from cadre_app.assignments.services import report_prizes, research_meetings
from cadre_app.core.figures import Asked
from cadre_app.mentorship.services import pairings
from cadre_app.people.models import Person, Relative
from tests.assignments.factories import make_call, make_project, make_review, make_version
from tests.assignments.research.conftest import Field, reviewer
from tests.assignments.research.test_topics import a_term
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY

PRIZE: dict[str, Any] = {"name": "优秀成果", "awarded_by": "市委组织部", "document_number": "1号", "awarded_on": TODAY}


def page(project: ResearchProject, name: str = "project_detail") -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": project.pk})


def queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_whoever_led_a_team_stands_first_at_its_prize(field: Field) -> None:
    people = field.files[1], field.files[0], field.files[2]
    for number in range(3):
        project = make_project(*people, title=f"题{number}", state=ProjectState.SUBMITTED)
        report_prizes.record_prize(project, level="city", rank="first", **PRIZE, actor=field.staff)
    names = [award.names for award in own_research(field.own)["awards"]]
    assert [(found[0], len(found)) for found in names] == [("陈予安", 3)] * 3


@pytest.mark.parametrize(("name", "said"), [("reviewers_name", "Name reviewers"), ("project_edit", "Save")])
def test_a_form_says_on_its_button_what_it_does(field: Field, sign_in: Any, name: str, said: str) -> None:
    project = make_project(field.files[0], state=ProjectState.WRITING)
    make_version(project)
    User.objects.filter(pk=field.staff.pk).update(language="en")
    content = sign_in(field.staff).get(page(project, name)).content.decode()
    assert f'<button class="btn btn-primary" type="submit">{said}</button>' in content


def grown(field: Field, number: int) -> ResearchProject:
    """A report with two versions, two reviews, a step and a prize."""
    mate = TraineeFactory.create(person=PersonFactory.create(name=f"组员{number}"), home_unit=field.district.town)
    project = make_project(field.files[0], mate, call=field.call, title=f"题{number}", state=ProjectState.SUBMITTED)
    make_version(project)
    version = make_version(project)
    for _number in range(2):
        make_review(version, reviewer())
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes="听取进展", actor=field.staff)
    open_one = make_project(mate, title=f"在研{number}")
    for one in (open_one, make_project(mate, title=f"再研{number}")):
        research_meetings.add_item(meeting, project=one, progress="走访", next_step="初稿", actor=field.staff)
    report_prizes.record_prize(project, level="city", rank="first", **PRIZE, actor=field.staff)
    a_term(field, trainee=mate)
    make_call(title=f"征集{number}")
    return project


LISTS = ("research_board", "research_list", "report_list", "prize_list", "call_list", "meeting_list")
EXPECTED = [12, 11, 9, 9, 7, 8, 27, 12]


def test_lists_and_pages_cost_the_same_however_many_rows(field: Field, sign_in: Any) -> None:
    project = grown(field, 1)
    urls = [reverse(f"assignments:{name}") for name in LISTS]
    client = sign_in(field.staff)
    found = [queries(client, url) for url in [*urls, page(project)]]
    own = queries(sign_in(field.own), reverse("assignments:research_mine"))
    grown(field, 2)
    grown(field, 3)
    client = sign_in(field.staff)
    again = [queries(client, url) for url in [*urls, page(project)]]
    mine = queries(sign_in(field.own), reverse("assignments:research_mine"))
    assert ([*found, own], [*again, mine]) == (EXPECTED, EXPECTED)


def test_the_board_narrows_by_call_direction_kind_and_unit(field: Field, sign_in: Any) -> None:
    make_project(field.files[0], title="组题", call=field.call, direction="农村基层治理")
    make_project(field.files[1], title="个人", term=a_term(field, trainee=field.files[1]), state=ProjectState.WRITING)
    client = sign_in(field.staff)

    def titles(**query: str) -> list[str]:
        lanes = client.get("/research/", query).context["lanes"]
        return [card.project.title for lane in lanes for card in lane.cards]

    assert titles() == ["组题", "个人"]
    assert titles(call=str(field.call.pk)) == ["组题"]
    assert titles(direction="农村基层治理") == ["组题"]
    assert titles(kind="personal") == ["个人"]
    assert titles(unit=str(field.district.other_town.pk)) == []
    assert titles(q="陈予安") == ["个人"]


def test_workbooks_have_the_rows_of_their_lists(field: Field) -> None:
    project = make_project(*field.files[:2], title="组题", state=ProjectState.SUBMITTED)
    report_prizes.record_prize(project, level="city", rank="second", **PRIZE, actor=field.staff)
    a_term(field)
    rows = list(exported_projects(field.staff, QueryDict("columns=title,people,state")).export_rows())[1:]
    assert rows == [["组题", "林知远、陈予安", "报送"]]
    rows = list(exported_prizes(field.staff, QueryDict("columns=prize,people")).export_rows())[1:]
    assert rows == [["优秀成果 二等奖", "林知远、陈予安"]]
    rows = list(exported_reports(field.staff, QueryDict("columns=name,state&report=none")).export_rows())[1:]
    assert rows == [["林知远", "尚无报告"]]


def test_somebody_in_development_proposes_and_hands_in_on_the_phone(field: Field, sign_in: Any) -> None:
    client = sign_in(field.own)
    data = {"call": field.call.pk, "direction": "农村基层治理", "title": "微协商", "names": "陈予安"}
    response = client.post("/research/new/", data)
    project = ResearchProject.objects.get()
    assert response["Location"] == page(project)
    ResearchProject.objects.update(state=ProjectState.APPROVED)
    mine = client.get("/research/mine/").context["mine"]
    assert [(one.role, one.may_hand_in, one.may_plan) for one in mine] == [("负责人", True, True)]
    body = {"title": "微协商", "body": "一、情况", "version": ResearchProject.objects.get().version}
    assert client.post(page(project, "version_new"), body).status_code == 302
    assert b"data-draft" in client.get(page(project, "version_new")).content


def test_bad_names_come_back_beside_the_field_with_what_was_typed(field: Field, sign_in: Any) -> None:
    data = {"call": field.call.pk, "direction": "农村基层治理", "title": "题★秘密", "names": "查无此人"}
    form = sign_in(field.own).post("/research/new/", data | {"title": "绝密★一年"}).context["form"]
    assert list(form.errors) == ["title"]
    form = sign_in(field.own).post("/research/new/", data | {"title": "题"}).context["form"]
    assert (list(form.errors), form["names"].value()) == (["names"], "查无此人")


def test_two_versions_stand_side_by_side_with_what_differs(field: Field, sign_in: Any) -> None:
    project = make_project(field.files[0])
    make_version(project, body="一、情况\n全区有12个村。\n旧段。")
    make_version(project, body="一、情况\n全区有15个村。\n另起的新段落。")
    response = sign_in(field.own).get(page(project, "version_compare"))
    found = [(pair.kind, [piece.text for piece in pair.new if piece.differs]) for pair in response.context["pairs"]]
    assert found == [("same", []), ("changed", ["15"]), ("removed", []), ("added", ["另起的新段落。"])]
    assert response.context["counts"] == {"changed": 1, "added": 1, "removed": 1}
    assert sign_in(field.own).get(page(project, "version_compare") + "?old=1&new=9").status_code == 404


def test_minutes_take_a_report_by_its_title_and_people(field: Field, sign_in: Any) -> None:
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes="听取", actor=field.staff)
    client, url = sign_in(field.staff), reverse("assignments:item_new", kwargs={"pk": meeting.pk})
    make_project(*field.files[:2])
    one = queries(client, url)
    for _ in range(2):
        make_project(*field.files[:2])
    assert queries(client, url) == one
    text = client.get(url).text
    assert (text.count("、陈予安") + text.count("、林知远"), "---------" in text) == (3, False)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", (2, 3)),
        ("?new=2", (1, 2)),
        ("?new=1", (1, 2)),
        ("?old=3&new=1", (1, 3)),
        ("?old=1&new=1", (1, 2)),
        ("?old=3&new=3", (2, 3)),
    ],
)
def test_the_earlier_version_stands_before_the_later_one(
    field: Field, sign_in: Any, query: str, shown: tuple[int, int]
) -> None:
    project = make_project(field.files[0])
    for _ in range(3):
        make_version(project)
    context = sign_in(field.own).get(reverse("assignments:version_compare", kwargs={"pk": project.pk}) + query).context
    assert (context["old"].number, context["new"].number) == shown


def test_comparing_takes_any_text(field: Field) -> None:
    many = "\n".join(f"{number % 150}" for number in range(7_500))
    long = "字" * 30_000
    assert counts(compare(many, many + "\n完"))["added"] == 1
    assert counts(compare(long, "词" * 30_000)) == {"changed": 0, "added": 1, "removed": 1}
    marked = [piece.text for piece in compare(long, f"{long[1:]}词")[0].new if piece.differs]
    assert marked == ["词"]
    assert compare("", "") == []


def test_the_figure_counts_a_report_once_and_its_list_shows_it(field: Field, sign_in: Any) -> None:
    first = make_project(*field.files[:2], state=ProjectState.SUBMITTED)
    for level, rank, name in (("city", "first", "甲"), ("city", "second", "乙"), ("district", "first", "丙")):
        values = PRIZE | {"name": name}
        report_prizes.record_prize(first, level=level, rank=rank, **values, actor=field.staff)
    other = make_project(field.files[2], state=ProjectState.CLOSED)
    report_prizes.record_prize(other, level="city", rank="third", **PRIZE, actor=field.staff)
    old = make_project(field.files[2], state=ProjectState.CLOSED)
    day = {"awarded_on": date(2022, 12, 31)}
    report_prizes.record_prize(old, level="city", rank="first", **PRIZE | day, actor=field.staff)
    asked = Asked.on(TODAY, user=field.staff)
    assert research_prizes(asked) == 1
    rows = sign_in(field.staff).get(prizes_url(asked)).context["table"].rows
    assert sorted(row.object.name for row in rows) == ["乙", "甲"]
    assert research_prizes(Asked.on(TODAY, unit=field.district.other_town)) == 0


@pytest.mark.parametrize(("who", "seen"), [("staff", 3), ("own", 3), ("mentor", 1), ("liaison", 0)])
def test_the_growth_file_has_teams_reports_and_awards(field: Field, sign_in: Any, who: str, seen: int) -> None:
    mentor = UserFactory.create()
    as_mentor(mentor, field)
    make_project(field.files[0], title="个人报告", term=a_term(field), state=ProjectState.WRITING)
    team = make_project(*field.files, title="组题", state=ProjectState.SUBMITTED)
    make_version(team)
    report_prizes.record_prize(team, level="city", rank="first", **PRIZE, actor=field.staff)
    liaison = field.district.somebody("liaison", field.district.town)
    user = {"staff": field.staff, "own": field.own, "mentor": mentor, "liaison": liaison}[who]
    body = (
        sign_in(user).get(reverse("growth:file", kwargs={"pk": field.files[0].pk}) + "?kind=research").content.decode()
    )
    assert body.count("国情调研《") + body.count("国情调研获奖：") == seen


def test_the_mentor_reads_and_comments_and_is_told_of_what_waits(field: Field, sign_in: Any) -> None:
    mentor = UserFactory.create()
    as_mentor(mentor, field)
    report = make_project(field.files[0], title="个人报告", term=a_term(field), state=ProjectState.WRITING)
    first, second = make_version(report), make_version(report)
    assert list(unread_by(mentor)) == [second]
    client = sign_in(mentor)
    url = reverse("assignments:reading_write", kwargs={"pk": second.pk})
    assert client.post(url, {"comment": "数据再核一遍"}).status_code == 302
    assert client.post(url, {"comment": "数据已核"}).status_code == 302
    assert [(row.comment, row.read_on) for row in second.readings.all()] == [("数据已核", TODAY)]
    assert list(unread_by(mentor)) == []
    assert "数据已核" in sign_in(field.own).get(page(report)).content.decode()
    assert first.readings.count() == 0
    Relative.objects.create(person=field.files[0].person, relation="舅舅", name="导师", other=own_person(mentor))
    assert sign_in(mentor).get(page(report)).status_code == 404


def own_person(user: Any) -> Person:
    return Person.objects.get(account=user)


def as_mentor(user: Any, field: Field) -> None:
    """A running pairing with the first file."""
    pairings.create_pairing(
        field.files[0],
        mentor=PersonFactory.create(name="导师", account=user),
        kind="political",
        choice_reason="组织部选定",
        started_on=TODAY - timedelta(days=30),
        actor=field.staff,
    )


def due(rows: Any) -> list[tuple[date, Any]]:
    return list(rows.values_list("due_day", "doer_key"))


def test_milestones_ring_the_lead_until_they_are_met(field: Field) -> None:
    far = TODAY + timedelta(days=200)
    project = make_project(field.files[0], call=field.call, due_on=field.call.reports_until)
    lead = field.own.pk
    assert due(rules.without_draft(far)) == [(field.call.drafts_until, lead)]
    assert due(rules.without_report(far)) == [(field.call.reports_until, lead)]
    make_version(project)
    assert due(rules.without_draft(far)) == []
    ResearchProject.objects.update(state=ProjectState.REVIEW)
    assert due(rules.without_report(far)) == []


def test_topics_are_chosen_and_decided_by_their_day(field: Field) -> None:
    far = TODAY + timedelta(days=200)
    term = a_term(field)
    assert due(rules.without_topic(far)) == [(field.call.topics_until, field.own.pk)]
    assert due(rules.without_topic(field.call.topics_until - timedelta(days=1))) == []
    project = make_project(field.files[0], term=term, state=ProjectState.CALL, call=field.call)
    assert due(rules.without_topic(far)) == []
    assert due(rules.undecided(far)) == [(field.call.topics_until, None)]
    ResearchProject.objects.filter(pk=project.pk).update(state=ProjectState.DROPPED, drop_reason="重复")
    ResearchCall.objects.update(is_open=False)
    assert [due(rules.undecided(far)), due(rules.without_topic(far))] == [[], []]


def test_a_topic_is_asked_for_by_calls_whose_last_day_lies_in_the_term(field: Field) -> None:
    far = TODAY + timedelta(days=200)
    term = a_term(field)
    for day, found in (
        (term.started_on - timedelta(days=1), 0),
        (TODAY - timedelta(days=1), 0),
        (TODAY, 1),
        (term.due_on + timedelta(days=1), 0),
    ):
        ResearchCall.objects.update(topics_until=day, drafts_until=far, reports_until=far, reviews_until=far)
        assert len(due(rules.without_topic(far))) == found, day


def test_steps_and_reviews_fall_due_until_done(field: Field) -> None:
    far = TODAY + timedelta(days=200)
    project = make_project(field.files[0])
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes="听取", actor=field.staff)
    step = {"progress": "走访", "next_step": "初稿", "due_on": TODAY}
    item = research_meetings.add_item(meeting, project=project, **step, actor=field.staff)
    assert due(rules.open_steps(TODAY)) == [(TODAY, field.own.pk)]
    research_meetings.finish_step(item, actor=field.own)
    assert due(rules.open_steps(TODAY)) == []
    person = reviewer()
    make_review(make_version(project), person, due_on=TODAY)
    assert due(report_rules.waiting(far)) == []
    ResearchProject.objects.update(state=ProjectState.REVIEW)
    assert due(report_rules.waiting(far)) == [(TODAY, person.account_id)]
