"""Versions, the mentor's reading, reviews and prizes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from cadre_app.accounts.models import User
from cadre_app.accounts.services.drafts import save_draft
from cadre_app.assignments.lists.reports import exported_prizes
from cadre_app.assignments.models import (
    ProjectState,
    ReportVersion,
    ResearchAward,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.permissions import reports as permissions
from cadre_app.assignments.services import (
    report_prizes,
    report_reviews,
    reports,
    research,
    research_ends,
    research_teams,
)
from cadre_app.assignments.services.research_defaults import CRITERIA
from cadre_app.people.models import Person, Relative, Trainee
from tests.assignments.factories import make_project, make_review, make_version
from tests.assignments.research.conftest import Field, reviewer
from tests.people.conftest import TODAY

FULL = dict(CRITERIA)
PRIZE: dict[str, Any] = {"level": "city", "rank": "first", "name": "全市年轻干部国情调研优秀成果"}
PRIZE |= {"awarded_by": "市委组织部", "awarded_on": TODAY, "document_number": "1号"}


def account_of(person: Person) -> User:
    return User.objects.get(pk=person.account_id)


def in_review(field: Field, *people: Person, **values: Any) -> ResearchProject:
    project = make_project(*field.files[:2], call=field.call, state=ProjectState.WRITING, **values)
    make_version(project)
    persons = people or (reviewer("甲评审"), reviewer("乙评审"))
    return report_reviews.name_reviewers(project, persons=persons, due_on=TODAY, actor=field.staff)


def all_in(project: ResearchProject) -> None:
    for review in ResearchReview.objects.standing().filter(report__project=project):
        report_reviews.hand_in_review(review, points=FULL, comment="材料扎实", actor=account_of(review.reviewer))


def codes(call: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        call()
    error = caught.value
    errors = [one for many in error.error_dict.values() for one in many] if hasattr(error, "error_dict") else [error]
    return [str(one.code) for one in errors]


def test_versions_are_numbered_and_say_what_is_new(field: Field) -> None:
    project = make_project(field.files[0])
    reports.hand_in(project, title="初稿题目", body="一、情况", actor=field.own)
    assert codes(lambda: reports.hand_in(project, title="二稿", body="一、情况", actor=field.own)) == ["required"]
    second = reports.hand_in(project, title="定题", body="一、情况\n二、对策", changes="补对策", actor=field.own)
    found = field.anew(project)
    assert (second.number, found.versions_count, found.state, found.title) == (2, 2, ProjectState.WRITING, "定题")


def test_thirty_thousand_characters_are_taken_and_one_more_is_not(field: Field, sign_in: Any) -> None:
    project = make_project(field.files[0])
    client = sign_in(field.own)
    url = reverse("assignments:version_new", kwargs={"pk": project.pk})
    body = "字" * 29_000 + "\r\n一" * 500
    data = {"title": "长稿", "body": body, "version": field.anew(project).version}
    form = client.post(url, data | {"body": body + "字"}).context["form"]
    assert (list(form.errors), len(form["body"].value())) == (["body"], len(body) + 1)
    assert client.post(url, data).status_code == 302
    assert len(ReportVersion.objects.get().body) == 30_000
    typed = QueryDict(mutable=True)
    typed.update({"title": "长稿", "body": "字" * 30_000})
    assert save_draft(field.own, page=url, data=typed)


def test_a_file_of_sixty_megabytes_meets_its_message(field: Field, sign_in: Any) -> None:
    project = make_project(field.files[0])
    large = SimpleUploadedFile("稿.pdf", b"%PDF-1.4" + b"0" * (60 * 1024 * 1024), "application/pdf")
    data = {"title": "稿", "body": "正文", "version": project.version, "file": large}
    form = sign_in(field.own).post(reverse("assignments:version_new", kwargs={"pk": project.pk}), data).context["form"]
    assert [error.code for error in form.errors.as_data()["file"]] == ["oversize"]
    assert form["body"].value() == "正文"


def test_nothing_new_is_handed_in_once_everybody_has_left(field: Field) -> None:
    project = make_project(field.files[0])
    Trainee.objects.filter(pk=field.files[0].pk).update(departed_on=TODAY)
    assert codes(lambda: reports.hand_in(project, title="稿", body="文", actor=field.staff)) == ["abandoned"]


def test_two_reviewers_at_least_and_none_of_the_team_or_its_family(field: Field) -> None:
    project = make_project(*field.files[:2], state=ProjectState.WRITING)
    make_version(project)
    first, second = reviewer("甲评审"), reviewer("乙评审")
    Relative.objects.create(person=second, relation="弟弟", name="陈予安", other=field.files[1].person)

    def named(*persons: Person) -> list[str]:
        return codes(lambda: report_reviews.name_reviewers(project, persons=persons, due_on=TODAY, actor=field.staff))

    assert named(first) == ["too_few"]
    assert named(first, first) == ["too_few"]
    assert named(first, field.files[1].person) == ["partial"]
    assert named(first, second) == ["partial"]
    assert named(first, Person.objects.create(name="无账号")) == ["partial"]
    done = report_reviews.name_reviewers(project, persons=[first, reviewer("丙评审")], due_on=TODAY, actor=field.staff)
    assert done.state == ProjectState.REVIEW


def test_a_reviewer_does_not_come_into_the_team_later(field: Field) -> None:
    mate = field.files[2].person
    project = in_review(field, reviewer("甲评审"), reviewer("乙评审"))
    Relative.objects.create(person=mate, relation="姐姐", name="甲评审", other=Person.objects.get(name="甲评审"))
    assert codes(lambda: research_teams.add_members(project, names="郑一川", reason="漏列", actor=field.staff)) == [
        "reviewer"
    ]


@pytest.mark.parametrize("points", [{}, FULL | {"问题真": 31}, FULL | {"文风": -1}])
def test_points_lie_between_nothing_and_those_of_the_criterion(field: Field, points: dict[str, int]) -> None:
    review = ResearchReview.objects.filter(report__project=in_review(field)).first()
    assert review is not None
    actor = account_of(review.reviewer)
    assert codes(lambda: report_reviews.hand_in_review(review, points=points, comment="好", actor=actor)) == ["points"]


def test_the_team_reads_comments_and_points_without_names_once_released(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    url = reverse("assignments:project_detail", kwargs={"pk": project.pk})
    assert codes(lambda: report_reviews.release_reviews(project, actor=field.staff)) == ["not_ready"]
    all_in(project)
    assert field.anew(project).reviews_done == 2
    client = sign_in(field.own)
    assert client.get(url).context["reviews"] == []
    report_reviews.release_reviews(project, actor=field.staff)
    page = client.get(url)
    body = page.content.decode()
    assert ([review.total for review, _points in page.context["reviews"]], body.count("材料扎实")) == ([100, 100], 2)
    assert "甲评审" not in body
    assert "甲评审" in sign_in(field.staff).get(url).content.decode()


def test_a_returned_review_is_written_on(field: Field, sign_in: Any) -> None:
    project = in_review(field)
    all_in(project)
    review = ResearchReview.objects.filter(report__project=project).first()
    assert review is not None
    report_reviews.return_review(review, reason="请写明依据", actor=field.staff)
    assert field.anew(project).reviews_done == 1
    client = sign_in(account_of(review.reviewer))
    url = reverse("assignments:review_write", kwargs={"pk": review.pk})
    page = client.get(url)
    assert page.context["returned"] == "请写明依据"
    assert page.context["form"]["points_0"].value() == 30
    data = {f"points_{number}": most for number, (_name, most) in enumerate(CRITERIA)}
    data |= {"comment": "依据充分", "version": page.context["form"].instance.version}
    assert client.post(url, data).status_code == 302
    assert ResearchReview.objects.get(pk=review.pk).comment == "依据充分"


def test_a_stale_page_of_a_review_shows_both_sides_of_the_points(field: Field, sign_in: Any) -> None:
    review = ResearchReview.objects.filter(report__project=in_review(field)).first()
    assert review is not None
    client, before = sign_in(account_of(review.reviewer)), review.version
    report_reviews.hand_in_review(review, points=FULL, comment="好", actor=account_of(review.reviewer))
    data = {f"points_{number}": 1 for number in range(len(CRITERIA))} | {"comment": "另一稿", "version": before}
    answer = client.post(reverse("assignments:review_write", kwargs={"pk": review.pk}), data)
    assert answer.status_code == 409
    shown = [(str(field["theirs"]), str(field["mine"])) for field in answer.context["fields"]]
    assert shown == [*((str(most), "1") for _name, most in CRITERIA), ("好", "另一稿")]


def test_back_to_writing_ends_the_reviews_that_wait(field: Field) -> None:
    project = in_review(field)
    first = ResearchReview.objects.filter(report__project=project).first()
    assert first is not None
    report_reviews.hand_in_review(first, points=FULL, comment="好", actor=account_of(first.reviewer))
    research_ends.step_back(project, reason="补充数据", actor=field.staff)
    assert list(ResearchReview.objects.standing()) == [first]
    assert permissions.can_review(account_of(first.reviewer), ResearchReview.objects.get(pk=first.pk))
    assert not ResearchReview.objects.visible_to(account_of(first.reviewer)).exists()


def test_a_reviewer_sees_the_version_given_and_no_other(field: Field) -> None:
    project = make_project(*field.files[:2], state=ProjectState.REVIEW)
    given, other = make_version(project), make_version(project)
    person = reviewer()
    make_review(given, person)
    user = account_of(person)
    assert list(ReportVersion.objects.visible_to(user)) == [given]
    assert permissions.may_read_file(user, given.pk)
    assert not permissions.may_read_file(user, other.pk)


def test_a_prize_writes_an_award_to_every_member_and_takes_it_back(field: Field) -> None:
    project = make_project(*field.files)
    third = project.members.get(trainee=field.files[2])
    research_teams.leave_team(third, left_on=TODAY, share="数据", actor=field.staff)
    ResearchProject.objects.update(state=ProjectState.SUBMITTED, submitted_on=TODAY, submitted_to="市委组织部")
    prize = report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    assert ResearchAward.objects.standing().count() == 3
    report_prizes.void_prize(prize, reason="误录", actor=field.staff)
    assert ResearchAward.objects.standing().count() == 0
    report_prizes.restore_prize(prize, actor=field.staff)
    assert ResearchAward.objects.standing().count() == 3


def test_who_left_the_team_without_a_part_gets_no_award_and_who_left_the_programme_does(field: Field) -> None:
    project = make_project(*field.files, state=ProjectState.CLOSED)
    project.members.filter(trainee=field.files[2]).update(left_on=TODAY)
    Trainee.objects.filter(pk=field.files[1].pk).update(departed_on=TODAY)
    report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    rows = ResearchAward.objects.order_by("created_at").values_list("trainee", flat=True)
    assert list(rows) == [field.files[0].pk, field.files[1].pk]
    (row,) = exported_prizes(field.staff, QueryDict("columns=people")).rows
    assert row.cells[-1].value == "林知远、陈予安"


def test_a_prize_needs_a_report_that_was_sent_up_before_it(field: Field, sign_in: Any) -> None:
    closed = make_project(field.files[0], state=ProjectState.CLOSED, submitted_on=None, submitted_to="")
    assert codes(lambda: report_prizes.record_prize(closed, **PRIZE, actor=field.staff)) == ["not_sent"]
    page = sign_in(field.staff).get(reverse("assignments:project_detail", kwargs={"pk": closed.pk}))
    assert not page.context["may_award"]
    sent = make_project(field.files[0], state=ProjectState.SUBMITTED, submitted_on=TODAY)
    early = PRIZE | {"awarded_on": TODAY - timedelta(days=1)}
    assert codes(lambda: report_prizes.record_prize(sent, **early, actor=field.staff)) == ["too_early"]


def test_a_voided_prize_stands_again_only_of_a_report_sent_up_before_it(field: Field) -> None:
    project = make_project(field.files[0], state=ProjectState.SUBMITTED, submitted_on=TODAY - timedelta(days=9))
    early = PRIZE | {"awarded_on": TODAY - timedelta(days=5)}
    prize = report_prizes.record_prize(project, **early, actor=field.staff)
    report_prizes.void_prize(prize, reason="误录", actor=field.staff)
    ResearchProject.objects.update(submitted_on=TODAY)
    assert codes(lambda: report_prizes.restore_prize(prize, actor=field.staff)) == ["too_early"]


@pytest.mark.parametrize(
    ("values", "found"), [({"awarded_on": TODAY + timedelta(days=1)}, ["future"]), ({"name": ""}, ["blank"])]
)
def test_a_prize_is_refused_beside_its_field(field: Field, values: dict[str, Any], found: list[str]) -> None:
    project = make_project(field.files[0], state=ProjectState.SUBMITTED)
    assert codes(lambda: report_prizes.record_prize(project, **PRIZE | values, actor=field.staff)) == found


def test_a_prize_keeps_its_report_from_being_voided_or_taken_back(field: Field) -> None:
    project = make_project(field.files[0], state=ProjectState.SUBMITTED)
    report_prizes.record_prize(project, **PRIZE, actor=field.staff)
    assert codes(lambda: research.void_project(project, reason="误录", actor=field.staff)) == ["prize"]
    assert codes(lambda: research_ends.step_back(project, reason="误录", actor=field.staff)) == ["prize"]
    assert codes(lambda: report_prizes.record_prize(project, **PRIZE, actor=field.staff)) == ["name"]
