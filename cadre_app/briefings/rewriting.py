"""A text that people may have edited: new numbers and other days put where the template has them, and what it says untruly.

A sentence that stands as the template wrote it is written anew, with its claims; in any other the number alone is changed
where its words still stand around it. No queries.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cadre_app.briefings.composing import (
    HEADS,
    IN_ORDER,
    NOTHING,
    ONE_YEAR,
    SLOTS,
    SO_FAR,
    THIS_YEAR,
    Frame,
    Slot,
    Writer,
    period_names,
)
from cadre_app.briefings.phrases import replaced
from cadre_app.briefings.snapshots import (
    ONCE_EACH,
    POSTINGS_IN_ORDER,
    POSTINGS_SO_FAR,
    PROBLEMS_ANSWERED,
    Counted,
    numbers_of,
)
from cadre_app.core.figures import period_start
from cadre_app.documents.wording import day_text

Numbers = Mapping[str, int]
# Where the template names the period: what follows it there.
AFTER_PERIOD = "(?=，区委组织部|开展帮带|开展结对小结|开设点单课程|开展现场教学|人均完成)"
UNTIL = re.compile(r"截至([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)")
# What a text may say, and when that is borne out.
SAID: tuple[tuple[str, Callable[[Numbers, frozenset[str]], bool]], ...] = (
    (IN_ORDER.strip("，"), lambda numbers, held: POSTINGS_IN_ORDER in held),
    (SO_FAR.strip("，"), lambda numbers, held: POSTINGS_SO_FAR in held),
    ("其余均已答复或说明", lambda numbers, held: PROBLEMS_ANSWERED in held and _are_left(numbers)),
    ("(?<!其余)均已答复或说明", lambda numbers, held: PROBLEMS_ANSWERED in held),
    ("[0-9]+名同志得到提拔任职", lambda numbers, held: ONCE_EACH in held),
    ("现无引进生、选调生", lambda numbers, held: not numbers["people_total"]),
    ("均为引进生", lambda numbers, held: numbers["introduced"] > 0 == numbers["selected"]),
    ("均为选调生", lambda numbers, held: numbers["selected"] > 0 == numbers["introduced"]),
    ("其中[0-9]+篇获市级一、二等奖", lambda numbers, held: numbers["research_prizes"] <= numbers["reports"]),
)


@dataclass(frozen=True)
class Rewritten:
    """The parts of the text with the new numbers, and the figures that the text followed."""

    parts: dict[str, str]
    followed: frozenset[str]


def rewritten(
    parts: Mapping[str, str], frame: Frame, old: Numbers, now: Numbers, borne_out: Iterable[str], taken: Iterable[str]
) -> Rewritten:
    """The text of the `old` numbers with those of `now` that are `taken`, and with the claims that hold."""
    wanted, new = frozenset(taken), {**old, **{key: now[key] for key in taken}}
    held, found, followed = frozenset(borne_out), dict(parts), set[str]()
    for name in parts:
        part = _Part(found[name], frame, old, new, held)
        for slot in (slot for slot in SLOTS if slot.part == name):
            followed |= part.go_on(slot, wanted)
        found[name] = part.text + (f"{NOTHING[name]}。" if part.text and part.text == HEADS.get(name) else "")
    return Rewritten(found, frozenset(followed))


class _Part:
    """One part while its sentences are written anew, from the first to the last; `at` is the place of the next one, where
    that is known.
    """

    def __init__(self, text: str, frame: Frame, old: Numbers, new: Numbers, held: frozenset[str]) -> None:
        self.text, self.frame, self.old, self.new, self.held = text, frame, old, new, held
        self.at: int | None = None

    def go_on(self, slot: Slot, taken: frozenset[str]) -> set[str]:
        """Write the sentence of the slot anew; which of its figures that are taken the text follows."""
        keys = taken & set(slot.keys)
        if not _written(slot, self.frame, self.old):
            return self._added(slot, keys)
        for period, claims in _variants(slot, self.frame):
            frame = replace(self.frame, period=period)
            sentence = f"{_written(slot, frame, self.old, claims)}。"
            place = self._place_of(sentence)
            if place is not None:
                kept = self.held if keys else claims
                self._put(_written(slot, frame, self.new, kept), place, len(sentence))
                return set(keys)
        self.at = None
        return {key for key in keys if self._replaced(key)}

    def _added(self, slot: Slot, keys: frozenset[str]) -> set[str]:
        """A sentence that the numbers did not give before: in place of the one of nothing, else after the one before it."""
        sentence = _written(slot, self.frame, self.new, self.held)
        if not sentence:
            return set(keys)
        nothing = f"{NOTHING.get(slot.part, '')}。"
        if slot.part in NOTHING and nothing in self.text:
            self._put(sentence, self.text.index(nothing), len(nothing))
            return set(keys)
        head = HEADS.get(slot.part, "")
        place = len(head) if self.at is None and self._is_first(slot) and self.text.startswith(head) else self.at
        if place is None:
            return set()
        self._put(sentence, place, 0)
        return set(keys)

    def _is_first(self, slot: Slot) -> bool:
        """Whether nothing of the part comes before it in the old text."""
        before = [one for one in SLOTS if one.part == slot.part]
        return not any(_written(one, self.frame, self.old) for one in before[: before.index(slot)])

    def _place_of(self, sentence: str) -> int | None:
        """Where it stands as a sentence of its own."""
        place = self.text.find(sentence)
        return place if place == 0 or (place > 0 and self.text[place - 1] in "。\n") else None

    def _put(self, sentence: str, place: int, length: int) -> None:
        written = f"{sentence}。" if sentence else ""
        self.text = self.text[:place] + written + self.text[place + length :]
        self.at = place + len(written)

    def _replaced(self, key: str) -> bool:
        """The number alone, in the words around it; neither from nor to 0, which has no words."""
        if not (self.old[key] and self.new[key]):
            return False
        text = replaced(self.text, key, self.old[key], self.new[key])
        self.text, is_changed = text, text != self.text
        return is_changed


def redated(text: str, then: Frame, now: Frame) -> str:
    """The text with its last day and the words for its period, where the template names them, as the other period has them."""
    moved = text.replace(f"截至{day_text(then.as_of)}", f"截至{day_text(now.as_of)}")
    if then.postings_since != now.postings_since:
        moved = moved.replace(f"{then.postings_since}年以来", f"{now.postings_since}年以来")
    for name in period_names(then.since, then.as_of):
        after = "" if name in (THIS_YEAR, ONE_YEAR) else AFTER_PERIOD
        moved = re.sub(rf"(?:^|(?<=[。；，\n])){name}{after}", now.period, moved)
    return moved


def unborne(text: str, counted: Counted) -> list[str]:
    """What stands in the text while the records do not bear it out."""
    numbers = numbers_of(counted.figures)
    found = [
        match[0]
        for words, holds in SAID
        if (match := re.search(words, text)) is not None and not holds(numbers, counted.borne_out)
    ]
    counts = {name: any(numbers[key] for slot in SLOTS if slot.part == name for key in slot.keys) for name in NOTHING}
    return found + [words for name, words in NOTHING.items() if words in text and counts[name]]


def misdated(text: str, frame: Frame) -> list[str]:
    """Words for another period or another last day than those of the briefing."""
    found = [THIS_YEAR] if THIS_YEAR in text and frame.period != THIS_YEAR else []
    if ONE_YEAR in text and frame.since != period_start(frame.as_of):
        found.append(ONE_YEAR)
    days = dict.fromkeys(UNTIL.findall(text))
    return found + [f"截至{day}" for day in days if day != day_text(frame.as_of)]


def _variants(slot: Slot, frame: Frame) -> Iterator[tuple[str, frozenset[str]]]:
    """What the sentence may have been written with: the names of the period, the claims that held."""
    for period in period_names(frame.since, frame.as_of):
        for claims in slot.claims:
            yield period, frozenset(claims)


def _written(slot: Slot, frame: Frame, numbers: Numbers, held: frozenset[str] = frozenset()) -> str:
    return slot.write(Writer(frame, Counted([{"key": key, "number": numbers[key]} for key in numbers], held)))


def _are_left(numbers: Numbers) -> bool:
    return numbers["problems_closed"] < numbers["problems"]
