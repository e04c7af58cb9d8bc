"""What people keep of lists: everybody's own filters and subscriptions; nobody learns of another's."""

from typing import Any

from cadre_app.lists.models import Report
from cadre_app.lists.services import saved_filters, subscriptions
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

INSIDE = ("staff", "leader", "liaison")
WORKERS = (*INSIDE, "other_staff", "moved_staff")
LIST = dict.fromkeys(WORKERS, 200) | {"*": 404}
KEEP = dict.fromkeys(WORKERS, 302) | {"*": 404}
OWN = {"leader": 200, "*": 404}
DONE = {"leader": 302, "*": 404}
ROSTER = "?page=people:trainee_list&query=kind%3Dselected"


def extend(world: World) -> None:
    """Filters of the leader's own, standing, removed and subscribed to; a report whose rows the leader alone is shown."""
    leader = world.actors["leader"]

    def keep(name: str, query: str = "kind=selected") -> Any:
        return saved_filters.save_filter(page="people:trainee_list", name=name, query=query, actor=leader)

    world.objects["saved filter"] = keep(world.canary("saved filter", seen_by=("leader",)))
    world.objects["removed filter"] = saved_filters.remove_filter(keep("旧的"), actor=leader)
    subscribed = keep(world.canary("subscribed filter", seen_by=("leader",)), "q=金丝雀")
    world.objects["subscribed filter"] = subscribed
    made = subscriptions.subscribe_list(subscribed, day=1, actor=leader)
    world.objects["subscription"] = made
    trainee = world.objects["trainee"]
    keys = [trainee.pk, world.objects["foreign trainee"].pk]
    report = Report.objects.get(subscription=made)
    Report.objects.filter(pk=report.pk).update(is_first=False, is_compared=True, total=1, added=keys, gone=keys)
    world.objects["list report"] = report
    paused = subscriptions.subscribe_figures(unit=None, day=1, actor=leader)
    type(paused).objects.filter(pk=paused.pk).update(paused_on=paused.next_on, paused_why="no_role")
    world.objects["paused subscription"] = paused


def named(world: World, actor: str) -> dict[str, Any]:
    return {"name": "新的"}


def day(version: int = 0) -> Any:
    return lambda world, actor: {"day": 5} | ({"version": version} if version else {})


ROUTES = [
    Route("lists:home", get=200),
    Route("lists:chips", query=ROSTER, get=LIST),
    Route("lists:chips", query="?page=conduct:sanction_list&query=x%3Dy", get=404),
    Route("lists:filter_save", query=ROSTER, get=LIST, post=KEEP, data=named),
    Route(
        "lists:filter_edit",
        kwargs=of("saved filter"),
        get=OWN,
        post=DONE,
        data=lambda world, actor: {"version": 1, "name": "改名"},
    ),
    Route("lists:filter_remove", kwargs=of("saved filter"), post=DONE, data=sent("saved filter")),
    Route("lists:filter_restore", kwargs=of("removed filter"), post=DONE, data=sent("removed filter")),
    Route("lists:subscribe_list", kwargs=of("saved filter"), get=OWN, post=DONE, data=day()),
    Route("lists:subscribe_figures", get=LIST, post=KEEP | {"leader": 200}, data=day()),
    Route("lists:change_day", kwargs=of("subscription"), get=OWN, post=DONE, data=day(1)),
    Route("lists:cancel", kwargs=of("subscription"), post=DONE, data=sent("subscription")),
    Route("lists:resume", kwargs=of("paused subscription"), post=DONE, data=sent("paused subscription")),
    Route("lists:report", kwargs=of("list report"), get=OWN),
]
