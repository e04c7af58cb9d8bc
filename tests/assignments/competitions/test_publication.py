"""Who reads what is published, and what becomes of it when the publication is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from cadre_app.accounts.models import AccountKind
from cadre_app.assignments.models import CompetitionMember
from cadre_app.assignments.services import competition_course
from cadre_app.core.roles import Role
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.sweeping import sweep
from tests.assignments.competing import make_competition, make_entry, make_reviewer, make_scores
from tests.assignments.competitions.conftest import Arena
from tests.assignments.competitions.test_pages import url
from tests.assignments.factories import front, make_posting
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.mentorship.notes.conftest import pairing_of
from tests.people.conftest import TODAY

RULE = "assignments.competition_published"


@pytest.fixture
def fronts(arena: Arena) -> Any:
    """A signed comparison of whole fronts: the headquarters, where all four served, against the disaster relief."""
    competition = make_competition(
        arena.district.top, actor=arena.staff, state="signed", title="各线实绩", front_keys=["headquarters", "relief"]
    )
    reviewer = make_reviewer(competition)
    for one in (front(), front("relief")):
        make_scores(reviewer, make_entry(competition, front=one), 30, 20)
    return competition


def publish(arena: Arena, competition: Any) -> Any:
    competition.refresh_from_db()
    return competition_course.publish_competition(competition, actor=arena.staff)


def somebody(arena: Arena, who: str, competition: Any) -> Any:
    if who == "posted":
        return arena.own
    if who == "liaison":
        return arena.liaison
    if who == "reviewer":
        return competition.reviewers.get().person.account
    user = UserFactory.create(kind=AccountKind.MENTOR)
    person = PersonFactory.create(name="某人", account=user)
    if who == "mentor":
        pairing_of(arena.files[1], person)
    if who == "posted before":
        file = TraineeFactory.create(person=person, home_unit=arena.district.other_town)
        make_posting(file, on=TODAY - timedelta(days=900), state="closed", ended_on=TODAY - timedelta(days=800))
    if who == "posted elsewhere":
        file = TraineeFactory.create(person=person, home_unit=arena.district.other_town)
        make_posting(file, front=front("investment"))
    if who == "other liaison":
        return arena.district.somebody(Role.LIAISON, arena.district.other_town)
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("posted", 200), ("liaison", 200), ("mentor", 200), ("reviewer", 200), ("other liaison", 404),
        ("posted before", 404), ("posted elsewhere", 404), ("stranger", 404),
    ],
)  # fmt: skip
def test_whole_fronts_are_read_by_whoever_served_on_them_and_those_beside_them(
    arena: Arena, fronts: Any, sign_in: Any, who: str, status: int
) -> None:
    user = somebody(arena, who, fronts)
    publish(arena, fronts)
    client = sign_in(user)
    response = client.get(url("competition_detail", fronts))
    assert response.status_code == status
    assert status == 404 or len(response.context["rows"]) == 2


def test_their_file_says_so_without_points(arena: Arena, fronts: Any, sign_in: Any) -> None:
    publish(arena, fronts)
    page = sign_in(arena.own).get(reverse("growth:file", kwargs={"pk": arena.files[0].pk}) + "?kind=posting")
    shown = strip_tags(page.content.decode())
    assert shown.count("各线实绩") == 1
    assert CompetitionMember.objects.filter(shown_on=TODAY).count() == 4


def test_a_publication_taken_back_leaves_file_page_and_bell_and_rings_anew(
    arena: Arena, fronts: Any, sign_in: Any
) -> None:
    def unread() -> int:
        sweep()
        return Notice.objects.filter(
            recipient=arena.own, channel="inbox", occurrence__rule=RULE, occurrence__closed_at=None, read_at=None
        ).count()

    publish(arena, fronts)
    assert unread() == 1
    back = competition_course.step_back_competition(publish_state(fronts), reason="数据更正", actor=arena.staff)
    assert (back.state, CompetitionMember.objects.standing().filter(team__competition=fronts).count()) == ("signed", 0)
    assert unread() == 0
    assert "各线实绩" not in sign_in(arena.own).get("/reminders/").content.decode()
    publish(arena, fronts)
    assert unread() == 1


def publish_state(competition: Any) -> Any:
    competition.refresh_from_db()
    return competition


def test_news_of_a_team_ring_anew_after_a_second_publication(arena: Arena, sign_in: Any) -> None:
    competition = make_competition(arena.district.top, actor=arena.staff, state="signed", title="队伍比拼")
    entry = make_entry(competition, *arena.files[:2], unit=arena.district.town)
    make_scores(make_reviewer(competition), entry, 30, 20)

    def unread() -> int:
        sweep()
        rows = Notice.objects.filter(recipient=arena.own, channel="inbox", occurrence__rule=RULE)
        return rows.filter(occurrence__closed_at=None, read_at=None).count()

    publish(arena, competition)
    assert unread() == 1
    Notice.objects.update(read_at="2026-11-23T05:00Z")
    competition_course.step_back_competition(publish_state(competition), reason="更正", actor=arena.staff)
    assert unread() == 0
    publish(arena, competition)
    assert unread() == 1
