"""The monthly reports, made by the sweep: how a subject stands, and what is new and gone since the report before.

However late the sweep comes, a subscription gets one report and goes on with the next day to come.
"""

from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from cadre_app.core.registries import PartlyFailed
from cadre_app.history import services as history
from cadre_app.lists.evaluating import NotAllowed, Standing, standing_of
from cadre_app.lists.models import Report, Subscription
from cadre_app.lists.services.subscriptions import next_day

logger = structlog.get_logger("qinglan.lists")

AT_A_TIME = 50


class ReportsFailed(PartlyFailed):
    """Some reports could not be made; they are tried again with the next sweep."""


def make_reports() -> int:
    """Make what is due (local day), fifty at a time; returns how many. Raises ReportsFailed at the end."""
    due = Subscription.objects.running().filter(next_on__lte=timezone.localdate()).order_by("next_on", "pk")
    made, failed = 0, []
    for pk in list(due.values_list("pk", flat=True)[:AT_A_TIME]):
        try:
            made += make_report(pk)
        except Exception:
            # One list must not keep the others from being reported.
            logger.exception("report_failed", subscription=str(pk))
            failed.append(str(pk))
    if failed:
        raise ReportsFailed(*failed)
    return made


@transaction.atomic
def make_report(pk: UUID) -> bool:
    """The report of one subscription, unless another sweep has made it; one that may not be had is paused."""
    rows = Subscription.objects.running().select_for_update(of=("self",), skip_locked=True)
    today = timezone.localdate()
    found = rows.select_related("owner", "saved", "unit").filter(pk=pk, next_on__lte=today).first()
    if found is None:
        return False
    with translation.override(found.owner.language or settings.LANGUAGE_CODE):
        try:
            standing = standing_of(found, found.owner)
        except NotAllowed as error:
            _pause(found, error.why)
            return False
    _write(found, standing)
    Subscription.objects.filter(pk=found.pk).update(next_on=next_day(found.day, today))
    return True


def _pause(subscription: Subscription, why: str) -> None:
    with history.change(subscription, actor=None, verb="lists.subscription.paused"):
        subscription.paused_on, subscription.paused_why = timezone.localdate(), why
        subscription.save(update_fields=["paused_on", "paused_why", "updated_at"])


def _write(subscription: Subscription, now: Standing) -> None:
    """The report before gives its keys away: there is always one set of them."""
    before = Report.objects.filter(subscription=subscription).order_by("-made_on").first()
    known = frozenset(before.keys) if before is not None and before.is_whole else None
    is_compared = known is not None and now.keys is not None
    keys, known = now.keys or frozenset(), known or frozenset()
    Report.objects.create(
        subscription=subscription,
        made_on=timezone.localdate(),
        total=now.total,
        keys=sorted(keys),
        is_whole=now.keys is not None,
        is_compared=is_compared,
        added=sorted(keys - known) if is_compared else [],
        gone=sorted(known - keys) if is_compared else [],
        numbers=now.numbers,
        before=before.numbers if before is not None else {},
    )
    if before is not None:
        Report.objects.filter(pk=before.pk).update(keys=[], is_whole=False)
