"""What falls due with pairing reviews: the two parts, the department's conclusion, the sign-off."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, ExpressionWrapper, F, Q, UUIDField, Value, When
from django.db.models.functions import Greatest, TruncDate
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import PairingReview, ReturnedTo, ReviewState
from cadre_app.mentorship.models.reviews import BOTH_PARTS, TO_MENTOR, TO_TRAINEE
from cadre_app.mentorship.policies import PAIRING_RULE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# How long the department takes once a review waits for it.
DAYS_AT_WORK = 7
MENTORS_PART = Q(mentor_at=None) | Q(returned_to__in=TO_MENTOR)
TRAINEES_PART = Q(trainee_at=None) | Q(returned_to__in=TO_TRAINEE)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "mentorship.review",
        ReminderRule(
            label=gettext_lazy("Mentor's part of a pairing review"),
            source=PAIRING_RULE,
            rows=reviews,
            dues=mentors_parts,
            visible=as_pairings,
            words=mentors_words,
            order=92,
            leads=(14, 0),
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "mentorship.own_review",
        ReminderRule(
            label=gettext_lazy("Own part of a pairing review"),
            source=PAIRING_RULE,
            rows=reviews,
            dues=trainees_parts,
            visible=as_own,
            words=trainees_words,
            order=94,
            leads=(14, 0),
            attention=None,
            personal=True,
        ),
    )
    reminder_rules.register(
        "mentorship.review_conclusion",
        ReminderRule(
            label=gettext_lazy("Pairing review to be concluded"),
            source=PAIRING_RULE,
            rows=reviews,
            dues=conclusions,
            visible=as_pairings,
            words=conclusion_words,
            order=96,
            leads=(7, 0),
        ),
    )
    reminder_rules.register(
        "mentorship.review_sign_off",
        ReminderRule(
            label=gettext_lazy("Pairing review to be signed off"),
            source=PAIRING_RULE,
            rows=reviews,
            dues=sign_offs,
            visible=as_pairings,
            words=sign_off_words,
            order=98,
            leads=(7, 0),
            attention=None,
            roles=(Role.LEADER,),
        ),
    )


def reviews() -> Rows:
    return PairingReview.objects.select_related("pairing__trainee__person", "pairing__mentor")


def as_pairings(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user)


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(pairing__trainee__person__account=user)


def mentors_parts(until: date) -> Rows:
    """Open ones whose mentor's part is missing or to be completed; by staff, from paper, where the mentor cannot.

    Of a pairing that ended staff also enter the part of a mentee who cannot.
    """
    left = Q(pairing__ended_on__isnull=False, pairing__trainee__person__account=None) & TRAINEES_PART
    rows = _open(until).filter(MENTORS_PART | left)
    writes = Q(pairing__ended_on=None, pairing__mentor__account__is_active=True)
    doer = Case(When(writes, then=F("pairing__mentor__account_id")), default=NOBODY, output_field=UUIDField())
    return _keyed(rows, F("period_until"), doer)


def mentors_words(row: PairingReview, day: date, user: "User") -> DueWords:
    mentor = row.pairing.mentor
    is_mine = mentor.account_id is not None and mentor.account_id == user.pk and row.pairing.is_running
    return DueWords(
        title=_mentors_title(row, is_mine=is_mine),
        why=_why(row) if is_mine else _("%(mentor)s. %(why)s") % {"mentor": mentor.name, "why": _period(row)},
        url=_page(row, "mentorship:review_mentor_part" if is_mine else "mentorship:review_detail"),
        action=_("Write") if is_mine else _("Open the review"),
        subject=row.pairing.trainee.person.name,
    )


def _mentors_title(row: PairingReview, *, is_mine: bool) -> str:
    if is_mine:
        return _("Complete your part of the review") if row.returned_to else _("Write your part of the review")
    if row.mentor_at is None:
        return _("Mentor's part of the review missing")
    return _("Part of the review to be completed") if row.returned_to else _("Mentee's part of the review missing")


def trainees_parts(until: date) -> Rows:
    """Open ones whose trainee's part is missing or to be completed, of those who have an account."""
    rows = _open(until).filter(TRAINEES_PART, pairing__trainee__person__account__isnull=False)
    return _keyed(rows, F("period_until"), F("pairing__trainee__person__account_id"))


def trainees_words(row: PairingReview, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Complete your part of the review") if row.returned_to else _("Write your part of the review"),
        why=_why(row),
        url=_page(row, "mentorship:review_trainee_part"),
        action=_("Write"),
        subject=row.pairing.mentor.name,
    )


def conclusions(until: date) -> Rows:
    """Both parts are in; due a week after the later of the last day and the parts."""
    waiting = Q(concluded_at=None, returned_to="") | Q(returned_to=ReturnedTo.DEPARTMENT)
    day = _a_week_after(F("period_until"), TruncDate("mentor_at"), TruncDate("trainee_at"))
    rows = _open(until).filter(BOTH_PARTS, waiting)
    return _keyed(rows, day, NOBODY).filter(due_day__lte=until)


def conclusion_words(row: PairingReview, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Pairing review to be concluded"),
        why=_("Both parts are in: %(mentor)s, %(period)s") % {"mentor": row.pairing.mentor.name, "period": row},
        url=_page(row, "mentorship:review_detail"),
        action=_("Open the review"),
        subject=row.pairing.trainee.person.name,
    )


def sign_offs(until: date) -> Rows:
    """Concluded; due a week after the later of the last day and the conclusion."""
    day = _a_week_after(F("period_until"), TruncDate("concluded_at"))
    rows = _open(until).in_state(ReviewState.SIGN_OFF)
    return _keyed(rows, day, NOBODY).filter(due_day__lte=until)


def sign_off_words(row: PairingReview, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Pairing review to be signed off"),
        why=_("The conclusion is written: %(mentor)s, %(period)s") % {"mentor": row.pairing.mentor.name, "period": row},
        url=_page(row, "mentorship:review_detail"),
        action=_("Open the review"),
        subject=row.pairing.trainee.person.name,
    )


def _open(until: date) -> Rows:
    """Of open files; what was written in a pairing that ended is still concluded and signed off."""
    return (
        reviews()
        .open()
        .filter(
            period_until__lte=until,
            pairing__voided_at=None,
            pairing__trainee__departed_on=None,
            pairing__trainee__voided_at=None,
        )
    )


def _keyed(rows: Rows, day: Any, doer: Any) -> Rows:
    return rows.annotate(due_day=day, trainee_key=F("pairing__trainee_id"), doer_key=doer)


def _a_week_after(*days: Any) -> Any:
    return ExpressionWrapper(Greatest(*days) + Value(DAYS_AT_WORK), output_field=DateField())


def _why(row: PairingReview) -> str:
    """What is asked for, with the reason where it was returned: for its author only."""
    if row.returned_to and row.returned_reason:
        return _("To be completed: %(reason)s") % {"reason": row.returned_reason}
    return _period(row)


def _period(row: PairingReview) -> str:
    known = {"day": formats.date_format(row.period_until)}
    if row.is_final:
        return _("Final review of the pairing, by %(day)s") % known
    return _("Half-year review of the pairing, by %(day)s") % known


def _page(row: PairingReview, name: str) -> str:
    return reverse(name, kwargs={"pk": row.pk})
