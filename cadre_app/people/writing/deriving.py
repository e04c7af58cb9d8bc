"""From periods to the lines of a résumé (PRODUCT.md, "Appointment form"; demo-texts B18). Pure; counted by months."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cadre_app.core.resumes import ResumePart, ResumePeriod
from cadre_app.people.writing.resume import ResumeLine

WAITING = "待分配"
LONGEST_UNTOLD = 1
LONGEST_HOLIDAY = 3


def derive(periods: Iterable[ResumePeriod], *, began: date | None = None) -> list[ResumeLine]:
    """Lines that follow each other: schools, 待分配 where more than a month lies before the first post, then each change.

    From `began` on, the month in which work began, nobody waited: the hole before the first known post is left open.
    A period （其间） that reaches over the end of its line goes on in the next one.
    """
    known = sorted(map(_in_months, periods), key=lambda period: period.started_on)
    work = _work_lines(_of(known, ResumePart.POST), _of(known, ResumePart.BESIDE))
    schools, studies = _school_lines(_of(known, ResumePart.SCHOOL), work[0].start if work else None)
    within = sorted([*studies, *_of(known, ResumePart.WITHIN)], key=lambda period: period.started_on)
    lines = [*schools, *_waiting(schools, work, began), *work]
    return [replace(line, nested=tuple(_inside(line, within))) for line in lines]


def _in_months(period: ResumePeriod) -> ResumePeriod:
    end = period.ended_on.replace(day=1) if period.ended_on is not None else None
    return replace(period, started_on=period.started_on.replace(day=1), ended_on=end)


def _of(periods: list[ResumePeriod], part: ResumePart) -> list[ResumePeriod]:
    return [period for period in periods if period.part is part]


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _school_lines(schools: list[ResumePeriod], work: date | None) -> tuple[list[ResumeLine], list[ResumePeriod]]:
    """Schools one after the other, over the summer without a gap; and what was studied beside them or beside the work."""
    lines: list[ResumeLine] = []
    beside: list[ResumePeriod] = []
    for school in schools:
        start, end = school.started_on, school.ended_on or work
        last = lines[-1].end if lines else None
        if end is None or (work is not None and start >= work) or (last is not None and end <= last):
            beside.append(school)
            continue
        if last is not None and _months(last, start) <= LONGEST_HOLIDAY:
            start = last
        lines.append(ResumeLine(start, min(end, work or end), school.text))
    return lines, beside


def _waiting(schools: list[ResumeLine], work: list[ResumeLine], began: date | None) -> Iterator[ResumeLine]:
    if schools and work:
        last, first = schools[-1].end, min(work[0].start, began or work[0].start)
        if last is not None and _months(last, first) > LONGEST_UNTOLD:
            yield ResumeLine(last, first, WAITING)


def _work_lines(posts: list[ResumePeriod], beside: list[ResumePeriod]) -> list[ResumeLine]:
    """A line from each month in which a post or one beside it begins or ends; of two posts in a month the later stands."""
    if not posts:
        return []
    held = {post.started_on: post for post in posts}
    months = sorted(held)
    first, close = months[0], held[months[-1]].ended_on
    borders = {*months, *(day for each in beside for day in (each.started_on, each.ended_on) if day is not None)}
    inner = sorted(day for day in borders if first <= day and (close is None or day < close)) or [first]
    lines: list[ResumeLine] = []
    for start, end in pairwise([*inner, max(close, inner[-1]) if close is not None else None]):
        if start is None:
            continue
        post = held[months[bisect_right(months, start) - 1]]
        text = "、".join([post.text, *(each.text for each in beside if _covers(each, start))])
        if lines and lines[-1].text == text:
            lines[-1] = replace(lines[-1], end=end)
        else:
            lines.append(ResumeLine(start, end, text))
    return lines


def _covers(period: ResumePeriod, month: date) -> bool:
    return period.started_on <= month and (period.ended_on is None or period.ended_on > month)


def _inside(line: ResumeLine, within: list[ResumePeriod]) -> Iterator[ResumeLine]:
    """The share of each period that lies in the line; one of a single month stands in the line that begins with it."""
    for period in within:
        start = max(period.started_on, line.start)
        ends = [end for end in (period.ended_on, line.end) if end is not None]
        end = min(ends) if ends else None
        is_short = period.started_on == period.ended_on
        if end is None or start < end or (is_short and start == end and end != line.end):
            yield ResumeLine(start, end, period.text)
