"""How the subject of a subscription stands at this moment, with the rights that its owner has at this moment."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict

from cadre_app.core.figures import Asked
from cadre_app.lists.models import Subject, Subscription
from cadre_app.reports.forms import OverviewForm
from cadre_app.reports.permissions import can_see_overview
from cadre_app.reports.services import Counted, groups_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.tables import Table

MOST_COMPARED = 5_000


class NotAllowed(Exception):
    """The owner may not have it any more; `why` is a key of lists.wording.PAUSES."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Standing:
    """How many rows there are and their keys (None: too many to be compared), or the figures by key."""

    total: int = 0
    keys: frozenset[UUID] | None = None
    numbers: dict[str, int] = field(default_factory=dict)


def standing_of(subscription: Subscription, owner: "User") -> Standing:
    """As `owner` would see it now. Raises NotAllowed."""
    if not owner.is_active or owner.is_voided:
        raise NotAllowed("disabled")
    if subscription.subject == Subject.FIGURES:
        asked = figures_asked(subscription, owner)
        return Standing(numbers={counted.key: counted.number for counted in counted_figures(asked)})
    rows = table_of(subscription, owner).queryset.order_by()
    keys = list(rows.values_list("pk", flat=True)[: MOST_COMPARED + 1])
    if len(keys) <= MOST_COMPARED:
        known = frozenset(keys)
        return Standing(len(known), known)
    return Standing(rows.count())


def counted_figures(asked: Asked) -> list[Counted]:
    """The figures that the overview shows, in its order."""
    return [counted for group in groups_of(asked) for counted in group.counted]


def table_of(subscription: Subscription, owner: "User", *, query: QueryDict | None = None) -> "Table[Any]":
    """The list as its export builds it for `owner`, or the same with the parameters `query`. Raises NotAllowed."""
    saved = subscription.saved
    page = saved.definition if saved is not None else None
    if saved is None or page is None or page.table is None or not page.visible(owner):
        raise NotAllowed("no_role")
    try:
        return page.table(owner, QueryDict(saved.query) if query is None else query)
    except (ValidationError, Http404) as error:
        raise NotAllowed("unasked") from error


def figures_asked(subscription: Subscription, owner: "User") -> Asked:
    """The figures of today for the unit, or for everything that `owner` works for. Raises NotAllowed."""
    if not can_see_overview(owner):
        raise NotAllowed("no_role")
    unit = {"unit": str(subscription.unit_id)} if subscription.unit_id is not None else {}
    query = QueryDict(mutable=True)
    query.update(unit)
    form = OverviewForm(query, user=owner)
    if not form.is_valid():
        raise NotAllowed("unasked")
    return form.asked()
