"""What comparisons ask of whom, on the desk: results to verify, scores to give, a review to close, to sign off, to publish."""

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionReviewer,
    CompetitionState,
    EntryState,
)
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.permissions import rooms
from cadre_app.core.registries import DeskItem
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

ON_DESK = 5


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """One line for each comparison that waits for `request.user`; at most one query for each part."""
    user = request.user
    found = _to_score(user) if permissions.is_competition_reviewer(user) else []
    if rooms.confirms_for_unit(user):
        found += _to_complete(user)
    if rooms.is_department(user):
        found += _of_department(user)
    return found


def _to_score(user: "User") -> list[DeskItem]:
    rows = CompetitionReviewer.objects.waiting().filter(person=own_keys(user)[0]).select_related("competition")
    return [_score_item(row) for row in rows.order_by("competition__scores_until", "pk")[:ON_DESK]]


def _score_item(row: CompetitionReviewer) -> DeskItem:
    today = timezone.localdate()
    day = row.competition.scores_until or today
    return DeskItem(
        title=_("Score the results of “%(title)s”") % {"title": row.competition.title},
        why=row.return_reason or _("Score until %(day)s") % {"day": formats.date_format(day)},
        url=reverse("assignments:scoring_sheet", kwargs={"pk": row.pk}),
        action=_("Read and score"),
        state="over" if day < today else "soon",
        when=formats.date_format(day, "MONTH_DAY_FORMAT"),
    )


def _to_complete(user: "User") -> list[DeskItem]:
    """Results of the liaison's units that were returned, while they can be completed."""
    rows = (
        CompetitionEntry.objects.of_liaison(user)
        .standing()
        .filter(state=EntryState.RETURNED, competition__state=CompetitionState.OPEN, competition__voided_at=None)
    )
    return [
        DeskItem(
            title=_("Result to be completed"),
            why=row.return_reason,
            url=reverse("assignments:result_edit", kwargs={"pk": row.pk}),
            action=_("Complete the result"),
            state="soon",
            subject=row.name,
        )
        for row in rows.order_by("entered_on", "pk")[:ON_DESK]
    ]


def _of_department(user: "User") -> list[DeskItem]:
    waiting = CompetitionEntry.objects.standing().filter(competition=OuterRef("pk"), state=EntryState.ENTERED)
    waiting = waiting.exclude(entered_by=user)
    counted = waiting.order_by().values("competition").annotate(many=Count("pk")).values("many")
    rows = Competition.objects.overseen(user).standing().annotate(entered=Coalesce(Subquery(counted), 0))
    open_ones = Q(state=CompetitionState.OPEN) & Exists(waiting)
    missing = CompetitionReviewer.objects.standing().filter(competition=OuterRef("pk"), handed_in_at=None)
    all_in = Q(state=CompetitionState.REVIEW) & ~Exists(missing)
    waits = open_ones | all_in | Q(state=CompetitionState.SIGNED)
    staffed = Q(pk__in=Competition.objects.staffed_by(user).values("pk")) & waits
    led = Q(pk__in=Competition.objects.led_by(user).values("pk"), state=CompetitionState.CLOSED)
    asked = staffed | led
    return [_item(row) for row in rows.filter(asked).order_by("state_since", "pk")[:ON_DESK]]


def _item(row: Competition) -> DeskItem:
    title, why, action = WORDS[CompetitionState(row.state)](row)
    url = reverse("assignments:competition_detail", kwargs={"pk": row.pk})
    return DeskItem(title=title, why=why, url=url, action=action, subject=row.title)


def _verify(row: Competition) -> tuple[str, str, str]:
    many = row.entered  # type: ignore[attr-defined]
    why = ngettext("%(count)s result waits to be verified.", "%(count)s results wait to be verified.", many)
    return _("Results to be verified"), why % {"count": many}, _("Verify")


def _close(row: Competition) -> tuple[str, str, str]:
    return _("Review to be closed"), _("All reviewers have handed in."), _("Close the review")


def _sign(row: Competition) -> tuple[str, str, str]:
    why = _("The review was closed on %(day)s.") % {"day": formats.date_format(row.state_since)}
    return _("Comparison to be signed off"), why, _("Sign off")


def _publish(row: Competition) -> tuple[str, str, str]:
    why = _("It was signed off on %(day)s.") % {"day": formats.date_format(row.signed_on or row.state_since)}
    return _("Comparison to be published"), why, _("Publish")


WORDS = {
    CompetitionState.OPEN: _verify,
    CompetitionState.REVIEW: _close,
    CompetitionState.CLOSED: _sign,
    CompetitionState.SIGNED: _publish,
}
