"""What the feedback on a session comes to.

Results are shown once the feedback time is over and at least as many sheets are in as the setting asks for (never fewer
than five); until then only their number. As no sheet comes in after that, nobody can compare the results before and
after one more sheet and read off what it said. The time that counts is the one of the session's last day, so that a later
change of the setting does not open it again.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.training.models import CourseSession, FeedbackSheet
from cadre_app.training.models.choices import HELD
from cadre_app.training.models.feedback import Rating
from cadre_app.training.policies import FEEDBACK_THRESHOLD
from cadre_app.training.services.feedback import closes_on

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

QUESTIONS = ("content", "teaching", "usefulness")
FEWEST = 5


@dataclass(frozen=True)
class Option:
    label: "_StrPromise | str"
    number: int


@dataclass(frozen=True)
class Question:
    """One of the three ratings: how many chose each option, and their average between 1 and 4."""

    label: str
    options: list[Option]
    average: float


@dataclass(frozen=True)
class Results:
    """`questions` and `texts` are empty unless `is_shown`; `texts` lie in the order of random keys."""

    count: int
    threshold: int
    closes_on: date
    is_over: bool
    is_shown: bool
    questions: list[Question]
    texts: list[str]


def results_of(session: CourseSession) -> Results:
    """The results as they may be shown today (local date); two queries at most."""
    count = FeedbackSheet.objects.filter(session=session).count()
    threshold, last = max(FEEDBACK_THRESHOLD.now(), FEWEST), closes_on(session)
    is_over = session.state in HELD and timezone.localdate() > last
    is_shown = is_over and count >= threshold
    sheets = list(FeedbackSheet.objects.filter(session=session).order_by("pk")) if is_shown else []
    return Results(
        count=count,
        threshold=threshold,
        closes_on=last,
        is_over=is_over,
        is_shown=is_shown,
        questions=[_question(name, sheets) for name in QUESTIONS] if is_shown else [],
        texts=[sheet.text for sheet in sheets if sheet.text],
    )


def _question(name: str, sheets: list[FeedbackSheet]) -> Question:
    chosen = Counter(getattr(sheet, name) for sheet in sheets)
    label = str(FeedbackSheet._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    options = [Option(rating.label, chosen[rating.value]) for rating in Rating]
    return Question(label, options, sum(chosen.elements()) / len(sheets))
