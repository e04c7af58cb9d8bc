"""The lists of notes: what they can be narrowed to, for the page and for the workbook."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.filtering import require_asked
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.typed import narrow
from cadre_app.core.widgets import DayInput
from cadre_app.mentorship import note_columns
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Way
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.models import of_scope
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Notes = QuerySet[GuidanceNote]

EXPORT = "mentorship.notes"
LONGEST_TYPED = 40
RELATED = ("pairing__trainee__person", "pairing__trainee__home_unit", "author")


class State:
    SUBMITTED, ACKNOWLEDGED, SUPERSEDED, VOIDED = "submitted", "acknowledged", "superseded", "voided"
    COUNTED = "counted"
    CHOICES = (
        (SUBMITTED, note_columns.SUBMITTED),
        (ACKNOWLEDGED, note_columns.ACKNOWLEDGED),
        (COUNTED, gettext_lazy("Counted: neither private nor corrected")),
        (SUPERSEDED, note_columns.SUPERSEDED),
        (VOIDED, note_columns.VOIDED),
    )


class NoteFilter(OfADay):
    """Names, unit, kind of mentor, way, state and period; never by a text that a viewer may not read."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Mentee or mentor"), max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(file="pairing__trainee", label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(
        field_name="pairing__kind", choices=MentorKind.choices, label=gettext_lazy("Kind of mentor")
    )
    way = django_filters.ChoiceFilter(choices=Way.choices, label=gettext_lazy("How"))
    state = django_filters.ChoiceFilter(
        choices=State.CHOICES, method="by_state", label=gettext_lazy("State"), empty_label=gettext_lazy("Not voided")
    )
    since = django_filters.DateFilter(
        field_name="happened_on", lookup_expr="gte", label=gettext_lazy("From"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="happened_on", lookup_expr="lte", label=gettext_lazy("Until"), widget=DayInput
    )

    user: "User"

    class Meta:
        model = GuidanceNote
        fields: list[str] = []

    def by_name(self, queryset: Notes, name: str, value: str) -> Notes:
        text = tidy_name(narrow(value))
        return queryset.filter(Q(pairing__trainee__person__name__startswith=text) | Q(author__name__startswith=text))

    def by_state(self, queryset: Notes, name: str, value: str) -> Notes:
        if value == State.VOIDED:
            return queryset
        if value == State.SUPERSEDED:
            return queryset.exclude(superseded_at=None)
        if value == State.COUNTED:
            scope = of_scope(self.user, *BUSINESS_ROLES, prefix="pairing__trainee__")
            return queryset.filter(scope, pk__in=GuidanceNote.objects.counted_in_files().order_by().values("pk"))
        return queryset.filter(superseded_at=None, acknowledged_at__isnull=value == State.SUBMITTED)


def filtered_notes(data: QueryDict, *, user: "User") -> NoteFilter:
    """The notes that `user` reads or sees the dates of, as these URL parameters narrow them; page and export alike."""
    rows = GuidanceNote.objects.listed_for(user).filter(voided_at__isnull=data.get("state") != State.VOIDED)
    found = NoteFilter(data, queryset=rows.select_related(*RELATED))
    units = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    found.form.fields["unit"].queryset = units
    found.user = user
    return found


def note_table(user: "User", query: QueryDict) -> Table[GuidanceNote]:
    """The list with these URL parameters, as its export sees it: only what `user` may read.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    found = filtered_notes(query, user=user)
    require_asked(found)
    return Table(
        asked(query),
        found.qs,
        note_columns.columns_for(user),
        name="notes",
        empty=Empty(""),
        default_sort="-happened_on",
    )


def own_table(request: HttpRequest, rows: Notes) -> Table[GuidanceNote]:
    """Pages of the notes of a mentor or of a trainee, the latest first; drawn as cards."""
    empty = Empty(
        _("No guidance notes yet."),
        _("A talk, a visit together, a phone call: each can become a note of the mentor."),
        reverse("desk:home"),
        _("Back to the desk"),
    )
    columns = (Column[GuidanceNote]("happened_on", "", lambda note: note.happened_on, sort=("happened_on",)),)
    return Table(
        request, rows, columns, name="notes", empty=empty, default_sort="-happened_on", keyset=True, tools=False
    )
