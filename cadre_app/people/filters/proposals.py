"""What the list of proposals can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cadre_app.people.models import Proposal
from cadre_app.people.services.proposals import SECTIONS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

Proposals = QuerySet[Proposal]


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Text, status and section."""

    q = django_filters.CharFilter(method="by_text", label=_("Name or file number"))
    status = django_filters.ChoiceFilter(choices=Proposal.Status.choices, label=_("Status"))
    section = django_filters.ChoiceFilter(choices=list(SECTIONS.items()), label=_("Section"))

    class Meta:
        model = Proposal
        fields: list[str] = []

    def by_text(self, queryset: Proposals, name: str, value: str) -> Proposals:
        text = value.strip()
        return queryset.filter(Q(trainee__person__name__icontains=text) | Q(trainee__file_number__istartswith=text))


def filtered_proposals(data: QueryDict, *, user: "User", waiting_first: bool) -> ProposalFilter:
    """The proposals that `user` sees; `waiting_first`: those that wait, until another status is asked for."""
    rows = Proposal.objects.visible_to(user).standing()
    rows = rows.select_related("trainee__person", "trainee__home_unit", "proposed_by")
    asked = data.copy()
    if waiting_first and "status" not in asked:
        asked["status"] = Proposal.Status.WAITING
    return ProposalFilter(asked, queryset=rows)
