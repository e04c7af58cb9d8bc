"""Who may open and send what (ACCESS.md), for every URL that the resolver knows."""

from collections import Counter

import pytest

from tests.access import harness

pytestmark = pytest.mark.django_db
ROUTES = harness.all_routes()
# Methods and tokens are looked at before any record is: one row of each address is enough.
ADDRESSES = list({route.name: route for route in reversed(ROUTES)}.values())
FIRST = {id(route) for route in ADDRESSES}
# Reports of browsers, and the page behind a printed code, which keeps no cookie.
WITHOUT_TOKEN = {"core:csp_report": 204, "evaluate": 200}
POSTED = list({route.name: route for route in reversed(ROUTES) if route.post != 405}.values())


def test_every_url_is_declared() -> None:
    declared = {route.name for route in ROUTES}
    assert sorted(set(harness.resolver_names())) == sorted(declared)


def test_no_row_is_declared_twice() -> None:
    counted = Counter((route.name, route.query, id(route.kwargs)) for route in ROUTES)
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("row", range(len(ROUTES)), ids=lambda row: f"{ROUTES[row].name}{ROUTES[row].query}")
def test_each_actor_gets_exactly_what_is_theirs(world: harness.World, row: int) -> None:
    route = ROUTES[row]
    actors = harness.actors_of(row, route, is_first=id(route) in FIRST)
    assert harness.check(route, world, actors) == []


@pytest.mark.parametrize("path", ["/nowhere/", "/people/00000000-0000-0000-0000-000000000000/"])
@pytest.mark.parametrize("actor", harness.SIGNED_IN)
def test_a_refusal_in_its_frame_holds_what_is_theirs(world: harness.World, actor: str, path: str) -> None:
    with harness.rolled_back():
        response = harness.client_for(world, actor).get(path)
        body = harness.readable(response)
    assert response.status_code in (403, 404)
    assert "<nav" in body
    assert [key for key, one in world.canaries.items() if one.token in body and actor not in one.seen_by] == []


@pytest.mark.parametrize("route", ADDRESSES, ids=lambda route: route.name)
def test_other_methods_are_refused(world: harness.World, route: harness.Route) -> None:
    with harness.rolled_back():
        client = harness.client_for(world, "staff")
        url = route.url(world)
        statuses = {client.generic(method, url).status_code for method in ("PUT", "PATCH", "DELETE", "TRACE")}
    assert statuses <= {405, 404, 403}


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_a_post_without_the_token_is_refused(world: harness.World, route: harness.Route) -> None:
    with harness.rolled_back():
        client = harness.client_for(world, "staff", enforce_csrf_checks=True)
        response = client.post(route.url(world), route.data(world, "staff"))
    assert response.status_code == WITHOUT_TOKEN.get(route.name, 403)
