"""The criteria check about somebody of the town, opened by the leader, who is named for it, and by nobody else."""

from datetime import date
from uuid import UUID

from cadre_app.advancement.services import naming
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import of, sent
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory

ABOUT, ELSEWHERE = UUID("4b8c2d1e-7f60-4a3b-9c5d-1e2f3a4b5c6d"), UUID("5c9d3e2f-8071-4b4c-8d6e-2f3a4b5c6d7e")
FULL_SINCE, FULL_SINCE_TEXT = date(2017, 6, 13), "2017年6月13日"
SECURITY = {"secadmin": 200, "*": 404}
SAVED = {"secadmin": 302, "*": 404}


def extend(world: World) -> None:
    """A full Party member of the town; who is named and why is known to security administrators alone."""
    security = world.actors["secadmin"]
    person = PersonFactory.create(
        name=world.canary("compared", seen_by=("staff", "leader", "liaison")),
        party_stage="full",
        party_full_on=FULL_SINCE,
    )
    world.canaries["Party since"] = Canary(FULL_SINCE_TEXT, frozenset({"staff", "leader", "liaison"}))
    TraineeFactory.create(id=ABOUT, person=person, home_unit=world.town, arrived_on=date(2016, 7, 4))
    TraineeFactory.create(id=ELSEWHERE, home_unit=world.elsewhere)

    def leader(name: str) -> object:
        user = UserFactory.create(display_name=name, unit=world.district)
        GrantFactory.create(user=user, role="leader", unit=world.district)
        return user

    reason = world.canary("reason why a leader is named", seen_by=("secadmin",))
    naming.name_leader(user=world.actors["leader"], reason="分管干部工作", actor=security)
    spare = naming.name_leader(user=leader("备用领导"), reason=reason, actor=security)  # type: ignore[arg-type]
    world.objects["named leader"] = spare
    world.objects["unnamed leader"] = leader("未指定领导")


CHECK = {"leader": 200, "*": 404}
ROUTES = [
    Route("advancement:criteria_check", get=CHECK),
    Route("advancement:criteria_check", query=f"?person={ABOUT}", get=CHECK),
    Route("advancement:criteria_check", query="?q=金丝雀", get=CHECK),
    Route("advancement:criteria_check", query=f"?person={ABOUT}&person={ELSEWHERE}", get=404),
    Route("advancement:leader_list", get=SECURITY),
    Route(
        "advancement:leader_new",
        get=SECURITY,
        post=SAVED,
        data=lambda world, actor: {"user": str(world.objects["unnamed leader"].pk), "reason": "分管干部工作"},
    ),
    Route(
        "advancement:leader_withdraw",
        kwargs=of("named leader"),
        get=SECURITY,
        post=SAVED,
        data=sent("named leader", reason="分工调整"),
    ),
]
