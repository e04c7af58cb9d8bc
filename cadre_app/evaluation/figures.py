"""How many evaluations had a valid result in a period."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.core.figures import Asked, Figure, figures
from cadre_app.evaluation.models import Campaign, CampaignState, Subject
from cadre_app.org.paths import any_of
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from cadre_app.evaluation.models.campaigns import CampaignQuerySet


def announce() -> None:
    """Called once, when the app is ready."""
    figures.register(
        "evaluations",
        Figure(
            label=pgettext_lazy("figure", "Community evaluations"),
            group="appraisal",
            order=40,
            unit_word=npgettext_lazy("unit of a figure", "evaluation", "evaluations"),
            count=lambda asked: counted(asked).count(),
            url=list_url,
            rule=_("With a valid result, counted in the period"),
        ),
    )


def counted(asked: Asked) -> "CampaignQuerySet":
    """Evaluations about somebody of the scope, at places of the unit where one is asked for."""
    people = Subject.objects.standing().filter(trainee__in=files_of(_everywhere(asked)).values("pk"))
    rows = Campaign.objects.standing().filter(
        state=CampaignState.VALID,
        settled_on__range=(asked.since, asked.as_of),
        pk__in=people.order_by().values("campaign"),
    )
    return rows if asked.unit is None else rows.filter(any_of((asked.unit.range,), "unit__path"))


def list_url(asked: Asked) -> str:
    """The list of exactly these evaluations: a place stays where it is."""
    known = {
        "state": CampaignState.VALID.value,
        "counted_since": asked.since.isoformat(),
        "counted_until": asked.as_of.isoformat(),
    }
    if asked.unit is not None:
        known["unit"] = str(asked.unit.pk)
    return asked.opens("evaluation:campaign_list", known)


def _everywhere(asked: Asked) -> Asked:
    """A unit narrows by the place, as the list does."""
    return Asked(as_of=asked.as_of, since=asked.since, user=asked.user)
