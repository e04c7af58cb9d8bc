"""Which units a report counted: kept beside its numbers, because the tree of units has no past of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from cadre_app.core.tables import joined
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.rosters.models import SuperiorReport

Names = Mapping[str, str]
KEPT = "units"
NAMED = 12


@dataclass(frozen=True)
class UnitsMoved:
    """Names of units that stand below in one set and not in the other."""

    added: list[str]
    gone: list[str]

    @property
    def added_text(self) -> str:
        return _some(self.added)

    @property
    def gone_text(self) -> str:
        return _some(self.gone)


def units_below(unit: Unit) -> dict[str, str]:
    """The units below `unit` as the tree is now, by key; one query."""
    rows = Unit.objects.standing().within((unit.range,)).exclude(pk=unit.pk).in_official_order()
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def kept_units(report: "SuperiorReport") -> Names | None:
    """Those that a submitted or frozen report counted; None where that was not kept yet."""
    found: Names | None = report.numbers.get(KEPT)
    return found


def moved(before: Names | None, now: Names | None) -> UnitsMoved | None:
    """What `now` has and `before` had not, and the other way round; None where nothing differs or nothing is known."""
    if before is None or now is None or before.keys() == now.keys():
        return None
    added = [name for key, name in now.items() if key not in before]
    return UnitsMoved(added, [name for key, name in before.items() if key not in now])


def _some(names: list[str]) -> str:
    """The first of them by name, the others by their number."""
    text, rest = joined(names[:NAMED]), len(names) - NAMED
    if rest <= 0:
        return text
    more = ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", rest)
    return more % {"names": text, "number": rest}
