"""A pairing that waits for a hand-over; and next steps of a former mentor's notes that went over to the mentor's pairing.

The new mentor reads the step of a shared note, never the note; of a note for the department only, or a private one, not
even the step.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.mentorship.models import CarriedStep, GuidanceNote, MentorKind, Pairing
from cadre_app.people.models import Office
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.access.rows_mentorship import EDIT, EDIT_ENDED, ENDED, SAVED, STAFF_ONLY
from tests.factories import PersonFactory, TraineeFactory

MENTOR = "mentor"
WORKERS = ("staff", "leader")
OFFICE = (*WORKERS, "liaison")
YESTERDAY = timezone.localdate() - timedelta(days=1)


def extend(world: World) -> None:
    _waiting(world)
    _carried(world)


def _waiting(world: World) -> None:
    """By the office of the town, whose holder is somebody else."""
    today = timezone.localdate()
    file = TraineeFactory.create(
        person=PersonFactory.create(name=world.canary("mentee to hand over", seen_by=OFFICE)), home_unit=world.town
    )
    world.objects["waiting pairing"] = Pairing.objects.create(
        trainee=file,
        mentor=PersonFactory.create(name=world.canary("mentor to hand over", seen_by=OFFICE)),
        kind=MentorKind.POLITICAL,
        office=Office.objects.get(unit=world.town, is_political_source=True),
        started_on=today - timedelta(days=60),
        due_on=today + timedelta(days=300),
        check_in_days=30,
        next_check_in_on=today,
        last_record_on=today - timedelta(days=60),
    )


def _carried(world: World) -> None:
    """As if the mentor's pairing had been handed over from the former mentor's; each note has its step carried."""
    ended, pairing = world.objects["ended pairing"], world.objects["pairing"]
    Pairing.objects.filter(pk=pairing.pk).update(follows=ended)
    for visibility, note_readers, more in (
        ("shared", WORKERS, (MENTOR,)),
        ("department", WORKERS, ()),
        ("private", (), ()),
    ):
        key = f"{visibility} note before"
        topic, text = (world.canary(f"{part} of the {key}", seen_by=note_readers) for part in ("topic", "text"))
        note = GuidanceNote.objects.create(
            pairing=ended,
            author=ended.mentor,
            happened_on=ended.started_on,
            way="phone",
            topic=topic,
            text=text,
            next_step=world.canary(f"next step of the {key}", seen_by=(*note_readers, *more)),
            next_step_on=ended.started_on + timedelta(days=300),
            visibility=visibility,
        )
        world.objects[key] = note
        world.objects[f"step of the {key}"] = CarriedStep.objects.create(pairing=pairing, note=note)


def confirmed(world: World, actor: str) -> dict[str, Any]:
    key = f"{world.objects['waiting pairing'].pk}.{world.objects['head'].pk}"
    return {"pick": key, "confirmed": "1", "ended_on": str(YESTERDAY), "months": ""}


def chosen(world: World, actor: str) -> dict[str, Any]:
    mentor = {"mentor": str(world.objects["head"].pk), "choice_reason": "熟悉业务", "ended_on": str(YESTERDAY)}
    return sent("waiting pairing", **mentor)(world, actor)


def kept(world: World, actor: str) -> dict[str, Any]:
    pairing = world.objects["waiting pairing"]
    return sent("waiting pairing", office=str(pairing.office_id))(world, actor)


def ticked(world: World, actor: str) -> dict[str, Any]:
    return sent("shared note before", is_done="1")(world, actor)


TICK = {MENTOR: 302, **dict.fromkeys(WORKERS, 403), "*": 404}

ROUTES = [
    Route("mentorship:handover_list", get=STAFF_ONLY),
    Route("mentorship:handover_list", query="?q=金丝雀&kind=political&change=office", get=STAFF_ONLY),
    Route("mentorship:handover_confirm", post=STAFF_ONLY | SAVED, data=confirmed),
    Route("mentorship:handover_done", query="?pairing=x", get=STAFF_ONLY),
    Route(
        "mentorship:handover_choose", kwargs=of("waiting pairing"), get=EDIT_ENDED, post=EDIT_ENDED | SAVED, data=chosen
    ),
    Route("mentorship:handover_keep", kwargs=of("waiting pairing"), get=EDIT_ENDED, post=EDIT_ENDED, data=kept),
    Route("mentorship:handover_undo", kwargs=of("pairing"), get=EDIT, post=EDIT, data=sent("pairing", reason="误办")),
    Route("mentorship:carried_step_tick", kwargs=of("step of the shared note before"), post=TICK, data=ticked),
    Route(
        "mentorship:carried_step_tick",
        kwargs=of("step of the department note before"),
        post=404,
        data=ticked,
    ),
    Route("mentorship:pairing_detail", kwargs=of("waiting pairing"), get=ENDED),
    Route("mentorship:note_detail", kwargs=of("shared note before"), get=dict.fromkeys(WORKERS, 200) | {"*": 404}),
]
