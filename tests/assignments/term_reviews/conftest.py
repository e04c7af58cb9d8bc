from tests.assignments.leaves.conftest import village
from tests.people.conftest import _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "village"]
