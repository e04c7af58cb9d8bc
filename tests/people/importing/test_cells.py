"""Cells of the sheets of people: numbers of documents however they were typed."""

import pytest
from django.core.exceptions import ValidationError

from cadre_app.people.importing.cells import read_document_number


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
