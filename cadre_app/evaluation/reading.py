"""A valid result as pages and papers show it: the spread of each question, and who filled in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.evaluation.questionnaire import Question, Text
from cadre_app.evaluation.wording import whole_percents

if TYPE_CHECKING:
    from cadre_app.evaluation.models import Subject


@dataclass(frozen=True)
class Share:
    """How many chose one option, of those who judged."""

    text: Text
    count: int
    percent: str
    width: int


@dataclass(frozen=True)
class Spread:
    """One question: its shares without the way out, whose number stands beside them."""

    question: Question
    judged: int
    shares: list[Share]
    left_out: int


def spreads(subject: "Subject") -> list[Spread]:
    """By question, in the order of the sheet; nothing of it is a score."""
    pairs = zip(subject.campaign.sheet.questions, subject.counts, strict=True)
    return [_spread(question, counts) for question, counts in pairs]


def _spread(question: Question, counts: list[int]) -> Spread:
    judged = sum(counts[:-1])
    shares = [
        Share(text, count, f"{whole}%" if judged else "", whole)
        for text, count, whole in zip(question.options, counts, whole_percents(counts[:-1]), strict=False)
    ]
    return Spread(question, judged, shares, counts[-1])
