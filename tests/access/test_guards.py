"""The matrix is itself tested: take any one guard away and it must fail."""

import inspect
import json
import os
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.middleware import LoginRequiredMiddleware

from tests.access import harness

pytestmark = pytest.mark.django_db

DOOR = "the door"
Guard = tuple[str, Any, str, Callable[..., Any]]


def own_apps() -> list[str]:
    return [config.name for config in apps.get_app_configs() if config.name.startswith("cadre_app.")]


def modules(name: str) -> Iterator[ModuleType]:
    """The module; of a package also the modules in it."""
    module = import_module(name)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield import_module(f"{name}.{found.name}")


def guards() -> Iterator[Guard]:
    """Every predicate, every `visible_to`, and the door itself: (name, owner, attribute, what stands there instead)."""
    yield DOOR, LoginRequiredMiddleware, "process_view", lambda self, request, view, args, kwargs: None
    for app in own_apps():
        if find_spec(f"{app}.permissions") is None:
            continue
        for module in modules(f"{app}.permissions"):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if name.startswith("can_") and function.__module__ == module.__name__:
                    yield f"{module.__name__.replace('.permissions', '')}.{name}", module, name, lambda *a, **kw: True
    for model in apps.get_models():
        owner = getattr(model._default_manager, "_queryset_class", None)
        if owner is not None and hasattr(owner, "visible_to") and model.__module__.startswith("cadre_app."):
            yield f"{model._meta.label}.visible_to", owner, "visible_to", lambda self, user: self


ALL_GUARDS = list(guards())
Place = tuple[str, str]  # a row of the matrix, and an actor
# By guard the row and the actor that were found to prove it: tried first. Whatever no longer does is searched for again;
# with QINGLAN_WRITE_PROOFS=1 (and -n 0) what was found is written down.
KNOWN = Path(__file__).parent / "proofs.json"
PROOFS: dict[str, Place] = {name: (row, actor) for name, (row, actor) in json.loads(KNOWN.read_text()).items()}
# Who gets farthest into a page, and who is stopped in most of them.
SCOUTS = ("staff", "trainee", "other_staff")


@pytest.fixture(scope="module")
def asked(world: harness.World) -> dict[str, dict[Place, bool]]:
    """By name of a guard: where a scout's call asked it, and whether it refused there."""
    found: dict[str, dict[Place, bool]] = {name: {} for name, *_rest in ALL_GUARDS}
    here = [("", "")]

    def noting(name: str, guard: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            answer = guard(*args, **kwargs)
            found[name][here[0]] = answer is False or found[name].get(here[0], False)
            return answer

        return ask

    with pytest.MonkeyPatch.context() as patch:
        for name, owner, attribute, _open_door in ALL_GUARDS:
            patch.setattr(owner, attribute, noting(name, getattr(owner, attribute)))
        for row, route in harness.named_routes().items():
            for actor in SCOUTS:
                here[0] = row, actor
                harness.check(route, world, (actor,))
    return found


@pytest.mark.parametrize("guard", ALL_GUARDS, ids=[guard[0] for guard in ALL_GUARDS])
def test_the_matrix_fails_without(
    guard: Guard, world: harness.World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, owner, attribute, open_door = guard
    routes = harness.named_routes()
    row, actor = PROOFS.get(name, ("", ""))
    with monkeypatch.context() as patch:
        patch.setattr(owner, attribute, open_door)
        if row in routes and harness.check(routes[row], world, (actor,)):
            return
    asked = request.getfixturevalue("asked")
    monkeypatch.setattr(owner, attribute, open_door)
    proof = next((call for call in calls_for(name, asked) if harness.check(routes[call[0]], world, call[1:])), None)
    assert proof is not None
    if "QINGLAN_WRITE_PROOFS" in os.environ:
        PROOFS[name] = proof
        lines = [f"{json.dumps(name)}: {json.dumps(proof)}" for name, proof in sorted(PROOFS.items())]
        KNOWN.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def calls_for(name: str, asked: dict[str, dict[Place, bool]]) -> list[Place]:
    """Every row as every actor: where the guard refused comes first, then where it was asked, then all the rest."""
    app = name.removeprefix("cadre_app.").partition(".")[0]
    near = {row for row, _actor in asked[name]}
    return sorted(
        ((row, actor) for row in harness.named_routes() for actor in harness.ACTORS),
        key=lambda at: (
            not asked[name].get(at, False),
            at[1] not in harness.SIGNED_OUT or name != DOOR,
            at not in asked[name],
            at[0] not in near,
            not at[0].startswith(app),
        ),
    )
