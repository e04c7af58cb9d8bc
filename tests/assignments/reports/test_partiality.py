"""回避 A review by somebody who came to be in the team, or a declared relative of it, does not count."""

from typing import Any

from django.urls import reverse

from cadre_app.assignments.models import ProjectState, ResearchProject, ResearchReview
from cadre_app.assignments.panels.research import steps_of
from cadre_app.assignments.rules import reports as rules
from cadre_app.assignments.services import report_prizes, report_reviews, research_ends
from cadre_app.assignments.services.research_states import why_not_reviewed
from cadre_app.people.models import Relative
from tests.assignments.reports.test_ends import SENT
from tests.assignments.reports.test_reports import PRIZE, all_in, codes, in_review
from tests.assignments.research.conftest import Field, reviewer
from tests.people.conftest import TODAY


def with_relative(field: Field) -> tuple[ResearchProject, ResearchReview]:
    """All reviews are in, then the first reviewer is declared a relative of a member."""
    project = in_review(field)
    all_in(project)
    review = ResearchReview.objects.filter(report__project=project).order_by("created_at").first()
    assert review is not None
    Relative.objects.create(person=field.files[1].person, relation="舅舅", name="甲", other=review.reviewer)
    return field.anew(project), review


def send(field: Field, project: ResearchProject) -> ResearchProject:
    return research_ends.submit_project(field.anew(project), **SENT, submitted_on=TODAY, actor=field.staff)


def test_nothing_is_built_on_the_review_of_a_relative(field: Field) -> None:
    project, _review = with_relative(field)
    staff = field.staff
    assert codes(lambda: report_reviews.release_reviews(project, actor=staff)) == ["not_ready"]
    assert codes(lambda: send(field, project)) == ["not_ready"]
    assert codes(lambda: research_ends.close_project(project, actor=staff)) == ["barred"]
    ResearchProject.objects.update(state=ProjectState.SUBMITTED, submitted_on=TODAY, submitted_to="市委组织部")
    assert codes(lambda: report_prizes.record_prize(project, **PRIZE, actor=staff)) == ["barred"]
    assert codes(lambda: research_ends.close_project(field.anew(project), actor=staff)) == ["barred"]


def test_the_page_says_whose_review_does_not_count_and_offers_no_end(field: Field, sign_in: Any) -> None:
    project, review = with_relative(field)
    page = sign_in(field.staff).get(reverse("assignments:project_detail", kwargs={"pk": project.pk}))
    assert page.context["barred"] == why_not_reviewed(project)
    assert review.reviewer.name in page.context["barred"]
    assert [step.act for step in page.context["steps"]] == ["back", "void"]
    assert [found.pk for found, _points in page.context["reviews"] if found.is_barred] == [review.pk]


def test_staff_are_reminded_until_the_reviewer_is_replaced(field: Field) -> None:
    project, review = with_relative(field)
    assert list(rules.barred(TODAY).values_list("pk", flat=True)) == [review.pk]
    report_reviews.remove_review(review, reason="回避", actor=field.staff)
    assert list(rules.barred(TODAY)) == []
    assert codes(lambda: send(field, project)) == ["not_ready"]
    report_reviews.name_reviewers(field.anew(project), persons=[reviewer("丙评审")], due_on=TODAY, actor=field.staff)
    waiting = ResearchReview.objects.waiting().get()
    all_in_of(waiting)
    assert "release" in [step.act for step in steps_of(field.anew(project), reviewed=not why_not_reviewed(project))]
    assert send(field, project).state == ProjectState.SUBMITTED


def test_another_reviewer_is_named_beside_the_one_who_does_not_count(field: Field) -> None:
    project, review = with_relative(field)
    third = reviewer("丙评审")
    report_reviews.name_reviewers(project, persons=[third], due_on=TODAY, actor=field.staff)
    assert codes(
        lambda: report_reviews.name_reviewers(
            field.anew(project), persons=[review.reviewer, reviewer("丁评审")], due_on=TODAY, actor=field.staff
        )
    ) == ["partial"]


def test_a_reviewer_who_came_into_the_team_does_not_count(field: Field) -> None:
    project = in_review(field)
    all_in(project)
    review = ResearchReview.objects.filter(report__project=project).first()
    assert review is not None
    ResearchReview.objects.filter(pk=review.pk).update(reviewer=field.files[1].person)
    assert field.files[1].person.name in why_not_reviewed(project)


def test_the_team_does_not_read_a_review_that_does_not_count(field: Field, sign_in: Any) -> None:
    project, review = with_relative(field)
    ResearchProject.objects.update(reviews_released_on=TODAY)
    page = sign_in(field.own).get(reverse("assignments:project_detail", kwargs={"pk": project.pk}))
    assert [found.pk == review.pk for found, _points in page.context["reviews"]] == [False]
    assert page.context["barred"] == ""


def all_in_of(review: ResearchReview) -> None:
    points = {"选题准": 1}
    ResearchReview.objects.filter(pk=review.pk).update(handed_in_at=review.created_at, total=1, points=points)
