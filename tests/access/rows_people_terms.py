from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.people.models import Trainee
from cadre_app.people.services import arrival, interruptions, terms, transfers
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, READERS, SAVED, of, sent
from tests.factories import PersonFactory, TraineeFactory

SERVED = ("staff", "leader", "liaison")
STARTED = date(2024, 9, 1)
OTHERS = {"staff": 200, "leader": 403, "liaison": 403, "*": 404}
OTHERS_SAVED = OTHERS | {"staff": 302}


def extend(world: World) -> None:
    """The trainee's running term with an interruption, an earlier one, a transfer, a tick; and a file that is closed."""
    staff, trainee = world.actors["staff"], world.objects["trainee"]

    def told(key: str) -> str:
        return world.canary(key, seen_by=READERS)

    world.objects["transfer"] = transfers.transfer_trainee(
        Trainee.objects.get(pk=move_back(world, trainee)),
        to_unit=world.town,
        effective_on=date(2024, 8, 1),
        document_number=told("transfer document"),
        note=told("transfer note"),
        actor=staff,
    )
    earlier = terms.start_term(
        trainee, village=world.village, started_on=date(2024, 7, 2), note=told("earlier term"), actor=staff
    )
    world.objects["ended term"] = terms.end_term(earlier, ended_on=date(2024, 8, 1), is_cut_short=True, actor=staff)
    term = terms.start_term(
        trainee,
        village=world.village,
        started_on=STARTED,
        document_number=told("term document"),
        note=told("term note"),
        actor=staff,
    )
    world.objects["term"] = term
    world.objects["interruption"] = interruptions.interrupt_term(
        term, started_on=STARTED, ended_on=STARTED, reason=told("interruption reason"), actor=staff
    )
    world.objects["tick"] = arrival.tick_item(
        trainee, item="01", done_on=date(2024, 7, 1), note=told("arrival note"), actor=staff
    )
    left = TraineeFactory.create(person=PersonFactory.create(name="已离开的同志"), home_unit=world.town)
    transfers.record_departure(
        left,
        kind="resignation",
        effective_on=timezone.localdate(),
        destination=world.canary("destination", seen_by=SERVED),
        document_number="望组干〔2026〕9号",
        approval=world.canary("approval", seen_by=SERVED),
        actor=staff,
    )
    world.objects["departed"] = Trainee.objects.get(pk=left.pk)


def move_back(world: World, trainee: Trainee) -> Any:
    """The file begins in the village, so that a transfer brings it to the town."""
    Trainee.objects.filter(pk=trainee.pk).update(home_unit=world.village)
    return trainee.pk


def term_fields(world: World, actor: str) -> dict[str, Any]:
    data = {"village": str(world.village.pk), "role": "director", "started_on": "2024-09-01", "months": "12"}
    return sent("term", **data)(world, actor)


def new_term(world: World, actor: str) -> dict[str, Any]:
    data = {"village": str(world.village.pk), "role": "director", "started_on": "2024-08-02", "months": "1"}
    return sent("departed", **data)(world, actor)


def moved(world: World, actor: str) -> dict[str, Any]:
    day = str(timezone.localdate())
    data = {"to_unit": str(world.district.pk), "effective_on": day, "document_number": "望组干〔2026〕8号"}
    return sent("trainee", **data)(world, actor)


def gone(world: World, actor: str) -> dict[str, Any]:
    day = str(timezone.localdate())
    data = {"kind": "other", "effective_on": day, "document_number": "望组干〔2026〕8号", "approval": "同意"}
    return sent("trainee", **data)(world, actor)


REASON = {"reason": "更正"}
CLOSED = OTHERS | {"staff": 403}

ROUTES = [
    Route("people:trainee_detail", kwargs=of("departed"), get=dict.fromkeys(SERVED, 200) | {"*": 404}),
    Route("people:term_start", kwargs=of("trainee"), get=EDIT, post=EDIT),
    Route("people:term_start", kwargs=of("departed"), get=CLOSED, post=CLOSED, data=new_term),
    Route("people:term_edit", kwargs=of("term"), get=EDIT, post=SAVED, data=term_fields),
    Route(
        "people:term_end",
        kwargs=of("term"),
        get=EDIT,
        post=SAVED,
        data=sent("term", ended_on="2025-01-01", is_cut_short="on", **REASON),
    ),
    Route("people:term_reopen", kwargs=of("ended term"), get=EDIT, post=EDIT, data=sent("ended term", **REASON)),
    Route("people:term_void", kwargs=of("term"), get=EDIT, post=SAVED, data=sent("term", **REASON)),
    Route(
        "people:interruption_add",
        kwargs=of("term"),
        get=EDIT,
        post=SAVED,
        data=sent("term", started_on="2025-02-01", ended_on="2025-02-03", **REASON),
    ),
    Route(
        "people:interruption_edit",
        kwargs=of("interruption"),
        get=EDIT,
        post=SAVED,
        data=sent("interruption", started_on="2024-09-03", ended_on="2024-09-04", **REASON),
    ),
    Route(
        "people:interruption_void",
        kwargs=of("interruption"),
        get=EDIT,
        post=SAVED,
        data=sent("interruption", **REASON),
    ),
    Route("people:transfer", kwargs=of("trainee"), get=EDIT, post=SAVED, data=moved),
    Route("people:transfer_undo", kwargs=of("transfer"), get=EDIT, post=SAVED, data=sent("transfer", **REASON)),
    Route("people:depart", kwargs=of("trainee"), get=EDIT, post=SAVED, data=gone),
    Route("people:depart", kwargs=of("departed"), get=CLOSED, post=CLOSED),
    Route(
        "people:departure_undo",
        kwargs=of("departed"),
        get=OTHERS,
        post=OTHERS_SAVED,
        data=sent("departed", **REASON),
    ),
    Route(
        "people:departure_undo",
        kwargs=of("trainee"),
        get=EDIT | {"staff": 403},
        post=EDIT | {"staff": 403},
    ),
    Route(
        "people:arrival_tick",
        kwargs=of("trainee"),
        post=SAVED,
        data=lambda world, actor: {"item": "02", "done_on": "2024-07-02"},
    ),
    Route("people:arrival_untick", kwargs=of("tick"), get=EDIT, post=SAVED, data=sent("tick", **REASON)),
]
