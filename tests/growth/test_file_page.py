"""The page of a growth file: who reads what above and beside the timeline, and what it costs."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.growth import Gap, GapPart, HeadLine, HeadPart, gap_parts, head_parts
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import family, posts
from tests.factories import PersonFactory, TraineeFactory

PHONE = "13900000024"


def page(trainee, query: str = "") -> str:
    return reverse("growth:file", kwargs={"pk": trainee.pk}) + query


def days(response) -> list[str]:
    return [str(entry.day) for part in response.context["years"] for entry in part.entries]


@pytest.mark.parametrize("queries", [10])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_more_entries(
    place, trainee, sign_in, rows, queries, django_assert_num_queries
):
    for number in range(rows):
        posts.add_post_record(trainee, started_on=date(2025, 8, 1 + number), post=f"职务{number}", actor=place.staff)
        family.add_education(trainee.person, mode="full_time", level=f"2{number + 1}", school="某校", actor=place.staff)
    client = sign_in(place.staff)
    client.get(page(trainee))
    with django_assert_num_queries(queries):
        client.get(page(trainee))
