"""Proposals: made by the trainee and the liaison, answered by staff."""

from datetime import date
from typing import Any

from cadre_app.people.models import Proposal, Trainee
from cadre_app.people.services import proposals
from cadre_app.people.services.proposals import compared_state
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import FOREIGN, of
from tests.factories import id_number

LIST = dict.fromkeys(("staff", "liaison", "trainee", "other_staff", "moved_staff"), 200) | {"*": 403}
READ = {"staff": 200, "trainee": 200, "*": 404}
ANSWER = {"staff": 200, "trainee": 403, "*": 404}
ANSWERED = ANSWER | {"staff": 302}
OF_LIAISON = {"staff": 200, "liaison": 200, "*": 404}


def extend(world: World) -> None:
    """One of the trainee with an ID number, one of the liaison, and one of the other tree."""

    def proposed(key: str, trainee: Trainee, actor: str, *seen_by: str, **values: Any) -> None:
        words = {name: world.canary(f"{key} {name}", seen_by=seen_by) for name in ("native_place", "reason")}
        reason = words.pop("reason")
        world.objects[key] = proposals.propose_change(
            trainee, section="identity", values=words | values, reason=reason, actor=world.actors[actor]
        )

    trainee = world.objects["trainee"]
    number = id_number(date(1902, 3, 4), serial=704)
    world.canaries["proposed number"] = Canary(number, frozenset({"staff", "trainee"}))
    proposed("proposal", trainee, "trainee", "staff", "trainee", id_number=number)
    proposed("liaison proposal", trainee, "liaison", "staff", "liaison")
    proposed("foreign proposal", world.objects["foreign trainee"], "other_staff", "other_staff", "moved_staff")
    note = world.canary("refusal", seen_by=("staff", "liaison"))
    made = proposals.propose_change(
        trainee, section="contacts", values={"email": "x@example.org"}, actor=world.actors["liaison"]
    )
    world.objects["refused proposal"] = proposals.refuse_proposal(made, answer=note, actor=world.actors["staff"])


def compared(key: str, **data: Any) -> Any:
    def fields(world: World, actor: str) -> dict[str, Any]:
        proposal = Proposal.objects.select_related("trainee__person").get(pk=world.objects[key].pk)
        return {"version": compared_state(proposal, proposal.trainee.person).version, **data}

    return fields


def versioned(world: World, actor: str) -> dict[str, Any]:
    return {"version": Proposal.objects.get(pk=world.objects["proposal"].pk).version}


def field(name: str) -> Any:
    return lambda world: {"pk": world.objects["proposal"].pk, "field": name}


def why(world: World, actor: str) -> dict[str, Any]:
    return {"reason": "核对证件"}


REVEAL = {"staff": 200, "trainee": 200, "*": 404}

ROUTES = [
    Route("people:proposal_list", get=LIST),
    Route("people:proposal_list", query="?status=&columns=name,unit,section,proposed_by,status", get=LIST),
    Route(
        "people:proposal_detail",
        kwargs=of("proposal"),
        get=READ,
        post=ANSWERED,
        data=compared("proposal", lines=["native_place"]),
    ),
    Route(
        "people:proposal_detail",
        kwargs=of("liaison proposal"),
        get=OF_LIAISON,
        post=OF_LIAISON | {"staff": 302, "liaison": 403},
        data=compared("liaison proposal", lines=["native_place"]),
    ),
    Route(
        "people:proposal_detail",
        kwargs=of("refused proposal"),
        get=OF_LIAISON,
        post=OF_LIAISON | {"staff": 403, "liaison": 403},
    ),
    Route(
        "people:proposal_detail",
        kwargs=of("foreign proposal"),
        get=FOREIGN,
        post=FOREIGN | {"other_staff": 403, "moved_staff": 302},
        data=compared("foreign proposal", lines=["native_place"]),
    ),
    Route(
        "people:proposal_refuse",
        kwargs=of("proposal"),
        get=ANSWER,
        post=ANSWERED,
        data=compared("proposal", answer="请附证件"),
    ),
    Route(
        "people:proposal_withdraw",
        kwargs=of("proposal"),
        get={"staff": 403, "trainee": 200, "*": 404},
        post={"staff": 403, "trainee": 302, "*": 404},
        data=versioned,
    ),
    Route("people:proposal_reveal", kwargs=field("id_number"), get=REVEAL, post=REVEAL, data=why),
    Route("people:proposal_reveal", kwargs=field("name"), get=404, post=404, data=why),
]
