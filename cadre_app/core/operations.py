"""The contract of the operations page: the rooms say how their own machinery is, the runtime room shows it.

Its readers are no readers of business content: a line names times, states and counts, never people or texts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class OperationsAction:
    """Something the reader may do: a link, to a page that asks once more before it changes anything."""

    label: "_StrPromise | str"
    url: str


@dataclass(frozen=True)
class OperationsLine:
    """One thing that is amiss; `state` is a key of the status marks, `when` a moment in UTC."""

    name: str
    state: str
    state_text: str
    when: datetime | None = None
    note: str = ""
    actions: tuple[OperationsAction, ...] = ()


@dataclass(frozen=True)
class OperationsReport:
    """`lines` are the newest of `total`; `figures` are numbers with their names, `actions` concern the whole part."""

    lines: list[OperationsLine]
    total: int
    figures: tuple[tuple[str, str], ...] = ()
    actions: tuple[OperationsAction, ...] = field(default=())

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True)
class OperationsPart:
    """A part of the page; `report(user)` costs the same few queries however many lines. `empty`: nothing is amiss."""

    title: "_StrPromise | str"
    empty: "_StrPromise | str"
    order: int
    report: "Callable[[User], OperationsReport]"


operations_parts: Registry[OperationsPart] = Registry("parts of the operations page")
