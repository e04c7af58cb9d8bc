"""What falls due in mentoring: check-ins, the note of the month, next steps, the signed agreement."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.days import days_before, last_of_month
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Pairing, Visibility
from cadre_app.mentorship.policies import AGREEMENT_DAYS, PAIRING_RULE, REMIND_POLITICAL

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NO_LONGER_CHASED = timedelta(days=366)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "mentorship.check_in",
        ReminderRule(
            label=gettext_lazy("Check-in due"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=check_ins,
            visible=as_pairings,
            words=check_in_words,
            order=50,
            leads=(7, 0),
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "mentorship.note_of_month",
        ReminderRule(
            label=gettext_lazy("Guidance note of the month"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=notes_of_month,
            visible=as_pairings,
            words=note_words,
            order=60,
            leads=(7, 1),
            overdue=(),
            attention=None,
            supervisors=(Role.STAFF,),
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "mentorship.next_step",
        ReminderRule(
            label=gettext_lazy("Next step of a guidance note"),
            source=PAIRING_RULE,
            rows=notes,
            dues=mentors_steps,
            visible=lambda rows, user: rows.by_mentor(user),
            words=mentors_step_words,
            order=70,
            leads=(3, 0),
            attention=None,
            personal=True,
        ),
    )
    reminder_rules.register(
        "mentorship.own_next_step",
        ReminderRule(
            label=gettext_lazy("Own next step of a guidance note"),
            source=PAIRING_RULE,
            rows=notes,
            dues=trainees_steps,
            visible=lambda rows, user: rows.by_trainee(user),
            words=trainees_step_words,
            order=80,
            leads=(3, 0),
            attention=None,
            personal=True,
        ),
    )
    reminder_rules.register(
        "mentorship.agreement",
        ReminderRule(
            label=gettext_lazy("Pairing agreement to be signed"),
            source=PAIRING_RULE,
            rows=pairings,
            dues=agreements,
            visible=as_pairings,
            words=agreement_words,
            order=90,
            leads=(14, 0),
        ),
    )


def pairings() -> Rows:
    return Pairing.objects.select_related("trainee__person", "mentor")


def notes() -> Rows:
    return GuidanceNote.objects.select_related("pairing__trainee__person", "author")


def as_pairings(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user)


def check_ins(until: date) -> Rows:
    """Of running pairings: the day of the open check-in, or the one due by cadence."""
    return _of_mentor(running().filter(next_check_in_on__lte=until), F("next_check_in_on"))


def check_in_words(row: Pairing, day: date, user: "User") -> DueWords:
    why = ngettext(
        "The pairing agreement says at least every %(days)d day.",
        "The pairing agreement says at least every %(days)d days.",
        row.check_in_days,
    ) % {"days": row.check_in_days}
    is_mine = is_mentor(row, user)
    return DueWords(
        title=_("Check-in due on %(day)s") % {"day": formats.date_format(day)},
        why=why if is_mine else _by_mentor(row, why),
        url=_page(row, "mentorship:check_in_list" if is_mine else "mentorship:pairing_detail"),
        action=_("Arrange") if is_mine else _("Open the pairing"),
        subject=row.trainee.person.name,
    )


def notes_of_month(until: date) -> Rows:
    """Running since before this month, without a note in it; political mentors only where the setting says so."""
    today = timezone.localdate()
    last = last_of_month(today)
    first = today.replace(day=1)
    rows = running().filter(Q(last_note_on=None) | Q(last_note_on__lt=first), started_on__lt=first)
    if not REMIND_POLITICAL.now():
        rows = rows.filter(kind=MentorKind.COMMUNITY)
    return _of_mentor(rows if last <= until else rows.none(), Value(last, output_field=DateField()))


def note_words(row: Pairing, day: date, user: "User") -> DueWords:
    is_mine = is_mentor(row, user)
    why = _("The pairing agreement says at least one guidance note a month.")
    return DueWords(
        title=_("No guidance note this month yet"),
        why=why if is_mine else _by_mentor(row, why),
        url=f"{reverse('mentorship:note_new')}?pairing={row.pk}"
        if is_mine
        else _page(row, "mentorship:pairing_detail"),
        action=_("Write a note") if is_mine else _("Open the pairing"),
        subject=row.trainee.person.name,
    )


def mentors_steps(until: date) -> Rows:
    """Steps of the own notes, private ones as well: nobody else is told."""
    rows = _open_steps(until).filter(pairing__ended_on=None, pairing__voided_at=None, author__account__isnull=False)
    return rows.annotate(
        due_day=F("next_step_on"), trainee_key=F("pairing__trainee_id"), doer_key=F("author__account_id")
    )


def mentors_step_words(row: GuidanceNote, day: date, user: "User") -> DueWords:
    return _step_words(row, day, row.pairing.trainee.person.name)


def trainees_steps(until: date) -> Rows:
    """Steps of shared notes, for the trainee."""
    rows = _open_steps(until).filter(visibility=Visibility.SHARED, pairing__trainee__person__account__isnull=False)
    return rows.annotate(
        due_day=F("next_step_on"),
        trainee_key=F("pairing__trainee_id"),
        doer_key=F("pairing__trainee__person__account_id"),
    )


def trainees_step_words(row: GuidanceNote, day: date, user: "User") -> DueWords:
    return _step_words(row, day, row.author.name)


def agreements(until: date) -> Rows:
    """Running pairings of the last year whose agreement is not signed."""
    days = AGREEMENT_DAYS.now()
    begun = (timezone.localdate() - NO_LONGER_CHASED, days_before(until, days))
    return (
        running()
        .filter(signed_on=None, started_on__range=begun)
        .annotate(
            due_day=ExpressionWrapper(F("started_on") + Value(days), output_field=DateField()),
            trainee_key=F("trainee_id"),
            doer_key=NOBODY,
        )
    )


def agreement_words(row: Pairing, day: date, user: "User") -> DueWords:
    known = {"kind": row.get_kind_display(), "mentor": row.mentor.name, "day": formats.date_format(day)}
    return DueWords(
        title=_("Pairing agreement to be signed"),
        why=_("%(kind)s %(mentor)s; the agreement is to be signed by %(day)s") % known,
        url=_page(row, "mentorship:pairing_detail"),
        action=_("Open the pairing"),
        subject=row.trainee.person.name,
    )


def running() -> Rows:
    """Of files that are open."""
    return pairings().running().filter(trainee__departed_on=None, trainee__voided_at=None)


def _of_mentor(rows: Rows, day: Any) -> Rows:
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=F("mentor__account_id"))


def _open_steps(until: date) -> Rows:
    return (
        notes()
        .open_steps()
        .filter(next_step_on__lte=until, pairing__trainee__departed_on=None, pairing__trainee__voided_at=None)
    )


def _step_words(row: GuidanceNote, day: date, name: str) -> DueWords:
    return DueWords(
        title=_("Next step: %(step)s") % {"step": row.next_step},
        why=_("From the guidance note of %(day)s; by %(due)s")
        % {"day": formats.date_format(row.happened_on), "due": formats.date_format(day)},
        url=reverse("mentorship:note_detail", kwargs={"pk": row.pk}),
        action=_("Open"),
        subject=name,
    )


def is_mentor(row: Pairing, user: "User") -> bool:
    """`user` is the mentor of this pairing."""
    return row.mentor.account_id is not None and row.mentor.account_id == user.pk


def _by_mentor(row: Pairing, why: str) -> str:
    return _("%(kind)s %(mentor)s. %(why)s") % {"kind": row.get_kind_display(), "mentor": row.mentor.name, "why": why}


def _page(row: Pairing, name: str) -> str:
    return reverse(name, kwargs={"pk": row.pk})
