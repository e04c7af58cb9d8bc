"""The description of the interface as the page shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from cadre_app.api.openapi import chosen
from cadre_app.api.problems import PROBLEMS, Problem
from cadre_app.core.api import Field, Parameter, Resource, api_resources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_OPEN = 12


@dataclass(frozen=True)
class ParameterLine:
    """A parameter with the values that it takes; many of them are folded."""

    parameter: Parameter
    choices: list[tuple[str, str]]

    @property
    def is_long(self) -> bool:
        return len(self.choices) > MOST_OPEN


@dataclass(frozen=True)
class Operation:
    """One address; `call` is a line that can be pasted into a terminal."""

    key: str
    resource: Resource
    address: str
    call: str
    parameters: list[ParameterLine]
    fields: list[Field]


def operations_for(user: "User") -> list[Operation]:
    """Every address with what `user` would read there."""
    base = reverse("api:description").rpartition("/")[0]
    return [_operation(key, resource, f"{base}/{resource.path}", user) for key, resource in api_resources.items()]


def problems() -> list[tuple[str, Problem]]:
    """The refusals, by status."""
    return sorted(PROBLEMS.items(), key=lambda found: found[1].status)


def _operation(key: str, resource: Resource, address: str, user: "User") -> Operation:
    lines = [ParameterLine(each, chosen(each, user)) for each in resource.parameters_for(user)]
    call = f'curl -H "Authorization: Bearer ql_…" "{settings.PUBLIC_URL}{address}"'
    return Operation(key, resource, address, call, lines, list(resource.fields(user)))
