"""A reward, decisions and admonitions about the trainee, kept by the staff of the district, who are named for it."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.conduct.models import Admonition, Reward, Sanction
from cadre_app.conduct.services import admonitions, naming, rewards, sanctions
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, READ, SAVED, of, sent
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory

OFFICE, TRAINEE = ("staff", "leader"), "trainee"
UNITS = (*OFFICE, "liaison")
SEEN = (*OFFICE, TRAINEE)
TODAY = timezone.localdate()
DAY = date(2024, 9, 2)
REWARD = {"kind": "honour-06", "level": "district", "awarded_on": DAY}
DECISION = {"kind": "administrative-2", "decided_on": DAY}
WARNING = {"way": "1", "matter": "other", "given_on": DAY}


def extend(world: World) -> None:
    """What is restricted is seen by named staff, leaders and the person; what is voided no longer by the person."""
    leader, staff = world.actors["leader"], world.actors["staff"]
    spare = UserFactory.create(display_name="备用经办", unit=world.district)
    GrantFactory.create(user=spare, role="staff", unit=world.district)
    world.objects["spare staff"] = spare
    reason = world.canary("reason of naming", seen_by=("leader",))
    world.objects["naming"] = naming.name_staff(world.district, user=staff, reason="分工", actor=leader)
    world.objects["spare naming"] = naming.name_staff(world.district, user=spare, reason=reason, actor=leader)
    again = naming.name_staff(world.town, user=spare, reason="分工", actor=leader)
    world.objects["withdrawn naming"] = naming.withdraw_naming(again, reason="分工调整", actor=leader)
    _rewards(world)
    _restricted(world)
    _elsewhere(world)


def _rewards(world: World) -> None:
    file, staff = world.objects["trainee"], world.actors["staff"]

    def given(key: str, *seen_by: str, actor: Any = staff) -> Reward:
        seen = seen_by or (*UNITS, TRAINEE)
        texts = {name: world.canary(f"{key} {name}", seen_by=seen) for name in ("title", "awarded_by")}
        texts["document_number"] = world.canary(f"{key} number 7号", seen_by=seen)
        return rewards.enter_reward(file, **REWARD, **texts, actor=actor)  # type: ignore[arg-type]

    world.objects["reward"] = given("reward")
    world.objects["liaison's reward"] = given("liaison's reward", actor=world.actors["liaison"])
    wrong = given("voided reward", *UNITS)
    reason = world.canary("reason of voiding a reward", seen_by=OFFICE)
    world.objects["voided reward"] = rewards.void_reward(wrong, reason=reason, actor=staff)


def _restricted(world: World) -> None:
    file, staff = world.objects["trainee"], world.actors["staff"]

    def told(key: str, seen_by: tuple[str, ...]) -> str:
        return world.canary(key, seen_by=seen_by)

    def decided(key: str, seen_by: tuple[str, ...]) -> Sanction:
        texts = {"organ": told(f"{key} organ", seen_by), "document_number": told(f"{key} number 7号", seen_by)}
        return sanctions.enter_sanction(file, **DECISION, **texts, actor=staff)  # type: ignore[arg-type]

    def warned(key: str, seen_by: tuple[str, ...]) -> Admonition:
        texts = {"organ": told(f"{key} organ", seen_by), "document_number": told(f"{key} number 7号", seen_by)}
        texts["approver_post"] = told(f"{key} approver_post", OFFICE)
        return admonitions.enter_admonition(file, **WARNING, **texts, actor=staff)  # type: ignore[arg-type]

    world.objects["sanction"] = decided("sanction", SEEN)
    world.objects["admonition"] = warned("admonition", SEEN)
    gone = decided("voided sanction", OFFICE)
    world.objects["voided sanction"] = sanctions.void_sanction(gone, void_reason="twice", actor=staff)
    wrong = warned("voided admonition", OFFICE)
    world.objects["voided admonition"] = admonitions.void_admonition(wrong, void_reason="twice", actor=staff)


def _elsewhere(world: World) -> None:
    """Of the other tree, where nobody is named: not even its staff see what is restricted."""
    file = TraineeFactory.create(person=PersonFactory.create(name="邻区同志"), home_unit=world.elsewhere)
    actor = world.actors["other_staff"]
    by = world.canary("reward elsewhere", seen_by=("other_staff", "moved_staff"))
    world.objects["reward elsewhere"] = rewards.enter_reward(file, **REWARD, awarded_by=by, actor=actor)  # type: ignore[arg-type]
    organ = world.canary("sanction elsewhere", seen_by=())
    world.objects["sanction elsewhere"] = sanctions.enter_sanction(
        file,
        **DECISION,
        organ=organ,
        document_number="邻纪1号",
        actor=actor,  # type: ignore[arg-type]
    )
    organ = world.canary("admonition elsewhere", seen_by=())
    world.objects["admonition elsewhere"] = admonitions.enter_admonition(
        file,
        **WARNING,
        organ=organ,
        approver_post="书记",
        document_number="邻委1号",
        actor=actor,  # type: ignore[arg-type]
    )


def world_data(key: str, **values: Any) -> Any:
    def fields(world: World, actor: str) -> dict[str, Any]:
        known = sent(key, **values)(world, actor) if key else dict(values)
        return {name: world.objects[value].pk if name == "user" else value for name, value in known.items()}

    return fields


FIELDS = {"kind": "honour-06", "level": "district", "awarded_by": "区委", "awarded_on": TODAY.isoformat()}
DECIDED = {
    "kind": "administrative-1", "organ": "区监委", "document_number": "望监1号", "decided_on": TODAY.isoformat(),
}  # fmt: skip
WARNED = {
    "way": "1", "matter": "work", "organ": "区委组织部", "approver_post": "部长", "document_number": "望组1号",
    "given_on": TODAY.isoformat(),
}  # fmt: skip
EARLY = {"lift_reason": "shortened", "lift_document": "望监〔2026〕9号"}
LIST = dict.fromkeys((*UNITS, "other_staff", "moved_staff", TRAINEE), 200) | {"*": 404}
CHOOSE = LIST | {"leader": 403, TRAINEE: 404}
ENTER = EDIT | {"liaison": 200}
CHANGE = READ | {"leader": 403, "liaison": 403, TRAINEE: 403}
CHANGED = CHANGE | {"staff": 302}
THEIRS, THEIRS_DONE = CHANGE | {"liaison": 200}, CHANGED | {"liaison": 302}
FOREIGN = {"other_staff": 200, "moved_staff": 200, "*": 404}
READERS = {"staff": 200, "leader": 200, "*": 404}
NAMED = {"staff": 200, "leader": 403, "*": 404}
ABOUT = dict.fromkeys(SEEN, 200) | {"*": 404}
KEPT = {"staff": 200, "leader": 403, TRAINEE: 403, "*": 404}
KEPT_DONE = KEPT | {"staff": 302}
GONE, GONE_DONE = KEPT | {TRAINEE: 404}, KEPT_DONE | {TRAINEE: 404}
LEADERS = {"leader": 200, "*": 404}
COLUMNS = "?columns=name,reward,level,awarded_by,document_number,category"


def change(name: str, key: str, seen: Any, done: Any, **values: Any) -> Route:
    return Route(f"conduct:{name}", kwargs=of(key), get=seen, post=done, data=world_data(key, **values))


def entry(noun: str, **values: Any) -> list[Route]:
    """The rows that decisions and admonitions share."""
    voided = f"voided {noun}"
    return [
        Route(f"conduct:{noun}_list", get=READERS),
        Route(f"conduct:{noun}_list", query="?state=voided&q=金丝雀", get=READERS),
        Route(f"conduct:{noun}_choose", get=NAMED),
        Route(
            f"conduct:{noun}_new",
            kwargs=of("trainee"),
            get=EDIT,
            post=SAVED,
            data=world_data("", **values),
        ),
        Route(f"conduct:{noun}_detail", kwargs=of(noun), get=ABOUT),
        Route(f"conduct:{noun}_detail", kwargs=of(voided), get=READERS),
        Route(f"conduct:{noun}_detail", kwargs=of(f"{noun} elsewhere"), get=404),
        change(f"{noun}_edit", noun, KEPT, KEPT_DONE, **values),
        change(f"{noun}_edit", voided, NAMED | {"staff": 403}, NAMED | {"staff": 403}, **values),
        change(f"{noun}_void", noun, KEPT, KEPT_DONE, void_reason="mistake"),
        change(f"{noun}_restore", voided, GONE, GONE_DONE),
        change(f"{noun}_restore", noun, KEPT | {"staff": 403}, KEPT | {"staff": 403}),
    ]


HINTS = LIST | {TRAINEE: 404}
RESTRICTED_HINTS = dict.fromkeys(OFFICE, 200) | {"*": 404}
ROUTES = [
    Route("conduct:reward_list", get=LIST),
    Route("conduct:reward_list", query=f"{COLUMNS}&case=voided", get=LIST),
    Route("conduct:reward_list", query=COLUMNS, get=LIST),
    Route("conduct:hint_list", get=HINTS),
    Route("conduct:admonition_hint_list", get=RESTRICTED_HINTS),
    Route("conduct:reward_choose", get=CHOOSE),
    Route("conduct:reward_new", kwargs=of("trainee"), get=ENTER, post=ENTER | {"staff": 302, "liaison": 302},
          data=world_data("", **FIELDS)),
    Route("conduct:reward_detail", kwargs=of("reward"), get=READ),
    Route("conduct:reward_detail", kwargs=of("voided reward"), get=READ | {TRAINEE: 404}),
    Route("conduct:reward_detail", kwargs=of("reward elsewhere"), get=FOREIGN),
    change("reward_edit", "reward", CHANGE, CHANGED, **FIELDS),
    change("reward_edit", "liaison's reward", THEIRS, THEIRS_DONE, **FIELDS),
    change("reward_void", "reward", CHANGE, CHANGED, reason="误录"),
    change("reward_restore", "voided reward", CHANGE | {TRAINEE: 404}, CHANGED | {TRAINEE: 404}, reason=""),
    *entry("sanction", **DECIDED),
    *entry("admonition", **WARNED),
    change("sanction_lift", "sanction", KEPT, KEPT_DONE, lifted_on=TODAY.isoformat(), **EARLY),
    change("admonition_answer", "admonition", KEPT, KEPT_DONE, answered_on=TODAY.isoformat()),
    change("admonition_review", "admonition", KEPT, KEPT_DONE, reviewed_on=TODAY.isoformat(), review_result="better"),
    Route("conduct:named_list", get=LEADERS),
    Route(
        "conduct:named_new",
        kwargs=lambda world: {"pk": world.town.pk},
        get={"leader": 200, "staff": 403, "*": 404},
        post={"leader": 302, "staff": 403, "*": 404},
        data=world_data("", user="spare staff", reason="分工"),
    ),
    change("named_withdraw", "spare naming", LEADERS, LEADERS | {"leader": 302}, reason="分工调整"),
    change("named_withdraw", "withdrawn naming", LEADERS | {"leader": 403}, LEADERS | {"leader": 403}, reason="误"),
    Route("growth:file", kwargs=of("trainee"), query="?kind=reward", get=READ),
    Route("growth:print", kwargs=of("trainee"), query="?kind=reward", get=READ),
]  # fmt: skip
