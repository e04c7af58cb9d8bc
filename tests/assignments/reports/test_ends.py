"""How reports end: recommended anew, sent up on a day that can be, teams that are closed, prizes that hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.assignments.lists.reports import exported_prizes
from cadre_app.assignments.models import ProjectState, ResearchAward, ResearchMember, ResearchProject
from cadre_app.assignments.services import report_prizes, reports, research, research_ends, research_teams
from tests.assignments.factories import make_project, make_version
from tests.assignments.reports.test_reports import PRIZE, all_in, codes, in_review
from tests.assignments.research.conftest import Field
from tests.assignments.research.test_pages import a_term
from tests.people.conftest import TODAY

SENT: dict[str, Any] = {"submitted_to": "市委组织部", "document_number": "1号"}


def awarded(project: ResearchProject) -> list[str]:
    rows = ResearchAward.objects.standing().filter(prize__project=project)
    return sorted(rows.values_list("trainee__person__name", flat=True))


def test_a_new_version_is_recommended_anew(field: Field, sign_in: Any) -> None:
    project = make_project(field.files[0], term=a_term(field), state=ProjectState.WRITING)
    make_version(project)
    research_ends.recommend_project(field.anew(project), actor=field.staff)
    page = sign_in(field.own).get(reverse("assignments:version_new", kwargs={"pk": project.pk}))
    assert "原推荐即行失效" in page.text
    reports.hand_in(field.anew(project), title="换题", body="另一篇", changes="重写", actor=field.own)
    found = field.anew(project)
    assert found.recommended_on is None
    assert codes(lambda: research_ends.submit_project(found, **SENT, submitted_on=TODAY, actor=field.staff)) == [
        "not_ready"
    ]


def test_nothing_is_sent_up_before_its_version_and_reviews_were_there(field: Field) -> None:
    project = in_review(field)
    all_in(project)
    before = TODAY - timedelta(days=1)

    def send(day: Any) -> ResearchProject:
        return research_ends.submit_project(field.anew(project), **SENT, submitted_on=day, actor=field.staff)

    assert codes(lambda: send(before)) == ["too_early"]
    assert send(TODAY).state == ProjectState.SUBMITTED


@pytest.mark.parametrize("state", [ProjectState.SUBMITTED, ProjectState.CLOSED])
def test_once_sent_up_only_staff_correct_the_team_and_say_why(field: Field, sign_in: Any, state: str) -> None:
    project = make_project(*field.files[:2], state=state, submitted_on=TODAY, submitted_to="市委组织部")
    report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    url = reverse("assignments:research_member_add", kwargs={"pk": project.pk})
    data = {"names": "郑一川", "version": field.anew(project).version}
    assert sign_in(field.own).post(url, data).status_code == 403
    assert codes(lambda: research_teams.add_members(project, names="郑一川", actor=field.staff)) == ["stage"]
    client = sign_in(field.staff)
    assert list(client.post(url, data).context["form"].errors) == ["reason"]
    assert client.post(url, data | {"reason": "漏录"}).status_code == 302
    assert awarded(project) == ["林知远", "郑一川", "陈予安"]
    third = ResearchMember.objects.get(project=project, trainee=field.files[2])
    research_teams.remove_member(third, reason="录入有误", actor=field.staff)
    assert awarded(project) == ["林知远", "陈予安"]


def test_the_list_of_prizes_names_those_who_have_the_award(field: Field) -> None:
    project = make_project(*field.files[:2], state=ProjectState.SUBMITTED)
    report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    make_member = {"project": project, "trainee": field.files[2], "joined_on": TODAY}
    ResearchMember.objects.create(**make_member)
    (row,) = exported_prizes(field.staff, QueryDict("columns=people")).rows
    assert sorted(str(row.cells[-1].value).split("、")) == ["林知远", "陈予安"]


@pytest.mark.parametrize("state", [ProjectState.SUBMITTED, ProjectState.CLOSED])
def test_a_prize_holds_its_report_where_it_is(field: Field, state: str) -> None:
    project = make_project(field.files[0], state=state)
    report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    assert codes(lambda: research_ends.step_back(project, reason="误", actor=field.staff)) == ["prize"]
    ResearchProject.objects.update(state=ProjectState.WRITING)
    assert codes(lambda: research.drop_project(project, reason="误", actor=field.staff)) == ["prize"]


@pytest.mark.parametrize("state", [ProjectState.CALL, ProjectState.IN_PROGRESS, ProjectState.WRITING])
def test_a_dropped_topic_is_taken_up_where_it_stood(field: Field, state: str) -> None:
    project = make_project(field.files[0], call=field.call, state=state)
    research.drop_project(project, reason="重复", actor=field.staff)
    found = research.take_up_project(field.anew(project), actor=field.staff)
    assert (found.state, found.drop_reason, found.dropped_from, found.news) == (state, "", "", "")
