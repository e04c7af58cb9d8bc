"""The table of evaluations: in the order of their days, never of their results."""

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, joined
from cadre_app.core.templatetags.ql import status
from cadre_app.evaluation import permissions
from cadre_app.evaluation.filters import CampaignFilter, campaigns_of
from cadre_app.evaluation.models import Campaign, Subject
from cadre_app.evaluation.wording import campaign_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def campaign_table(request: HttpRequest, user: "User") -> tuple[Table[Any], CampaignFilter]:
    """The evaluations that `request` asks for, with the filter they went through; nothing to export."""
    found = campaigns_of(user, request.GET)
    may_start = permissions.can_start(user)
    empty = Empty(
        _("No community evaluation yet."),
        _("The liaison of the unit sets one up: where, when, and about whom."),
        reverse("evaluation:campaign_new") if may_start else "",
        _("Set up an evaluation") if may_start else "",
    )
    people = Subject.objects.standing().overseen_by(user).select_related("trainee__person")
    people = people.order_by("trainee__stroke_key", "pk")
    rows = found.qs.select_related("unit").prefetch_related(Prefetch("subjects", people, to_attr="seen"))
    table: Table[Any] = Table(
        request, rows, CAMPAIGNS, name="evaluations", empty=empty, default_sort="-closes_on", keyset=True
    )
    return table, found


def _title(campaign: Campaign) -> SafeString:
    url = reverse("evaluation:campaign_detail", kwargs={"pk": campaign.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, campaign.title)


def _state(campaign: Campaign) -> SafeString:
    return SafeString(status(*campaign_mark(campaign)))


def _people(campaign: Any) -> str:
    return joined(subject.trainee.person.name for subject in campaign.seen)


CAMPAIGNS: tuple[Column[Campaign], ...] = (
    Column("title", pgettext_lazy("evaluation", "Title"), lambda campaign: campaign.title, html=_title),
    Column("unit", pgettext_lazy("evaluation", "Place"), lambda campaign: campaign.unit.name),
    Column("people", pgettext_lazy("evaluation", "About whom"), _people),
    Column("way", gettext_lazy("Way of filling in"), lambda campaign: str(campaign.get_way_display())),
    Column("opens_on", pgettext_lazy("evaluation", "First day"), lambda campaign: campaign.opens_on, shown=False),
    Column(
        "closes_on",
        pgettext_lazy("evaluation", "Last day"),
        lambda campaign: campaign.closes_on,
        sort=("closes_on",),
    ),
    Column("state", gettext_lazy("State"), lambda campaign: campaign_mark(campaign)[1], html=_state),
)
