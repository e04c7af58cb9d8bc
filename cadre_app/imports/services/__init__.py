"""Imports: from the upload to the undoing; the pages and the tasks call these."""

from cadre_app.imports.services.batches import (
    BUSY,
    ask_again,
    choose_rows,
    confirm_batch,
    correct_row,
    leave_out_errors,
    make_result,
    make_rows_book,
    match_columns,
    note_refusal,
    undo_batch,
    upload_batch,
    withdraw_batch,
)
from cadre_app.imports.services.mappings import (
    free_name,
    known_of,
    mapping_for,
    nearest_mapping,
    remove_mapping,
    rename_mapping,
    unlike_in_year,
)
from cadre_app.imports.services.rows import open_row, row_state, rows_are_readable
from cadre_app.imports.services.sweeping import sweep_imports

__all__ = [
    "BUSY",
    "ask_again",
    "choose_rows",
    "confirm_batch",
    "correct_row",
    "free_name",
    "known_of",
    "leave_out_errors",
    "make_result",
    "make_rows_book",
    "mapping_for",
    "match_columns",
    "nearest_mapping",
    "note_refusal",
    "open_row",
    "remove_mapping",
    "rename_mapping",
    "row_state",
    "rows_are_readable",
    "sweep_imports",
    "undo_batch",
    "unlike_in_year",
    "upload_batch",
    "withdraw_batch",
]
