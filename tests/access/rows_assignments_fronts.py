"""The six fronts: business roles read them, staff edit names and tasks."""

from cadre_app.assignments.models import FrontTask
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.assignments.factories import front

OVERSEERS = ("staff", "leader", "liaison", "other_staff", "moved_staff")
WORKERS = ("staff", "other_staff", "moved_staff")
READ = dict.fromkeys(OVERSEERS, 200) | {"*": 404}
EDIT = dict.fromkeys(OVERSEERS, 403) | dict.fromkeys(WORKERS, 200) | {"*": 404}
NAMES = {"name_zh": "抢险救灾第一线", "name_en": "Disaster relief", "tasks": "物资发放"}


def extend(world: World) -> None:
    world.objects["front"] = front("relief")
    text = world.canary("task of a front", seen_by=OVERSEERS)
    FrontTask.objects.create(front=world.objects["front"], text=text, order=9)


ROUTES = [
    Route("assignments:front_list", get=READ),
    Route(
        "assignments:front_edit",
        kwargs=of("front"),
        get=EDIT,
        post=EDIT | dict.fromkeys(WORKERS, 302),
        data=sent("front", **NAMES),
    ),
]
