from typing import Any

from cadre_app.feedback import services
from tests.access.harness import Route, World

INSIDE_STAFF = ("staff",)


def extend(world: World) -> None:
    """A trainee's suggestion, answered; one of the department's own."""
    trainee, staff = world.actors["trainee"], world.actors["staff"]
    given = services.give_feedback(text=world.canary("suggestion", seen_by=("trainee", "staff")), actor=trainee)
    world.objects["feedback"] = services.answer_feedback(
        given, answer=world.canary("suggestion answer", seen_by=("trainee", "staff")), version=1, actor=staff
    )
    foreign = world.canary("foreign suggestion", seen_by=("other_staff", "moved_staff"))
    services.give_feedback(text=foreign, actor=world.actors["other_staff"])


def feedback(world: World) -> dict[str, Any]:
    return {"pk": world.objects["feedback"].pk}


def answer(world: World, actor: str) -> dict[str, Any]:
    return {"answer": "已处理", "version": str(world.objects["feedback"].version)}


ROUTES = [
    Route("feedback:mine", get=200),
    Route("feedback:new", query="?page=/units/", get=200, post=302, data=lambda world, actor: {"text": "字号太小"}),
    Route("feedback:inbox", get={"staff": 200, "other_staff": 200, "moved_staff": 200, "*": 403}),
    Route(
        "feedback:answer",
        kwargs=feedback,
        get={"staff": 200, "trainee": 403, "*": 404},
        post={"staff": 302, "trainee": 403, "*": 404},
        data=answer,
    ),
]
