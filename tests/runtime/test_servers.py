"""The embedded servers keep to themselves what passes through them."""

from cadre_app.runtime.servers import TUNING


def test_the_database_s_log_holds_neither_refused_statements_nor_their_values() -> None:
    assert (TUNING["log_min_error_statement"], TUNING["log_error_verbosity"]) == ("panic", "terse")
