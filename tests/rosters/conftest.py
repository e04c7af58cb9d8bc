from tests.people.conftest import _on_the_day, client_of, place, sign_in, trainee  # noqa: F401
