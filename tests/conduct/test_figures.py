"""Rewards of every room in one list and one number."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.assignments.models import (
    ProjectKind,
    ResearchAward,
    ResearchCall,
    ResearchMember,
    ResearchPrize,
    ResearchProject,
)
from cadre_app.core.awards import awards
from cadre_app.core.figures import Asked, figures
from tests.conduct.conftest import TODAY, Conduct

pytestmark = pytest.mark.django_db
DAYS = ("topics_until", "drafts_until", "reports_until", "reviews_until")


def award_to(file: Any) -> ResearchAward:
    """A city prize of a report that somebody wrote."""
    call = ResearchCall.objects.create(
        title="年度课题", year=2026, directions=["增收"], **dict.fromkeys(DAYS, date(2026, 9, 1))
    )
    project = ResearchProject.objects.create(
        kind=ProjectKind.TEAM, call=call, title="村级集体经济", direction="增收", state_since=date(2026, 1, 5)
    )
    ResearchMember.objects.create(project=project, trainee=file, is_lead=True, joined_on=date(2026, 1, 5))
    prize = ResearchPrize.objects.create(
        project=project, level="city", rank="first", name="优秀成果", awarded_by="市委组织部",
        awarded_on=date(2026, 10, 8), document_number="澜组〔2026〕1号",
    )  # fmt: skip
    return ResearchAward.objects.create(prize=prize, trainee=file, awarded_on=prize.awarded_on)


def test_every_source_of_awards_gives_the_same_columns() -> None:
    wanted = {"category", "kind", "title", "level", "awarded_by", "document_number", "awarded_on", "page"}
    assert {key: set(source.columns) for key, source in awards.items()} == {"conduct": wanted, "research": wanted}


def test_the_figure_counts_what_its_list_shows(conduct: Conduct, client_of: Any) -> None:
    conduct.rewarded()
    conduct.rewarded(kind="civil_servant-2", awarded_on=date(2025, 3, 1))
    award_to(conduct.file)
    user = conduct.user("staff")
    asked = Asked.on(TODAY, user=user)
    figure = figures["rewards"]
    table = client_of(user).get(figure.url(asked)).context["table"]
    assert (figure.count(asked), len(table.rows)) == (2, 2)


def test_research_prizes_stand_among_the_rewards_for_those_who_see_research(conduct: Conduct, client_of: Any) -> None:
    award_to(conduct.file)
    counts = {
        who: len(client_of(conduct.user(who)).get(reverse("conduct:reward_list")).context["table"].rows)
        for who in ("staff", "leader", "liaison")
    }
    own = client_of(conduct.user("own")).get(reverse("conduct:reward_list")).context["rewards"]
    assert (counts, len(own)) == ({"staff": 1, "leader": 1, "liaison": 0}, 1)


def test_the_figure_costs_one_query(conduct: Conduct, django_assert_num_queries: Any) -> None:
    conduct.rewarded()
    asked = Asked.on(TODAY, user=conduct.user("staff"))
    figures["rewards"].count(asked)
    with django_assert_num_queries(1):
        figures["rewards"].count(asked)
