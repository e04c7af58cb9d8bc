"""What the timeline is drawn with: rectangles, texts, months, and places on a line for days.

Lengths are those of the drawing (viewBox); the style sheet says how large it is shown. Nothing is read here.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import formats
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from cadre_app.assignments.timeline import Window
from cadre_app.core.days import add_months

AXIS = 42.0
SMALL, PLAIN = 11.0, 13.0
TICK_LEAST = 52.0
LAST_NARROW = 0x2E7F
STEPS = (1, 3, 6, 12)


@dataclass(frozen=True)
class Rect:
    css: str
    x: str
    y: str
    w: str
    h: str


@dataclass(frozen=True)
class Text:
    text: str
    x: str
    y: str
    css: str = ""


@dataclass
class Bar:
    """One stretch: rectangles, marks where the window cuts it, and its link with all of it in words."""

    url: str
    label: str
    rects: list[Rect] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)

    @property
    def markup(self) -> SafeString:
        """As it stands in the page; hundreds of them are drawn at a time, so that no template is asked."""
        label = conditional_escape(self.label)
        parts: list[str] = []
        for rect in self.rects:
            told = f"<title>{label}</title>" if not parts else ""
            place = f'x="{rect.x}" y="{rect.y}" width="{rect.w}" height="{rect.h}"'
            parts.append(f'<rect class="{rect.css}" {place}>{told}</rect>')
        parts += [f'<path class="cut" d="{cut}"></path>' for cut in self.cuts]
        return mark_safe(f'<a href="{conditional_escape(self.url)}" aria-label="{label}">{"".join(parts)}</a>')  # noqa: S308


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    text_x: str
    is_year: bool


@dataclass(frozen=True)
class Name:
    """What stands before a line: the person, with the unit where it changes."""

    url: str
    label: str
    person: Text
    unit: Text | None


@dataclass
class Panel:
    """One half or the whole of the drawing; names and bars are drawn beside each other, so that names can stay in sight."""

    name: str
    label_width: float
    chart_width: float
    height: float = AXIS
    is_thin: bool = False
    names: list[Name] = field(default_factory=list)
    headings: list[Text] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    today: str = ""
    today_text: str = ""
    today_left: str = ""
    today_width: str = ""
    today_centre: str = ""
    lines: int = 0

    @property
    def names_box(self) -> str:
        return f"0 0 {self.label_width:.0f} {self.height:.1f}"

    @property
    def chart_box(self) -> str:
        return f"0 0 {self.chart_width:.0f} {self.height:.1f}"

    @property
    def bottom(self) -> str:
        return f"{self.height:.1f}"


@dataclass(frozen=True)
class Scale:
    """Days of a window as places on `width`."""

    window: Window
    width: float

    def x(self, day: date) -> float:
        """The left edge of a day, kept within the drawing."""
        days = min(max((day - self.window.first).days, 0), self.window.days)
        return self.width * days / self.window.days

    def after(self, day: date) -> float:
        """The right edge of a day."""
        return self.x(day + timedelta(days=1)) if day < self.window.last else self.width


def new_panel(name: str, width: float, names: float, window: Window, today: date) -> Panel:
    """An empty one with its months and today."""
    panel = Panel(name, names, width - names)
    scale = Scale(window, panel.chart_width)
    panel.ticks = _ticks(scale)
    if window.first <= today <= window.last:
        x = scale.x(today)
        panel.today = f"{x:.1f}"
        panel.today_text = pgettext("timeline", "Today %(day)s") % {
            "day": formats.date_format(today, "MONTH_DAY_FORMAT")
        }
        half = width_of(panel.today_text, SMALL if name == "half" else PLAIN) / 2 + 6
        centre = min(max(x, half), panel.chart_width - half)
        panel.today_left, panel.today_width = f"{centre - half:.1f}", f"{2 * half:.1f}"
        panel.today_centre = f"{centre:.1f}"
    return panel


def _ticks(scale: Scale) -> list[Tick]:
    """A line at the first of months, as close as their names have room; years are said in January or at the edge."""
    month = scale.width * 30.4 / scale.window.days
    step = next((step for step in STEPS if step * month >= TICK_LEAST), STEPS[-1])
    ticks = []
    day = scale.window.first
    while day <= scale.window.last:
        if (day.month - 1) % step == 0:
            x = scale.x(day)
            is_year = day.month == 1
            form = pgettext("date format of a month", "M Y") if is_year else pgettext("date format of a month", "M")
            name = formats.date_format(day, form)
            ticks.append(Tick(f"{x:.1f}", name, f"{x + 4:.1f}", is_year))
        day = add_months(day, 1)
    return ticks


def width_of(text: str, size: float) -> float:
    """About how wide a text is drawn."""
    return sum(size if ord(character) > LAST_NARROW else size * 0.56 for character in text)


def cut_to(text: str, size: float, room: float) -> str:
    """As much of a text as there is room for; "" where that is next to nothing."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept, size) + size > room:
        kept = kept[:-1]
    return f"{kept}…" if len(kept) > 1 else ""


def rect(css: str, x: float, y: float, w: float, h: float) -> Rect:
    """A rectangle; css names what it stands for."""
    return Rect(css, f"{x:.1f}", f"{y:.1f}", f"{max(w, 0.5):.1f}", f"{h:.1f}")
