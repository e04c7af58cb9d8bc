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
    """One question: its shares without the way out, whose number stands beside them.

    Fewer than `least` who judged have no shares: what each of them chose could be worked out.
    """

    question: Question
    judged: int
    shares: list[Share]
    left_out: int
    least: int

    @property
    def is_small(self) -> bool:
        return self.judged < self.least


def spreads(subject: "Subject") -> list[Spread]:
    """By question, in the order of the sheet; nothing of it is a score."""
    pairs = zip(subject.campaign.sheet.questions, subject.counts, strict=True)
    return [_spread(question, counts, subject.campaign.least) for question, counts in pairs]


def _spread(question: Question, counts: list[int], least: int) -> Spread:
    judged = sum(counts[:-1])
    if judged < least:
        return Spread(question, judged, [], counts[-1], least)
    shares = [
        Share(text, count, f"{whole}%" if judged else "", whole)
        for text, count, whole in zip(question.options, counts, whole_percents(counts[:-1]), strict=False)
    ]
    return Spread(question, judged, shares, counts[-1], least)
