"""The stage ruler of the person page: where each stretch of time lies on a drawing of fixed size (SVG units)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.people.models import Interruption, Trainee, VillageTerm
from cadre_app.people.writing.posts import place_and_post
from cadre_app.stages.labels import stage_label
from cadre_app.stages.rules import Stage, StageKey, Stretch, course

WIDTH, HEIGHT = 1160, 138
LEFT, RIGHT = 92, 1146
BAR = 24
STAGES, TERMS, LIMITS = 22, 54, 86
WIDE, NARROW, MARGIN = 13.0, 7.2, 16.0
AHEAD = timedelta(days=365)
TICKS = 12
LATEST = date(9990, 1, 1)


@dataclass(frozen=True)
class Bar:
    """A stretch; `text` is empty where it would not fit."""

    x: float
    y: int
    width: float
    css: str
    text: str = ""
    text_css: str = ""

    @property
    def text_x(self) -> float:
        return round(self.x + 8, 1)

    @property
    def text_y(self) -> int:
        return self.y + 17


@dataclass(frozen=True)
class Mark:
    """A day with its word; `anchor` is the SVG text anchor."""

    x: float
    text: str
    anchor: str = "start"

    @property
    def text_x(self) -> float:
        return round(self.x + (8 if self.anchor == "start" else -8), 1)


@dataclass
class Ruler:
    years: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    flags: list[Mark] = field(default_factory=list)
    today: Mark | None = None


@dataclass(frozen=True)
class Step:
    """A stage in words, for phones and paper; `state` is done, now or next."""

    label: str
    since: date
    until: date | None
    state: str


def steps_of(stage: Stage) -> list[Step]:
    """Every stage that the dates name, in order."""
    return [
        Step(str(stage_label(part.stage, part.grade)), part.since, part.until, _state(part, stage.day))
        for part in course(stage.facts, stage.rules)
    ]


def ruler_of(
    trainee: Trainee, stage: Stage, terms: Iterable[tuple[VillageTerm, list[Interruption]]], service_until: date
) -> Ruler | None:
    """The drawing as of the stage's day; None where the dates lie outside what can be drawn."""
    terms = list(terms)
    parts = course(stage.facts, stage.rules)
    days = [stage.day, service_until, trainee.probation_ends_on, *(term.due_on for term, _gaps in terms)]
    end = max(day for day in days if day is not None)
    if trainee.arrived_on > stage.day or end > LATEST:
        return None
    scale = _Scale(trainee.arrived_on, end + AHEAD)
    ruler = Ruler(years=scale.years(), today=Mark(scale.x(stage.day), _("today")))
    ruler.bars += [
        scale.bar(part.since, part.until, STAGES, *_stage_look(part, stage.day))
        for part in parts
        if part.stage is not StageKey.LEFT
    ]
    for term, gaps in terms:
        ruler.bars += _term_bars(scale, term, gaps, stage.day)
    if trainee.probation_ends_on is not None:
        ruler.bars.append(
            scale.bar(trainee.arrived_on, trainee.probation_ends_on, LIMITS, "r-past", (_("Probation"),), "tq")
        )
    x = scale.x(service_until)
    anchor = "end" if x > (LEFT + RIGHT) / 2 else "start"
    ruler.flags.append(
        Mark(x, _("Minimum service until %(day)s") % {"day": formats.date_format(service_until)}, anchor)
    )
    return ruler


def _term_bars(scale: "_Scale", term: VillageTerm, gaps: list[Interruption], today: date) -> list[Bar]:
    """The days served, the days to come, and the interruptions over both."""
    last = term.ended_on or term.due_on
    until = last or today
    text = place_and_post(term.village.label, term.get_role_display()), term.village.label
    bars = []
    if term.started_on <= today:
        bars.append(scale.bar(term.started_on, min(until, today), TERMS, "r-l", text, "tw"))
    if until > today:
        rest = max(term.started_on, today)
        words = (_("until %(day)s") % {"day": formats.date_format(until)},) if bars else text
        bars.append(scale.bar(rest, until, TERMS, "r-l2", words, "tl"))
    bars += [
        scale.bar(gap.started_on, gap.ended_on or today, TERMS, "r-gap", (), "")
        for gap in gaps
        if gap.started_on <= today
    ]
    return bars


def _stage_look(part: Stretch, today: date) -> tuple[str, tuple[str, ...], str]:
    css, text_css = {"done": ("r-past", "tq"), "now": ("r-now", "tw"), "next": ("r-next", "t2")}[_state(part, today)]
    return css, (str(stage_label(part.stage, part.grade)),), text_css


def _state(part: Stretch, today: date) -> str:
    if part.since > today:
        return "next"
    return "now" if part.until is None or part.until >= today else "done"


def _length(text: str) -> float:
    return sum(NARROW if character.isascii() else WIDE for character in text)


class _Scale:
    """From days to units of the drawing."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.unit = (RIGHT - LEFT) / max((end - start).days, 1)

    def x(self, day: date) -> float:
        day = min(max(day, self.start), self.end)
        return round(LEFT + (day - self.start).days * self.unit, 1)

    def bar(self, since: date, until: date | None, y: int, css: str, texts: tuple[str, ...], text_css: str) -> Bar:
        """From the first to the last day, both included, with the first of `texts` that fits."""
        x = self.x(since)
        width = max(round(self.x(self.end if until is None else until + timedelta(days=1)) - x, 1), 2.0)
        return Bar(x, y, width, css, next((text for text in texts if _length(text) + MARGIN <= width), ""), text_css)

    def years(self) -> list[Mark]:
        step = max(1, -(-(self.end.year - self.start.year) // TICKS))
        found = [date(year, 1, 1) for year in range(self.start.year + 1, self.end.year + 1, step)]
        return [Mark(self.x(day), formats.date_format(day, "Y")) for day in found]
