from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.people.writing.resume import ResumeLine, check, parse, with_days, write

SAMPLE = """\
2015.09--2019.07  澜江大学公共管理学院行政管理专业学习
2019.07--2022.06  澜江大学公共管理学院公共管理专业硕士研究生学习
2022.06--2022.08  待分配
2022.08--2022.09  临澜市望屿区梧岭镇试用期公务员（选调生）
2022.09--2023.08  临澜市望屿区梧岭镇试用期公务员（选调生）、梧头村党支部书记助理（挂职）
2023.08--2024.09  临澜市望屿区梧岭镇四级主任科员、梧头村党支部书记助理（挂职）
2024.09--2025.10  临澜市望屿区梧岭镇四级主任科员
                  （其间：2025.03--2025.09在临澜市农业农村局跟班学习）
2025.10--         临澜市望屿区梧岭镇党建办公室主任、三级主任科员"""


def errors(text: str) -> list[str]:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        parse(text)
    return caught.value.messages


def month(year: int, number: int) -> date:
    return date(year, number, 1)


def test_the_sample_is_read_and_written_as_it_stands() -> None:
    lines = parse(SAMPLE)
    assert write(lines) == SAMPLE
    assert lines[0] == ResumeLine(month(2015, 9), month(2019, 7), "澜江大学公共管理学院行政管理专业学习")
    assert lines[6].nested == (ResumeLine(month(2025, 3), month(2025, 9), "在临澜市农业农村局跟班学习"),)
    assert lines[-1].end is None


@pytest.mark.parametrize(
    "text",
    [
        "2015.09--2019.07  学习",
        "2015.09—2019.07 学习",
        "2015.09——2019.07学习",
        "2015.09-2019.07 学习",
        "2015-09-2019-07 学习",
        "2015/9 – 2019/7：学习",
        "2015年9月至2019年7月  学习",
        "２０１５．０９－－２０１９．０７　学习",
        "\ufeff  2015.9 ~ 2019.7\u3000学\r\n  习\r\n\r\n",
        "2015.09--2019.07\n学习",
        "201509--201907  学习",
        "201509-201907 学习",
        "２０１５０９——２０１９０７学习",
        "2015.09\u22122019.07 学习",
        "2015\u221209 \u2212 2019\u221207 学习",
        "2015.09\u2212\u22122019.07 学习",
        "2015.09\u2e3a2019.07 学习",
        "2015.09\u2e3b2019.07 学习",
        "2015.09\u2013\u20132019.07 学习",
        "2015.09\u2014\u2014\u2014\u20142019.07 学习",
        "2015.09—–2019.07 学习",
        "2015.09\u20122019.07 学习",
        "2015\u201109\u20102019\u201107 学习",
        "2015.09～～2019.07 学习",
        "2015.09-----2019.07 学习",
        "2015.09 - - - 2019.07 学习",
        "2015.09.01--2019.07.01 学习",
        "2015.09.01—2019.07.31学习",
        "2015-09-01--2019-07-01 学习",
        "2015-9-1-2019-7-1 学习",
        "2015/9/1-2019/7/1 学习",
        "2015年9月1日至2019年7月1日学习",
        "20150901-20190630".replace("0630", "0701") + " 学习",
        "2015.09一2019.07 学习",
        "2015.09ー2019.07 学习",
        "2015.09ｰ2019.07 学习",
        "●2015.09--2019.07 学习",
        "① 2015.09--2019.07 学习",
        "1.2015.09--2019.07 学习",
        "1、2015.09--2019.07 学习",
        "（1）2015.09--2019.07 学习",
        "一、2015.09--2019.07 学习",
        "· 2015.09.01--2019.07 学习",
    ],
)
def test_other_ways_of_writing_months_are_accepted(text: str) -> None:
    assert check(text) == "2015.09--2019.07  学习"


@pytest.mark.parametrize(
    "text",
    [
        "2025.10-- 主任",
        "2025.10至今 主任",
        "2025.10--今 主任",
        "2025年10月—现在，主任",
        "2025.10--目前 主任",
        "2025.10至目前 主任",
        "2025.10迄今 主任",
        "2025.10--迄今，主任",
        "2025.10一至今 主任",
    ],
)
def test_the_last_line_may_be_open(text: str) -> None:
    assert check(text) == "2025.10--         主任"


def test_a_line_without_a_digit_in_front_continues_the_one_before() -> None:
    assert check("2015.09--2019.07 在澜江大学\n学习 Public\nPolicy\n 2019级") == (
        "2015.09--2019.07  在澜江大学学习 Public Policy 2019级"
    )


@pytest.mark.parametrize(
    "inside",
    [
        "（其间：2016.01--2016.03在甲（挂职）工作；2017.01--2017.03在乙、丙；丁工作）",
        "（其间，2016.01--2016.03在甲（挂职）工作；2017.01--2017.03在乙、丙；丁工作）",
        "【其间：2016.01--2016.03在甲（挂职）工作；2017.01.05--2017.03.20在乙、丙；丁工作】",
        "【其间，2016.01--2016.03在甲（挂职）工作】（期间，2017.01--2017.03在乙、丙；丁工作）",
        "(其间:2016.1-2016.3在甲（挂职）工作)（期间：2017.1-2017.3在乙、丙；丁工作）",
        "（其间：2016.01--2016.03在甲（挂职）工作；\n    2017.01--2017.03在乙、丙；丁工作）",
    ],
)
def test_periods_inside_a_line_are_found_in_one_group_or_more(inside: str) -> None:
    assert check(f"2015.09--2019.07 学习{inside}") == (
        "2015.09--2019.07  学习\n"
        "                  （其间：2016.01--2016.03在甲（挂职）工作）\n"
        "                  （其间：2017.01--2017.03在乙、丙；丁工作）"
    )


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("学习", ["Line 1: begin with the months, for example 2015.09--2019.07."]),
        ("\n2015年入学", ["Line 2: begin with the months, for example 2015.09--2019.07."]),
        ("2015.13--2019.07 学习", ["Line 1: there is no month 2015.13."]),
        ("2015.09--2019.00 学习", ["Line 1: there is no month 2019.00."]),
        ("0001.09--2019.07 学习", ["Line 1: there is no month 0001.09."]),
        ("2019.07--2015.09 学习", ["Line 1: the end lies before the start."]),
        ("2015.09--2019.07", ["Line 1: say what was done in this period."]),
        ("2015.09-- 学习\n2019.07-- 工作", ["Line 1: only the last line may be without an end."]),
        ("2015.09--2019.07 学习\n续\n2019.06-- 工作", ["Line 3: it begins before the line above ends."]),
        (
            "2015.09--2019.07 学习\n（其间：2016.01--2016.02甲；\n2019.01--2019.08乙）\n2019.08--",
            [
                "Line 3: a nested period lies outside the period of its line.",
                "Line 4: say what was done in this period.",
            ],
        ),
        (
            "2015.09--2019.07 学习（其间：2015.08--2016.02甲）",
            ["Line 1: a nested period lies outside the period of its line."],
        ),
        (
            "2015.09--2019.07 学习（其间：2016.02--甲）",
            ["Line 1: a nested period lies outside the period of its line."],
        ),
        ("2015.09--2019.07 学习\n（其间：）", ["Line 2: begin with the months, for example 2015.09--2019.07."]),
        ("2015.09--2019.07 学习（其间：三个月）", ["Line 1: begin with the months, for example 2015.09--2019.07."]),
        (
            "2015.09--2019.07 学习（其间：2016.01--2016.02甲",
            ["Line 1: write each nested period as one （其间：…） with both brackets."],
        ),
        (
            "2015.09--2019.07 学习\n（其间：2016.01--2016.02甲（其间：2016.01--2016.02乙））",
            ["Line 2: write each nested period as one （其间：…） with both brackets."],
        ),
        ("2015.09--，2019.07 学习", ["Line 1: write both months as 2015.09--2019.07."]),
        ("2015.09-->2019.07 学习", ["Line 1: write both months as 2015.09--2019.07."]),
        ("2015.09至2019年春 学习", ["Line 1: write both months as 2015.09--2019.07."]),
        ("2015-9-10 学习", ["Line 1: write both months as 2015.09--2019.07."]),
        (
            "2015.09--2019.07 学习【其间：2016.01--2016.02甲（乙】",
            ["Line 1: write each nested period as one （其间：…） with both brackets."],
        ),
        ("1" * 10_001, ["The résumé is longer than 10000 characters."]),
    ],
)
def test_the_line_that_cannot_be_is_named(text: str, messages: list[str]) -> None:
    assert errors(text) == messages


@pytest.mark.parametrize(
    "inside",
    [
        "（其中：2016.09—2017.07在某镇挂职）",
        "（其中：201609--201707在某镇挂职）",
        "(其中2016.09至2017.07在某镇挂职)",
        "（其间2016.09\u2e3a2017.07在某镇挂职）",
        "（期间：2016年9月－2017年7月\n在某镇挂职）",
    ],
)
def test_a_period_inside_a_line_is_found_by_other_words_too(inside: str) -> None:
    line = parse(f"2015.09--2019.07 某局科员{inside}、副科长")[0]
    assert line.text == "某局科员、副科长"
    assert line.nested == (ResumeLine(month(2016, 9), month(2017, 7), "在某镇挂职"),)


@pytest.mark.parametrize("text", ["获奖（其中：市级2项）", "培训3次（其中2016.09在市委党校）", "评为（其中：2016）"])
def test_what_only_looks_like_a_period_inside_a_line_stays_in_its_text(text: str) -> None:
    assert parse(f"2015.09--2019.07  {text}")[0].text == text


def test_every_line_of_a_list_begins_anew() -> None:
    assert check("●2015.09--2019.07 学习\n●2019.07--2020.08 待分配\n● 2020.08至今 工作") == (
        "2015.09--2019.07  学习\n2019.07--2020.08  待分配\n2020.08--         工作"
    )


def test_what_is_no_list_and_no_day_stays_in_its_text() -> None:
    text = "一级科员、1.5吨工程（一）\n第二行，2019.07.5班"
    assert parse(f"2015.09--2019.07  {text}")[0].text == text.replace("\n", "")
    assert parse("2019.07--2020.07  2019年7月5班学习")[0].text == "2019年7月5班学习"
    assert parse("2019.07--         目前在某镇")[0].text == "目前在某镇"


def test_lines_with_days_are_named() -> None:
    text = "2015.09.01--2019.07.01 学习\n2019.07--2020.08 工作\n（其间：20191001-20191231跟班）\n2020.08--"
    assert with_days(text) == [1, 3]


def test_figures_that_are_no_month_stay_in_the_text() -> None:
    """Classes and sums of money look like months that are written together."""
    found = parse("2015.09--2019.07 学习\n2019.07--         202013班班长\n（其间：2020.01--2020.02学习；202001班班长）")
    assert found[1] == ResumeLine(
        month(2019, 7), None, "202013班班长", (ResumeLine(month(2020, 1), month(2020, 2), "学习；202001班班长"),)
    )
    assert parse(write(found)) == found


def test_an_empty_resume_has_no_lines() -> None:
    assert parse(" \r\n　") == []
    assert write([]) == ""


WORDS = st.text(alphabet="在某镇村工作、（学习）月今至2019.-—\u2212；a", min_size=1, max_size=12).map(
    lambda text: f"任{text}员"
)
BALANCED = WORDS.filter(lambda text: "（" not in text and "）" not in text)


@st.composite
def resumes(draw: st.DrawFn) -> list[ResumeLine]:
    borders = sorted(draw(st.lists(st.integers(0, 1200), min_size=2, max_size=12)))
    lines = []
    for index, (a, b) in enumerate(pairwise(borders)):
        pairs = draw(st.lists(st.tuples(st.integers(a, b), st.integers(a, b)), max_size=2))
        inner = tuple(ResumeLine(at(min(pair)), at(max(pair)), draw(BALANCED)) for pair in pairs)
        is_open = index == len(borders) - 2 and draw(st.booleans())
        lines.append(ResumeLine(at(a), None if is_open else at(b), draw(WORDS), inner))
    return lines


def at(months: int) -> date:
    return date(1950 + months // 12, months % 12 + 1, 1)


@given(resumes())
def test_what_is_written_is_read_again(lines: list[ResumeLine]) -> None:
    assert parse(write(lines)) == lines


@given(
    st.lists(
        st.sampled_from(
            [
                "2015.09--2019.07",
                "2019.07--",
                "2016.01—2016.02",
                "201601--201602",
                "201601",
                "\u2e3a",
                "（其间：",
                "（其中：",
                "（其中",
                "【其间，",
                "】",
                "●",
                ".01",
                "一",
                "目前",
                "）",
                "（",
                "；",
                "：",
                " ",
                "\n",
                "\r\n   ",
                "月",
                "今",
            ]
        )
        | st.text(max_size=5),
        max_size=14,
    ).map("".join)
)
def test_any_text_is_refused_with_a_message_or_put_into_a_form_that_stays(text: str) -> None:
    try:
        canonical = check(text)
    except ValidationError:
        return
    assert check(canonical) == canonical
