"""The questions of a sheet as data: a campaign keeps to the version it was opened with (demo texts B12)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

DATA = Path(__file__).resolve().parent / "data" / "questionnaires.json"
CURRENT = 1


@dataclass(frozen=True)
class Text:
    """One wording in both languages of the product; papers print the Chinese one."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True)
class Question:
    """`options` from best to worst, the last of all `choices` is the way out (不了解)."""

    number: int
    text: Text
    options: tuple[Text, ...]
    way_out: Text

    @property
    def choices(self) -> tuple[Text, ...]:
        return (*self.options, self.way_out)


@dataclass(frozen=True)
class Questionnaire:
    """`satisfied_by`: how many of the first options of question `satisfied_at` count as satisfied."""

    version: int
    questions: tuple[Question, ...]
    open_question: Text
    satisfied_at: int
    satisfied_by: int

    def fits(self, answers: list[int]) -> bool:
        """One choice for each question, by its number from 1 on."""
        pairs = zip(self.questions, answers, strict=False)
        return len(answers) == len(self.questions) and all(1 <= given <= len(one.choices) for one, given in pairs)


@cache
def questionnaire(version: int) -> Questionnaire:
    """The questions of a version. Raises KeyError for one that never was."""
    raw = json.loads(DATA.read_text("utf-8"))[str(version)]
    questions = tuple(_question(number, one) for number, one in enumerate(raw["questions"], start=1))
    known = raw["satisfied"]
    return Questionnaire(version, questions, Text(**raw["open_question"]), known["question"], known["options"])


def _question(number: int, raw: dict[str, Any]) -> Question:
    options = tuple(Text(**one) for one in raw["options"])
    return Question(number, Text(raw["zh"], raw["en"]), options, Text(**raw["way_out"]))
