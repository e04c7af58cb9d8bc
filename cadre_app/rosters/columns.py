"""Columns of the printed roster in their official order (demo-texts B18): our own, and those that rooms add."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.rosters import roster_columns
from cadre_app.people.models import Trainee
from cadre_app.people.roster.reader import Reader
from cadre_app.people.writing.posts import place_and_post

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Cells = Mapping[str, Mapping[UUID, str]]
NUMBER = "number"


@dataclass(frozen=True)
class RosterCell:
    """A column: `value(read, row)`; without it the text comes from the room that announced it. `width` in Chinese
    characters; `short` ones are never broken.
    """

    key: str
    label: "_StrPromise | str"
    order: int
    value: Callable[[Reader, Any], Any] | None = None
    width: int = 6
    short: bool = False
    shown: bool = True


def columns() -> tuple[RosterCell, ...]:
    """All of them in their order."""
    added = (RosterCell(key, one.label, one.order, width=one.width) for key, one in roster_columns.items())
    return tuple(sorted((*OWN, *added), key=lambda column: column.order))


def chosen_columns(keys: "frozenset[str] | set[str]") -> tuple[RosterCell, ...]:
    """The running number and the name, which every roster has, and those named; the official ones where none is."""
    found = columns()
    known = keys & {column.key for column in found}
    if not known:
        return tuple(column for column in found if column.shown)
    return tuple(column for column in found if column.key in known | ALWAYS)


def place_post_and_rank(read: Reader, row: Trainee) -> str:
    """梧岭镇党建办公室主任、三级主任科员; a rank that the post names already is said once (试用期公务员)."""
    unit, rank = row.home_unit.name, read.rank(row)
    if not row.post:
        return place_and_post(unit, rank)
    post = place_and_post(unit, row.post)
    return post if rank in row.post else f"{post}、{rank}"


def _day(day: date | None) -> str:
    return f"{day:%Y.%m.%d}" if day is not None else ""


ALWAYS = frozenset({NUMBER, "name"})
OWN = (
    RosterCell(NUMBER, _("No."), 0, width=2, short=True),
    RosterCell("name", _("Full name"), 10, lambda read, row: row.person.name, width=4, short=True),
    RosterCell("pinyin", _("Pinyin"), 11, lambda read, row: row.person.name_pinyin.replace("'", " "), shown=False),
    RosterCell("sex", _("Sex"), 20, lambda read, row: read.code("sex", row.person.sex), width=2, short=True),
    RosterCell(
        "ethnic_group",
        _("Ethnic group"),
        30,
        lambda read, row: read.code("ethnic_group", row.person.ethnic_group),
        width=3,
        short=True,
    ),
    RosterCell("birth", _("Month of birth (age)"), 40, lambda read, row: read.birth(row), width=6),
    RosterCell("native_place", _("Native place"), 50, lambda read, row: row.person.native_place, width=4),
    RosterCell("political", _("Political affiliation (since)"), 60, lambda read, row: read.political(row), width=6),
    RosterCell("work_month", _("Began work in"), 70, lambda read, row: read.month(row.person.work_month), width=5),
    RosterCell("education", _("Education and degree"), 80, lambda read, row: read.education(row), width=6),
    RosterCell("school", _("School and major"), 90, lambda read, row: read.school(row), width=9),
    RosterCell("kind", _("Kind"), 100, lambda read, row: read.kind(row), width=5),
    RosterCell(
        "status", _("Personnel status"), 101, lambda read, row: str(row.get_status_display()), width=4, shown=False
    ),
    RosterCell("year", _("Year of arrival"), 110, lambda read, row: row.arrival_year, width=3, short=True),
    RosterCell("arrived_on", _("Reported for duty on"), 111, lambda read, row: _day(row.arrived_on), shown=False),
    RosterCell("position", pgettext_lazy("roster", "Unit, post and rank"), 120, place_post_and_rank, width=10),
    RosterCell("unit", _("Unit"), 121, lambda read, row: row.home_unit.name, shown=False),
    RosterCell("post", _("Post"), 122, lambda read, row: row.post, shown=False),
    RosterCell("rank", _("Rank"), 123, lambda read, row: read.rank(row), shown=False),
    RosterCell("rank_since", _("In this rank since"), 130, lambda read, row: read.month(row.rank_since), width=5),
    RosterCell("stage", _("Stage"), 131, lambda read, row: read.stage_name(row), shown=False),
    RosterCell("village", _("Village and period"), 140, lambda read, row: read.term(row), width=9),
    RosterCell("file_number", _("File number"), 190, lambda read, row: row.file_number, width=7, shown=False),
    RosterCell("remark", _("Remark"), 200, lambda read, row: row.remark, width=5),
)
