"""Columns of the list of due items; rows carry their words (dues.DueTable)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status
from cadre_app.reminders import permissions
from cadre_app.reminders.wording import day_text, state_of, when_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SETTLED = gettext_lazy("Settled a moment ago")


def columns_for(user: "User", today: date) -> tuple[Column[Any], ...]:
    """Offices see unit and who acts as well."""
    column: Callable[..., Column[Any]] = partial(Column)

    def when_html(row: Any) -> SafeString:
        mark = status(state_of(row, today, user), when_text(row, today, user))
        return format_html('{}<div class="ink3">{}</div>', mark, day_text(row.day))

    open_html = partial(_open_html, undoes=permissions.can_postpone(user))
    found = [
        column("day", gettext_lazy("Due on"), lambda row: row.day, sort=("day",), html=when_html),
        column("subject", gettext_lazy("About"), _subject, html=_subject_html),
        column("what", gettext_lazy("What"), _what, html=_what_html),
        column("rule", gettext_lazy("Kind"), _rule, shown=False),
    ]
    if permissions.works_for_units(user):
        found += [
            column("unit", gettext_lazy("Unit"), lambda row: row.trainee.home_unit.name if row.trainee else ""),
            column(
                "doer", gettext_lazy("Who acts"), lambda row: row.doer.display_name if row.doer else _("The office")
            ),
        ]
    found.append(column("postponed", gettext_lazy("Postponed because"), lambda row: row.postponed_why, shown=False))
    found.append(
        column(
            "open",
            gettext_lazy("What to do"),
            lambda row: row.words.url if row.words else "",
            html=open_html,
            acts=True,
        )
    )
    return tuple(found)


def _rule(row: Any) -> str:
    return str(row.definition.label) if row.definition else str(row.rule)


def _subject(row: Any) -> str:
    return row.words.subject if row.words else ""


def _subject_html(row: Any) -> SafeString:
    return format_html('<b class="nm">{}</b>', _subject(row) or "—")


def _what(row: Any) -> str:
    return f"{row.words.title}。{row.words.why}" if row.words else str(SETTLED)


def _what_html(row: Any) -> SafeString:
    if not row.words:
        return format_html('<span class="ink3">{}</span>', SETTLED)
    put_off = format_html('<div class="ink3">{}</div>', _postponed(row)) if row.postponed_to else ""
    return format_html(
        '<div class="what">{}<div class="ink3">{}</div>{}</div>', row.words.title, row.words.why, put_off
    )


def _postponed(row: Any) -> str:
    known = {"from": day_text(row.due_on), "why": row.postponed_why}
    return _("Postponed from %(from)s: %(why)s") % known


def _open_html(row: Any, *, undoes: bool) -> SafeString:
    if not row.words:
        return SafeString("")
    opened = format_html('<a class="btn btn-sm" href="{}">{}</a>', row.words.url, row.words.action)
    if not (undoes and row.postponed_to):
        return opened
    back = reverse("reminders:due_bring_back", kwargs={"pk": row.pk})
    undo = format_html('<a class="btn btn-sm btn-quiet" href="{}">{}</a>', back, _("Undo the postponement"))
    return format_html('<div class="row-flex wrap">{}{}</div>', opened, undo)
