"""What the department says of reports, what those who write are told, and who may not review any more."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from cadre_app.assignments.models import (
    ProjectNews,
    ProjectState,
    ReportRemark,
    ReportVersion,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.panels.research import reading_panel, review_items, steps_of
from cadre_app.assignments.permissions import reports as permissions
from cadre_app.assignments.rules import reports as rules
from cadre_app.assignments.rules import research_answers as answers
from cadre_app.assignments.services import report_checks, report_reviews, reports, research, research_ends
from cadre_app.people.models import Relative
from cadre_app.policy import snapshot
from tests.assignments.factories import make_project, make_version
from tests.assignments.reports.test_reports import account_of, all_in, codes, in_review
from tests.assignments.research.conftest import Field
from tests.assignments.research.test_pages import a_term, as_mentor
from tests.factories import UserFactory
from tests.people.conftest import TODAY

WEEK = TODAY + timedelta(days=7)


def due(rows: Any) -> list[tuple[date, Any]]:
    return list(rows.values_list("due_day", "doer_key"))


def personal(field: Field) -> ResearchProject:
    project = make_project(field.files[0], term=a_term(field), state=ProjectState.WRITING)
    make_version(project, actor=field.own)
    return field.anew(project)


def test_a_version_that_came_in_waits_for_the_department_until_it_says_something(field: Field) -> None:
    project = personal(field)
    assert due(answers.unchecked(WEEK)) == [(WEEK, None)]
    assert due(answers.unchecked(WEEK - timedelta(days=1))) == []
    report_checks.remark_report(project, remark="账再算细一些", actor=field.staff)
    assert (due(answers.unchecked(WEEK)), said(project)) == ([], [(1, False, "账再算细一些")])
    reports.hand_in(field.anew(project), title="稿", body="正文", changes="补账", actor=field.own)
    found = field.anew(project)
    assert (found.remarked_on, due(answers.unchecked(WEEK))) == (None, [(WEEK, None)])
    research_ends.recommend_project(found, actor=field.staff)
    assert due(answers.unchecked(WEEK)) == []


def test_a_report_sent_back_rings_its_author_until_another_version_is_in(field: Field, sign_in: Any) -> None:
    project = personal(field)
    url = reverse("assignments:project_act", kwargs={"pk": project.pk, "act": "return"})
    data = {"reason": "请补充入户数据", "version": project.version}
    assert sign_in(field.staff).post(url, data).status_code == 302
    assert due(answers.sent_back(TODAY)) == [(TODAY, field.own.pk)]
    page = reverse("assignments:project_detail", kwargs={"pk": project.pk})
    client = sign_in(field.own)
    assert "请补充入户数据" in client.get(page).text
    assert "请补充入户数据" in client.get(reverse("assignments:research_mine")).text
    reports.hand_in(field.anew(project), title="稿", body="正文", changes="补数据", actor=field.own)
    assert due(answers.sent_back(TODAY)) == []


def said(project: ResearchProject) -> list[tuple[int, bool, str]]:
    rows = ReportRemark.objects.filter(report__project=project).order_by("created_at")
    return list(rows.values_list("report__number", "is_return", "text"))


def test_a_comment_stands_beside_the_reason_of_a_return_and_never_in_its_place(field: Field, sign_in: Any) -> None:
    project = report_checks.return_report(personal(field), reason="第三部分缺数据" * 50, actor=field.staff)
    project = report_checks.remark_report(project, remark="另请补充照片说明", actor=field.staff)
    assert said(project) == [(1, True, "第三部分缺数据" * 50), (1, False, "另请补充照片说明")]
    row = answers.with_reason().get(pk=project.pk)
    assert answers.sent_back_words(row, TODAY, field.own).why == "退回补充：" + "第三部分缺数据" * 50
    client = sign_in(field.own)
    for url in (
        reverse("assignments:project_detail", kwargs={"pk": project.pk}),
        reverse("assignments:version_new", kwargs={"pk": project.pk}),
        reverse("assignments:research_mine"),
    ):
        text = client.get(url).text
        assert ("第三部分缺数据" in text, "另请补充照片说明" in text) == (True, True)


def test_what_was_said_of_a_version_stays_when_the_next_one_is_in(field: Field, sign_in: Any) -> None:
    project = report_checks.remark_report(personal(field), remark="账再算细一些", actor=field.staff)
    reports.hand_in(field.anew(project), title="稿", body="正文", changes="补账", actor=field.own)
    page = sign_in(field.own).get(reverse("assignments:project_detail", kwargs={"pk": project.pk}))
    assert page.text.count("账再算细一些") == 1


def test_what_cannot_be_sent_back_says_why(field: Field) -> None:
    team = make_project(*field.files[:2], state=ProjectState.WRITING)
    make_version(team)
    assert codes(lambda: report_checks.return_report(team, reason="补充", actor=field.staff)) == ["team"]
    project = research_ends.recommend_project(personal(field), actor=field.staff)
    assert codes(lambda: report_checks.return_report(project, reason="补充", actor=field.staff)) == ["recommended"]
    assert [step.act for step in steps_of(project, reviewed=False) if step.act == "return"] == []


def test_the_team_is_told_what_was_decided_and_said(field: Field) -> None:
    topic = make_project(*field.files[:2], call=field.call, state=ProjectState.CALL)

    def told() -> list[tuple[str, Any]]:
        return [(row.project.news, row.trainee.person.account_id) for row in answers.news(TODAY)]

    research.approve_project(topic, actor=field.staff)
    assert told() == [(ProjectNews.APPROVED, field.own.pk)]
    research.drop_project(field.anew(topic), reason="重复", actor=field.staff)
    assert told() == [(ProjectNews.DROPPED, field.own.pk)]
    ResearchProject.objects.update(news_on=TODAY - timedelta(days=15))
    assert told() == []
    reviewed = in_review(field)
    all_in(reviewed)
    report_reviews.release_reviews(field.anew(reviewed), actor=field.staff)
    assert told() == [(ProjectNews.RELEASED, field.own.pk)]
    research_ends.step_back(field.anew(reviewed), reason="补充", actor=field.staff)
    assert told() == [(ProjectNews.BACK, field.own.pk)]


def test_a_mentor_keeps_the_way_to_what_was_read_and_the_author_is_told(field: Field) -> None:
    mentor = UserFactory.create()
    as_mentor(mentor, field)
    version = ReportVersion.objects.get(project=personal(field))
    reports.read_report(version, comment="第二部分再实一些", actor=mentor)
    assert [row.project.news for row in answers.news(TODAY)] == [ProjectNews.READ]
    with snapshot.held():
        panel = reading_panel(SimpleNamespace(user=mentor))  # type: ignore[arg-type]
    assert panel is not None
    assert (panel["versions"], [(one.report, name) for one, name in panel["read"]]) == ([], [(version, "林知远")])


def test_a_relative_declared_later_is_released_and_staff_name_another(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    review = ResearchReview.objects.filter(report__project=project).order_by("created_at").first()
    assert review is not None
    user, far = account_of(review.reviewer), TODAY + timedelta(days=60)
    request: Any = SimpleNamespace(user=user)
    assert len(review_items(request)) == 1
    Relative.objects.create(person=field.files[1].person, relation="舅舅", name="甲", other=review.reviewer)
    assert review_items(request) == []
    assert user.pk not in [doer for _day, doer in due(rules.waiting(far))]
    assert due(rules.barred(far)) == [(review.due_on, None)]
    assert not permissions.may_read_file(user, review.report_id)
    shown = sign_in(field.staff).get(reverse("assignments:project_detail", kwargs={"pk": project.pk}))
    marked = [found.pk for found, _points in shown.context["reviews"] if found.is_barred]
    assert marked == [review.pk]
    report_reviews.remove_review(review, reason="回避", actor=field.staff)
    assert due(rules.barred(far)) == []


def test_the_day_of_a_review_has_a_bound_and_can_be_moved(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    review = ResearchReview.objects.filter(report__project=project).first()
    assert review is not None
    never = TODAY + timedelta(days=181)
    assert codes(lambda: report_reviews.move_review(review, due_on=never, actor=field.staff)) == ["too_late"]
    url = reverse("assignments:review_act", kwargs={"pk": review.pk, "act": "day"})
    data = {"due_on": (TODAY + timedelta(days=20)).isoformat(), "version": review.version}
    assert sign_in(field.staff).post(url, data).status_code == 302
    assert ResearchReview.objects.get(pk=review.pk).due_on == TODAY + timedelta(days=20)
    all_in(project)
    assert codes(lambda: report_reviews.move_review(review, due_on=TODAY, actor=field.staff)) == ["handed_in"]


def test_a_question_on_a_report_changed_meanwhile_says_what_was_changed_and_keeps_the_reason(
    field: Field, sign_in: Any
) -> None:
    project = personal(field)
    read = project.version
    report_checks.remark_report(project, remark="账再算细一些", actor=field.staff)
    url = reverse("assignments:project_act", kwargs={"pk": project.pk, "act": "return"})
    client = sign_in(field.staff)
    sent = {"reason": "缺少入户数据", "version": read}
    answer = client.post(url, sent, headers={"referer": f"http://testserver{url}"})
    decided = [(one.before, one.value) for one in answer.context["decided"] if one.is_changed]
    assert (answer.status_code, decided) == (409, [("", TODAY)])
    assert answer.context["decided"][0].value == "撰写"
    again = {"look_again": "1", "reason": "缺少入户数据", "version": field.anew(project).version}
    asked = client.post(url, again)
    assert (asked.status_code, asked.context["form"]["reason"].value()) == (200, "缺少入户数据")
    assert (asked.context["form"].errors, field.anew(project).returned_on) == ({}, None)
    del again["look_again"]
    assert client.post(url, again).status_code == 302
    assert field.anew(project).returned_on == TODAY
