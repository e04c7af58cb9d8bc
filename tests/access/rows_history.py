from cadre_app.history import services as history
from tests.access.harness import Route, World


def extend(world: World) -> None:
    """An entry whose content (before, after, reason) nobody may receive: the log shows metadata only."""
    staff, unit = world.actors["staff"], world.town
    with history.change(unit, actor=staff, verb="org.unit.changed", reason=world.canary("entry reason", seen_by=())):
        unit.short_name = world.canary("entry content", seen_by=("staff", "leader", "liaison", "secadmin"))
        unit.save(update_fields=["short_name"])


ROUTES = [
    Route("history:entry_list", get={"auditadmin": 200, "*": 403}),
    Route("history:entry_list", query="?person=staff&kind=change", get={"auditadmin": 200, "*": 403}),
]
