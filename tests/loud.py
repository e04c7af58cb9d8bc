"""An undefined variable in one of our templates fails the test that renders it."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]


class UndefinedVariable(Exception):
    pass


class Loud(str):
    """Django writes `string_if_invalid % name` for an undefined variable."""

    __slots__ = ()

    def __contains__(self, part: str) -> bool:
        return part == "%s"

    def __mod__(self, name: Any) -> str:
        origin = _template(sys._getframe(1))
        if Path(origin).is_relative_to(PROJECT / "templates"):
            raise UndefinedVariable(f"{name} in {Path(origin).relative_to(PROJECT)}")
        return ""


def _template(frame: FrameType | None) -> str:
    """The file of the template that is being rendered; libraries' templates count on silence."""
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name == "render_annotated" and origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""
