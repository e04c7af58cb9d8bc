"""What somebody in development sees of the own talks, and nothing beyond it; and asking for one."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cadre_app.care.models import TalkTrigger
from cadre_app.care.services import plans, problems
from tests.care.conftest import ANSWER, SECRET, Care

pytestmark = pytest.mark.django_db
LIST = "care:talk_list"


def test_time_topic_state_and_follow_up_are_seen_and_no_text(care: Care, client_of: Any) -> None:
    talk = care.held(occasion="complaint", kind="reminder")
    care.raised(talk)
    client = client_of(care.user("own"))
    detail = client.get(reverse("care:talk_detail", kwargs={"pk": talk.pk}))
    seen = detail.context["seen"]
    assert (seen.topics, seen.state, seen.follow_up) == (
        "Work in the village and ties with residents",
        "Follow-up due",
        ("办公电脑老旧 (with 澜桥街道党政办, by 5 Dec 2026)",),
    )
    pages = [detail, client.get(reverse(LIST)), client.get(reverse("desk:home"))]
    told = [word for page in pages for word in (SECRET, ANSWER, "residents spoke up") if word in page.content.decode()]
    assert told == []


def test_what_the_return_visit_found_is_told_to_whoever_raised_it(care: Care, client_of: Any) -> None:
    talk = care.held()
    problem = problems.answer_problem(
        care.raised(talk), answer="已更换", answered_on=date(2026, 11, 21), actor=care.staff
    )
    problems.revisit_problem(problem, revisited_on=date(2026, 11, 22), revisit_note="新电脑好用", actor=care.staff)
    page = client_of(care.user("own")).get(reverse("care:talk_detail", kwargs={"pk": talk.pk})).content.decode()
    assert [word in page for word in ("已更换", "新电脑好用", "22 Nov 2026")] == [True, True, True]


def test_a_planned_talk_tells_no_reason_for_it(care: Care, client_of: Any) -> None:
    care.planned(occasion="setback", kind="care")
    page = client_of(care.user("own")).get(reverse(LIST)).content.decode()
    assert ("setback" in page, "Planned" in page) == (False, True)


def test_the_person_asks_once(care: Care, client_of: Any) -> None:
    client = client_of(care.user("own"))
    assert client.post(reverse("care:talk_ask"), {"subject": "期满去向"}).status_code == 302
    again = client.post(reverse("care:talk_ask"), {"subject": "再谈"})
    assert (again.status_code, TalkTrigger.objects.get().subject) == (200, "期满去向")
    assert client.get(reverse("desk:home")).content.decode().count(reverse("care:talk_ask")) == 0


def test_the_desk_leads_to_asking_for_a_talk(care: Care, client_of: Any) -> None:
    page = client_of(care.user("own")).get(reverse("desk:home")).content.decode()
    assert page.count(f'href="{reverse("care:talk_ask")}"') == 1


@pytest.mark.parametrize("subject", ["谈\x00话", "绝密★启用前", "想" * 101])
def test_what_cannot_be_asked_is_said_beside_the_field(care: Care, client_of: Any, subject: str) -> None:
    response = client_of(care.user("own")).post(reverse("care:talk_ask"), {"subject": subject})
    assert list(response.context["form"].errors) == ["subject"]


def test_who_left_does_not_ask(care: Care, client_of: Any) -> None:
    type(care.file).objects.filter(pk=care.file.pk).update(departed_on="2026-11-01")
    assert client_of(care.user("own")).get(reverse("care:talk_ask")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_page_asks_the_same_whatever_its_length(
    care: Care, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    plans.sweep_plans()
    for _number in range(rows):
        care.raised(care.held())
    client = client_of(care.user("own"))
    client.get(reverse(LIST))
    with django_assert_num_queries(10):
        client.get(reverse(LIST))
