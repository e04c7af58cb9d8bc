"""Topics from the call to their end: what each step asks, and what it refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.assignments.models import ProjectState, ResearchMember, ResearchProject
from cadre_app.assignments.services import research, research_calls, research_ends, research_meetings, research_teams
from cadre_app.assignments.services.research_defaults import CRITERIA, DIRECTIONS
from cadre_app.people.models import Trainee, VillageTerm
from tests.assignments.factories import make_project, make_version
from tests.assignments.research.conftest import Field
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY


def proposed(field: Field, **values: Any) -> ResearchProject:
    known: dict[str, Any] = {"call": field.call, "title": "山货出村的最后一公里", "direction": "农村基层治理"}
    known |= {"lead": field.files[0], "names": "陈予安"}
    return research.propose_topic(**known | values, actor=field.own)


def call_values(**values: Any) -> dict[str, Any]:
    days = ("topics_until", "drafts_until", "reports_until", "reviews_until")
    known: dict[str, Any] = {day: TODAY + timedelta(days=30 * number) for number, day in enumerate(days, 1)}
    return known | {"year": 2026, "title": "年度征集", "directions": DIRECTIONS, "criteria": CRITERIA} | values


def refused(call: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        call()
    return dict(caught.value.error_dict) if hasattr(caught.value, "error_dict") else {"": caught.value.messages}


def test_a_call_begins_with_the_usual_directions_and_criteria(field: Field, sign_in: Any) -> None:
    client = sign_in(field.staff)
    form = client.get("/research/calls/new/").context["form"]
    assert form["criteria"].value() == "\n".join(f"{name} {most}" for name, most in CRITERIA)
    data = {name: form[name].value() for name in ("year", "title", "directions", "criteria")}
    data |= {"directions": "\n".join(DIRECTIONS), "criteria": "\n".join(f"{name} {most}" for name, most in CRITERIA)}
    for number, day in enumerate(("topics_until", "drafts_until", "reports_until", "reviews_until"), 1):
        data[day] = (TODAY + timedelta(days=number)).isoformat()
    assert list(client.post("/research/calls/new/", data).context["form"].errors) == ["title"]
    assert client.post("/research/calls/new/", data | {"title": "又一次征集"}).status_code == 302
    call = type(field.call).objects.exclude(pk=field.call.pk).get()
    assert call.criteria[0] == {"name": "问题真", "points": 30}
    assert (call.is_open, len(call.directions)) == (False, 10)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"criteria": (("问题真", 60), ("材料实", 30))}, "criteria"),
        ({"criteria": (("问题真", 60), ("问题真", 40))}, "criteria"),
        ({"criteria": (("问题真", 0), ("材料实", 100))}, "criteria"),
        ({"directions": ()}, "directions"),
        ({"directions": ("农村", "农村")}, "directions"),
        ({"drafts_until": TODAY}, "drafts_until"),
        ({"year": 1}, "year"),
    ],
)
def test_a_call_is_refused_beside_the_field(field: Field, values: dict[str, Any], where: str) -> None:
    found = refused(lambda: research_calls.create_call(**call_values(**values), actor=field.staff))
    assert list(found) == [where]


def test_reports_follow_the_last_day_of_their_call(field: Field) -> None:
    project = proposed(field)
    later = field.call.reports_until + timedelta(days=5)
    values = call_values(criteria=CRITERIA, directions=field.call.directions) | {
        "reports_until": later,
        "reviews_until": later,
    }
    research_calls.change_call(field.call, **values, actor=field.staff)
    assert field.anew(project).due_on == later


def test_a_topic_is_proposed_with_its_team(field: Field) -> None:
    project = proposed(field, names="陈予安、郑一川")
    names = list(project.members.order_by("created_at").values_list("trainee__person__name", "is_lead"))
    assert names == [("林知远", True), ("陈予安", False), ("郑一川", False)]
    assert (project.state, project.due_on) == (ProjectState.CALL, field.call.reports_until)


@pytest.mark.parametrize(
    ("names", "code"), [("查无此人", "unknown"), ("陈予安", "several"), ("陈予安（别处）", "unknown")]
)
def test_names_that_mean_nobody_or_several_come_back(field: Field, names: str, code: str) -> None:
    TraineeFactory.create(person=PersonFactory.create(name="陈予安"), home_unit=field.district.other_town)
    found = refused(lambda: proposed(field, names=names))
    assert [error.code for error in found["names"]] == [code]
    assert [one.person.name for one in research_teams.trainees_named("陈予安（潮音镇）")] == ["陈予安"]


def test_topics_are_taken_until_the_last_day_and_later_by_staff(field: Field) -> None:
    type(field.call).objects.update(topics_until=TODAY - timedelta(days=1))
    assert list(refused(lambda: proposed(field))) == ["call"]
    assert proposed(field, by_staff=True).state == ProjectState.CALL
    type(field.call).objects.update(is_open=False)
    assert list(refused(lambda: proposed(field, by_staff=True))) == ["call"]


def test_a_departed_lead_proposes_nothing(field: Field) -> None:
    Trainee.objects.filter(pk=field.files[0].pk).update(departed_on=TODAY)
    assert list(refused(lambda: proposed(field))) == [""]


def test_a_topic_goes_from_approval_over_the_plan_to_work(field: Field) -> None:
    project = research.approve_project(proposed(field), actor=field.staff)
    assert project.state == ProjectState.APPROVED
    assert research.write_plan(project, plan="先走访", actor=field.own).state == ProjectState.IN_PROGRESS
    back = research.drop_project(project, reason="与他题重复", actor=field.staff)
    assert (back.state, back.drop_reason) == (ProjectState.DROPPED, "与他题重复")
    assert research.take_up_project(project, actor=field.staff).state == ProjectState.IN_PROGRESS


def test_what_a_stage_does_not_allow_is_said(field: Field) -> None:
    project = proposed(field)
    with pytest.raises(ValidationError, match=r"征集|Call"):
        research_ends.close_project(project, actor=field.staff)
    with pytest.raises(ValidationError):
        research_ends.submit_project(
            project, submitted_to="市委组织部", submitted_on=TODAY, document_number="1号", actor=field.staff
        )


def test_the_lead_changes_and_whoever_leaves_keeps_their_part(field: Field) -> None:
    project = make_project(*field.files)
    first, second, third = project.members.order_by("-is_lead", "trainee__person__name")
    with pytest.raises(ValidationError):
        research_teams.leave_team(first, left_on=TODAY, actor=field.staff)
    research_teams.make_lead(second, actor=field.staff)
    left = research_teams.leave_team(first, left_on=TODAY, share="走访与数据", actor=field.staff)
    assert (left.is_lead, left.left_on, left.share) == (False, TODAY, "走访与数据")
    assert list(project.members.filter(is_lead=True)) == [second]
    assert research_teams.rejoin_team(left, actor=field.staff).left_on is None
    research_teams.remove_member(third, reason="误录", actor=field.staff)
    assert ResearchMember.objects.standing().filter(project=project).count() == 2


def test_one_personal_report_stands_for_each_village_term(field: Field) -> None:
    term = a_term(field)
    report = research.start_personal(term, title="村级增收", call=field.call, actor=field.own)
    assert (report.kind, report.due_on) == ("personal", min(field.call.reports_until, term.due_on or date.max))
    assert list(refused(lambda: research.start_personal(term, title="又一篇", actor=field.staff))) == ["term"]
    research.drop_project(report, reason="另选题目", actor=field.staff)
    assert research.start_personal(term, title="另一篇", actor=field.own).title == "另一篇"


def test_a_personal_report_is_recommended_and_sent_up(field: Field) -> None:
    report = make_project(field.files[0], term=a_term(field), state=ProjectState.WRITING)
    assert list(refused(lambda: research_ends.recommend_project(report, actor=field.staff))) == [""]
    make_version(report)
    sent = {"submitted_to": "市委组织部", "submitted_on": TODAY, "document_number": "1号"}
    assert list(refused(lambda: research_ends.submit_project(report, **sent, actor=field.staff))) == [""]
    research_ends.recommend_project(report, actor=field.staff)
    sent_up = research_ends.submit_project(report, **sent, actor=field.staff)
    assert (sent_up.state, sent_up.recommended_on) == (ProjectState.SUBMITTED, TODAY)
    back = research_ends.step_back(report, reason="退改", actor=field.staff)
    assert (back.state, back.submitted_on, back.submitted_to) == (ProjectState.WRITING, None, "")
    closed = research_ends.close_project(report, actor=field.staff)
    assert closed.state == ProjectState.CLOSED


def test_a_meeting_agrees_one_step_for_each_report(field: Field) -> None:
    project = make_project(field.files[0])
    meeting = research_meetings.record_meeting(held_on=TODAY, minutes="听取进展", actor=field.staff)
    item = research_meetings.add_item(
        meeting, project=project, progress="完成走访", next_step="初稿", due_on=TODAY, actor=field.staff
    )
    again = refused(lambda: research_meetings.add_item(meeting, project=project, progress="再谈", actor=field.staff))
    assert list(again) == ["project"]
    undated = refused(lambda: research_meetings.change_item(item, progress="完成", due_on=TODAY, actor=field.staff))
    assert list(undated) == ["next_step"]
    assert research_meetings.finish_step(item, actor=field.own).done_on == TODAY
    assert research_meetings.finish_step(item, actor=field.own).done_on is None
    tomorrow = TODAY + timedelta(days=1)
    future = refused(lambda: research_meetings.record_meeting(held_on=tomorrow, minutes="预告", actor=field.staff))
    assert list(future) == ["held_on"]


def a_term(field: Field, **values: Any) -> VillageTerm:
    known: dict[str, Any] = {"started_on": date(2025, 2, 28), "months": 24, "due_on": date(2027, 2, 27)}
    known |= {"role": "director", "village": field.district.village, "trainee": field.files[0]}
    return VillageTerm.objects.create(**known | values)
