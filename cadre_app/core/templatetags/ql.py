"""Template tags of the house: icons, status marks, cells of tables, and slots of the page frame."""

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms, template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cadre_app.core import markup
from cadre_app.core.lists import kept_query, list_pages
from cadre_app.core.narrowing import narrowing, text_of
from cadre_app.core.tables import PAGING

if TYPE_CHECKING:
    from django_filters import FilterSet

    from cadre_app.core.tables import Table

register = template.Library()

# Shape and colour class of each state (design: shape and word, never colour alone).
STATES = {
    "over": ("s-over", "st-over"),
    "soon": ("s-soon", "st-soon"),
    "ok": ("s-ok", "st-ok"),
    "idle": ("s-quiet", "st-idle"),
    "miss": ("s-miss", "st-soon"),
    "wait": ("s-wait", "st-info"),
    "none": ("s-none", "st-idle"),
}


@register.simple_tag
@cache
def icon(name: str, css: str = "i") -> SafeString:
    """An icon of static/icons.svg (scripts/icons.txt); decoration only, so it stands beside a word."""
    url = static("icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', css, url, name)


@register.simple_tag
def status(state: str, text: object) -> SafeString:
    """A shape and its word; `state` is one of STATES."""
    shape, css = STATES[state]
    return format_html('<span class="st {}">{}{}</span>', css, icon(shape, ""), text)


@register.filter
def shown(value: Any) -> Any:
    """A value as a cell or a line of facts shows it: dates in the viewer's form, yes or no, a dash for nothing."""
    if value is None or value == "":
        return format_html('<span class="ink3" aria-label="{}" role="img">—</span>', _("none"))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, float):
        return formats.number_format(value)
    return value


@register.simple_block_tag
def slot(content: str, css: str, element: str = "div") -> SafeString | str:
    """Wrap a block of the frame in an element, or leave both out when the page does not fill it."""
    if not content.strip():
        return ""
    return format_html('<{0} class="{1}">{2}</{0}>', element, css, mark_safe(content))  # noqa: S308


class ActiveFilter(NamedTuple):
    label: str
    value: str
    url: str


@register.simple_tag(takes_context=True)
def active_filters(context: Context, filterset: "FilterSet") -> list[ActiveFilter]:
    """The conditions that narrow a list, each with the address of the list without it."""
    query = context["request"].GET
    found = []
    for bound, names in narrowing(filterset, query):
        rest = query.copy()
        for name in (*names, *PAGING):
            rest.pop(name, None)
        found.append(ActiveFilter(str(bound.label), text_of(bound), f"?{rest.urlencode()}"))
    return found


@register.simple_tag(takes_context=True)
def kept_list(context: Context) -> str:
    """Where the saved filters of this list are asked for, as it is narrowed now; empty for a list that keeps none, and on
    phones, where lists are short.
    """
    request = context["request"]
    if context.get("simple_frame"):
        return ""
    match = request.resolver_match
    page = list_pages.get(match.view_name) if match is not None and not match.kwargs else None
    if page is None or not page.visible(request.user):
        return ""
    asked = urlencode({"page": match.view_name, "query": kept_query(request.GET)})
    return f"{reverse('lists:chips')}?{asked}"


@register.simple_tag
def printed_filters(filterset: "FilterSet", conditions: list[ActiveFilter]) -> list[ActiveFilter]:
    """What paper says of the conditions: also those that the list opens with, which no address names."""
    told = {condition.label for condition in conditions}
    opened = [ActiveFilter(str(bound.label), _opening(filterset, bound), "") for bound in filterset.form]
    return [*conditions, *(one for one in opened if one.value and one.label not in told)]


def _opening(filterset: "FilterSet", bound: Any) -> str:
    """How a field that the address leaves out narrows the list all the same; nothing where it shows all there is."""
    if filterset.form.data.get(bound.html_name):
        return text_of(bound)
    return str(bound.field.empty_label) if getattr(bound.field, "opens_narrowed", False) else ""


@register.simple_tag
def filter_field(bound: Any) -> SafeString:
    """A field of the filter bar with the class that its widget needs."""
    choice = isinstance(bound.field.widget, forms.Select | forms.SelectMultiple)
    check = isinstance(bound.field.widget, forms.CheckboxInput)
    css = "form-check-input" if check else "form-select" if choice else "form-control"
    drawn = markup.select(bound, css) if choice else None
    if drawn is not None:
        return drawn
    rendered: SafeString = bound.as_widget(
        attrs={"class": f"{bound.field.widget.attrs.get('class', '')} {css}".strip()}
    )
    return rendered


@register.simple_tag
def column_boxes(table: "Table[Any]") -> SafeString:
    """The boxes of the menu of columns."""
    return markup.column_boxes(table)


@register.simple_tag(takes_context=True)
def table_body(context: Context, table: "Table[Any]") -> SafeString:
    """The rows of a table's page; with `bulk` in the context each begins with the box that picks it."""
    return markup.table_rows(table, context, pickable=bool(context.get("bulk")), shown=shown)
