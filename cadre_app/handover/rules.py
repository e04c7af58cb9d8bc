"""The bell of materials: a paper that was formed some weeks ago and not handed over yet (PRODUCT.md, demo-texts A6)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.handover.models import READERS, Material
from cadre_app.handover.permissions import can_hand_over_many
from cadre_app.handover.policies import FILING_RULE
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# The month has 28 days at least: ten before its end is about day 20 (材料归档: reminder on day 20).
LEADS = (10, 3, 0)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "handover.material",
        ReminderRule(
            label=gettext_lazy("Material to be handed over"),
            source=FILING_RULE,
            rows=materials,
            dues=materials_due,
            visible=lambda rows, user: rows.filter(of_scope(user, *READERS, prefix="trainee__")),
            words=material_words,
            order=295,
            leads=LEADS,
        ),
    )


def materials() -> Rows:
    return Material.objects.select_related("trainee__person")


def materials_due(until: date) -> Rows:
    """Papers that wait, by the last day of their month."""
    rows = materials().waiting().filter(due_on__lte=until, trainee__voided_at=None)
    return rows.annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def material_words(row: Material, day: date, user: "User") -> DueWords:
    days = max((timezone.localdate() - row.formed_on) // timedelta(days=1), 0)
    text = ngettext(
        "“%(title)s” was formed %(count)s day ago: hand it over to the keepers of the personnel archive within a month"
        " and have it signed for.",
        "“%(title)s” was formed %(count)s days ago: hand it over to the keepers of the personnel archive within a month"
        " and have it signed for.",
        days,
    )
    return DueWords(
        title=_("Material to be handed over"),
        why=text % {"title": row.title, "count": days},
        url=reverse("handover:material_detail", kwargs={"pk": row.pk}),
        action=pgettext("material", "Hand over") if can_hand_over_many(user) else _("Open"),
        subject=row.trainee.person.name,
    )
