"""The contract of the read interface: rooms announce what can be read, the api room asks who reads and answers.

An answer holds what the reader's lists and pages show, never more: what goes on no paper is left out here as well.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict

from cadre_app.core.forms import say_choices
from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel

AFTER = "after"


Errors = dict[str, list[str]]


class BadParameters(Exception):
    """Parameters that cannot be answered, with what is wrong with each, in the language of the moment."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(", ".join(errors))
        self.errors: Errors = {name: [str(text) for text in texts] for name, texts in errors.items()}


def require_valid(form: "BaseForm") -> None:
    """Raise BadParameters for what is wrong in `form`, in words that do not repeat what was sent."""
    if form.is_valid():
        return
    for field in form.fields.values():
        say_choices(field)
    form.full_clean()
    raise BadParameters(form.errors)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address; `choices(user)` are asked for when the description is read.

    `several`: any of them, set apart by commas. `visible`: for others the parameter does not exist.
    """

    name: str
    label: "_StrPromise | str"
    choices: "Callable[[User], Sequence[tuple[str, Any]]] | None" = None
    type: str = "string"
    format: str = ""
    several: bool = False
    visible: "Callable[[User], bool] | None" = None


@dataclass(frozen=True)
class Call:
    """One call: who reads, with which parameters, and the key in the address where it has one."""

    user: "User"
    query: QueryDict
    key: UUID | None = None


@dataclass(frozen=True)
class Answer:
    """`data` is JSON; `after` is the place to go on after, empty at the end; `about` is the record that history names."""

    data: Any
    after: str = ""
    about: "BaseModel | None" = None


@dataclass(frozen=True)
class Field:
    """A field of the answer as its description tells it.

    Of an array either `items` are the fields of each item, or `item_type` is what each of them is. Without `always` an
    answer may leave it out.
    """

    name: str
    label: Any
    type: str | tuple[str, ...] = ("string", "null")
    format: str = ""
    items: "tuple[Field, ...]" = ()
    item_type: str = ""
    always: bool = True


@dataclass(frozen=True)
class Resource:
    """Something that can be read at `path` (`{id}` stands for a key).

    `answer(call)` is asked with known parameters alone; it raises Http404 for what is out of sight, BadParameters for
    what it cannot answer. `fields(user)` describes one item, `many` a list of them. `verb` is what history records.
    """

    path: str
    label: "_StrPromise | str"
    text: "_StrPromise | str"
    answer: Callable[[Call], Answer]
    fields: "Callable[[User], Sequence[Field]]"
    verb: str
    parameters: tuple[Parameter, ...] = ()
    many: bool = True

    def parameters_for(self, user: "User") -> list[Parameter]:
        """Those that exist for `user`."""
        return [each for each in self.parameters if each.visible is None or each.visible(user)]


def plain(value: Any) -> Any:
    """A value of a list as JSON has it: days as 2026-11-23, nothing as null."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


api_resources: Registry[Resource] = Registry("what can be read over the interface")
