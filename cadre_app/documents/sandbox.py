"""Placeholders of Word templates: values and loops over them, and nothing else of the program.

A template is written by the office. It can print what it is given and walk through lists; it calls nothing, reads no
attribute of an object, loads no other template, and cannot make a text grow without bound.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

ALLOWED_FILTERS = ("default", "first", "join", "last", "length", "trim")
OF_LOOPS = ("index", "index0", "first", "last", "length")
DEEPEST_LOOP = 2
MOST_LOOPS = 60


class PlaceholderEnvironment(ImmutableSandboxedEnvironment):
    """Made once; see the head of this module."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, loader=DictLoader({}))
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in ALLOWED_FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As `getitem`: a dot leads to a key, never to an attribute."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
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
        if not (isinstance(left, int) and isinstance(right, int)) or operator == "**":
            raise SecurityError(f"{operator} is for whole numbers")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        loops = list(tree.find_all(nodes.For))
        if len(loops) > MOST_LOOPS or any(_depth(loop) > DEEPEST_LOOP for loop in loops):
            raise TemplateSyntaxError("too many loops", loops[0].lineno, name, filename)
        return tree


def _depth(loop: nodes.For) -> int:
    return 1 + max((_depth(inner) for inner in loop.find_all(nodes.For)), default=0)


environment = PlaceholderEnvironment()
