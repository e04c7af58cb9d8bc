from contextlib import suppress
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.people.writing import id_numbers
from tests.factories import id_number

GOOD = "11010519491231002X"


def position(text: str) -> int:
    with pytest.raises(ValidationError) as caught:
        id_numbers.check(text)
    assert caught.value.code == "id_number"
    return caught.value.params["n"]


def code(text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        id_numbers.check(text)
    return caught.value.code


def test_the_example_of_the_standard_is_accepted() -> None:
    assert id_numbers.check(GOOD) == GOOD
    assert id_numbers.birth_day(GOOD) == date(1949, 12, 31)
    assert id_numbers.sex_code(GOOD) == "2"
    assert id_numbers.sex_code("440524188001010014") == "1"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "'11010519491231002X",
        "’110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\ufeff110105\u00a019491231\u200b002X",
    ],
)
def test_ways_of_typing_are_put_right(typed: str) -> None:
    assert id_numbers.check(typed) == GOOD


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        ("", 1),
        ("1101051949123100", 17),
        ("11010519491231002", 18),
        ("11010519491231002X0", 19),
        ("1101O519491231002X", 5),
        ("11010519491231002A", 18),
        ("1101051949123100XX", 17),
        ("91010519491231002X", 2),
        ("00010519491231002X", 1),
        ("16010519491231002X", 2),
        ("11010518991231002X", 7),
        ("11010519491331002X", 11),
        ("11010519490031002X", 11),
        ("11010519490230002X", 13),
        ("11010519490000002X", 11),
        ("110105194912310021", 18),
        ("二二二二二二二二二二二二二二二二二二", 1),
        ("٣٥٠١٠٢١٩٩٩٠١٠١٠٠٢٤", 1),
    ],
)
def test_the_character_that_cannot_be_right_is_named(typed: str, n: int) -> None:
    assert position(typed) == n


def test_leap_days_exist_in_leap_years_only() -> None:
    assert id_numbers.check(id_number(date(2000, 2, 29)))
    assert position("350102190102290010") == 13


@time_machine.travel(date(2026, 11, 23))
def test_a_birth_in_the_future_is_refused_at_the_digit_that_is_too_high() -> None:
    assert id_numbers.check(id_number(date(2026, 11, 23)))
    assert position(id_number(date(2026, 11, 24))) == 14
    assert position(id_number(date(2027, 1, 1))) == 10
    assert position(id_number(date(9999, 12, 31))) == 7


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("4.2E+17", "number_format"),
        ("4.20106E+17", "number_format"),
        ("1.1e17", "number_format"),
        ("110105194912310000", "number_format"),
        ("110105491231002", "first_generation"),
    ],
)
def test_numbers_of_excel_and_of_the_first_generation_have_messages_of_their_own(typed: str, reason: str) -> None:
    assert code(typed) == reason


def test_the_message_names_the_character() -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            id_numbers.check("110105194912310021")
        assert caught.value.messages == ["The ID number does not check out: please look at character 18."]


def test_a_number_is_shown_without_its_middle() -> None:
    assert id_numbers.masked("350102199901010024") == "3501 **** **** 0024"
    assert id_numbers.masked("3501") == "****"
    assert id_numbers.masked("") == ""


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_a_wrong_digit_never_passes(day: date, serial: int, place: int, shift: int) -> None:
    number = id_number(day, serial=serial)
    assert id_numbers.check(number) == number
    assert id_numbers.birth_day(number) == day
    digit = "0" if number[place] == "X" else str((int(number[place]) + shift) % 10)
    with pytest.raises(ValidationError):
        id_numbers.check(number[:place] + digit + number[place + 1 :])


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    with suppress(ValidationError):
        assert len(id_numbers.check(text)) == 18
    assert text == "" or "****" in id_numbers.masked(text)
