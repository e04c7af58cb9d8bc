"""Cells of the sheets of people: numbers of documents however they were typed, both days of a village term."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cadre_app.imports.reading.table import read_table
from cadre_app.people.importing.cells import read_document_number
from cadre_app.people.importing.trainee_columns import columns
from tests.imports.reading.books import book


@pytest.mark.parametrize(
    "typed",
    [
        "望委〔2025〕1号",
        "望委〔2025〕 1 号",
        "望委[2025]1号",
        "望委（2025）1号",
        "望委 (2025) 1号",
        "望委【2025】1号",
        "望委［2025年］1号",
        "望委（２０２５）1号",
    ],
)
def test_the_year_stands_in_its_brackets_and_no_blank_is_left(typed: str) -> None:
    assert read_document_number(typed) == "望委〔2025〕1号"


@pytest.mark.parametrize("typed", ["望委组（3）号", "Notice 12 of 2025", "区委常委会纪要第3期（扩大）"])
def test_what_is_no_year_stays(typed: str) -> None:
    assert read_document_number(typed) == typed


def test_too_long_a_number_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_document_number("望" * 61)


@pytest.mark.django_db
@pytest.mark.parametrize("heading", ["到村任职时间", "到村任职起止时间"])
def test_both_days_of_a_village_term_stand_in_one_cell(heading: str) -> None:
    table = read_table(book(["姓名", heading], ["林知远", "2024.9-2026.8"]), "台账.xlsx", columns(), most_rows=10)
    values = table.rows[0].values
    assert (values["term_started_on"], values["term_ended_on"]) == (date(2024, 9, 1), date(2026, 8, 31))
