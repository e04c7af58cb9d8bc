"""What stands in the latest version of a report, and in minutes of progress meetings, is found by whoever opens them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.assignments.models import ProgressMeeting, ReportVersion, ResearchProject
from cadre_app.assignments.services import research_meetings
from cadre_app.core.roles import Role
from tests.assignments.factories import make_project, make_review, make_version
from tests.assignments.research.conftest import Field, reviewer
from tests.factories import PersonFactory, UserFactory
from tests.people.conftest import TODAY
from tests.search.looking import finders, look, snippets

REPORTS, MEETINGS = "assignments.reports", "assignments.meetings"


def everybody(field: Field) -> tuple[Any, ...]:
    """Staff, a leader, a liaison, staff of another town, and the author."""
    place = field.district
    return (
        field.staff, place.somebody(Role.LEADER, place.top), place.somebody(Role.LIAISON, place.town),
        place.somebody(Role.STAFF, place.other_town), field.own,
    )  # fmt: skip


def test_the_latest_version_is_found_by_title_and_text(field: Field) -> None:
    project = make_project(field.files[0], title="山货出村")
    make_version(project, body="云坪乡有高山茶园三处。")
    version = make_version(project, title="山货怎样出村", body="云坪乡有冷链车两辆。", changes="换了案例")
    assert finders(REPORTS, "冷链", *everybody(field)) == [1, 1, 0, 0, 1]
    assert (snippets(REPORTS, field.staff, "茶园"), snippets(REPORTS, field.staff, "案例")) == ([], ["换了[案例]"])
    [hit] = look(REPORTS, field.staff, "怎样 冷链").hits
    assert (hit.place.title, hit.place.url) == (
        "山货怎样出村",
        reverse("assignments:version_detail", kwargs={"pk": version.pk}),
    )
    assert hit.place.day == timezone.localdate(version.handed_in_at)


def test_voided_reports_and_projects_are_not_found(field: Field) -> None:
    project = make_project(field.files[0], title="山货出村")
    version = make_version(project, body="云坪乡有冷链车两辆。")
    ReportVersion.objects.filter(pk=version.pk).update(voided_at=timezone.now())
    assert finders(REPORTS, "冷链", *everybody(field)) == [0] * 5
    ReportVersion.objects.filter(pk=version.pk).update(voided_at=None)
    ResearchProject.objects.update(voided_at=timezone.now())
    assert finders(REPORTS, "冷链", *everybody(field)) == [0] * 5


def test_a_reviewer_and_a_stranger_find_nothing_that_has_no_page(field: Field) -> None:
    project = make_project(field.files[0], title="山货出村", state="review")
    person = reviewer()
    make_review(make_version(project, body="云坪乡有冷链车。"), person)
    stranger = UserFactory.create(kind=AccountKind.TRAINEE)
    PersonFactory.create(name="旁人", account=stranger)
    assert finders(REPORTS, "冷链", person.account, stranger) == [0, 0]


def test_minutes_are_found_by_those_who_follow_and_by_teams_that_were_looked_at(field: Field) -> None:
    held = research_meetings.record_meeting(
        held_on=TODAY - timedelta(days=1), minutes="会议强调补齐冷链短板。", actor=field.staff
    )
    assert finders(MEETINGS, "冷链", *everybody(field)) == [1, 1, 0, 1, 0]
    project = make_project(field.files[0], title="山货出村")
    research_meetings.add_item(held, project=project, progress="走访", actor=field.staff)
    assert finders(MEETINGS, "冷链", *everybody(field)) == [1, 1, 0, 1, 1]
    ProgressMeeting.objects.update(voided_at=timezone.now())
    assert finders(MEETINGS, "冷链", *everybody(field)) == [0] * 5
