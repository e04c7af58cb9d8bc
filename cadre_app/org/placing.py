"""Where the rows of a file stand in the unit tree, whether their superior is entered already or comes with the file."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow, Progress
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.tree import LEVELS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SEPARATORS = re.compile(r"[/／\\＼>›»→]+")
BETWEEN = " › "
PARENT, LEVEL, ORDER, OPENED = "placed_under", "placed_level", "placed_order", "placed_opened_on"
HIGHEST_ORDER = 9_999
MOST_NAMESAKES = 50


@dataclass(eq=False)
class Place:
    """A unit that is entered, or a row that enters one; `above` is None at the top of what the actor holds."""

    name: str
    short_name: str
    above: "Place | None" = None
    unit: Unit | None = None
    row: ImportRow | None = None

    @property
    def level(self) -> int:
        """How deep in the tree, the topmost unit of all being 0."""
        steps, place = 0, self
        while place.unit is None and place.above is not None:
            steps, place = steps + 1, place.above
        return steps + (place.unit.depth if place.unit is not None else 0)

    @property
    def opened_on(self) -> date | None:
        """Since when it works, as entered or as the row says."""
        if self.unit is not None:
            return self.unit.opened_on
        return (self.row.get("opened_on") or self.row.get(OPENED)) if self.row is not None else None

    @property
    def path(self) -> list[str]:
        """The names from the top down to it."""
        found: list[str] = []
        place: Place | None = self
        while place is not None and len(found) <= LEVELS:
            found.insert(0, place.name)
            place = place.above
        return found

    def answers_to(self, segments: list[str]) -> bool:
        """True if it and the units above it are called so, from below."""
        place: Place | None = self
        for segment in reversed(segments):
            if place is None or segment not in (place.name, place.short_name):
                return False
            place = place.above
        return True


class Rejected(Exception):
    """The superior of a row cannot be found; the message says why."""


def place_rows(rows: list[ImportRow], actor: "User", progress: Progress) -> dict[UUID, Unit]:
    """Give each row its target or its place (values PARENT, LEVEL, ORDER, OPENED), or errors and candidates.

    Returns the units at and below those that `actor` holds as staff, by key.
    """
    tree = _Tree(actor)
    places = _Search(tree, rows).places()
    progress(len(rows) // 2, len(rows))
    seen: dict[int, int] = {}
    last: dict[int, int] = {}
    for row in sorted((row for row in rows if row.number in places), key=lambda row: places[row.number].level):
        place = places[row.number]
        row.target_text = BETWEEN.join(place.path)
        earlier = seen.setdefault(id(place), row.number)
        if earlier != row.number:
            row.refuse("name", _("Row %(row)s is about the same unit.") % {"row": earlier})
        elif place.unit is not None:
            row.target = place.unit.pk
            if place.unit.closed_on is not None:
                row.notes.append(_("This unit is closed."))
        elif place.above is not None:
            _place_new(row, place, place.above)
            _fill_in(row, place.above, tree, last)
            tree.note_namesake(row, place)
    return tree.units


def _place_new(row: ImportRow, place: Place, above: Place) -> None:
    row.values[PARENT] = above.unit.pk if above.unit is not None else above.row.number if above.row is not None else 0
    row.values[LEVEL] = place.level
    if above.unit is not None and above.unit.closed_on is not None:
        row.refuse("parent", _("The superior unit is closed."))
    if above.row is not None and above.row.has_errors:
        row.refuse("parent", _("Row %(row)s, the superior unit, has errors.") % {"row": above.row.number})
    if place.level >= LEVELS:
        row.refuse("parent", _("The tree has at most %(levels)s levels.") % {"levels": LEVELS})


def _fill_in(row: ImportRow, above: Place, tree: "_Tree", last: dict[int, int]) -> None:
    """What an empty cell of a new unit means: after the others, and open since the superior is."""
    highest = last.get(id(above), tree.last_order.get(id(above), 0))
    if "order" in row.values:
        last[id(above)] = max(highest, row.values["order"])
    elif not row.is_filled("order"):
        last[id(above)] = row.values[ORDER] = min(highest + 1, HIGHEST_ORDER)
    if not row.is_filled("opened_on"):
        opened = above.opened_on
        row.values[OPENED] = opened
        if opened is not None:
            row.notes.append(_("Opened on %(day)s, as its superior unit.") % {"day": date_format(opened)})


class _Tree:
    """What is entered at and below the units that the actor holds as staff."""

    def __init__(self, actor: "User") -> None:
        ranges = actor.unit_ranges(Role.STAFF)
        self.units = {unit.pk: unit for unit in Unit.objects.standing().within(ranges).order_by("path")}
        self.places: dict[UUID, Place] = {}
        self.by_name: defaultdict[str, list[Place]] = defaultdict(list)
        self.children: dict[tuple[int, str], Place] = {}
        self.last_order: dict[int, int] = {}
        for unit in self.units.values():
            self._enter(unit)
        starts = {item.start for item in ranges}
        self.tops = [place for key, place in self.places.items() if self.units[key].path in starts]

    def _enter(self, unit: Unit) -> None:
        """Ancestors come first, as the units are in the order of their paths."""
        above = self.places.get(unit.parent_id) if unit.parent_id is not None else None
        place = Place(unit.name, unit.short_name, above, unit)
        self.places[unit.pk] = place
        for name in {unit.name, unit.short_name} - {""}:
            self.by_name[name].append(place)
        if above is not None:
            self.children[id(above), unit.name] = place
            self.last_order[id(above)] = max(self.last_order.get(id(above), 0), unit.order)

    def note_namesake(self, row: ImportRow, place: Place) -> None:
        """Villages of two towns may be called the same; it is worth a look all the same."""
        others = [other for other in self.by_name.get(place.name, ()) if other.name == place.name]
        if others:
            path = BETWEEN.join(others[0].path)
            row.notes.append(_("There is another unit of this name: %(path)s") % {"path": path})


class _Search:
    """Places of rows, found in rounds: a row waits until those that may be its superior have theirs."""

    def __init__(self, tree: _Tree, rows: list[ImportRow]) -> None:
        self.tree = tree
        self.named = {row.number: row for row in rows if row.get("name")}
        self.by_name: defaultdict[str, dict[str, ImportRow]] = defaultdict(dict)
        for row in self.named.values():
            for name in {row.values["name"], row.get("short_name", "")} - {""}:
                self.by_name[name].setdefault(row.get("parent", ""), row)
        self.found: dict[int, Place | None] = {}

    def places(self) -> dict[int, Place]:
        """The places by row number; rows without one have an error or candidates."""
        waiting = list(self.named.values())
        for _round in range(LEVELS + 2):
            left = [row for row in waiting if not self._settle(row)]
            if not left or len(left) == len(waiting):
                break
            waiting = left
        for row in self.named.values():
            if row.number not in self.found:
                message = _("Its superior units go in a circle, or are more than %(levels)s levels.")
                row.refuse("parent", message % {"levels": LEVELS})
        return {number: place for number, place in self.found.items() if place is not None}

    def _settle(self, row: ImportRow) -> bool:
        """False if the row must wait for another one."""
        segments = [part for raw in SEPARATORS.split(row.get("parent", "")) if (part := raw.strip())]
        others = [other for other in self._rows_called(segments) if other is not row]
        if any(other.number not in self.found for other in others):
            return False
        try:
            above = self._superior(row, segments, others)
        except Rejected as rejected:
            row.refuse("parent", str(rejected))
            self.found[row.number] = None
        else:
            self.found[row.number] = None if row.is_unchosen else self._place_below(row, above, segments)
        return True

    def _rows_called(self, segments: list[str]) -> list[ImportRow]:
        return list(self.by_name[segments[-1]].values())[: MOST_NAMESAKES + 1] if segments else []

    def _place_below(self, row: ImportRow, above: Place, segments: list[str]) -> Place:
        """The unit of this name there, entered or new; without a superior also the topmost unit itself."""
        name = row.values["name"]
        if not segments and above.unit is not None and above.unit.parent_id is None and above.name == name:
            return above
        new = Place(name, row.get("short_name", ""), above, row=row)
        return self.tree.children.setdefault((id(above), name), new)

    def _superior(self, row: ImportRow, segments: list[str], others: list[ImportRow]) -> Place:
        if not segments:
            if len(self.tree.tops) == 1:
                return self.tree.tops[0]
            raise Rejected(_("Say which unit this one belongs to."))
        text = row.values["parent"]
        found = [place for place in self.tree.by_name.get(segments[-1], ()) if place.answers_to(segments)]
        for other in others:
            place = self.found[other.number]
            if place is not None and place not in found and place.answers_to(segments):
                found.append(place)
        if len(found) > 1 and (len(others) > MOST_NAMESAKES or any(place.unit is None for place in found)):
            told = {"name": text, "path": "/".join(found[0].path)}
            raise Rejected(_("Several units are called “%(name)s”. Write the path, such as %(path)s.") % told)
        if not found:
            raise Rejected(_missing(text, others))
        return found[0] if len(found) == 1 else self._chosen(row, found)

    def _chosen(self, row: ImportRow, found: list[Place]) -> Place:
        row.question, row.may_be_new = _("Which superior unit is meant?"), False
        row.candidates = [(place.unit.pk, BETWEEN.join(place.path)) for place in found if place.unit is not None]
        return self.tree.places[row.chosen] if row.chosen is not None else found[0]


def _missing(text: str, others: list[ImportRow]) -> str:
    if others:
        return _("Row %(row)s, the superior unit, has errors.") % {"row": others[0].number}
    return _("No unit called “%(name)s” among yours or in this file.") % {"name": text}
