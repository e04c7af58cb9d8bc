"""A district with somebody in development, and who may or may not see their training hours."""

from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in, trainee

__all__ = ["TODAY", "District", "_on_the_day", "client_of", "place", "sign_in", "trainee"]
