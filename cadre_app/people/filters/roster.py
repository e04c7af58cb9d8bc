"""What the roster can be narrowed to; each condition is one that an index serves."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.figures import period_start
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.forms import validate_year
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.typed import narrow
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people import conditions, permissions
from cadre_app.people.figures import EARLIER, YEARS_SHOWN, first_year
from cadre_app.people.filters.units import AsOfFilter, OfADay, day_asked
from cadre_app.people.models import (
    Education,
    Kind,
    PartyStage,
    Status,
    SubKind,
    Trainee,
    VillageTerm,
)
from cadre_app.people.policies import FILE_PREFIX
from cadre_app.people.writing.names import name_matches
from cadre_app.policy import codes
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Trainees = QuerySet[Trainee]

LONGEST_TYPED = 40
FIRST_FIELDS = ("q", "kind", "stage", "term", "state", "as_of")


class State:
    LEFT, VOIDED = "left", "voided"
    CHOICES = ((LEFT, _("Left the programme")), (VOIDED, _("Voided")))


class Term:
    RUNNING, INTERRUPTED, OVER, NONE = "running", "interrupted", "over", "none"
    CHOICES = (
        (RUNNING, _("In the village")),
        (INTERRUPTED, _("Interrupted")),
        (OVER, _("Term over")),
        (NONE, _("Not started")),
    )


class Case:
    """What happened in a period (12 months until today, unless one is asked) or comes within 90 days; without a chosen state
    those who left are among them.
    """

    ARRIVED, CHECKLIST, PROBATION, TERM, LEFT = "arrived", "checklist", "probation", "term", "left"
    CHOICES = (
        (ARRIVED, _("Reported in the period (also who left since)")),
        (CHECKLIST, _("Arrival checklist not complete")),
        (PROBATION, _("Probation ends within 90 days")),
        (TERM, _("Village term ends within 90 days")),
        (LEFT, _("Left in the period")),
    )


class Account:
    HAS, REQUESTED, NONE = "has", "requested", "none"
    CHOICES = (
        (HAS, _("Has an account")),
        (REQUESTED, pgettext_lazy("state of an account", "Account requested")),
        (NONE, _("No account")),
    )


def year_choices() -> list[tuple[str, str]]:
    """The coming year, those that figures show one by one, and all before."""
    first = first_year()
    years = [(str(year), str(year)) for year in range(first + YEARS_SHOWN, first - 1, -1)]
    return [*years, (EARLIER, _("Before %(year)s") % {"year": first})]


class RosterFilter(OfADay):
    """Conditions on the person, the file and the village term, as of `day`."""

    q = django_filters.CharFilter(method="by_text", label=_("Name, pinyin or file number"), max_length=LONGEST_TYPED)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    stage = django_filters.ChoiceFilter(
        choices=[choice for choice in STAGE_CHOICES if choice[0] != StageKey.LEFT],
        method="by_stage",
        label=_("Stage"),
        empty_label=_("All stages"),
    )
    term = django_filters.ChoiceFilter(choices=Term.CHOICES, method="by_term", label=_("Village term"))
    state = OpeningChoiceFilter(
        choices=State.CHOICES, method="already_done", label=_("State"), empty_label=_("In development")
    )
    sub_kind = django_filters.ChoiceFilter(choices=SubKind.choices, label=_("Sub-kind"))
    status = django_filters.ChoiceFilter(choices=Status.choices, label=_("Personnel status"))
    year = django_filters.ChoiceFilter(choices=year_choices, method="by_year", label=_("Year of arrival"))
    rank = django_filters.ChoiceFilter(choices=lambda: codes.choices("rank"), label=_("Rank"))
    village = django_filters.CharFilter(method="by_village", label=_("Village contains"), max_length=LONGEST_TYPED)
    party_stage = django_filters.ChoiceFilter(
        choices=PartyStage.choices, field_name="person__party_stage", label=_("Party stage")
    )
    political_status = django_filters.ChoiceFilter(
        choices=lambda: codes.choices("political_status"),
        field_name="person__political_status",
        label=_("Political affiliation"),
    )
    sex = django_filters.ChoiceFilter(choices=lambda: codes.choices("sex"), field_name="person__sex", label=_("Sex"))
    education = django_filters.ChoiceFilter(
        choices=lambda: codes.headings("education"), method="by_education", label=_("Full-time education")
    )
    case = django_filters.ChoiceFilter(choices=Case.CHOICES, method="by_case", label=_("Recent or coming"))
    since = django_filters.DateFilter(
        method="by_day", label=_("Reported or left from"), widget=DayInput, validators=[validate_year]
    )
    until = django_filters.DateFilter(
        method="by_day", label=_("Reported or left until"), widget=DayInput, validators=[validate_year]
    )
    account = django_filters.ChoiceFilter(choices=Account.CHOICES, method="by_account", label=_("Account"))
    unit = django_filters.ChoiceFilter(choices=(), method="already_done", label=_("Unit"), widget=HiddenInput)
    below = django_filters.ChoiceFilter(
        choices=(("direct", _("Directly in the unit")),),
        method="already_done",
        label=_("Depth"),
        empty_label=_("With all units below"),
        widget=HiddenInput,
    )
    as_of = AsOfFilter(label=_("As it stood on"))

    class Meta:
        model = Trainee
        fields: list[str] = []

    @property
    def first_fields(self) -> list[Any]:
        """Conditions that are always shown."""
        return [self.form[name] for name in FIRST_FIELDS if name in self.form.fields]

    @property
    def more_fields(self) -> list[Any]:
        """Conditions behind “more”."""
        return [field for field in self.form.visible_fields() if field.name not in FIRST_FIELDS]

    @property
    def is_more_asked(self) -> bool:
        return any(self.data.get(field.html_name) for field in self.more_fields)

    def already_done(self, queryset: Trainees, name: str, value: object) -> Trainees:
        """Done by `filtered_trainees`, which knows the scope and the chosen unit."""
        return queryset

    def by_year(self, queryset: Trainees, name: str, value: str) -> Trainees:
        if value == EARLIER:
            return queryset.filter(arrival_year__lt=first_year())
        return queryset.filter(arrival_year=value)

    def by_text(self, queryset: Trainees, name: str, value: str) -> Trainees:
        """Digits mean a file number, Chinese a name from its beginning, letters its pinyin or initials."""
        text = narrow(value)
        if any(character.isdigit() for character in text):
            number = text.upper()
            prefixed = f"{FILE_PREFIX.now()}-{number}"
            return queryset.filter(Q(file_number__startswith=number) | Q(file_number__startswith=prefixed))
        return queryset.filter(name_matches(text, "person"))

    def by_stage(self, queryset: Trainees, name: str, value: str) -> Trainees:
        return queryset.filter(in_stage(*parse(value), day=self.day))

    def by_term(self, queryset: Trainees, name: str, value: str) -> Trainees:
        if value == Term.OVER:
            return queryset.filter(term_ends_on__lt=self.day)
        asked = {
            Term.RUNNING: conditions.in_village,
            Term.INTERRUPTED: conditions.interrupted,
            Term.NONE: conditions.without_term,
        }
        return queryset.filter(asked[value](self.day))

    def by_case(self, queryset: Trainees, name: str, value: str) -> Trainees:
        if value in (Case.ARRIVED, Case.LEFT):
            happened = conditions.arrived if value == Case.ARRIVED else conditions.left
            since, until = (self.form.cleaned_data.get(name) for name in ("since", "until"))
            until = until or self.day
            return queryset.filter(happened(since or period_start(until), until))
        open_cases = {
            Case.CHECKLIST: conditions.checklist_open,
            Case.PROBATION: conditions.probation_ends_soon,
            Case.TERM: conditions.term_ends_soon,
        }
        return queryset.filter(open_cases[value](self.day))

    def by_day(self, queryset: Trainees, name: str, value: date) -> Trainees:
        """Days of reporting for duty, among those who left of leaving; what happened in a period takes them into account itself."""
        known = self.form.cleaned_data
        if known.get("case") in (Case.ARRIVED, Case.LEFT):
            return queryset
        column = "departed_on" if known.get("state") == State.LEFT else "arrived_on"
        return queryset.filter(**{f"{column}__{'gte' if name == 'since' else 'lte'}": value})

    def by_village(self, queryset: Trainees, name: str, value: str) -> Trainees:
        terms = VillageTerm.objects.standing().filter(village__name__contains=value.strip())
        return queryset.filter(pk__in=terms.values("trainee_id"))

    def by_education(self, queryset: Trainees, name: str, value: str) -> Trainees:
        """The highest full-time level is of this group; a smaller code is a higher level (GB/T 4658)."""
        full_time = Education.objects.standing().filter(person=OuterRef("person"), mode=Education.Mode.FULL_TIME)
        higher = Exists(full_time.filter(level__lt=value))
        return queryset.filter(Exists(full_time.filter(level__startswith=value[:1])), ~higher)

    def by_account(self, queryset: Trainees, name: str, value: str) -> Trainees:
        if value == Account.HAS:
            return queryset.exclude(person__account=None)
        waiting = Q(person__account_request__status=AccountRequest.Status.WAITING)
        without = queryset.filter(person__account=None)
        if value == Account.REQUESTED:
            return without.filter(waiting)
        return without.filter(Q(person__account_request=None) | ~waiting)


def filtered_trainees(data: QueryDict, *, user: "User", chosen: Unit | None) -> RosterFilter:
    """The files in the scope of `user` at and below `chosen`, as these URL parameters narrow them; for every output."""
    trainees = Trainee.objects.in_scope(user, *BUSINESS_ROLES)
    state, case, day = data.get("state"), data.get("case"), day_asked(data)
    if state == State.VOIDED:
        trainees = trainees.exclude(voided_at=None)
    elif state == State.LEFT or (case == Case.LEFT and not state):
        trainees = trainees.standing().exclude(departed_on=None)
    elif case == Case.ARRIVED:
        trainees = trainees.standing()
    elif day < timezone.localdate():
        trainees = trainees.standing().filter(conditions.here(day))
    else:
        trainees = trainees.in_development()
    if chosen is not None:
        direct = data.get("below") == "direct"
        trainees = conditions.of_unit(trainees, chosen, day, direct=direct)
    found = RosterFilter(data, queryset=trainees)
    if not permissions.can_request_accounts(user):
        del found.filters["account"]
    if chosen is not None:
        found.form.fields["unit"].choices = [(str(chosen.pk), chosen.name)]
    return found
