"""Placeholders of Word templates: values and loops over them, and nothing else of the program.

A template is written by the office. It can print what it is given and walk through lists; it calls nothing, reads no
attribute of an object, loads no other template, and cannot make a text grow without bound.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

ALLOWED_FILTERS = ("default", "first", "join", "last", "length", "trim")
OF_LOOPS = ("index", "index0", "first", "last", "length")
DEEPEST_LOOP = 2
MOST_LOOPS = 60
FORBIDDEN = (
    nodes.Call,
    nodes.CallBlock,
    nodes.Extends,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
    nodes.Mod,
    nodes.Pow,
)


class NotAllowedError(TemplateSyntaxError):
    """A template that does more than fill in values."""


class Lacking(StrictUndefined):
    """Tells of what is not there by its name alone."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"'{self._undefined_name}'"


class PlaceholderEnvironment(ImmutableSandboxedEnvironment):
    """Made once; see the head of this module."""

    intercepted_binops = frozenset({"*", "+"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Lacking, loader=DictLoader({}))
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in ALLOWED_FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As `getitem`: a dot leads to a key, never to an attribute."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, LoopContext) and argument in OF_LOOPS:
            return getattr(obj, argument)
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Counting is allowed, growing texts is not."""
        if not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        loops = list(tree.find_all(nodes.For))
        wrong = [loop for number, loop in enumerate(loops) if number >= MOST_LOOPS or _depth(loop) > DEEPEST_LOOP]
        for node in (*wrong, *tree.find_all(FORBIDDEN)):
            raise NotAllowedError(type(node).__name__, node.lineno, name, filename)
        return tree


def _depth(loop: nodes.For) -> int:
    return 1 + max((_depth(inner) for inner in loop.find_all(nodes.For)), default=0)


environment = PlaceholderEnvironment()
