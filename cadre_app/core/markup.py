"""Markup that pages hold hundreds of times, written without a template for each: bodies of tables, long choices."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cadre_app.core.tables import Cell, Column, Table

Shown = Callable[[Any], Any]


def table_rows(table: Table[Any], context: Context, *, pickable: bool, shown: Shown) -> SafeString:
    """The rows of a table's page; `shown` turns a value into what a cell shows."""
    opened = [_open(column, not number) for number, column in enumerate(table.columns)]
    pick = _pick(table) if pickable else ("", "")
    parts: list[str] = []
    for row in table.rows:
        parts.append("<tr>")
        if pickable:
            parts += (pick[0], str(row.object.pk), pick[1])
        for number, cell in enumerate(row.cells):
            marks = cell.column.marks
            start = opened[number] if marks is None else _open(cell.column, not number, marks(row.object))
            parts += (start, _content(cell, row.object, context, shown), "</td>")
        parts.append("</tr>\n")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped or markup of ours


def column_boxes(table: Table[Any]) -> SafeString:
    """A box for each column that can be chosen, in order; those shown are ticked."""
    shown_keys = {column.key for column in table.columns}
    parts = []
    for column in table.all_columns:
        name = f"{table.name}-col-{column.key}"
        mark = " checked" if column.key in shown_keys else ""
        box = f'<input class="form-check-input" type="checkbox" name="columns" value="{column.key}" id="{name}"{mark}>'
        label = conditional_escape(str(column.label))
        parts.append(f'<div class="form-check">{box}<label for="{name}">{label}</label></div>\n')
    return mark_safe("".join(parts))  # noqa: S308 - keys are names of ours, labels are escaped


def select(bound: Any, css: str) -> SafeString | None:
    """A drop-down, also of groups, as its widget would draw it; None for any other field."""
    widget = bound.field.widget
    if type(widget) is not forms.Select or widget.is_hidden:
        return None
    asked = bound.value()
    chosen = "" if asked is None else str(asked)
    options = "".join(_options(bound.field.choices, chosen))
    attrs = bound.build_widget_attrs(
        {**widget.attrs, "class": f"{widget.attrs.get('class', '')} {css}".strip()}, widget
    )
    attrs |= {"name": bound.html_name, "id": bound.auto_id}
    return format_html("<select{}>{}</select>", flatatt(attrs), mark_safe(options))  # noqa: S308


def _options(choices: Any, chosen: str) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{conditional_escape(value)}">'
            yield from _options(label, chosen)
            yield "</optgroup>"
            continue
        key = "" if value is None else str(value)
        mark = " selected" if key == chosen else ""
        yield f'<option value="{conditional_escape(key)}"{mark}>{conditional_escape(label)}</option>'


def _open(column: Column[Any], is_first: bool, marks: str = "") -> str:
    css = "first" if is_first else "n" if column.numeric else "u" if column.unbroken else ""
    if column.acts:
        css = "no-print"
    names = f"{css} {marks}".strip()
    given = f' class="{names}"' if names else ""
    return f'<td data-label="{conditional_escape(str(column.label))}"{given}>'


def _pick(table: Table[Any]) -> tuple[str, str]:
    label = conditional_escape(_("Pick this row"))
    before = '<td class="pick-cell"><input class="form-check-input" type="checkbox" name="pick" value="'
    return before, f'" form="{table.name}-bulk" aria-label="{label}"></td>'


def _content(cell: Cell, item: Any, context: Context, shown: Shown) -> str:
    column = cell.column
    if column.html is not None:
        return column.html(item)
    if not column.template or context.template is None:
        return conditional_escape(shown(cell.value))
    with context.push(row=item, cell=cell):
        rendered: str = context.template.engine.get_template(column.template).render(context)
    return rendered
