"""A file that a mentor is tied to: where the village term runs, and since when; the files of people, on one timeline."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.people.models import Opening, Trainee
from cadre_app.people.services import interruptions, posts, terms, transfers
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import FOREIGN, READ, TIED, of
from tests.factories import PersonFactory, TraineeFactory

OFFICE = ("staff", "leader", "liaison")
MENTOR = "mentor"
TODAY = timezone.localdate()


def extend(world: World) -> None:
    """A file of the town with a transfer, a post, a village term and a gap in it, whom the mentor guides (rows_mentorship)."""
    staff = world.actors["staff"]

    def told(key: str, *more: str) -> str:
        return world.canary(f"mentored {key}", seen_by=(*OFFICE, *more))

    person = PersonFactory.create(
        name=told("name", MENTOR),
        native_place=told("native place"),
        technical_post=told("technical post"),
        phone="13900004477",
        party_applied_on=date(1917, 3, 9),
    )
    world.canaries["mentored phone"] = Canary("13900004477", frozenset({"staff", "leader", MENTOR}))
    world.canaries["mentored day of application"] = Canary("1917-03-09", frozenset(OFFICE))
    world.objects["mentored person"] = person
    file = TraineeFactory.create(
        person=person, home_unit=world.village, scheme=told("scheme"), remark=told("remark"), file_number="WY-1917-0309"
    )
    world.canaries["mentored file number"] = Canary("WY-1917-0309", frozenset(OFFICE))
    transfers.transfer_trainee(
        file,
        to_unit=world.town,
        effective_on=date(2024, 8, 1),
        document_number=told("transfer document"),
        note=told("transfer note"),
        actor=staff,
    )
    posts.add_post_record(
        Trainee.objects.get(pk=file.pk),
        started_on=date(2024, 7, 1),
        post=told("post", MENTOR),
        document_number=told("post document"),
        actor=staff,
    )
    term = terms.start_term(
        Trainee.objects.get(pk=file.pk),
        village=world.village,
        started_on=date(2024, 9, 1),
        document_number=told("term document"),
        note=told("term note"),
        actor=staff,
    )
    interruptions.interrupt_term(
        term, started_on=date(2025, 1, 1), ended_on=date(2025, 1, 2), reason=told("reason of the gap"), actor=staff
    )
    world.objects["mentored"] = Trainee.objects.get(pk=file.pk)
    # Nobody but the person concerned is told who opened a file, and this one has no account.
    Opening.objects.create(trainee=file, user=staff, role="staff", opened_on=date(1927, 3, 9))
    world.canaries["opening of the mentored"] = Canary("1927年", frozenset())


def number_of_mentored(field: str) -> Any:
    return lambda world: {"pk": world.objects["mentored person"].pk, "field": field}


def why(world: World, actor: str) -> dict[str, Any]:
    return {"reason": "联系本人"}


ONLY_OFFICE = dict.fromkeys(OFFICE, 200) | {"*": 404}
PHONE = {"staff": 200, "leader": 200, "liaison": 403, MENTOR: 200, "*": 404}


def in_year(key: str, year: int) -> Any:
    return lambda world: {"pk": world.objects[key].pk, "year": year}


ROUTES = [
    Route("people:own_openings", get={"trainee": 200, "*": 404}),
    *(
        Route(name, kwargs=in_year(key, year), get=who)
        for name in ("growth:year", "growth:year_print", "growth:year_pdf")
        for key, year, who in (
            ("trainee", TODAY.year, READ),
            ("trainee", 2024, READ),
            ("foreign trainee", TODAY.year, FOREIGN),
            ("mentored", 2024, ONLY_OFFICE | {MENTOR: 403}),
        )
    ),
    Route("growth:year", kwargs=in_year("tied", 2024), get=ONLY_OFFICE | {TIED: 403}),
    Route("growth:year", kwargs=in_year("trainee", 10_000), get={"*": 404}),
    Route("growth:file", kwargs=of("trainee"), get=READ),
    Route("growth:file", kwargs=of("trainee"), get=READ, query="?kind=practice&year=2024"),
    Route("growth:file", kwargs=of("foreign trainee"), get=FOREIGN),
    Route("growth:file", kwargs=of("tied"), get=ONLY_OFFICE | {TIED: 200}),
    Route("growth:file", kwargs=of("mentored"), get=ONLY_OFFICE | {MENTOR: 200}),
    Route("growth:file", kwargs=of("departed"), get=ONLY_OFFICE),
    Route("growth:file", kwargs=of("voided trainee"), get=ONLY_OFFICE),
    Route("growth:print", kwargs=of("trainee"), get=READ),
    Route("growth:print", kwargs=of("foreign trainee"), get=FOREIGN),
    Route("growth:print", kwargs=of("tied"), get=ONLY_OFFICE | {TIED: 403}),
    Route("growth:print", kwargs=of("mentored"), get=ONLY_OFFICE | {MENTOR: 403}),
    Route("people:trainee_detail", kwargs=of("mentored"), get=ONLY_OFFICE | {MENTOR: 403}),
    Route("people:reveal", kwargs=number_of_mentored("phone"), get=PHONE, post=PHONE, data=why),
    Route(
        "people:reveal",
        kwargs=number_of_mentored("id_number"),
        get=PHONE | {MENTOR: 403},
        post=PHONE | {MENTOR: 403},
        data=why,
    ),
    Route(
        "people:reveal",
        kwargs=lambda world: {"pk": world.objects["tied"].person_id, "field": "phone"},
        get=PHONE | {MENTOR: 404, TIED: 403},
        post=PHONE | {MENTOR: 404, TIED: 403},
        data=why,
    ),
]
