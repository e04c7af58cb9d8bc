"""The timeline as lines and rectangles: where each bar stands, what it says, and where the window cuts it.

Lengths are those of the drawing (viewBox); the style sheet says how large it is shown. Nothing is read here.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.drawing import (
    AXIS,
    PLAIN,
    SMALL,
    Bar,
    Name,
    Panel,
    Scale,
    Text,
    cut_to,
    new_panel,
    rect,
    width_of,
)
from cadre_app.assignments.stretch_words import days_text
from cadre_app.assignments.stretches import LEAVE, VILLAGE, Stretch
from cadre_app.assignments.timeline import Group, Line, Window

WIDE, HALF = (1214.0, 178.0), (601.0, 132.0)  # width, of which the names take
TWO_FROM = 46  # lines from which they stand in two halves
ROOM = 590.0  # what one screen has for lines
THINNEST, THIN, THICKEST = 11.5, 15.0, 22.0
ROOMY = 14.5  # the thinnest line in the largest text: it is scrolled then, and nothing lies on anything else
LANE, BAR, GROUP_LEAST = 18.6, 16.6, 63.0


def people_panels(lines: Sequence[Line], window: Window, today: date, *, least: float = THINNEST) -> list[Panel]:
    """Each person a line, `least` thick; many stand in two halves beside each other, so that one screen has them all."""
    if not lines:
        return []
    parts = 2 if len(lines) >= TWO_FROM else 1
    rows = ceil(len(lines) / parts)
    width, names = HALF if parts > 1 else WIDE
    thick = min(max(ROOM / rows, least), THICKEST)
    panels = []
    for number in range(parts):
        part = lines[number * rows : (number + 1) * rows]
        panel = new_panel("half" if parts > 1 else "whole", width, names, window, today)
        panel.is_thin = thick < THIN
        for index, line in enumerate(part):
            _draw_line(
                panel, line, Scale(window, panel.chart_width), (AXIS + index * thick, thick), is_first=index == 0
            )
        panel.lines, panel.height = len(part), AXIS + rows * thick + 1
        panels.append(panel)
    return panels


def front_panel(groups: Sequence[Group], window: Window, today: date) -> list[Panel]:
    """Each front a band of lanes; bars carry the names."""
    if not groups:
        return []
    panel = new_panel("whole", *WIDE, window, today)
    scale, y = Scale(window, panel.chart_width), AXIS
    for group in groups:
        panel.rules.append(f"{y:.1f}")
        panel.headings.append(Text(group.label, "16", f"{y + 20:.1f}", "f"))
        panel.headings += [
            Text(fact, "16", f"{y + 39 + 19 * index:.1f}", "p" if not index else "m")
            for index, fact in enumerate(group.facts)
        ]
        ends: list[float] = []
        for one in group.stretches:
            _draw_in_lane(panel, one, scale, y + 4, ends)
        y += max(len(ends) * LANE + 4, GROUP_LEAST)
    panel.lines, panel.height = sum(len(group.stretches) for group in groups), y + 2
    return [panel]


def said(one: Stretch) -> str:
    """A stretch in words, for those who hear the page: who, where, what, from when until when, how it stands."""
    parts = [one.trainee.person.name, one.host, one.label, one.mode, days_text(one.starts, one.planned_until)]
    parts += [one.mark[1], one.hint]
    breaks = [_("interrupted %(days)s") % {"days": days_text(*days)} for days in one.breaks]
    return _(", ").join(part for part in (*parts, *breaks) if part)


def _draw_line(panel: Panel, line: Line, scale: Scale, place: tuple[float, float], *, is_first: bool) -> None:
    y, thick = place
    size = SMALL if panel.is_thin else PLAIN
    base = y + thick / 2 + size * 0.36
    if is_first or line.opens_unit:
        panel.rules.append(f"{y:.1f}")
    person, unit = line.trainee.person.name, line.trainee.home_unit.name
    start, left = (8.0, 64.0) if panel.is_thin else (14.0, 78.0)
    shown = cut_to(unit, size, panel.label_width - left - 6) if is_first or line.opens_unit else ""
    panel.names.append(
        Name(
            url=reverse("growth:file", kwargs={"pk": line.trainee.pk}),
            label=_(", ").join((person, unit)),
            person=Text(cut_to(person, size, left - start - 2), f"{start:.1f}", f"{base:.1f}"),
            unit=Text(shown, f"{left:.1f}", f"{base:.1f}", "m") if shown else None,
        )
    )
    upper = [one for one in line.stretches if one.kind != VILLAGE]
    for one in line.stretches:
        if one.kind == VILLAGE:
            _bar(panel, one, scale, y + 0.5, thick - 1)
    lanes = _lanes(upper)
    many = max(lanes, default=0) + 1
    inset = 1.5 if panel.is_thin else 2.5
    high = (thick - 2 * inset) / many
    for one, lane in zip(upper, lanes, strict=True):
        _bar(panel, one, scale, y + inset + lane * high, max(high - 0.5, 2))
    _write_on(panel, line.stretches, scale, base, size, is_crowded=many > 1)


def _write_on(
    panel: Panel, stretches: list[Stretch], scale: Scale, base: float, size: float, *, is_crowded: bool
) -> None:
    """Hosts on the bars of a line, where nothing else of the line lies in their way."""
    upper = [_ends(one, scale) for one in stretches if one.kind != VILLAGE]
    for one in stretches:
        left, right = _ends(one, scale)
        if one.kind == LEAVE or (is_crowded and one.kind != VILLAGE):
            continue
        room = right
        if one.kind == VILLAGE:
            room = min((begins for begins, ends in upper if ends > left), default=right)
        text = cut_to(one.host, size, min(room, right) - left - 10)
        if text:
            panel.texts.append(Text(text, f"{left + 6:.1f}", f"{base:.1f}", "p" if one.is_over else ""))
        is_last = all(begins <= left or begins >= right + width_of(one.hint, size) + 12 for begins, _ends_at in upper)
        if one.hint and not panel.is_thin and is_last and right + width_of(one.hint, size) + 8 < scale.width:
            css = "ovt" if one.late_since else "sl"
            panel.texts.append(Text(one.hint, f"{right + 7:.1f}", f"{base:.1f}", css))


def _draw_in_lane(panel: Panel, one: Stretch, scale: Scale, top: float, ends: list[float]) -> None:
    """Into the first lane that is free where this bar with its words begins."""
    left, right = _ends(one, scale)
    text = _name_on_bar(one)
    written = min(left, scale.width - width_of(text, PLAIN) - 12) + 9
    reach = max(right, written + width_of(text, PLAIN))
    hint = one.hint if one.hint and reach + width_of(one.hint, PLAIN) + 8 < scale.width else ""
    end = reach + (width_of(hint, PLAIN) + 10 if hint else 4)
    start = min(left, written)
    lane = next((index for index, taken in enumerate(ends) if taken <= start), len(ends))
    if lane == len(ends):
        ends.append(end)
    ends[lane] = end
    y = top + lane * LANE
    _bar(panel, one, scale, y, BAR)
    panel.texts.append(Text(text, f"{written:.1f}", f"{y + 13:.1f}", "p" if one.is_over or one.is_planned else ""))
    if hint:
        panel.texts.append(Text(hint, f"{reach + 7:.1f}", f"{y + 13:.1f}", "ovt" if one.late_since else "sl"))


def _name_on_bar(one: Stretch) -> str:
    name = one.trainee.person.name
    if one.is_planned:
        waits = (
            pgettext("timeline", "proposed") if one.has_document else pgettext("timeline", "proposed, no document yet")
        )
        return _("%(name)s (%(what)s)") % {"name": name, "what": waits}
    return name if one.is_full else _("%(name)s (%(what)s)") % {"name": name, "what": one.mode}


def _bar(panel: Panel, one: Stretch, scale: Scale, y: float, high: float) -> None:
    left, right = _ends(one, scale)
    bar = Bar(one.url, said(one))
    css = _css(one)
    planned = min(scale.x(one.late_since), right) if one.late_since is not None else right
    bar.rects.append(rect(css, left, y, planned - left, high))
    for first, last in one.breaks:
        until = scale.after(min(last or scale.window.last, scale.window.last))
        begins = max(scale.x(first), left)
        if first <= scale.window.last and min(until, right) > begins:
            bar.rects.append(rect("still", begins, y, min(until, right) - begins, high))
    if css in ("cur", "soonb", "vil") and one.starts >= scale.window.first:
        bar.rects.append(rect("vile" if css == "vil" else "edge", left, y, 3, high))
    if one.is_soon:
        bar.rects.append(rect("soone", max(right - 5, left), y, 5, high))
    if one.late_since is not None and right > planned:
        bar.rects.append(rect("ov" if one.kind != VILLAGE else "vlate", planned, y, right - planned, high))
    bar.cuts = _cuts(one, scale, (left, right), y, high)
    panel.bars.append(bar)


def _cuts(one: Stretch, scale: Scale, ends: tuple[float, float], y: float, high: float) -> list[str]:
    """An arrow at the edge of the window for what goes on beyond it."""
    left, right = ends
    half, deep = high / 2, min(high / 2, 5.0)
    found = []
    if one.starts < scale.window.first:
        found.append(f"M{left + deep + 1:.1f} {y:.1f}l{-deep:.1f} {half:.1f}l{deep:.1f} {half:.1f}z")
    if one.until is None or one.until > scale.window.last:
        found.append(f"M{right - deep - 1:.1f} {y:.1f}l{deep:.1f} {half:.1f}l{-deep:.1f} {half:.1f}z")
    return found


def _css(one: Stretch) -> str:
    if one.is_planned:
        return "plan"
    if one.kind == LEAVE:
        return "lv"
    if one.is_over:
        return "old"
    if one.kind == VILLAGE:
        return "vil"
    if not one.is_full:
        return "part"
    return "soonb" if one.is_soon else "cur"


def _ends(one: Stretch, scale: Scale) -> tuple[float, float]:
    """Left and right edge within the window, never narrower than can be hit."""
    left = scale.x(one.starts)
    right = scale.after(one.until) if one.until is not None else scale.width
    left = min(left, scale.width - 3)
    return left, max(right, left + 3)


def _lanes(stretches: Sequence[Stretch]) -> list[int]:
    """A lane for each, so that those at the same time do not lie on each other."""
    ends: list[date] = []
    lanes = []
    for one in stretches:
        until = one.until or date.max
        lane = next((index for index, taken in enumerate(ends) if taken < one.starts), len(ends))
        if lane == len(ends):
            ends.append(until)
        ends[lane] = until
        lanes.append(lane)
    return lanes
