"""The roster, its tree, its printed form, saved filters, and what is done with picked rows."""

from typing import Any

from cadre_app.people.services import saved_filters
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

INSIDE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
LIST = dict.fromkeys((*INSIDE, *ELSEWHERE), 200) | {"*": 404}
EXPORT = dict.fromkeys((*INSIDE, *ELSEWHERE), 302) | {"*": 403}
ASK = {"staff": 200, **dict.fromkeys(ELSEWHERE, 200), "leader": 403, "liaison": 403, "*": 404}
KEEP = dict.fromkeys((*INSIDE, *ELSEWHERE), 302) | {"*": 404}
OWN = {"leader": 302, "*": 404}


def extend(world: World) -> None:
    """A filter of the leader's own, standing, and one that was removed."""
    leader = world.actors["leader"]
    name = world.canary("saved filter", seen_by=("leader",))
    world.objects["saved filter"] = saved_filters.save_filter(name=name, query="kind=selected", actor=leader)
    gone = saved_filters.save_filter(name="旧的", query="kind=introduced", actor=leader)
    world.objects["removed filter"] = saved_filters.remove_filter(gone, actor=leader)


def picks(world: World, actor: str) -> dict[str, Any]:
    return {"pick": [str(world.objects[key].pk) for key in ("trainee", "foreign trainee")]}


ROUTES = [
    Route("people:trainee_list", get=LIST),
    Route("people:trainee_list", query="?columns=name,pinyin,unit,village,remark&sort=name&q=金丝雀", get=LIST),
    Route("people:trainee_list", query="?state=voided", get=LIST),
    Route("people:party_list", get=LIST),
    Route("people:trainee_tree", get=LIST),
    Route("people:trainee_tree", query="?find=镇", get=LIST),
    Route("people:roster_print", get=LIST),
    Route("people:roster_export", post=EXPORT, data=picks),
    Route("people:account_requests", post=ASK, data=picks),
    Route("people:filter_list", get=LIST),
    Route(
        "people:filter_save", query="?kind=selected", get=LIST, post=KEEP, data=lambda world, actor: {"name": "新的"}
    ),
    Route("people:filter_remove", kwargs=of("saved filter"), post=OWN, data=sent("saved filter")),
    Route("people:filter_restore", kwargs=of("removed filter"), post=OWN, data=sent("removed filter")),
]
