"""What the course of a pairing brings up by itself: nothing was heard for long, its planned last day comes near."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import DateField, ExpressionWrapper, F, Value
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.days import days_before
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.policies import PAIRING_RULE, QUIET_DAYS
from cadre_app.mentorship.rules import as_pairings, is_mentor, pairings, running

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TERM_LEADS = (60, 30, 7, 0)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "mentorship.quiet",
        ReminderRule(
            label=gettext_lazy("Pairing without any record"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=quiet,
            visible=as_pairings,
            words=quiet_words,
            order=65,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "mentorship.term_end",
        ReminderRule(
            label=gettext_lazy("End of a pairing"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=ends,
            visible=as_pairings,
            words=end_words,
            order=95,
            leads=TERM_LEADS,
        ),
    )


def quiet(until: date) -> Rows:
    """Neither a note that others may know of nor a check-in for as long as the setting says; of a mentor without an
    account it is the office's to ask.
    """
    days = QUIET_DAYS.now()
    rows = running().filter(last_record_on__lte=days_before(until, days))
    day = ExpressionWrapper(F("last_record_on") + Value(days), output_field=DateField())
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=F("mentor__account_id"))


def quiet_words(row: Pairing, day: date, user: "User") -> DueWords:
    """Kindly to the mentor (demo-texts A6); to the office by whom."""
    name, days = row.trainee.person.name, QUIET_DAYS.now()
    if is_mentor(row, user):
        text = ngettext(
            "There has been no record with %(name)s for %(days)d day. Please write one when it suits you; a phone call "
            "counts too.",
            "There has been no record with %(name)s for %(days)d days. Please write one when it suits you; a phone call "
            "counts too.",
            days,
        )
        url, action = f"{reverse('mentorship:note_new')}?pairing={row.pk}", _("Write a note")
    else:
        text = ngettext(
            "No record by %(kind)s %(mentor)s for %(days)d day; perhaps ask how things are.",
            "No record by %(kind)s %(mentor)s for %(days)d days; perhaps ask how things are.",
            days,
        )
        url, action = reverse("mentorship:pairing_detail", kwargs={"pk": row.pk}), _("Open the pairing")
    known = {"name": name, "days": days, "mentor": row.mentor.name, "kind": row.get_kind_display()}
    return DueWords(title=_("No record for some time"), why=text % known, url=url, action=action, subject=name)


def ends(until: date) -> Rows:
    """By the planned last day, until the end is recorded or that day is moved."""
    return (
        running().filter(due_on__lte=until).annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)
    )


def end_words(row: Pairing, day: date, user: "User") -> DueWords:
    known = {"kind": row.get_kind_display(), "mentor": row.mentor.name, "day": formats.date_format(day)}
    return DueWords(
        title=_("Pairing ends on %(day)s") % known,
        why=_("%(kind)s %(mentor)s; the final review is signed off, or the planned last day is moved") % known,
        url=reverse("mentorship:pairing_detail", kwargs={"pk": row.pk}),
        action=_("Open the pairing"),
        subject=row.trainee.person.name,
    )
