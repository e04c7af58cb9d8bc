"""The reviews over units: what they can be narrowed to, and the list of them for page, workbook and print."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.days import start_of
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.core.widgets import DayInput
from cadre_app.mentorship.models import MentorKind, PairingReview, ReviewState
from cadre_app.mentorship.permissions import reviews as permissions
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import FilesUnitFilter, OfADay
from cadre_app.people.models import of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Reviews = QuerySet[Any]

EXPORT = "mentorship.reviews"
DEFAULT_SORT = "until"
LONGEST_TYPED = 40
LAST_DAY = date(9998, 12, 30)
RELATED = ("pairing__trainee__person", "pairing__trainee__home_unit", "pairing__mentor")
MARKS = {
    ReviewState.PARTS: "soon",
    ReviewState.RETURNED: "soon",
    ReviewState.CONCLUSION: "wait",
    ReviewState.SIGN_OFF: "wait",
    ReviewState.SIGNED_OFF: "ok",
}
ALL, OPEN = "all", ""
FINAL = (("yes", gettext_lazy("Final reviews")), ("no", gettext_lazy("Half-year reviews")))


class ReviewFilter(OfADay):
    """Names, unit, kind of mentor, state, final or not, and the last day of the period."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Mentee or mentor"), max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(file="pairing__trainee", label=gettext_lazy("Unit"))
    kind = django_filters.ChoiceFilter(
        field_name="pairing__kind", choices=MentorKind.choices, label=gettext_lazy("Kind of mentor")
    )
    state = OpeningChoiceFilter(
        choices=[*ReviewState.choices, (ALL, gettext_lazy("Open and signed off"))],
        method="by_state",
        label=gettext_lazy("State"),
        empty_label=pgettext_lazy("review", "Due and not signed off"),
    )
    final = django_filters.ChoiceFilter(
        choices=FINAL, method="by_final", label=gettext_lazy("Which reviews"), empty_label=gettext_lazy("All")
    )
    since = django_filters.DateFilter(
        field_name="period_until", lookup_expr="gte", label=gettext_lazy("Due from"), widget=DayInput
    )
    until = django_filters.DateFilter(
        field_name="period_until", lookup_expr="lte", label=gettext_lazy("Due until"), widget=DayInput
    )
    signed_since = django_filters.DateFilter(
        method="by_signed_since", label=gettext_lazy("Signed off from"), widget=DayInput
    )
    signed_until = django_filters.DateFilter(
        method="by_signed_until", label=gettext_lazy("Signed off until"), widget=DayInput
    )

    class Meta:
        model = PairingReview
        fields: list[str] = []

    def by_name(self, queryset: Reviews, name: str, value: str) -> Reviews:
        found = name_matches(value, "pairing__trainee__person") | name_matches(value, "pairing__mentor")
        return queryset.filter(found)

    def by_state(self, queryset: Reviews, name: str, value: str) -> Reviews:
        """Done by `filtered_reviews`."""
        return queryset

    def by_signed_since(self, queryset: Reviews, name: str, value: date) -> Reviews:
        return queryset.filter(signed_off_at__gte=start_of(value))

    def by_signed_until(self, queryset: Reviews, name: str, value: date) -> Reviews:
        return queryset.filter(signed_off_at__lt=start_of(min(value, LAST_DAY) + timedelta(days=1)))

    def by_final(self, queryset: Reviews, name: str, value: str) -> Reviews:
        return queryset.filter(is_final=value == "yes")


def filtered_reviews(data: QueryDict, *, user: "User") -> ReviewFilter:
    """The reviews over the units of `user`, as these URL parameters narrow them; page, export and print alike."""
    rows: Any = PairingReview.objects.filter(
        of_scope(user, *BUSINESS_ROLES, prefix="pairing__trainee__"),
        pairing__voided_at=None,
        pairing__trainee__voided_at=None,
    )
    found = ReviewFilter(data, queryset=_in_state(rows, data.get("state", "")).select_related(*RELATED))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found


def review_table(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, as its export sees it.

    Raises ValidationError where one of them names nothing that can be chosen.
    """
    table, found = table_of(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def table_of(request: HttpRequest, user: "User") -> tuple[Table[Any], ReviewFilter]:
    """The list that `request` asks for."""
    found = filtered_reviews(request.GET, user=user)
    empty = Empty(_("No review is due."), _("A review is due every half year and at the end of each pairing."))
    table: Table[Any] = Table(
        request,
        found.qs,
        columns_for(user),
        name="reviews",
        empty=empty,
        default_sort=DEFAULT_SORT,
        export_kind=EXPORT,
        keyset=True,
    )
    return table, found


def columns_for(user: "User") -> tuple[Column[Any], ...]:
    """A liaison sees days, people and states; staff and leaders the texts as well, where they ask for them."""
    return COLUMNS + TEXTS if permissions.lists_texts(user) else COLUMNS


def mark_of(review: PairingReview) -> tuple[str, str]:
    """Mark and word of its state."""
    if review.is_voided:
        return "none", _("Voided")
    state = ReviewState(review.state)
    if state in (ReviewState.PARTS, ReviewState.RETURNED) and review.period_until >= timezone.localdate():
        return "none", str(state.label)
    return MARKS[state], str(state.label)


def missing_of(review: PairingReview) -> str:
    """Which parts are still to come, or whose is to be completed."""
    if review.signed_off_at is not None:
        return ""
    if review.returned_to:
        return str(review.get_returned_to_display())
    missing = []
    if review.mentor_at is None:
        missing.append(_("Mentor's part"))
    if review.trainee_at is None:
        missing.append(_("Mentee's part"))
    return _(", ").join(missing) if missing else ""


def _in_state(rows: Any, state: str) -> Any:
    rows = rows.standing()
    if state in ReviewState.values:
        return rows.in_state(state)
    if state == ALL:
        return rows
    waits = Q(mentor_at__isnull=False) | Q(trainee_at__isnull=False)
    # What was written outlives its pairing; only in a file that is closed nothing can be done any more.
    goes_on = Q(pairing__ended_on=None) | Q(pairing__trainee__departed_on=None)
    return rows.open().filter(Q(period_until__lte=timezone.localdate()) | waits, goes_on)


def _trainee(row: Any) -> SafeString:
    url = reverse("mentorship:review_detail", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.pairing.trainee.person.name)


def _state(row: Any) -> SafeString:
    return SafeString(status(*mark_of(row)))


def _day_of(moment: Any) -> Any:
    return timezone.localdate(moment) if moment is not None else None


COLUMNS: tuple[Column[Any], ...] = (
    Column(
        "trainee",
        gettext_lazy("Mentee"),
        lambda row: row.pairing.trainee.person.name,
        sort=("pairing__trainee__stroke_key", "period_until"),
        html=_trainee,
    ),
    Column(
        "unit",
        gettext_lazy("Unit"),
        lambda row: row.pairing.trainee.home_unit.name,
        sort=("pairing__trainee__home_unit__path", "period_until"),
    ),
    Column("mentor", gettext_lazy("Mentor"), lambda row: row.pairing.mentor.name),
    Column("kind", gettext_lazy("Kind of mentor"), lambda row: row.pairing.get_kind_display()),
    Column("since", gettext_lazy("Period from"), lambda row: row.period_from),
    Column("until", gettext_lazy("Period until"), lambda row: row.period_until, sort=("period_until",)),
    Column("final", gettext_lazy("Final"), lambda row: _("Final review") if row.is_final else ""),
    Column("state", gettext_lazy("State"), lambda row: mark_of(row)[1], html=_state),
    Column("missing", pgettext_lazy("review", "Still to come"), missing_of),
    Column("signed", gettext_lazy("Signed off on"), lambda row: _day_of(row.signed_off_at), shown=False),
)
TEXTS: tuple[Column[Any], ...] = (
    Column("mentor_text", gettext_lazy("Mentor's part"), lambda row: row.mentor_text, shown=False),
    Column("trainee_text", gettext_lazy("Mentee's part"), lambda row: row.trainee_text, shown=False),
    Column("conclusion", pgettext_lazy("review", "Conclusion"), lambda row: row.conclusion, shown=False),
)
