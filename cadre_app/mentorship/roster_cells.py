"""Both mentors in the printed roster, as of its day."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.rosters import RosterColumn, roster_columns
from cadre_app.mentorship.models import EndKind, MentorKind, Pairing


def announce() -> None:
    """Called once, when the app is ready."""
    labels = {
        MentorKind.POLITICAL: pgettext_lazy("roster", "Political mentor"),
        MentorKind.COMMUNITY: _("Community mentor"),
    }
    for order, (kind, label) in enumerate(labels.items()):
        roster_columns.register(f"mentor_{kind}", RosterColumn(label, 160 + order, partial(mentors, kind), width=4))


def mentors(kind: MentorKind, files: Collection[UUID], day: date) -> Mapping[UUID, str]:
    """Who guided on that day; where nobody did, who had completed it by then, which the text says."""
    running = Q(ended_on=None) | Q(ended_on__gte=day)
    over = Q(ended_on__lt=day, end_kind=EndKind.COMPLETED)
    rows = Pairing.objects.standing().filter(running | over, kind=kind, trainee__in=files, started_on__lte=day)
    found = {}
    for trainee, name, ended_on in rows.order_by("started_on", "pk").values_list(
        "trainee_id", "mentor__name", "ended_on"
    ):
        is_over = ended_on is not None and ended_on < day
        found[trainee] = gettext("%(name)s (completed)") % {"name": name} if is_over else name
    return found
