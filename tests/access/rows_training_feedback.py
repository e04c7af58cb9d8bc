"""Feedback on three sessions: the trainer's and somebody else's whose results are shown, and one that is still open."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.training.models import CourseSession, FeedbackSheet, SessionState
from tests.access.harness import Route, World
from tests.access.rows_a_people import of
from tests.training.factories import enrol, make_session

READERS = ("staff", "leader")
ELSEWHERE = ("liaison", "other_staff", "moved_staff")
TRAINEE = "trainee"
RATINGS = {"content": 4, "teaching": 4, "usefulness": 3}


def extend(world: World) -> None:
    _session(world, "rated taught session", 30, "tied", "teacher", (*READERS, "trainer"))
    _session(world, "rated session", 30, TRAINEE, "other teacher", READERS)
    _session(world, "session with open feedback", 1, TRAINEE, "other teacher", ())


def _session(world: World, key: str, ended: int, file: str, teacher: str, seen_by: tuple[str, ...]) -> CourseSession:
    """Ended some days ago, with one place and five sheets."""
    day = timezone.localdate() - timedelta(days=ended)
    session = make_session(world.objects["course"], on=day, teacher=world.objects[teacher], state=SessionState.FINISHED)
    world.objects[key] = session
    world.objects[f"place in the {key}"] = enrol(session, world.objects[file], outcome="completed")
    text = world.canary(f"sheet on the {key}", seen_by=seen_by)
    FeedbackSheet.objects.bulk_create(FeedbackSheet(session=session, text=text, **RATINGS) for _each in range(5))
    return session


def answers(world: World, actor: str) -> dict[str, Any]:
    return RATINGS | {"text": "案例再多一点"}


RESULTS = dict.fromkeys(READERS, 200) | dict.fromkeys(ELSEWHERE, 403) | {"*": 404}
PLACE = dict.fromkeys(("staff", "leader", "liaison"), 403) | {TRAINEE: 200, "*": 404}

ROUTES = [
    Route(
        "training:feedback_form",
        kwargs=of("place in the session with open feedback"),
        get=PLACE,
        post=PLACE | {TRAINEE: 302},
        data=answers,
    ),
    Route("training:feedback_form", kwargs=of("place in the rated session"), get=PLACE, post=PLACE, data=answers),
    Route(
        "training:feedback_form",
        kwargs=of("place in the rated taught session"),
        get=dict.fromkeys(("staff", "leader", "liaison", "trainer"), 403) | {"*": 404},
        post=dict.fromkeys(("staff", "leader", "liaison", "trainer"), 403) | {"*": 404},
        data=answers,
    ),
    Route("training:feedback_results", kwargs=of("rated taught session"), get=RESULTS | {"trainer": 200}),
    Route("training:feedback_results", kwargs=of("rated session"), get=RESULTS | {TRAINEE: 403}),
    Route("training:feedback_results", kwargs=of("session with open feedback"), get=RESULTS | {TRAINEE: 403}),
]
