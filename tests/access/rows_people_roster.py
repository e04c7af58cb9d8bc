"""The roster, its tree, its printed form, and what is done with picked rows."""

from typing import Any

from tests.access.harness import Route, World

INSIDE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
LIST = dict.fromkeys((*INSIDE, *ELSEWHERE), 200) | {"*": 404}
EXPORT = dict.fromkeys((*INSIDE, *ELSEWHERE), 302) | {"*": 403}
ASK = {"staff": 200, **dict.fromkeys(ELSEWHERE, 200), "leader": 403, "liaison": 403, "*": 404}


def picks(world: World, actor: str) -> dict[str, Any]:
    return {"pick": [str(world.objects[key].pk) for key in ("trainee", "foreign trainee")]}


ROUTES = [
    Route("people:trainee_list", get=LIST),
    Route("people:trainee_list", query="?columns=name,pinyin,unit,village,remark&sort=name&q=金丝雀", get=LIST),
    Route("people:trainee_list", query="?state=voided", get=LIST),
    Route("people:trainee_list", query="?as_of=2024-02-29&state=all", get=LIST),
    Route("people:party_list", get=LIST),
    Route("people:trainee_tree", get=LIST),
    Route("people:trainee_tree", query="?find=镇", get=LIST),
    Route("people:roster_print", get=LIST),
    Route("people:roster_export", post=EXPORT, data=picks),
    Route("people:account_requests", post=ASK, data=picks),
]
