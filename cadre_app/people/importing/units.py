"""Which unit a cell of a file means: by name, short name, or path (梧岭镇/梧头村), within what the actor works for."""

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.importing.bodies import OF_TOWN, OF_VILLAGE, place_of_league, without_party
from cadre_app.people.services.terms import VILLAGE_KINDS
from cadre_app.policy.values import CORE_CITY_NAME

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_NAME = 30
LEAST_NAMED = 3
# 区财政局 and 区委组织部 without their district; 区委办公室 is no 办公室.
SPOKEN = re.compile(r"(?:[区县市]委(?=.{2,4}部$)|[区县市](?!委))(?P<short>.{3,})")
BRACKETS = re.compile(r"[（(][^（()）]*[)）]$")
TOWN_KINDS = (UnitKind.TOWN, UnitKind.TOWNSHIP, UnitKind.SUBDISTRICT)
SEPARATORS = re.compile(r"[/／\\＼>›»→]+")
BETWEEN = " › "


class NotFound(Exception):
    """No unit, or not one alone, is meant; the message says how to write it."""


class UnitFinder:
    """The units at and below those of which `actor` is staff, found by what is typed; one query, all else in memory."""

    def __init__(self, actor: "User") -> None:
        self._today = timezone.localdate()
        rows = Unit.objects.standing().within(actor.unit_ranges(Role.STAFF)).order_by("path")
        self.units: dict[UUID, Unit] = {unit.pk: unit for unit in rows}
        self._by_name: defaultdict[str, list[Unit]] = defaultdict(list)
        self._known: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            for name in self._written(unit):
                if unit not in self._by_name[name]:
                    self._by_name[name].append(unit)

    def home(self, text: str) -> Unit:
        """The one unit that `text` means; raises NotFound."""
        return self._only(text, self._meant(text))

    def take(self, row: ImportRow, key: str) -> Unit | None:
        """The unit that the cell `key` means, in the form of speech too, which is told; None with an error at the cell, or for
        an empty one.
        """
        text = row.get(key)
        if text is None:
            return None
        try:
            unit = self._only(text, self._meant(text) or self._loosely(text))
        except NotFound as error:
            row.refuse(key, str(error))
            return None
        if unit not in self._meant(text):
            row.notes.append(_("“%(text)s” is taken as %(unit)s.") % {"text": text, "unit": unit.name})
        return unit

    def at_head(self, text: str) -> list[Unit]:
        """The units whose name, as long as possible, a text begins with and goes on after: 梧岭镇副镇长."""
        for length in range(min(len(text) - 1, LONGEST_NAME), LEAST_NAMED - 1, -1):
            head = text[:length]
            if found := self._meant(head) or self._spoken.get(head) or self._of_city(head) or self._of_body(head):
                return found
        return []

    def village(self, text: str, home: Unit | None) -> Unit:
        """The one village or community that `text` means, one of the town of `home` before others; raises NotFound."""
        found = self._meant(text)
        villages = [unit for unit in found if unit.kind in VILLAGE_KINDS]
        if found and not villages:
            raise NotFound(_("Choose a village or community."))
        if len(villages) > 1 and home is not None:
            town = self._town_of(home)
            near = [unit for unit in villages if unit.path in town.range]
            villages = near if len(near) == 1 else villages
        return self._only(text, villages)

    def named(self, text: str) -> list[Unit]:
        """Every unit that `text` can mean, closed ones too."""
        return list(self._meant(text))

    def path(self, unit: Unit) -> list[str]:
        """The names from the top of what the actor holds down to `unit`."""
        names = [unit.name]
        while (above := self._above(unit)) is not None:
            names.insert(0, above.name)
            unit = above
        return names

    def is_open(self, unit: Unit) -> bool:
        """True for a unit that works today (local date)."""
        return unit.closed_on is None or unit.closed_on > self._today

    def _only(self, text: str, found: list[Unit]) -> Unit:
        if not found:
            raise NotFound(_("No unit called “%(name)s” among yours.") % {"name": text})
        working = [unit for unit in found if self.is_open(unit)]
        if not working:
            raise NotFound(_("This unit is closed. Write the one that has taken its place."))
        if len(working) > 1:
            told = {"name": text, "path": "/".join(self.path(working[0]))}
            raise NotFound(_("Several units are called “%(name)s”. Write the path, such as %(path)s.") % told)
        return working[0]

    def _meant(self, text: str) -> list[Unit]:
        if text not in self._known:
            segments = [part for raw in SEPARATORS.split(text) if (part := raw.strip())]
            named = self._by_name.get(segments[-1], []) if segments else []
            self._known[text] = [unit for unit in named if self._answers_to(unit, segments[:-1])]
        return self._known[text]

    def _loosely(self, text: str) -> list[Unit]:
        """Those that are called so without city, district and what stands in brackets: 临澜市望屿区财政局, 财政局, 财政局（借调）;
        and by the full name of their committee or government.
        """
        short = BRACKETS.sub("", text).strip()
        return self._meant(short) or self._spoken.get(short, []) or self._of_city(short) or self._of_body(short)

    def _of_city(self, text: str) -> list[Unit]:
        """With the city before it; 临澜市财政局 is the city's own, not that of the district."""
        city = CORE_CITY_NAME.now()
        return self._meant(text.removeprefix(city)) if city and text.startswith(city) else []

    def _of_body(self, text: str) -> list[Unit]:
        """中共望屿区委组织部, 梧岭镇党委, 中共梧头村支部委员会, 共青团望屿区委员会: that unit, or the town or village of it."""
        city = CORE_CITY_NAME.now()
        if place := place_of_league(text).removeprefix(city):
            found = self._meant(place)
            return self._meant(f"团{place[-1]}委") or [unit for unit in found if unit.kind in TOWN_KINDS]
        rest = without_party(text)
        if rest != text and (found := self._meant(rest) or self._of_city(rest)):
            return found
        rest = rest.removeprefix(city)
        for form, kinds in ((OF_TOWN, TOWN_KINDS), (OF_VILLAGE, VILLAGE_KINDS)):
            match = form.fullmatch(rest)
            if match and (found := [unit for unit in self._meant(match["place"]) if unit.kind in kinds]):
                return found
        return []

    @cached_property
    def _spoken(self) -> dict[str, list[Unit]]:
        """What is said inside the district: 财政局, 组织部, and 梧岭 for the town."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            names = {match["short"] for name in (unit.name, unit.short_name) if (match := SPOKEN.fullmatch(name))}
            if unit.kind in TOWN_KINDS:
                names.add(unit.name.removesuffix("镇").removesuffix("乡").removesuffix("街道"))
            for name in names:
                found[name].append(unit)
        return dict(found)

    def _answers_to(self, unit: Unit, segments: list[str]) -> bool:
        """True if the units above it are called so, from below; steps may be left out (望屿区/梧头村)."""
        above = self._above(unit)
        for segment in reversed(segments):
            while above is not None and segment not in self._written(above):
                above = self._above(above)
            if above is None:
                return False
            above = self._above(above)
        return True

    def _written(self, unit: Unit) -> list[str]:
        """Its names, alone and after that of the unit above it (梧岭镇梧头村, 望屿区农业农村局)."""
        names = [name for name in (unit.name, unit.short_name) if name]
        above = self._above(unit)
        if above is None:
            return names
        joined = [above.name + unit.name]
        if above.name[-1:] == unit.name[:1]:
            joined.append(above.name + unit.name[1:])
        return names + joined

    def _above(self, unit: Unit) -> Unit | None:
        return self.units.get(unit.parent_id) if unit.parent_id is not None else None

    def _town_of(self, home: Unit) -> Unit:
        """The home unit, or for somebody whose home is a village the town above it."""
        above = self._above(home)
        return above if home.kind in VILLAGE_KINDS and above is not None else home
