from typing import Any

import pytest
from django.test import Client

from cadre_app.accounts.models import User
from cadre_app.core.registries import DeskItem, DeskPanel, desk_panels
from cadre_app.reminders.models import Occurrence
from cadre_app.runtime.models import Heartbeat
from cadre_app.runtime.services import record_heartbeat
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def users() -> dict[str, User]:
    load_demo()
    record_heartbeat(Heartbeat.Name.SWEEP)
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def due() -> Any:
    """Announces the given items on everybody's desk for one test."""

    def announce(*items: DeskItem) -> None:
        desk_panels.register("test", DeskPanel(0, lambda user: True, items=lambda request: list(items)))

    yield announce
    desk_panels._items.pop("test", None)


def open_desk(user: User) -> Any:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/")


def item(title: str, state: str) -> DeskItem:
    return DeskItem(title=title, why="规则", url="/", action="办理", state=state)


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("staff", ["reminders.work_calendar", "desk.people", "desk.calendar"]),
        ("leader", ["reminders.work_calendar", "desk.people", "desk.calendar"]),
        ("liaison", ["desk.people", "desk.calendar"]),
        ("secadmin", ["desk.accounts"]),
        ("auditadmin", ["desk.log"]),
        ("sysadmin", ["desk.condition"]),
        ("trainer", ["training.teaching"]),
        (
            "trainee",
            [
                "people.own_file",
                "training.own",
                "care.own",
                "achievements.own",
                "training.own_orders",
                "assignments.own_leave",
            ],
        ),
        ("mentor.head", ["mentorship.mentees", "assignments.hosted", "achievements.mentees"]),
        ("mentor.village", ["mentorship.mentees", "achievements.mentees"]),
    ],
)
def test_each_role_has_its_own_panels(users: dict[str, User], who: str, keys: list[str]) -> None:
    response = open_desk(users[who])
    shown = [(panel.template, panel.context.get("title")) for panel in response.context["desk"].panels]
    request, wanted = response.wsgi_request, [desk_panels[key] for key in keys]
    assert shown == [(panel.template, panel.context(request).get("title")) for panel in wanted]


def test_overdue_comes_first_and_what_waits_for_others_last(users: dict[str, User], due: Any) -> None:
    due(item("等", "wait"), item("办", "none"), item("近", "soon"), item("逾", "over"))
    groups = open_desk(users["trainer"]).context["desk"].groups
    assert [group.state for group in groups] == ["over", "soon", "none", "wait"]


def test_mentors_and_trainees_get_the_page_made_for_the_phone(users: dict[str, User]) -> None:
    pages = {who: open_desk(users[who]).templates[0].name for who in ("mentor.village", "trainee", "staff")}
    assert pages == {"mentor.village": "desk/phone.html", "trainee": "desk/phone.html", "staff": "desk/home.html"}


@pytest.mark.parametrize("who", ["staff", "mentor.village"])
@pytest.mark.parametrize("many", [1, 3])
def test_a_longer_list_of_due_items_costs_no_query(
    users: dict[str, User], due: Any, who: str, many: int, django_assert_num_queries: Any
) -> None:
    due(*[item(str(number), "none") for number in range(many)])
    Occurrence.objects.all().delete()  # which rules the demo's first items belong to hangs on the day
    client = Client()
    client.force_login(users[who], backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    with django_assert_num_queries({"staff": 31, "mentor.village": 21}[who]):
        client.get("/")


def test_each_figure_of_people_counts_the_list_that_it_opens(users: dict[str, User]) -> None:
    client = Client()
    client.force_login(users["staff"], backend="django.contrib.auth.backends.ModelBackend")
    *stages, units = client.get("/").context["desk"].panels[1].context["lines"]
    opened = [client.get(line.url).context["counted"].total for line in stages]
    assert [int(line.text.removesuffix("人")) for line in stages] == opened
    assert (len(stages), units.url) == (4, "/units/")
