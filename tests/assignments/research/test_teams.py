"""The team closes when its report goes to reviewers; what happened to it stands in the list of changes."""

from typing import Any

from django.urls import reverse

from cadre_app.assignments.models import ProjectState, ResearchMember, ResearchProject
from cadre_app.assignments.services import report_prizes, report_reviews, research_teams
from tests.assignments.factories import make_project
from tests.assignments.reports.test_reports import PRIZE, codes, in_review
from tests.assignments.research.conftest import Field, reviewer
from tests.people.conftest import TODAY


def page_of(project: ResearchProject) -> str:
    return reverse("assignments:project_detail", kwargs={"pk": project.pk})


def test_with_reviewers_the_lead_takes_nobody_in_and_staff_say_why(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    url = reverse("assignments:research_member_add", kwargs={"pk": project.pk})
    data = {"names": "郑一川", "version": field.anew(project).version}
    lead = sign_in(field.own)
    assert (lead.post(url, data).status_code, lead.get(page_of(project)).context["may_change_team"]) == (403, False)
    assert codes(lambda: research_teams.add_members(project, names="郑一川", actor=field.staff)) == ["stage"]
    assert sign_in(field.staff).post(url, data | {"reason": "漏列"}).status_code == 302
    assert project.members.standing().count() == 3


def test_with_reviewers_nobody_leaves_the_team_or_leads_it_anew(field: Field) -> None:
    project = in_review(field)
    mate = ResearchMember.objects.get(project=project, trainee=field.files[1])
    assert codes(lambda: research_teams.leave_team(mate, left_on=TODAY, actor=field.staff)) == ["stage"]
    assert codes(lambda: research_teams.make_lead(mate, actor=field.staff)) == ["stage"]
    research_teams.remove_member(mate, reason="误列", actor=field.staff)
    assert project.members.standing().count() == 1


def test_changes_of_a_report_tell_of_its_team_its_reviewers_and_its_prizes(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    extra = reviewer("丙评审")
    report_reviews.name_reviewers(project, persons=[extra], due_on=TODAY, actor=field.staff)
    research_teams.add_members(field.anew(project), names="郑一川", reason="漏列", actor=field.staff)
    ResearchProject.objects.update(state=ProjectState.SUBMITTED, submitted_on=TODAY, submitted_to="市委组织部")
    prize = report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    entries = sign_in(field.staff).get(page_of(project)).context["entries"]
    told = [(entry.verb.split(".", 1)[1], entry.subject, entry.reason) for entry in entries]
    assert ("researchmember.joined", "郑一川", "漏列") in told
    assert ("researchreview.given", "丙评审", "") in told
    assert ("researchprize.recorded", str(prize), "") in told


def test_the_team_does_not_read_who_reviews_in_the_list_of_changes(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    assert sign_in(field.own).get(page_of(project)).context["entries"] is None


def test_the_page_asks_as_often_with_three_in_the_team_as_with_one(
    field: Field, sign_in: Any, django_assert_num_queries: Any
) -> None:
    one, three = make_project(field.files[0]), make_project(*field.files)
    for project in (one, three):
        research_teams.change_share(project.members.first(), share="执笔", actor=field.staff)  # type: ignore[arg-type]
    client = sign_in(field.staff)
    client.get(page_of(one))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(one))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(three))


QUERIES = 25
