"""What falls due with hand-overs: one that waits, and next steps that went over to the successor."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.mentorship.handing_over import waiting, with_change
from cadre_app.mentorship.models import CarriedStep, Pairing
from cadre_app.mentorship.policies import PAIRING_RULE
from cadre_app.mentorship.services.waiting import reason_of
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "mentorship.hand_over",
        ReminderRule(
            label=gettext_lazy("Hand-over waiting"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=hand_overs,
            visible=for_those_who_work,
            words=hand_over_words,
            order=95,
            leads=(0,),
            overdue=(7, 14),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "mentorship.carried_step",
        ReminderRule(
            label=gettext_lazy("Next step taken over from the former mentor"),
            source=PAIRING_RULE,
            rows=steps,
            dues=steps_due,
            visible=lambda rows, user: rows.by_mentor(user),
            words=step_words,
            order=75,
            leads=(3, 0),
            attention=None,
            personal=True,
        ),
    )


def pairings() -> Rows:
    rows = Pairing.objects.select_related("trainee__person", "trainee__home_unit", "mentor", "office__unit")
    return with_change(rows, timezone.localdate())


def hand_overs(until: date) -> Rows:
    """All that wait: nobody's own to do, so that the staff of the unit are rung."""
    return waiting().filter(due_day__lte=until).annotate(trainee_key=F("trainee_id"), doer_key=NOBODY)


def for_those_who_work(rows: Rows, user: "User") -> Rows:
    return rows.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__"))


def hand_over_words(row: Pairing, day: date, user: "User") -> DueWords:
    name = row.trainee.person.name
    is_staff = user.has_role(Role.STAFF)
    listed = f"{reverse('mentorship:handover_list')}?{urlencode({'q': name})}"
    return DueWords(
        title=_("Hand-over waiting: %(kind)s %(mentor)s") % {"kind": row.get_kind_display(), "mentor": row.mentor.name},
        why=reason_of(row) or _("The mentor by office has changed."),
        url=listed if is_staff else reverse("mentorship:pairing_detail", kwargs={"pk": row.pk}),
        action=_("Hand over") if is_staff else _("Open the pairing"),
        subject=name,
    )


def steps() -> Rows:
    return CarriedStep.objects.select_related("note", "pairing__trainee__person")


def steps_due(until: date) -> Rows:
    """Open ones with a day, for the mentor to whom they went over."""
    rows = steps().open().filter(
        note__next_step_on__lte=until,
        pairing__ended_on=None,
        pairing__trainee__departed_on=None,
        pairing__trainee__voided_at=None,
        pairing__mentor__account__isnull=False,
    )  # fmt: skip
    return rows.annotate(
        due_day=F("note__next_step_on"), trainee_key=F("pairing__trainee_id"), doer_key=F("pairing__mentor__account_id")
    )


def step_words(row: CarriedStep, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Next step: %(step)s") % {"step": row.note.next_step},
        why=_("Taken over from the former mentor; by %(due)s") % {"due": formats.date_format(day)},
        url=reverse("mentorship:pairing_detail", kwargs={"pk": row.pairing_id}) + "#carried",
        action=_("Open"),
        subject=row.pairing.trainee.person.name,
    )
