"""Postings and field research of the demo district on any as-of day; the figures are computed from its records."""

import pytest
from django.db.models import Count, F, Q

from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionReviewer,
    CompetitionScore,
    Leave,
    Posting,
    PostingKind,
    PostingStage,
    ProjectState,
    ResearchAward,
    ResearchProject,
    TermReview,
)
from cadre_app.assignments.services.competition_entries import why_too_few
from cadre_app.core.figures import Asked, figures
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db
SHOWN = {
    PostingStage.PROPOSED,
    PostingStage.UNDER_WAY,
    PostingStage.MID_TERM,
    PostingStage.OVERSTAY,
    PostingStage.APPRAISAL_DUE,
    PostingStage.CLOSED,
    PostingStage.RECALLED,
}


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_of_the_reference_year_come_out(day):
    load_demo(as_of=day)
    asked = Asked.on(day)
    keys = ("headquarters_postings", "secondments", "research_prizes")
    assert [figures[key].count(asked) for key in keys] == [10, 4, 3]


@pytest.mark.parametrize("day", DAYS)
def test_postings_stand_in_every_stage_and_follow_the_village_term(day):
    load_demo(as_of=day)
    postings = list(Posting.objects.select_related("front", "unit"))
    assert SHOWN - {posting.stage_on(day) for posting in postings} == set()
    in_term = Q(trainee__village_terms__started_on__lte=F("started_on")) & (
        Q(trainee__village_terms__ended_on=None) | Q(trainee__village_terms__ended_on__gte=F("started_on"))
    )
    assert not Posting.objects.filter(in_term, mode="full").exists()
    assert not Posting.objects.filter(Q(ended_on__gt=day) | Q(signed_on__gt=day) | Q(returned_on__gt=day)).exists()
    assert Posting.objects.filter(kind=PostingKind.SHADOW).count() == 4


@pytest.mark.parametrize("day", DAYS)
def test_leave_terms_and_research_stand_in_their_stages(day):
    load_demo(as_of=day)
    assert {leave.stage_on(day) for leave in Leave.objects.all()} >= {"returned", "on_leave", "confirmed", "requested"}
    assert not TermReview.objects.exclude(filed_on=None).filter(filed_on__gt=day).exists()
    states = set(ResearchProject.objects.values_list("state", flat=True))
    assert {ProjectState.CLOSED, ProjectState.REVIEW, ProjectState.WRITING, ProjectState.IN_PROGRESS} - states == set()
    assert ResearchAward.objects.count() == 15


@pytest.mark.parametrize("day", DAYS)
def test_comparisons_are_published_scored_and_open_with_teams_of_two_at_least(day):
    load_demo(as_of=day)
    found = {competition.state: competition for competition in Competition.objects.all()}
    assert sorted(found) == ["open", "published", "review"]
    teams = found["published"].entries.annotate(people=Count("members"))
    assert teams.count() >= 2
    assert (
        min(team.people for team in CompetitionEntry.objects.filter(kind="team").annotate(people=Count("members"))) >= 2
    )
    assert not CompetitionEntry.objects.filter(Q(entered_on__gt=day) | Q(verified_on__gt=day)).exists()
    assert max(found["published"].published_on, found["published"].signed_on) <= day
    assert CompetitionScore.objects.counted(found["published"]).count() == teams.count() * 3 * 4
    assert found["review"].entries.count() == 4
    assert not CompetitionReviewer.objects.barred().exists()
    assert [why_too_few(found[state]) for state in ("open", "review")] == ["", ""]
