"""The words around each number of the template, by which it is found again in a text that somebody edited."""

import re
from collections.abc import Iterator, Mapping

# Of several the first that stands in the text; {n} is the number.
PHRASES: dict[str, tuple[str, ...]] = {
    "people_total": ("现有引进生、选调生{n}名",),
    "introduced": ("其中引进生{n}名",),
    "selected": ("名、选调生{n}名", "其中选调生{n}名"),
    "in_village": ("在村任职{n}名",),
    "mentor_pairs": ("现有结对{n}对",),
    "guidance_notes": ("开展帮带{n}人次",),
    "pairing_reviews": ("结对小结{n}次",),
    "camp_grades": ("{n}个年级",),
    "camp_sessions": ("集中培训{n}期",),
    "on_demand_sessions": ("点单课程{n}场次",),
    "study_visits": ("现场教学{n}批次",),
    "avg_hours": ("完成集中培训{n}学时",),
    "headquarters_postings": ("{n}人次到项目建设指挥部锻炼",),
    "secondments": ("{n}人次到市直部门跟班学习",),
    "reports": ("调研报告{n}篇",),
    "research_prizes": ("{n}篇获市级一、二等奖",),
    "talks": ("谈心谈话{n}人次",),
    "symposiums": ("座谈交流{n}次",),
    "problems": ("意见建议{n}条",),
    "problems_closed": ("已办结{n}条",),
    "outcomes": ("{n}名同志得到提拔任职", "{n}人次得到提拔任职"),
}


CLAUSE = re.compile(r"[^，。；：、！？\n]+")


def phrase(key: str, number: int, *, variant: int = 0) -> str:
    """现有结对7对."""
    return PHRASES[key][variant].replace("{n}", str(number))


def replaced(text: str, key: str, old: int, new: int) -> str:
    """The text with the new number in place of the old one, wherever the words of the template stand around it."""
    for pattern in _patterns(key, old):
        text = pattern.sub(lambda found: found["before"] + str(new) + found["after"], text)
    return text


def places(text: str, numbers: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """Where the numbers stand: begin, end and key, in the order of the text, none within another."""
    found = sorted(_found(text, numbers))
    kept: list[tuple[int, int, str]] = []
    for begin, end, key in found:
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end, key))
    return kept


def clauses_with(text: str, number: int, numbers: Mapping[str, int]) -> list[str]:
    """The clauses in which `number` stands though none of `numbers` stands there in the words of the template; no dates."""
    known = {begin for begin, _end, _key in places(text, numbers)}
    bare = re.compile(rf"(?<![0-9.]){number}(?![0-9]|\.[0-9]|\s*[年月日])")
    found = (
        clause[0].strip()
        for clause in CLAUSE.finditer(text)
        if any(place.start() not in known for place in bare.finditer(text, *clause.span()))
    )
    return list(dict.fromkeys(found))


def strays(text: str, numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    """Words of the template around another number than that of the figure, with the figure's; also where blanks were put in."""
    found = {}
    for key, number in numbers.items():
        for words in PHRASES.get(key, ()):
            before, after = (re.escape(part) for part in words.split("{n}"))
            for match in re.finditer(rf"{before}\s*(?<![0-9.])(?P<number>[0-9]+)\s*{after}", text):
                if int(match["number"]) != number:
                    found[match[0]] = number
    return list(found.items())


def _found(text: str, numbers: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
    for key, number in numbers.items():
        for pattern in _patterns(key, number):
            for match in pattern.finditer(text):
                yield *match.span("number"), key


def _patterns(key: str, number: int) -> list["re.Pattern[str]"]:
    found = []
    for words in PHRASES.get(key, ()):
        before, after = (re.escape(part) for part in words.split("{n}"))
        found.append(re.compile(rf"(?P<before>{before})(?<![0-9])(?P<number>{number})(?P<after>{after})"))
    return found
