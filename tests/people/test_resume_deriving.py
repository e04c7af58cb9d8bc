"""Periods joined into lines: gaps, posts that overlap, borders, months that are equal."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_app.core.resumes import ResumePart, ResumePeriod
from cadre_app.people.file.stations import Stations
from cadre_app.people.models import PostRecord, Trainee, Transfer
from cadre_app.people.writing.deriving import derive
from cadre_app.people.writing.resume import check, write

SCHOOL, POST, BESIDE, WITHIN = ResumePart.SCHOOL, ResumePart.POST, ResumePart.BESIDE, ResumePart.WITHIN


def day(text: str) -> date:
    return date.fromisoformat(text if text.count("-") > 1 else f"{text}-10")


def period(part: ResumePart, text: str, start: str, end: str = "") -> ResumePeriod:
    return ResumePeriod(part, text, day(start), day(end) if end else None)


def rows(*periods: ResumePeriod) -> list[str]:
    return [" ".join(row.split()) for row in write(derive(periods)).splitlines()]


def test_nothing_known_is_no_line() -> None:
    assert rows() == []
    assert (
        rows(period(BESIDE, "村助理（挂职）", "2022-08"), period(WITHIN, "在某局跟班学习", "2022-08", "2023-08")) == []
    )


@pytest.mark.parametrize(
    ("graduated", "waiting"),
    [("2022-06", ["2022.06--2022.08 待分配"]), ("2022-07", []), ("2022-08", [])],
    ids=["two months", "one month", "the same month"],
)
def test_a_gap_of_more_than_a_month_before_the_first_post_is_written(graduated: str, waiting: list[str]) -> None:
    found = rows(period(SCHOOL, "大学学习", "2018-09", graduated), period(POST, "某镇一级科员", "2022-08"))
    assert found == [f"2018.09--{graduated.replace('-', '.')} 大学学习", *waiting, "2022.08-- 某镇一级科员"]


def test_from_the_month_in_which_work_began_nobody_waits() -> None:
    periods = period(SCHOOL, "研究生学习", "2017-09", "2020-06"), period(POST, "某镇工作", "2026-08")
    at_once, later = (derive(periods, began=date(2020, month, 1)) for month in (7, 10))
    assert [line.text for line in at_once] == ["研究生学习", "某镇工作"]
    assert [(line.text, line.end) for line in later][1] == ("待分配", date(2020, 10, 1))


def test_the_summer_between_two_schools_is_no_gap_a_year_is() -> None:
    first, second = period(SCHOOL, "大学学习", "2015-09", "2019-06"), period(SCHOOL, "研究生学习", "2019-09", "2022-06")
    assert rows(first, second) == ["2015.09--2019.06 大学学习", "2019.06--2022.06 研究生学习"]
    later = period(SCHOOL, "研究生学习", "2020-09", "2022-06")
    assert rows(first, later) == ["2015.09--2019.06 大学学习", "2020.09--2022.06 研究生学习"]


def test_a_second_school_at_the_same_time_stands_inside_the_first() -> None:
    first, second = period(SCHOOL, "大学学习", "2015-09", "2019-06"), period(SCHOOL, "在某校交流", "2017-09", "2018-06")
    assert rows(first, second) == ["2015.09--2019.06 大学学习", "（其间：2017.09--2018.06在某校交流）"]


def test_a_school_that_reaches_into_the_work_ends_with_it_and_one_begun_there_stands_inside() -> None:
    found = rows(
        period(SCHOOL, "大学学习", "2018-09", "2022-09"),
        period(SCHOOL, "研究生学习", "2023-09", "2026-06"),
        period(POST, "某镇一级科员", "2022-08"),
    )
    assert found == [
        "2018.09--2022.08 大学学习",
        "2022.08-- 某镇一级科员",
        "（其间：2023.09--2026.06研究生学习）",
    ]


def test_each_change_of_post_begins_a_line_and_the_last_stays_open() -> None:
    posts = [period(POST, "甲", "2022-08"), period(POST, "乙", "2023-08"), period(POST, "乙", "2024-01")]
    assert rows(*posts) == ["2022.08--2023.08 甲", "2023.08-- 乙"]


def test_of_two_posts_in_one_month_the_later_stands() -> None:
    posts = [period(POST, "甲", "2022-08-01"), period(POST, "乙", "2022-08-31"), period(POST, "丙", "2024-02-29")]
    assert rows(*posts) == ["2022.08--2024.02 乙", "2024.02-- 丙"]


def test_whoever_left_has_a_last_month() -> None:
    assert rows(period(POST, "甲", "2022-08", "2025-03")) == ["2022.08--2025.03 甲"]
    assert rows(period(POST, "甲", "2022-08", "2022-08")) == ["2022.08--2022.08 甲"]


def test_a_post_in_the_village_is_written_into_both_lines_that_it_runs_across() -> None:
    found = rows(
        period(POST, "甲", "2022-08"), period(POST, "乙", "2023-08"), period(BESIDE, "丙（挂职）", "2022-09", "2024-09")
    )
    assert found == [
        "2022.08--2022.09 甲",
        "2022.09--2023.08 甲、丙（挂职）",
        "2023.08--2024.09 乙、丙（挂职）",
        "2024.09-- 乙",
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-08", "", ["2022.08-- 甲、丙（挂职）"]),
        ("2022-03", "2023-08", ["2022.08--2023.08 甲、丙（挂职）", "2023.08-- 甲"]),
        ("2023-01", "2023-01", ["2022.08-- 甲"]),
    ],
    ids=["open and from the first month", "begun before", "within one month"],
)
def test_a_post_held_beside_at_the_borders(start: str, end: str, expected: list[str]) -> None:
    assert rows(period(POST, "甲", "2022-08"), period(BESIDE, "丙（挂职）", start, end)) == expected


def test_a_posting_across_the_end_of_a_line_goes_on_in_the_next() -> None:
    found = rows(
        period(POST, "甲", "2022-08"),
        period(POST, "乙", "2025-10"),
        period(WITHIN, "在某局跟班学习", "2025-03", "2026-03"),
    )
    assert found == [
        "2022.08--2025.10 甲",
        "（其间：2025.03--2025.10在某局跟班学习）",
        "2025.10-- 乙",
        "（其间：2025.10--2026.03在某局跟班学习）",
    ]


def test_a_posting_that_ends_with_its_line_does_not_stand_in_the_next() -> None:
    posting = period(WITHIN, "在某局跟班学习", "2025-03", "2025-10")
    assert rows(period(POST, "甲", "2022-08"), period(POST, "乙", "2025-10"), posting) == [
        "2022.08--2025.10 甲",
        "（其间：2025.03--2025.10在某局跟班学习）",
        "2025.10-- 乙",
    ]


def test_a_posting_that_runs_is_open_in_the_last_line_and_ends_where_the_person_left() -> None:
    posting = period(WITHIN, "在某局跟班学习", "2025-03")
    assert rows(period(POST, "甲", "2022-08"), posting)[-1] == "（其间：2025.03--在某局跟班学习）"
    assert rows(period(POST, "甲", "2022-08", "2025-09"), posting)[-1] == "（其间：2025.03--2025.09在某局跟班学习）"


DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))
LENGTHS = st.none() | st.integers(0, 2000)
PERIODS = st.builds(
    lambda part, text, start, length: ResumePeriod(
        part, text, start, start + timedelta(days=length) if length is not None else None
    ),
    st.sampled_from([SCHOOL, BESIDE, WITHIN]),
    st.sampled_from(["甲", "乙学习", "丙（挂职）"]),
    DAYS,
    LENGTHS,
)
POSTS = st.builds(lambda text, start: ResumePeriod(POST, text, start), st.sampled_from(["子", "丑"]), DAYS)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PERIODS, max_size=6), st.lists(POSTS, max_size=4))
def test_whatever_is_known_makes_a_resume_that_can_be_read(
    periods: list[ResumePeriod], posts: list[ResumePeriod]
) -> None:
    text = write(derive([*periods, *posts]))
    assert check(text) == text


def test_a_post_that_came_long_after_the_transfer_leaves_the_time_before_it_open() -> None:
    moved = Transfer(effective_on=date(2023, 10, 9))
    for started_on, is_open in ((date(2023, 10, 9), False), (date(2023, 11, 1), False), (date(2025, 2, 1), True)):
        records = [PostRecord(started_on=started_on, post="综合科副科长")]
        found = Stations(Trainee(), records, [moved]).without_post()
        assert found == ([(moved, started_on)] if is_open else [])
