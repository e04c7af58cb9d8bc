"""The matrix is itself tested: take any one guard away and it must fail."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.middleware import LoginRequiredMiddleware

from tests.access import harness

pytestmark = pytest.mark.django_db

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
    yield "the door", LoginRequiredMiddleware, "process_view", lambda self, request, view, args, kwargs: None
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
# Who gets farthest into a page, and who is stopped in most of them.
SCOUTS = ("staff", "trainee", "other_staff")


@pytest.fixture(scope="module")
def asked(world: harness.World) -> dict[str, set[int]]:
    """By name of a guard: the places in the list of routes where a scout's call asked it."""
    found: dict[str, set[int]] = {name: set() for name, *_rest in ALL_GUARDS}
    place = [0]

    def noting(name: str, guard: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            found[name].add(place[0])
            return guard(*args, **kwargs)

        return ask

    with pytest.MonkeyPatch.context() as patch:
        for name, owner, attribute, _open_door in ALL_GUARDS:
            patch.setattr(owner, attribute, noting(name, getattr(owner, attribute)))
        for place[0], route in enumerate(harness.all_routes()):
            harness.check(route, world, SCOUTS)
    return found


@pytest.mark.parametrize("guard", ALL_GUARDS, ids=[guard[0] for guard in ALL_GUARDS])
def test_the_matrix_fails_without(
    guard: Guard, world: harness.World, asked: dict[str, set[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, owner, attribute, open_door = guard
    monkeypatch.setattr(owner, attribute, open_door)
    # Where the guard was asked comes first; the rest is tried before the guard is called unproven.
    app = name.removeprefix("cadre_app.").partition(".")[0]
    routes = sorted(
        enumerate(harness.all_routes()), key=lambda at: (at[0] not in asked[name], not at[1].name.startswith(app))
    )
    assert next((found for _, route in routes for found in harness.findings(route, world)), None) is not None
