"""What people type into spreadsheets."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.core.cells import (
    Precision,
    as_text,
    is_nothing,
    plain,
    read_choice,
    read_day,
    read_int,
    read_month,
    read_quarter,
    read_text,
    read_yes_no,
    refuse_lost_digits,
)
from cadre_app.core.serials import OutOfSerials, from_serial

JULY = date(1996, 7, 1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def refusal(read, *values, **options):
    with pytest.raises(ValidationError) as caught:
        read(*values, **options)
    return caught.value.code, caught.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        "1996.07", "1996-07", "1996/7", "1996年7月", "1996年07月份", "96年7月", "96.7", "96-07", "199607", "１９９６．０７",
        "1996 年 7 月", " 1996.07 ", "'1996.07", "1996.07（29岁）", "1996.07(29)", "1996。07", "1996.7", "1996—07",
        "1996年7月生", 1996.07, 1996.7, 199607, Decimal("1996.07"), date(1996, 7, 1), datetime(1996, 7, 1),  # noqa: DTZ001
        35247, 35247.0, "35247", "1996.07\u200b",
    ],
)  # fmt: skip
def test_months_as_people_write_them(typed):
    assert read_month(typed) == JULY


@pytest.mark.parametrize(
    "typed",
    [
        "1996.07.05", "1996-7-5", "1996/07/05", "1996年7月5日", "96年7月5号", "19960705", 19960705, 19960705.0, "1996.0705",
        1996.0705, "1996-07-05 00:00:00", "1996/7/5 9:30", datetime(1996, 7, 5, 9, 30), date(1996, 7, 5), 35251, "35251.5",  # noqa: DTZ001
        "1996.07.05起", "\u30001996.7.5\n",
    ],
)  # fmt: skip
def test_days_as_people_write_them(typed):
    assert read_day(typed) == (date(1996, 7, 5), Precision.DAY)


@pytest.mark.parametrize(("typed", "last"), [("2024.02", 29), ("2025年2月", 28), ("2025.12", 31), ("2025.02.03", 3)])
def test_the_last_day_of_a_month_alone(typed, last):
    assert read_day(typed).last.day == last


def test_a_month_is_told_from_a_day():
    assert read_day("1996.07") == (JULY, Precision.MONTH)


@pytest.mark.parametrize("typed", [2020.1, "2020.1", "20.1", "２０２０．１"])
def test_what_can_be_january_or_october_is_asked_back(typed):
    code, message = refusal(read_month, typed)
    year = "20" if str(typed).startswith("20.") else "2020"
    assert code == "january_or_october"
    assert message.endswith(f"can be January or October. Write {year}.01 or {year}.10.")


@pytest.mark.parametrize("typed", ["2020.10", Decimal("2020.10"), "2020-10", "2020年10月", 202010])
def test_october_written_out_is_october(typed):
    assert read_month(typed) == date(2020, 10, 1)


@pytest.mark.parametrize("typed", ["2020.01", "2020-1", "2020/1", "2020年1月", "2020.1.5"])
def test_january_written_out_is_january(typed):
    assert read_month(typed) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1996.04.31", "no_such_day"), ("2023.02.29", "no_such_day"), ("1900-02-29", "no_such_day"), ("1996.13", "no_such_day"),
        ("1996.00", "no_such_day"), ("19961301", "no_such_day"), ("0001-01-01", "year"), ("9999-12-31", "year"), (date(1, 1, 1), "year"),
        (datetime(9999, 12, 31), "year"), ("1899.12", "year"), ("2101.01", "year"), (1996, "month_missing"), ("1996年", "month_missing"),  # noqa: DTZ001
        ("1996.0", "no_such_day"), (1996.123, "not_a_date"), ("", "not_a_date"), ("去年", "not_a_date"), ("7/5/1996", "not_a_date"), (True, "not_a_date"),
        (-5, "not_a_date"), (4.2e17, "not_a_date"), ("1996.07.05.01", "not_a_date"), ("960705", "not_a_date"), (123, "not_a_date"),
        ("1996年7月5日至今", "not_a_date"), ("99999", "year"), ("１".join("1" * 40), "not_a_date"), ("\x00", "not_a_date"),
        ("2025.3-5", "not_a_date"), ("2025/3-5", "not_a_date"), ("2025年3-5", "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_words(typed, code):
    assert refusal(read_day, typed)[0] == code


def test_the_leap_day_is_a_day():
    assert read_day("2024.02.29").value == read_day("2024年2月29日").value == date(2024, 2, 29)


@pytest.mark.parametrize(("year", "full"), [("40", 1940), ("96", 1996), ("00", 2000), ("05", 2005), ("39", 2039)])
def test_two_digits_of_a_year(year, full):
    assert read_month(f"{year}年7月") == date(full, 7, 1)


def test_the_other_system_counts_from_1904():
    assert read_day(33785, uses_1904=True).value == date(1996, 7, 1)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    forms = (
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        day.isoformat(),
    )
    assert {read_day(form).value for form in forms} == {day}


@given(day=st.dates(date(1927, 5, 18), date(2100, 12, 31)))
def test_every_number_of_a_day_leads_back_to_it(day):
    number = (day - date(1899, 12, 30)).days
    assert read_day(number).value == read_day(str(number)).value == from_serial(number) == day
    assert from_serial(number - 1462, uses_1904=True) == day


@given(
    value=st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.decimals(), st.dates(), st.datetimes()
    )
)
def test_nothing_typed_breaks_a_reader(value):
    for read in (
        read_day, read_month, read_yes_no, plain, as_text, is_nothing, refuse_lost_digits,
        lambda raw: read_int(raw, low=0, high=9), lambda raw: read_text(raw, longest=10), lambda raw: read_choice(raw, {}, offered=[]),
    ):  # fmt: skip
        try:
            read(value)
        except ValidationError as refused:
            told = refused.messages
            assert all(told)


@pytest.mark.parametrize("number", [0, 0.9, 60, 60.5, -1, 2_958_466])
def test_numbers_that_are_no_day(number):
    with pytest.raises(OutOfSerials):
        from_serial(number)


def test_the_edges_of_both_systems():
    assert [from_serial(number) for number in (1, 59, 61, 2_958_465)] == [
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(9999, 12, 31),
    ]
    assert from_serial(0, uses_1904=True) == date(1904, 1, 1)
    assert from_serial(36526.5) == datetime(2000, 1, 1) + timedelta(hours=12)  # noqa: DTZ001


@pytest.mark.parametrize("typed", ["3", 3, 3.0, "３", "3年", " 3 个月 ", "+3", "3.0", Decimal("3.00"), "第3"[1:]])
def test_whole_numbers(typed):
    assert read_int(typed, low=0, high=10) == 3


@pytest.mark.parametrize("typed", ["二〇二四年", "二○二四", "二零二四年度", "2024年度"])
def test_years_in_words(typed):
    assert read_int(typed, low=2000, high=2100) == 2024


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("三", "not_a_number"),
        (3.5, "not_a_number"),
        ("", "not_a_number"),
        (True, "not_a_number"),
        (11, "out_of_range"),
        (-1, "out_of_range"),
    ],
)
def test_what_is_no_whole_number_in_range(typed, code):
    assert refusal(read_int, typed, low=0, high=10)[0] == code


@pytest.mark.parametrize("typed", ["是", "√", "Yes", "Y", "TRUE", True, 1, "有", "１"])
def test_yes(typed):
    assert read_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["否", "×", "no", "N", "FALSE", False, 0, "无", "—"])
def test_no(typed):
    assert read_yes_no(typed) is False


def test_neither_yes_nor_no():
    assert refusal(read_yes_no, "也许") == ("yes_or_no", "Write 是 (yes) or 否 (no).")


@pytest.mark.parametrize("value", [4.2e17, 420106199607151000, "4.2E+17", "4.20106E+17", "1.38e+10", "４.2Ｅ+17"])
def test_numbers_that_lost_their_end_are_refused(value):
    assert refusal(refuse_lost_digits, value)[0] == "lost_digits"


@pytest.mark.parametrize("value", [13800138000.0, 13800138000, "13800138000", "35010019960705002X", 5, True])
def test_numbers_that_are_whole_are_not(value):
    refuse_lost_digits(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  党建办公室\u3000", "党建办公室"), ("党建办\n公室主任", "党建办公室主任"), ("a\nb", "a b"), ("党建\r\n 办", "党建办"),
        ("王  宁", "王 宁"), ("\ufeff林知远\u200b", "林知远"), ("林\u200b知远", "林知远"), ("'=1+1", "=1+1"), ("'-", "-"),
        ("'引号", "'引号"), (5.0, "5"), (date(1996, 7, 5), "1996-07-05"), ("阿依努尔·艾山", "阿依努尔·艾山"), ("李𠮷安", "李𠮷安"),
    ],
)  # fmt: skip
def test_text_is_cleaned_of_layout_only(value, text):
    assert read_text(value, longest=20) == text


def test_line_ends_are_kept_where_they_mean_something():
    assert read_text("第一行\r\n第二行", longest=20, lines=True) == "第一行\n第二行"


@pytest.mark.parametrize("value", ["林\x00", "a\u202eb", "a\u2066b", "a\x1fb", "\ufffd"])
def test_characters_that_nobody_sees_are_refused(value):
    assert refusal(read_text, value, longest=20)[0] == "control_character"


def test_too_long_text_is_refused_and_counted():
    assert refusal(read_text, "字" * 21, longest=20) == ("too_long", "At most 20 characters; these are 21.")


@pytest.mark.parametrize("value", [None, "", " ", "无", "—", "——", "/", "\\", "暂无", "N/A", "-"])
def test_ways_to_say_nothing(value):
    assert is_nothing(value)


@pytest.mark.parametrize("value", ["无锡", 0, False, "无党派人士"])
def test_what_is_something(value):
    assert not is_nothing(value)


def test_a_choice_that_is_not_offered_names_some_that_are():
    code, message = refusal(read_choice, "丁", {}, offered=["甲", "乙"])
    assert (code, message) == ("not_offered", "“丁” is not known here. Choose one of: 甲, 乙")


@pytest.mark.parametrize(("count", "shown"), [(12, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"), (13, "1, 2, 3, 4, 5, 6…")])
def test_choices_are_all_named_while_they_are_few(count, shown):
    _code, message = refusal(read_choice, "丁", {}, offered=[str(each) for each in range(1, count + 1)])
    assert message.endswith(f": {shown}")


@pytest.mark.parametrize(
    ("typed", "quarter"),
    [
        (3, 3), (3.0, 3), ("３", 3), ("三", 3), ("一季度", 1), ("第一季度", 1), ("第1季度", 1), ("1季度", 1), ("Q1", 1), ("q4", 4),
        ("Ｑ２", 2), ("第二季", 2), ("4 季度", 4), ("1-3月", 1), ("4月—6月", 2), ("7至9月", 3), ("10～12月", 4),
    ],
)  # fmt: skip
def test_quarters(typed, quarter):
    assert read_quarter(typed) == quarter


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("五季度", "not_a_number"),
        (5, "out_of_range"),
        ("Q5", "not_a_number"),
        ("1-6月", "not_a_number"),
        ("2-4月", "not_a_number"),
        (True, "not_a_number"),
    ],
)
def test_what_is_no_quarter(typed, code):
    assert refusal(read_quarter, typed)[0] == code
