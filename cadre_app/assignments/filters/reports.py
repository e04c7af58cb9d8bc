"""What the list of personal reports can be narrowed to: village terms with or without a report."""

from datetime import timedelta

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.accounts.models import User
from cadre_app.assignments.filters.research import LONGEST_TYPED, units_of
from cadre_app.assignments.models import ProjectKind, ProjectState, ResearchProject
from cadre_app.core.roles import Role
from cadre_app.people.models import VillageTerm, of_scope
from cadre_app.people.writing.names import name_matches

Terms = QuerySet[VillageTerm]
SOON_DAYS = 90
NONE, BEGUN, IN, RECOMMENDED, SENT = "none", "begun", "in", "recommended", "sent"
REPORTS = (
    (NONE, _("Without a report")),
    (BEGUN, _("Begun, no version yet")),
    (IN, _("Version handed in")),
    (RECOMMENDED, pgettext_lazy("report", "Recommended upwards")),
    (SENT, pgettext_lazy("report", "Sent up")),
)
TERMS = (("running", _("Term under way")), ("ending", _("Ends within 90 days")), ("over", _("Term is over")))


def personal_of_term() -> "QuerySet[ResearchProject]":
    """The personal report of a term: one at most that is not dropped."""
    rows = ResearchProject.objects.standing().filter(kind=ProjectKind.PERSONAL, term=OuterRef("pk"))
    return rows.exclude(state=ProjectState.DROPPED)


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, how far the report is, whether the term runs, unit."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    report = django_filters.ChoiceFilter(choices=REPORTS, method="by_report", label=pgettext_lazy("research", "Report"))
    term = django_filters.ChoiceFilter(choices=TERMS, method="by_term", label=_("Village term"))
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))

    class Meta:
        model = VillageTerm
        fields: list[str] = []

    def by_name(self, queryset: Terms, name: str, value: str) -> Terms:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_report(self, queryset: Terms, name: str, value: str) -> Terms:
        rows = personal_of_term()
        if value == NONE:
            return queryset.filter(~Exists(rows))
        wanted = {
            BEGUN: Q(versions_count=0),
            IN: Q(versions_count__gt=0),
            RECOMMENDED: Q(recommended_on__isnull=False),
            SENT: Q(submitted_on__isnull=False),
        }
        return queryset.filter(Exists(rows.filter(wanted[value])))

    def by_term(self, queryset: Terms, name: str, value: str) -> Terms:
        if value == "over":
            return queryset.filter(ended_on__isnull=False)
        running = queryset.filter(ended_on=None)
        if value == "running":
            return running
        soon = timezone.localdate() + timedelta(days=SOON_DAYS)
        return running.filter(due_on__lte=soon)


def terms_of(user: User, data: "object") -> ReportFilter:
    """Village terms that staff and leaders follow, as these URL parameters narrow them."""
    rows = VillageTerm.objects.standing().filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__"))
    found = ReportFilter(data, queryset=rows.filter(trainee__voided_at=None))
    found.form.fields["unit"].queryset = units_of(user)
    return found
