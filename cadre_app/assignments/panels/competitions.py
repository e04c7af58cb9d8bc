"""What comparisons ask of whom, on the desk: results to verify, scores to give, a review to close, to sign off, to publish."""

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.accounts.models import Grant
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
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

ON_DESK = 5


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """One line for each comparison that waits for `request.user`; at most one query for each part."""
    user = request.user
    found = _to_score(user) if permissions.is_competition_reviewer(user) else []
    if rooms.oversees(user):
        found += _to_complete(user)
    if rooms.confirms_for_unit(user):
        found += _to_enter(user)
    if rooms.is_department(user):
        found += _of_department(user)
    return found


def _to_score(user: "User") -> list[DeskItem]:
    rows = CompetitionReviewer.objects.waiting().impartial().filter(person=own_keys(user)[0])
    rows = rows.select_related("competition")
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
    """Results that were returned, of the liaison's units and what somebody has entered or changed, while it is open."""
    rows = CompetitionEntry.objects.visible_to(user).standing()
    rows = rows.filter(state=EntryState.RETURNED, competition__state=CompetitionState.OPEN, competition__voided_at=None)
    own = CompetitionEntry.objects.of_liaison(user) | CompetitionEntry.objects.recorded_by(user)
    rows = rows.filter(pk__in=own.order_by().values("pk")).select_related("front")
    return [
        DeskItem(
            title=_("Result to be completed"),
            why=row.return_reason,
            url=reverse("assignments:result_edit", kwargs={"pk": row.pk}),
            action=_("Complete the result"),
            state="soon",
            subject=str(row),
        )
        for row in rows.order_by("entered_on", "pk")[:ON_DESK]
    ]


def _to_enter(user: "User") -> list[DeskItem]:
    """Comparisons that wait for a result of the liaison's units."""
    return [
        DeskItem(
            title=_("Comparison open for results"),
            why=_("The season ends on %(day)s; results are scored from then on.")
            % {"day": formats.date_format(row.ended_on)},
            url=reverse("assignments:result_new", kwargs={"pk": row.pk}),
            action=_("Enter a result"),
            when=formats.date_format(row.ended_on, "MONTH_DAY_FORMAT"),
            subject=row.title,
        )
        for row in Competition.objects.asking(user).order_by("ended_on", "pk")[:ON_DESK]
    ]


def _of_department(user: "User") -> list[DeskItem]:
    waiting = CompetitionEntry.objects.standing().filter(competition=OuterRef("pk"), state=EntryState.ENTERED)
    waiting = waiting.exclude(pk__in=CompetitionEntry.objects.recorded_by(user).order_by().values("pk"))
    counted = waiting.order_by().values("competition").annotate(many=Count("pk")).values("many")
    rows = Competition.objects.overseen(user).standing().annotate(entered=Coalesce(Subquery(counted), 0))
    open_ones = Q(state=CompetitionState.OPEN) & Exists(waiting)
    missing = CompetitionReviewer.objects.standing().filter(competition=OuterRef("pk"), handed_in_at=None)
    barred = Exists(CompetitionReviewer.objects.standing().filter(competition=OuterRef("pk")).barred())
    rows = rows.annotate(is_barred=barred)
    in_review = Q(state=CompetitionState.REVIEW) & (Q(is_barred=True) | ~Exists(missing))
    waits = open_ones | in_review | Q(state=CompetitionState.SIGNED)
    staffed = Q(pk__in=Competition.objects.staffed_by(user).values("pk")) & waits
    # What staff have entered or changed waits for the leader too: in a small office nobody else is left to verify it.
    staff = Grant.objects.in_force(timezone.localdate()).filter(role=Role.STAFF).values("user")
    of_staff = waiting.filter(Q(entered_by__in=staff) | Q(changed_by__in=staff))
    to_verify = Q(state=CompetitionState.OPEN) & Exists(of_staff)
    to_sign = Q(pk__in=Competition.objects.led_by(user).values("pk"), state=CompetitionState.CLOSED)
    led = to_sign | (Q(any_of(user.unit_ranges(Role.LEADER), "unit__path")) & to_verify)
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
    if row.is_barred:  # type: ignore[attr-defined]
        return (
            _("Reviewer to be released"),
            _("Somebody who was named must not score any more."),
            _("Open the comparison"),
        )
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
