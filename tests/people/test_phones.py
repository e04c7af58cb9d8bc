import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.people.writing import phones


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("'１３８００００００００", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("059183310000", "0591-83310000"),
        ("（0591）8331 0000", "0591-83310000"),
        ("010—66550000", "010-66550000"),
        ("+86 10 6655 0000", "010-66550000"),
        ("+86-591-83310000", "0591-83310000"),
        ("0596-2520000转8012", "0596-2520000转8012"),
        ("0596-2520000-8012", "0596-2520000转8012"),
        ("0596-2520000 ext. 12", "0596-2520000转12"),
    ],
)
def test_numbers_are_stored_in_one_form(typed: str, number: str) -> None:
    assert phones.check(typed) == number
    assert phones.check(number) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone"),
        ("1380000000", "phone"),
        ("138000000000", "phone"),
        ("12800000000", "phone"),
        ("83310000", "phone"),
        ("0591-1331000", "phone"),
        ("电话", "phone"),
        ("1.38E+10", "number_format"),
    ],
)
def test_other_numbers_are_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        phones.check(typed)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800000000", "138****0000"),
        ("0591-83310021", "0591-****0021"),
        ("0596-2520000转8012", "0596-****0000"),
        ("12345", "****"),
        ("", ""),
    ],
)
def test_a_number_is_shown_without_its_middle(number: str, shown: str) -> None:
    assert phones.masked(number) == shown


@given(st.text(max_size=40) | st.text(alphabet="0123456789 +-().转E", max_size=25))
def test_a_number_that_passes_is_in_its_last_form(text: str) -> None:
    try:
        number = phones.check(text)
    except ValidationError:
        return
    assert phones.check(number) == number
    assert phones.masked(number).count("*") == 4


@given(st.text(max_size=40))
def test_any_text_can_be_masked(text: str) -> None:
    assert text == "" or phones.masked(text).count("*") == 4
