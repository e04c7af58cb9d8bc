"""What was voided in the trainee's file and in an office, and may be restored by whoever voided it."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.people.models import (
    ArrivalCheck,
    Education,
    Interruption,
    Office,
    OfficeHolding,
    PostRecord,
    Relative,
    VillageTerm,
)
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, SAVED, of, sent
from tests.access.rows_people_files import KIN, KIN_SAVED
from tests.access.rows_people_offices import MANAGE
from tests.access.rows_people_offices import SAVED as MANAGED
from tests.factories import PersonFactory

STAFF = ("staff",)
DAY = date(2024, 7, 1)


def extend(world: World) -> None:
    """One voided entry of each kind."""
    trainee, now = world.objects["trainee"], timezone.now()

    def voided(key: str, model: Any, **values: Any) -> None:
        world.objects[f"voided {key}"] = model.objects.create(voided_at=now, **values)

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"voided {key}", seen_by=seen_by or ("staff", "leader"))

    voided("education", Education, person=trainee.person, mode="on_the_job", level="14", school=told("school"))
    voided("relative", Relative, person=trainee.person, relation="母亲", name=told("relative"))
    voided("post record", PostRecord, trainee=trainee, started_on=date(2025, 3, 1), post=told("post"))
    term = {"village": world.village, "role": "director", "months": 1}
    voided("term", VillageTerm, trainee=trainee, started_on=DAY, ended_on=DAY, note=told("term", *STAFF), **term)
    interrupted = {"term": world.objects["term"], "started_on": date(2024, 10, 1), "ended_on": date(2024, 10, 2)}
    voided("interruption", Interruption, reason=told("interruption"), **interrupted)
    voided("tick", ArrivalCheck, trainee=trainee, item="03", done_on=DAY)
    holder = PersonFactory.create(name=told("holder"))
    days = {"since": date(2010, 1, 1), "until": date(2011, 1, 1)}
    voided("holding", OfficeHolding, office=world.objects["office"], person=holder, **days)
    vacant = Office.objects.create(unit=world.town, name="妇联主席")
    left = PersonFactory.create(name="已离任的同志")
    world.objects["ended holding"] = OfficeHolding.objects.create(office=vacant, person=left, **days)


KINDS = {
    "education": ("education", EDIT, SAVED),
    "relative": ("relative", KIN, KIN_SAVED),
    "post record": ("post_record", EDIT, SAVED),
    "term": ("term", EDIT, SAVED),
    "interruption": ("interruption", EDIT, SAVED),
    "tick": ("arrival", EDIT, SAVED),
    "holding": ("holding", MANAGE, MANAGED),
}

ROUTES = [
    *[
        Route(f"people:{name}_restore", kwargs=of(f"voided {key}"), get=get, post=post, data=sent(f"voided {key}"))
        for key, (name, get, post) in KINDS.items()
    ],
    Route("people:holding_reopen", kwargs=of("ended holding"), get=MANAGE, post=MANAGED, data=sent("ended holding")),
]
