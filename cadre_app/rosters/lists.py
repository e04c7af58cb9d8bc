"""The printed roster as one thing: the same rows, columns and order for page, print, workbook and PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.narrowing import narrowing, text_of
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.rosters import roster_columns
from cadre_app.core.tables import joined
from cadre_app.people import conditions
from cadre_app.people.access import avoids_a_file
from cadre_app.people.models import Kind, Trainee
from cadre_app.people.roster.columns import prepared
from cadre_app.people.roster.reader import Reader
from cadre_app.policy.values import CORE_DISTRICT_NAME, CORE_ORGANIZATION_NAME
from cadre_app.reports.absence import absence_on_paper, absent_text
from cadre_app.rosters.columns import NUMBER, RosterCell, chosen_columns
from cadre_app.rosters.filters import DayFilter
from cadre_app.rosters.forms.asked import AskedForm
from cadre_app.rosters.models import Order, Paper, RosterLayout
from cadre_app.rosters.rows import in_order, set_back

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

CHUNK = 500
NAMED = 3  # units of a title
UNBROKEN = 6  # characters of a cell
AS_NOW = ("political", "education", "remark")  # columns without a past
SET = ("columns", "order", "paper")


@dataclass(frozen=True)
class PrintedRoster:
    """What one set of URL parameters asks for; `columns`, `order` and `paper` come from it or from the kept layout.

    `leaves_out`: somebody has a file whom whoever asks never works on.
    """

    day: date
    unit: "Unit | None"
    filter: DayFilter
    columns: tuple[RosterCell, ...]
    order: str
    paper: str
    asked: QueryDict
    places: "Sequence[Unit]" = ()
    leaves_out: bool = False

    @property
    def parts(self) -> str:
        """The names of the units that it is of; empty where that is the whole district."""
        units = [self.unit] if self.unit is not None else list(self.places)
        names = joined([unit.name for unit in units[:NAMED]])
        if len(units) > NAMED:
            return _("%(names)s and others, %(count)d units") % {"names": names, "count": len(units)}
        return names

    @property
    def title(self) -> str:
        """望屿区引进生、选调生花名册; of whoever works for a part of the district that part, and one kind alone where the list is
        narrowed to it.
        """
        place = self.parts or CORE_DISTRICT_NAME.now()
        kind = self.asked.get("kind", "")
        if kind in Kind.values:
            return _("Roster of %(kind)s of %(place)s") % {"kind": _kinds(kind), "place": place}
        return _("Roster of introduced and selected graduates of %(district)s") % {"district": place}

    @property
    def day_text(self) -> str:
        """（截至2026年11月30日）."""
        return _("(as of %(day)s)") % {"day": formats.date_format(self.day)}

    @property
    def made_by(self) -> str:
        """制表单位: the unit of the list, else the department."""
        return self.parts or CORE_ORGANIZATION_NAME.now()

    @property
    def narrowed(self) -> str:
        """By what it is narrowed, which has to stand on paper beside a title that names everybody; the kind stands in that."""
        between = pgettext("label and value", ": ")
        found = narrowing(self.filter, self.asked)
        told = [f"{bound.label}{between}{text_of(bound)}" for bound, _names in found if bound.name != "kind"]
        return _("Narrowed by %(conditions)s.") % {"conditions": _("; ").join(told)} if told else ""

    @property
    def left_out(self) -> str:
        """What has to stand on paper where whoever makes the list or a declared relative has a file, whichever rows are asked for:
        the conditions would else tell something about them.
        """
        if not self.leaves_out:
            return ""
        return _(
            "Whoever made this list and their declared relatives are not in it, should they belong to it (rule of withdrawal)."
        )

    @property
    def absent(self) -> str:
        """That the unit was closed by the day or not opened yet, and what to ask instead."""
        return absent_text(self.unit, self.day)

    @property
    def notes(self) -> list[str]:
        """What has to stand below the rows on paper."""
        unit = self.unit
        absence = absence_on_paper(unit.name, unit.opened_on, unit.closed_on, self.day) if unit is not None else ""
        is_mixed = self.day < timezone.localdate() and any(column.key in AS_NOW for column in self.columns)
        as_now = _("Party affiliation, schooling and remark are as they are recorded now.") if is_mixed else ""
        return [text for text in (self.narrowed, absence, as_now, self.left_out) if text]

    @property
    def headings(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    @property
    def query(self) -> str:
        """Everything spelt out: what is made later or elsewhere shows the same list."""
        kept = {key: self.asked.getlist(key) for key in self.asked if key in self.filter.filters and self.asked[key]}
        unit = {"unit": str(self.unit.pk)} if self.unit is not None else {}
        layout = {"columns": [column.key for column in self.columns], "order": self.order, "paper": self.paper}
        return urlencode({"as_of": str(self.day), **unit, **kept, **layout}, doseq=True)

    @property
    def rows(self) -> "QuerySet[Trainee]":
        return in_order(prepared(self.filter.qs), self.order, self.day)

    def count(self) -> int:
        found: int = self.filter.qs.order_by().count()
        return found

    def shown(self, most: int | None = None) -> list[list[tuple[Any, bool]]]:
        """As `cells`, each with whether it is never broken: long names are, for the sake of the other columns."""
        short = [column.short for column in self.columns]
        return [
            [(value, is_short and len(str(value)) <= UNBROKEN) for value, is_short in zip(row, short, strict=True)]
            for row in self.cells(most)
        ]

    def cells(self, most: int | None = None) -> Iterator[list[Any]]:
        """The cells row by row, of the first `most` rows where it is given; queries for each chunk of rows, none for a row."""
        read, number = Reader(self.day), 0
        added = {column.key: roster_columns[column.key] for column in self.columns if column.key in roster_columns}
        rows = self.rows if most is None else self.rows[:most]
        found = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            set_back(chunk, self.day)
            files = [row.pk for row in chunk]
            texts = {key: column.cells(files, self.day) for key, column in added.items()}
            for row in chunk:
                number += 1
                yield [
                    number if column.key == NUMBER
                    else column.value(read, row) if column.value is not None
                    else texts[column.key].get(row.pk, "")
                    for column in self.columns
                ]  # fmt: skip


def printed_roster(user: "User", asked: QueryDict, form: AskedForm | None = None) -> PrintedRoster:
    """The roster with these parameters, as `user` works on it. Raises ValidationError for a day or unit that cannot be asked for."""
    form = form or AskedForm(asked, user=user)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.as_data().values() for error in errors])
    day, unit = form.cleaned_data["as_of"], form.cleaned_data["unit"]
    files = Trainee.objects.in_scope(user, *BUSINESS_ROLES).standing().filter(conditions.here(day))
    if unit is not None:
        files = conditions.of_unit(files, unit, day)
    keys, order, paper = _layout(user, asked)
    return PrintedRoster(
        day, unit, DayFilter(asked, queryset=files, day=day), chosen_columns(keys), order, paper, asked,
        user.parts, leaves_out=avoids_a_file(user),
    )  # fmt: skip


def _layout(user: "User", asked: QueryDict) -> tuple[set[str], str, str]:
    """By the URL; what it leaves out as it was kept the last time."""
    kept = None
    if not all(asked.get(name) for name in SET):
        kept = RosterLayout.objects.of(user).first()
    keys = set(asked.getlist("columns")) or set(kept.columns if kept is not None else ())
    order = asked.get("order", "") or (kept.order if kept is not None else "")
    paper = asked.get("paper", "") or (kept.paper if kept is not None else "")
    return (
        keys,
        order if order in Order.values else Order.UNIT.value,
        paper if paper in Paper.values else Paper.A4.value,
    )


def _kinds(kind: str) -> str:
    return _("introduced graduates") if kind == Kind.INTRODUCED else _("selected graduates")
