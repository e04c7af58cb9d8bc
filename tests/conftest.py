from tests.flush import _history_lets_go_for_the_flush  # noqa: F401
