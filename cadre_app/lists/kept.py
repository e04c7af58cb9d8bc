"""What somebody keeps of lists, as the page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from cadre_app.lists.models import Report, SavedFilter, Subscription
from cadre_app.lists.wording import PAUSES, result_text, subject_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.lists.models.filters import SavedFilterQuerySet
    from cadre_app.lists.models.subscriptions import SubscriptionQuerySet


@dataclass(frozen=True)
class FilterLine:
    """One filter; `may_subscribe` where its list can be reported and is not yet."""

    saved: SavedFilter
    may_subscribe: bool


@dataclass
class FiltersOfList:
    """A list with its filters; `is_open`: the reader still has the list."""

    label: "_StrPromise | str"
    is_open: bool
    lines: list[FilterLine] = field(default_factory=list)


@dataclass(frozen=True)
class SubscriptionLine:
    """One subscription in words with its latest report."""

    subscription: Subscription
    text: str
    report: Report | None
    result: str
    pause: "_StrPromise | str"


def by_list(rows: "SavedFilterQuerySet", user: "User") -> list[FiltersOfList]:
    """Filters under their lists; two queries."""
    found: dict[str, FiltersOfList] = {}
    taken = Subscription.objects.visible_to(user).standing().exclude(saved=None)
    subscribed = set(taken.values_list("saved_id", flat=True))
    for item in rows:
        page = item.definition
        if item.page not in found:
            is_open = page is not None and page.visible(user)
            found[item.page] = FiltersOfList(page.label if page is not None else item.page, is_open)
        group = found[item.page]
        may = group.is_open and page is not None and page.table is not None and item.pk not in subscribed
        group.lines.append(FilterLine(item, may_subscribe=may))
    return list(found.values())


def subscription_lines(rows: "SubscriptionQuerySet") -> list[SubscriptionLine]:
    """Subscriptions in their order; two queries."""
    latest = Report.objects.order_by("subscription_id", "-made_on").distinct("subscription_id")
    reports = Prefetch("reports", queryset=latest, to_attr="latest")
    return [_line(item) for item in rows.select_related("saved", "unit").prefetch_related(reports)]


def _line(item: "Subscription") -> SubscriptionLine:
    latest: Iterable[Report] = getattr(item, "latest", ())
    report = next(iter(latest), None)
    if report is not None:
        report.subscription = item
    return SubscriptionLine(
        item,
        subject_text(item),
        report,
        result_text(report) if report is not None else "",
        PAUSES.get(item.paused_why, "") if item.paused_on is not None else "",
    )
