"""Rows of camps, induction training and the statistics.

The camp of the trainee's town: the trainee is in it, and somebody of the other tree, whom nobody here may see. The
trainee knows the own grade, never why somebody is on leave as the department put it.
"""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.training.models import Camp, CampExit, CampMember
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

OVERSEES = ("staff", "leader", "liaison", "other_staff", "moved_staff")
STAFF = ("staff", "other_staff", "moved_staff")
LIST = dict.fromkeys(OVERSEES, 200) | {"*": 404}
SEES = LIST | {"trainee": 200}
RUNS = dict.fromkeys(OVERSEES, 403) | dict.fromkeys(STAFF, 200) | {"*": 404}
RUNS_SEEN = RUNS | {"trainee": 403}
RAN = RUNS_SEEN | dict.fromkeys(STAFF, 302)
MEMBER = dict.fromkeys(("leader", "liaison", "trainee"), 403) | {"staff": 200, "*": 404}
CHANGED = MEMBER | {"staff": 302}
DAY = date(2024, 9, 1)


def extend(world: World) -> None:
    readers = ("staff", "leader", "liaison")
    camp = Camp.objects.create(
        year=2024, reference_on=DAY, applied_on=DAY, note=world.canary("camp note", seen_by=OVERSEES)
    )
    world.objects["camp"] = camp
    values: dict[str, Any] = {"camp": camp, "grade": 1, "months": 2, "rule": "first_grade", "joined_on": DAY}
    reason = world.canary("camp leave", seen_by=readers)
    world.objects["camp member"] = CampMember.objects.create(
        trainee=world.objects["trainee"], paused_reason=reason, **values
    )
    note = world.canary("camp exit", seen_by=readers)
    gone = {"left_on": timezone.localdate(), "left_kind": CampExit.OTHER, "left_note": note}
    world.objects["camp leaver"] = CampMember.objects.create(trainee=world.objects["tied"], **gone, **values)
    CampMember.objects.create(trainee=world.objects["foreign trainee"], **values)
    world.objects["empty camp"] = Camp.objects.create(year=2023, reference_on=date(2023, 9, 1))


def graded(world: World, actor: str) -> dict[str, Any]:
    """What the page of grades would show this actor, so that it is applied."""
    from cadre_app.training.services.camp_previews import preview

    if actor not in world.actors:
        return {}
    camp = Camp.objects.get(pk=world.objects["camp"].pk)
    return {"version": camp.version, "shown": preview(camp, world.actors[actor]).digest}


ROUTES = [
    Route("training:camp_current", get=dict.fromkeys((*OVERSEES, "trainee"), 302) | {"*": 404}),
    Route("training:camp_list", get=LIST),
    Route("training:camp_list", get=LIST, query="?as_of=2025-06-30"),
    Route(
        "training:camp_new", get=RUNS, post=RUNS | dict.fromkeys(STAFF, 302), data=lambda world, actor: {"year": 2025}
    ),
    Route("training:camp_detail", kwargs=of("camp"), get=SEES),
    Route("training:camp_detail", kwargs=of("empty camp"), get=LIST),
    Route(
        "training:camp_grade",
        kwargs=of("camp"),
        get=RUNS_SEEN,
        post=RAN,
        data=graded,
    ),
    Route(
        "training:camp_take_back",
        kwargs=of("camp"),
        get=RUNS_SEEN,
        post=RUNS_SEEN,  # nobody here works for both members
        data=sent("camp", reason="一"),
    ),
    Route("training:camp_edit", kwargs=of("camp"), get=RUNS_SEEN, post=RAN, data=sent("camp", note="一")),
    Route(
        "training:camp_void",
        kwargs=of("empty camp"),
        get=RUNS,
        post=RUNS | dict.fromkeys(STAFF, 302),
        data=sent("empty camp", reason="一"),
    ),
    Route(
        "training:member_pause",
        kwargs=of("camp member"),
        get=MEMBER,
        post=CHANGED,
        data=sent("camp member", paused_reason="产假"),
    ),
    Route("training:member_resume", kwargs=of("camp member"), get=MEMBER, post=CHANGED, data=sent("camp member")),
    Route(
        "training:member_leave",
        kwargs=of("camp member"),
        get=MEMBER,
        post=CHANGED,
        data=sent("camp member", left_on="2024-10-01", left_note="一"),
    ),
    Route(
        "training:member_return",
        kwargs=of("camp leaver"),
        get=MEMBER | {"trainee": 404},
        post=CHANGED | {"trainee": 404},
        data=sent("camp leaver", reason="一"),
    ),
    Route("training:induction_list", get=LIST),
    Route("training:statistics", get=LIST),
]
