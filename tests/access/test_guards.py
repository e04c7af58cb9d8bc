"""The matrix is itself tested: take any one guard away and it must fail."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.middleware import LoginRequiredMiddleware

from tests.access import harness

pytestmark = pytest.mark.django_db

Guard = tuple[str, Any, str, Callable[..., Any]]


def own_apps() -> list[str]:
    return [config.name for config in apps.get_app_configs() if config.name.startswith("cadre_app.")]


def guards() -> Iterator[Guard]:
    """Every predicate, every `visible_to`, and the door itself: (name, owner, attribute, what stands there instead)."""
    yield "the door", LoginRequiredMiddleware, "process_view", lambda self, request, view, args, kwargs: None
    for app in own_apps():
        if find_spec(f"{app}.permissions") is None:
            continue
        module = import_module(f"{app}.permissions")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("can_") and function.__module__ == module.__name__:
                yield f"{app}.{name}", module, name, lambda *args, **kwargs: True
    for model in apps.get_models():
        owner = getattr(model._default_manager, "_queryset_class", None)
        if owner is not None and hasattr(owner, "visible_to") and model.__module__.startswith("cadre_app."):
            yield f"{model._meta.label}.visible_to", owner, "visible_to", lambda self, user: self


ALL_GUARDS = list(guards())


@pytest.mark.parametrize("guard", ALL_GUARDS, ids=[guard[0] for guard in ALL_GUARDS])
def test_the_matrix_fails_without(guard: Guard, world: harness.World, monkeypatch: pytest.MonkeyPatch) -> None:
    name, owner, attribute, open_door = guard
    monkeypatch.setattr(owner, attribute, open_door)
    app = name.split(".")[1] if name.startswith("cadre_app.") else name.split(".")[0]
    routes = sorted(harness.all_routes(), key=lambda route: not route.name.startswith(app))
    assert next((found for route in routes for found in harness.check(route, world)), None) is not None
