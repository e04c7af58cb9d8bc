"""Columns of the list of pairings, and the words and marks that every page has for one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status
from cadre_app.mentorship.health import STATES, Health, Limits, health_of
from cadre_app.mentorship.models import EndKind, Pairing

NOT_BEGUN = pgettext_lazy("state of a pairing", "Not begun")
UNSIGNED = pgettext_lazy("state of a pairing", "Agreement pending")


def office_text(pairing: Pairing) -> str:
    """The office that makes the mentor one, or why somebody else was chosen."""
    if pairing.office is None:
        return _("Chosen: %(reason)s") % {"reason": pairing.choice_reason}
    return pairing.office.in_full


def mark_of(pairing: Any, limits: Limits) -> tuple[str, str]:
    """Mark and word: how a running pairing goes, or how it ended."""
    if pairing.is_voided:
        return "none", _("Voided")
    if hasattr(pairing, "due_then"):  # as it went on a past day, whatever became of it
        then = Health(pairing.health)
        return STATES[then], str(then.label)
    if pairing.ended_on is not None:
        return ("ok" if pairing.end_kind == EndKind.COMPLETED else "idle"), str(EndKind(pairing.end_kind).label)
    if pairing.started_on > limits.day:
        return "wait", str(NOT_BEGUN)
    health = Health(health_of(pairing, limits))
    return STATES[health], str(health.label)


def columns_for(limits: Limits) -> tuple[Column[Any], ...]:
    """All columns; those shown unless others are chosen come first."""
    column: Callable[..., Column[Any]] = partial(Column)
    hidden: Callable[..., Column[Any]] = partial(Column, shown=False)

    def state_html(row: Pairing) -> SafeString:
        return SafeString(status(*mark_of(row, limits)))

    return (
        column(
            "trainee",
            gettext_lazy("Mentee"),
            lambda row: row.trainee.person.name,
            sort=("trainee__stroke_key", "started_on"),
            html=_trainee,
        ),
        column(
            "unit",
            gettext_lazy("Unit"),
            lambda row: row.trainee.home_unit.name,
            sort=("trainee__home_unit__path", "trainee__stroke_key"),
        ),
        column("kind", gettext_lazy("Kind of mentor"), lambda row: row.get_kind_display(), sort=("kind", "started_on")),
        column(
            "mentor",
            gettext_lazy("Mentor"),
            lambda row: row.mentor.name,
            sort=("mentor__name_stroke_key", "started_on"),
            html=_mentor,
        ),
        column("office", gettext_lazy("By office"), office_text, html=_office),
        column("state", gettext_lazy("How it goes"), lambda row: mark_of(row, limits)[1], html=state_html),
        column("agreement", gettext_lazy("Agreement signed on"), _signed),
        column("noted", gettext_lazy("Latest note"), lambda row: getattr(row, "noted_then", row.noted_on) or ""),
        column("check_in", gettext_lazy("Next check-in"), _check_in, sort=("next_check_in_on",)),
        hidden("started", gettext_lazy("Started on"), lambda row: row.started_on, sort=("started_on",)),
        column("due", gettext_lazy("Planned until"), lambda row: row.due_on, sort=("due_on",)),
        hidden("cadence", gettext_lazy("Days between check-ins"), lambda row: row.check_in_days, numeric=True),
        hidden("ended", gettext_lazy("Ended on"), lambda row: row.ended_on or "", sort=("ended_on",)),
        hidden("end_reason", gettext_lazy("Reason for the end"), lambda row: row.end_reason),
        hidden("file_number", gettext_lazy("File number"), lambda row: row.trainee.file_number),
    )  # fmt: skip


def _check_in(row: Any) -> Any:
    return getattr(row, "due_then", row.next_check_in_on) or ""


def _signed(row: Pairing) -> Any:
    """The day, or that it is still to be signed while the pairing runs."""
    return row.signed_on or (str(UNSIGNED) if row.is_running else "")


def _trainee(row: Pairing) -> SafeString:
    url = reverse("mentorship:pairing_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, row.trainee.person.name)


def _mentor(row: Pairing) -> SafeString:
    """The name leads to everybody whom this mentor guides."""
    url = f"{reverse('mentorship:pairing_table')}?mentor={row.mentor_id}"
    return format_html('<a href="{}">{}</a>', url, row.mentor.name)


def _office(row: Pairing) -> SafeString:
    return format_html('<span class="wrap">{}</span>', office_text(row))
