"""The files that the rows of people are about; made first, so that the rows of other rooms find them too."""

from typing import Any

from tests.access.harness import Route, World
from tests.factories import PersonFactory, TraineeFactory

READERS = ("staff", "leader", "liaison", "trainee")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
EDIT = dict.fromkeys(READERS, 403) | {"staff": 200, "*": 404}
SAVED = EDIT | {"staff": 302}


def extend(world: World) -> None:
    """A trainee of the town with the account of the actor of that name, and one of the other tree."""
    name = world.canary("trainee", seen_by=READERS)
    world.objects["trainee"] = TraineeFactory.create(
        person=PersonFactory.create(name=name, account=world.actors["trainee"]), home_unit=world.town
    )
    secret = world.canary("foreign trainee", seen_by=("other_staff", "moved_staff"))
    world.objects["foreign trainee"] = TraineeFactory.create(
        person=PersonFactory.create(name=secret), home_unit=world.elsewhere
    )


def of(key: str) -> Any:
    return lambda world: {"pk": world.objects[key].pk}


def sent(key: str, **data: Any) -> Any:
    """What is posted about the object of this key, with its version of that moment."""

    def fields(world: World, actor: str) -> dict[str, Any]:
        found = type(world.objects[key])._default_manager.get(pk=world.objects[key].pk)
        return {"version": found.version, **data}

    return fields


FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}

ROUTES = [
    Route("people:trainee_detail", kwargs=of("trainee"), get=READ),
    Route("people:trainee_detail", kwargs=of("foreign trainee"), get=FOREIGN),
]
