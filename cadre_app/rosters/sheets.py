"""The numbers of one report as a sheet: counted, kept as JSON with its labels and rules, compared with another, summed up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.rosters.cohorts import Number, lasting, summed_up
from cadre_app.rosters.definitions import definition_of
from cadre_app.rosters.facts import Facts, facts_of
from cadre_app.rosters.units_below import KEPT, units_below

if TYPE_CHECKING:
    from cadre_app.org.models import Unit
    from cadre_app.rosters.definitions.parts import Definition, Group
    from cadre_app.rosters.models import SuperiorReport

REST, MINUS = "rest-", "\u2212"


@dataclass(frozen=True)
class Cell:
    """`change`: the difference to the report it is compared with, None where there is nothing to compare."""

    column: str
    number: Number
    change: Number | None = None

    @property
    def text(self) -> str:
        return f"{self.number:,}"

    @property
    def change_text(self) -> str:
        """+2, −1; empty where nothing changed or nothing is known."""
        return f"{self.change:+,}".replace("-", MINUS) if self.change else ""


@dataclass(frozen=True)
class SheetLine:
    key: str
    label: str
    unit: str
    rule: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SheetGroup:
    key: str
    label: str
    lines: tuple[SheetLine, ...]

    @property
    def rule(self) -> str:
        """The rule that all its lines share, said once; empty where each has its own."""
        rules = {line.rule for line in self.lines}
        return rules.pop() if len(self.lines) > 1 and len(rules) == 1 else ""


@dataclass(frozen=True)
class SheetColumn:
    key: str
    label: str
    rule: str


@dataclass(frozen=True)
class Warned:
    """Sums that do not agree; `line` and `column` open who is missing from a group, where that can be told."""

    text: str
    line: str = ""
    column: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything that a report shows and keeps."""

    title: str
    columns: tuple[SheetColumn, ...]
    groups: tuple[SheetGroup, ...]
    note: str = ""
    warnings: tuple[Warned, ...] = field(default=())

    @property
    def numbers(self) -> dict[tuple[str, str], Number]:
        """By line and column."""
        lines = (line for group in self.groups for line in group.lines)
        return {(line.key, cell.column): cell.number for line in lines for cell in line.cells}

    def compared(self, numbers: Mapping[tuple[str, str], Number]) -> "Sheet":
        """With the difference to `numbers` in each cell that both have; years of arrival as the calendar years they mean."""
        before = summed_up(numbers)

        def cell(line: str, one: Cell) -> Cell:
            known = before.get((line, one.column))
            return one if known is None else replace(one, change=_plain(Decimal(str(one.number)) - Decimal(str(known))))

        groups = tuple(
            replace(
                group,
                lines=tuple(
                    replace(line, cells=tuple(cell(line.key, one) for one in line.cells)) for line in group.lines
                ),
            )
            for group in self.groups
        )
        return replace(self, groups=groups)

    def differing(self, other: "Sheet") -> list[str]:
        """The lines in which both do not say the same, by their labels."""
        before, now = other.numbers, self.numbers
        lines = {line.key: line.label for group in self.groups for line in group.lines}
        changed = {line for line, column in now if now[line, column] != before.get((line, column))}
        return [label for key, label in lines.items() if key in changed]


def counted_sheet(kind: str, unit: "Unit", day: date) -> Sheet:
    """The report as it counts now, in the active language."""
    return sheet_of(definition_of(kind, day.year), facts_of(unit, day))


def sheet_of(definition: "Definition", facts: list[Facts]) -> Sheet:
    """`facts` counted by `definition`, with the sums that do not agree."""
    groups = []
    for group in definition.groups:
        lines = []
        for line in group.lines:
            sums = dict.fromkeys((column.key for column in definition.columns), Decimal(0))
            for one in facts:
                if counted := line.counts(one):
                    for column in definition.columns:
                        if column.holds(one):
                            sums[column.key] += counted
            cells = tuple(Cell(column, _plain(number)) for column, number in sums.items())
            lines.append(SheetLine(line.key, str(line.label), str(line.unit), str(line.rule), cells))
        groups.append(SheetGroup(group.key, str(group.label), tuple(lines)))
    columns = tuple(SheetColumn(column.key, str(column.label), str(column.rule)) for column in definition.columns)
    sheet = Sheet(str(definition.title), columns, tuple(groups), str(definition.note))
    return replace(sheet, warnings=(*_column_warnings(definition, sheet), *_group_warnings(definition, facts)))


def snapshot(kind: str, unit: "Unit", day: date) -> dict[str, Any]:
    """The report as it counts now, in Chinese as it is handed over, with the units it counted, for `SuperiorReport.numbers`."""
    with translation.override(settings.LANGUAGE_CODE):
        sheet = counted_sheet(kind, unit, day)
    return {
        "title": sheet.title,
        "note": sheet.note,
        "columns": [[column.key, column.label, column.rule] for column in sheet.columns],
        "groups": [
            [
                group.key,
                group.label,
                [[line.key, line.label, line.unit, line.rule, [cell.number for cell in line.cells]] for line in group.lines],
            ]
            for group in sheet.groups
        ],
        "warnings": [[one.text, one.line, one.column] for one in sheet.warnings],
        KEPT: units_below(unit),
    }  # fmt: skip


def kept_sheet(report: "SuperiorReport") -> Sheet:
    """What a submitted or frozen report holds. Other languages show labels that the definition still has in their words."""
    kept, names = report.numbers, _names(report)
    columns = tuple(SheetColumn(key, names.get(f"column {key}", label), rule) for key, label, rule in kept["columns"])
    groups = tuple(
        SheetGroup(
            key,
            names.get(f"group {key}", label),
            tuple(
                SheetLine(
                    line,
                    names.get(f"line {line}", words),
                    names.get(f"unit {line}", unit),
                    names.get(f"rule {line}", rule),
                    tuple(Cell(column.key, number) for column, number in zip(columns, numbers, strict=True)),
                )
                for line, words, unit, rule, numbers in _lasting(lines, report)
            ),
        )
        for key, label, lines in kept["groups"]
    )
    warnings = tuple(Warned(*one) for one in kept["warnings"])
    sheet = Sheet(names.get("title", kept["title"]), columns, groups, names.get("note", kept["note"]), warnings)
    return replace(sheet, warnings=_warnings_again(sheet, report)) if names and warnings else sheet


def _warnings_again(sheet: Sheet, report: "SuperiorReport") -> tuple[Warned, ...]:
    """What the kept numbers do not add up to, in the active language; as it is kept where they tell something else by now."""
    definition, numbers = definition_of(report.kind, report.as_of.year), sheet.numbers
    every = definition.columns[0].key
    try:
        found = [*_column_warnings(definition, sheet)]
        for group in (one for one in definition.groups if one.sum_of):
            parts = sum(Decimal(str(numbers[line.key, every])) for line in group.lines)
            if missing := int(Decimal(str(numbers[group.sum_of, every])) - parts):
                found.append(Warned(_missing_text(definition, group, missing), f"{REST}{group.key}", every))
    except KeyError:
        return sheet.warnings
    is_same = [(one.line, one.column) for one in found] == [(one.line, one.column) for one in sheet.warnings]
    return tuple(found) if is_same else sheet.warnings


def _lasting(lines: Iterable[list[Any]], report: "SuperiorReport") -> Iterable[list[Any]]:
    """Kept lines under the keys that they have by now."""
    return ([lasting(key, report.as_of.year), *rest] for key, *rest in lines)


def _names(report: "SuperiorReport") -> Mapping[str, str]:
    """Labels of the definition as it reads now, for languages other than the one in which reports are kept."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return {}
    definition = definition_of(report.kind, report.as_of.year)
    found = {"title": str(definition.title), "note": str(definition.note)}
    found |= {f"column {column.key}": str(column.label) for column in definition.columns}
    for group in definition.groups:
        found[f"group {group.key}"] = str(group.label)
        for line in group.lines:
            found[f"line {line.key}"], found[f"unit {line.key}"] = str(line.label), str(line.unit)
            found[f"rule {line.key}"] = str(line.rule)
    return found


def _column_warnings(definition: "Definition", sheet: Sheet) -> Iterable[Warned]:
    """Columns that do not add up, in the first line where it shows."""
    numbers = sheet.numbers
    labels = {column.key: column.label for column in sheet.columns}
    for column in (one for one in definition.columns if one.parts):
        for key, line in definition.lines.items():
            parts, whole = sum(numbers[key, part] for part in column.parts), numbers[key, column.key]
            if parts != whole:
                yield Warned(
                    _(
                        "%(line)s: the columns below “%(column)s” add up to %(parts)s, not %(whole)s. Look for files without a sub-kind."
                    )
                    % {"line": line.label, "column": labels[column.key], "parts": parts, "whole": whole}
                )
                break


def _group_warnings(definition: "Definition", facts: list[Facts]) -> Iterable[Warned]:
    """Groups whose lines do not add up to the line that they divide."""
    every = definition.columns[0].key
    for group in definition.groups:
        missing = len(definition.left_out(group, every, facts))
        if missing:
            yield Warned(_missing_text(definition, group, missing), f"{REST}{group.key}", every)


def _missing_text(definition: "Definition", group: "Group", missing: int) -> str:
    text = ngettext(
        "%(group)s: %(missing)d person of “%(whole)s” stands in none of its lines.",
        "%(group)s: %(missing)d people of “%(whole)s” stand in none of its lines.",
        missing,
    )
    return text % {"group": group.label, "missing": missing, "whole": definition.lines[group.sum_of].label}


def _plain(number: Decimal) -> Number:
    """A whole number as one, hours with their tenth."""
    return int(number) if number == number.to_integral_value() else float(number)
