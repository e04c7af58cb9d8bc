"""As for research."""

from tests.assignments.research.conftest import _on_the_day, field, place, sign_in

__all__ = ["_on_the_day", "field", "place", "sign_in"]
