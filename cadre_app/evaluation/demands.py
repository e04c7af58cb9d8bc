"""What community evaluations ask of the places that run them."""

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cadre_app.core.demands import UNITS, Demand, demands
from cadre_app.evaluation.models import Campaign, CampaignState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.figures import Asked


def announce() -> None:
    """Called once, when the app is ready."""
    demands.register("evaluation.campaigns", Demand(_("Community evaluations run"), UNITS, 70, campaigns))


def campaigns(asked: "Asked") -> "QuerySet[Any]":
    """Opened ones, by their last day, at the place that runs them."""
    rows = Campaign.objects.standing().filter(closes_on__range=(asked.since, asked.as_of))
    rows = rows.exclude(state=CampaignState.PLANNED)
    return rows.annotate(asked_of=F("unit_id"), asked_on=F("closes_on"), asked_what=F("title"))
