"""The pairings over units: what they can be narrowed to, and the list of them for page, workbook and board."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Empty, Table, asked
from cadre_app.mentorship.handing_over import waiting
from cadre_app.mentorship.health import Health, Limits, latest_note, limits_on, with_health, with_health_then
from cadre_app.mentorship.models import EndKind, MentorKind, Pairing
from cadre_app.mentorship.pairing_columns import NOT_BEGUN, columns_for
from cadre_app.mentorship.pairing_columns import UNSIGNED as UNSIGNED_TEXT
from cadre_app.mentorship.permissions.notes import knows_of_all_notes
from cadre_app.mentorship.permissions.pairings import finds_relatives, kinship_read
from cadre_app.mentorship.running import between_relatives, running_on, with_both
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import AsOfFilter, FilesUnitFilter, OfADay, day_asked
from cadre_app.people.models import Person, of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Pairings = QuerySet[Any]

EXPORT = "mentorship.pairings"
DEFAULT_SORT = "-started"
LONGEST_TYPED = 40
ON_THE_BOARD = ("state", "health")
RELATED = ("trainee__person", "trainee__home_unit", "mentor", "office__unit")


class State:
    UNSIGNED, PLANNED, COMPLETED, EARLY, ALL, VOIDED = "unsigned", "planned", "completed", "early", "all", "voided"
    CHOICES = (
        (UNSIGNED, UNSIGNED_TEXT),
        (PLANNED, NOT_BEGUN),
        (COMPLETED, EndKind.COMPLETED.label),
        (EARLY, EndKind.EARLY.label),
        (ALL, gettext_lazy("Running and ended")),
        (VOIDED, gettext_lazy("Voided")),
    )


class Case:
    OVER, LEFT, KIN, BOTH = "over", "left", "relatives", "both"
    HAND_OVER = "hand_over"
    CHOICES = (
        (OVER, gettext_lazy("Past the planned last day")),
        (LEFT, gettext_lazy("Trainee has left")),
        (KIN, gettext_lazy("Declared relatives")),
        (BOTH, gettext_lazy("Both mentors")),
        (HAND_OVER, gettext_lazy("Hand-over waiting")),
    )


class PairingFilter(OfADay):
    """Names, unit, kind, state, how it goes, and what is to be looked at."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Mentee or mentor"), max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(choices=MentorKind.choices, label=gettext_lazy("Kind of mentor"))
    state = OpeningChoiceFilter(
        choices=State.CHOICES,
        method="already_done",
        label=gettext_lazy("State"),
        empty_label=pgettext_lazy("state of a pairing", "Running"),
    )
    health = django_filters.ChoiceFilter(choices=Health.choices, label=gettext_lazy("How it goes"))
    case = django_filters.ChoiceFilter(
        choices=Case.CHOICES, method="by_case", label=gettext_lazy("To look at"), empty_label=gettext_lazy("Everything")
    )
    mentor = django_filters.ChoiceFilter(
        choices=(), field_name="mentor_id", label=gettext_lazy("Mentor"), widget=HiddenInput
    )

    as_of = AsOfFilter(label=gettext_lazy("As it stood on"))

    # Whose family the reader may know of; set by `filtered_pairings`.
    family: Q

    class Meta:
        model = Pairing
        fields: list[str] = []

    def already_done(self, queryset: Pairings, name: str, value: object) -> Pairings:
        """Done by `filtered_pairings`, before anything is counted."""
        return queryset

    def by_name(self, queryset: Pairings, name: str, value: str) -> Pairings:
        return queryset.filter(name_matches(value, "trainee__person") | name_matches(value, "mentor"))

    def by_case(self, queryset: Pairings, name: str, value: str) -> Pairings:
        if value == Case.OVER:
            return queryset.filter(ended_on=None, due_on__lt=timezone.localdate())
        if value == Case.LEFT:
            return queryset.filter(ended_on=None).exclude(trainee__departed_on=None)
        if value == Case.KIN:
            return queryset.filter(self.family, between_relatives(), ended_on=None)
        if value == Case.HAND_OVER:
            return queryset.filter(pk__in=waiting().values("pk"))
        return queryset.filter(with_both(self.day))


@dataclass(frozen=True)
class Listed:
    """What one set of URL parameters asks for."""

    filter: PairingFilter
    limits: Limits

    @property
    def rows(self) -> Pairings:
        found: Pairings = self.filter.qs
        return found


def filtered_pairings(data: QueryDict, *, user: "User", board: bool = False) -> Listed:
    """The pairings over the units of `user`, as these URL parameters narrow them, each with `health` and the day of the
    latest note that `user` may know of (`noted_on`); page, export and print alike.

    The `board` shows running ones in the lanes of their health, so that neither is asked for there.
    """
    limits = limits_on(day_asked(data))
    rows: Any = Pairing.objects.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None)
    rows = _in_state(rows, "" if board else data.get("state", ""), limits.day).annotate(noted_on=latest_note(user))
    rows = _with_health(rows, limits, user, data.get("state", "")).select_related(*RELATED)
    found = PairingFilter(data, queryset=rows)
    found.family = kinship_read(user)
    if not finds_relatives(user):
        found.filters["case"].extra["choices"] = [choice for choice in Case.CHOICES if choice[0] != Case.KIN]
    if board:
        for name in ON_THE_BOARD:
            del found.filters[name]
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    mentor = _named(data.get("mentor", ""), rows)
    if mentor is not None:
        found.form.fields["mentor"].choices = [(str(mentor.pk), mentor.name)]
    return Listed(found, limits)


def pairing_table(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, as its export sees it.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    table, listed = table_of(asked(query), user)
    if not listed.filter.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def table_of(request: HttpRequest, user: "User") -> tuple[Table[Any], Listed]:
    """The list that `request` asks for."""
    listed = filtered_pairings(request.GET, user=user)
    empty = Empty(_("No pairings yet."), _("Pairings are suggested by office; staff confirm them, one or many."))
    table: Table[Any] = Table(
        request,
        listed.rows,
        columns_for(listed.limits),
        name="pairings",
        empty=empty,
        default_sort=DEFAULT_SORT,
        export_kind=EXPORT,
        keyset=True,
    )
    return table, listed


def _with_health(rows: Any, limits: Limits, user: "User", state: str) -> Any:
    """As it is known today; those that ran on a past day as it was then."""
    if limits.day < timezone.localdate() and state in ("", State.UNSIGNED):
        return with_health_then(rows, limits, user)
    # A liaison does not learn of a department-only note, not even by how the pairing goes.
    return with_health(rows, limits, last="last_note_on" if knows_of_all_notes(user) else "noted_on")


def _in_state(rows: Any, state: str, today: date) -> Any:
    if state == State.VOIDED:
        return rows.exclude(voided_at=None)
    rows = rows.standing()
    if state == State.ALL:
        return rows
    if state in (State.COMPLETED, State.EARLY):
        return rows.filter(end_kind=state)
    if state == State.PLANNED:
        return rows.filter(ended_on=None, started_on__gt=today)
    rows = rows.filter(running_on(today))
    return rows.filter(signed_on=None) if state == State.UNSIGNED else rows


def _named(key: str, rows: Pairings) -> Person | None:
    """The mentor of one of `rows`; nobody else is named here."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return Person.objects.filter(pk=pk, pk__in=rows.order_by().values("mentor")).first()
