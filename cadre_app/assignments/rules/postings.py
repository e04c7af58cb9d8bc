"""What falls due with postings: the planned end, the mid-term review, the appraisal, a return or a document that is missing."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, UUIDField, Value, When
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import Posting, PostingAppraisal, PostingState
from cadre_app.assignments.permissions.rooms import oversees
from cadre_app.assignments.policies import APPRAISAL_DAYS, BURDEN_RULE, DOCUMENT_DAYS, POSTING_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Relative

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DAYS_TO_CONFIRM = 7
SIGNED = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.end",
        _rule(gettext_lazy("End of a posting"), ends, end_words, 200, leads=(60, 30, 7, 0), overdue=()),
    )
    reminder_rules.register(
        "assignments.own_end",
        _rule(
            gettext_lazy("End of the own posting"),
            own_ends,
            own_end_words,
            201,
            visible=as_own,
            leads=(30, 7),
            overdue=(),
            attention=None,
            personal=True,
        ),
    )
    reminder_rules.register(
        "assignments.overstay",
        _rule(
            gettext_lazy("Return from a posting overdue"), overstays, overstay_words, 202, leads=(0,), overdue=(7, 30)
        ),
    )
    reminder_rules.register(
        "assignments.mid_term",
        _rule(gettext_lazy("Mid-term review of a posting"), mid_terms, mid_term_words, 204, leads=(7, 0)),
    )
    reminder_rules.register(
        "assignments.appraisal",
        _rule(
            gettext_lazy("Appraisal by the host"),
            appraisals,
            appraisal_words,
            206,
            leads=(7, 0),
            visible=as_seen,
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "assignments.appraisal_confirm",
        _rule(gettext_lazy("Appraisal to be confirmed"), confirmations, confirmation_words, 208, leads=(7, 0)),
    )
    reminder_rules.register(
        "assignments.document",
        _rule(
            gettext_lazy("Document of a posting missing"),
            documents,
            document_words,
            210,
            leads=(5, 0),
            source=BURDEN_RULE,
        ),
    )


def _rule(label: Any, dues: Any, words: Any, order: int, **more: Any) -> ReminderRule:
    known: dict[str, Any] = {"source": POSTING_RULE, "visible": as_overseen} | more
    return ReminderRule(label=label, rows=rows, dues=dues, words=words, order=order, **known)


def rows() -> Rows:
    return Posting.objects.select_related("trainee__person", "unit", "supervisor")


def as_overseen(found: Rows, user: "User") -> Rows:
    return found.visible_to(user) if oversees(user) else found.none()


def as_seen(found: Rows, user: "User") -> Rows:
    """Also the host's; the person concerned reads the appraisal once it is confirmed, not that it is missing."""
    return found.visible_to(user).exclude(trainee__person__account=user)


def as_own(found: Rows, user: "User") -> Rows:
    return found.filter(trainee__person__account=user)


def ends(until: date) -> Rows:
    """Postings that run, with their planned end to come."""
    return _keyed(_here().filter(due_on__range=(timezone.localdate(), until)), F("due_on"))


def end_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "kind": row.get_kind_display(), "day": formats.date_format(day)}
    why = _("Planned until %(day)s. Record the return, or extend it with approval; nobody extends on their own.")
    return _words(row, _("%(kind)s at %(host)s ends") % known, why % known)


def own_ends(until: date) -> Rows:
    """The same for whoever is posted and has an account."""
    found = _here().filter(due_on__range=(timezone.localdate(), until), trainee__person__account__isnull=False)
    return _keyed(found, F("due_on"), F("trainee__person__account_id"))


def own_end_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "day": formats.date_format(day)}
    why = _("Planned until %(day)s: hand your work over and report back to your unit; only the department extends it.")
    title = _("Your posting at %(host)s ends") % known
    return DueWords(title, why % known, reverse("assignments:posting_detail", kwargs={"pk": row.pk}), _("Open"))


def overstays(until: date) -> Rows:
    """Postings whose planned end is past and of which no return is recorded; due on the day after."""
    last = min(until, timezone.localdate()) - timedelta(days=1)
    return _keyed(_here().filter(due_on__lte=last), _later("due_on", 1))


def overstay_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "day": formats.date_format(row.due_on) if row.due_on is not None else ""}
    why = _("It was planned until %(day)s; the return is not recorded.") % known
    return _words(row, _("Not returned from %(host)s") % known, why, action=_("Record return"), page="posting_return")


def mid_terms(until: date) -> Rows:
    """Half-way and not held, while the planned end is to come."""
    found = _here().filter(mid_term_on__lte=until, mid_term_held_on=None)
    return _keyed(found.filter(Q(due_on=None) | Q(due_on__gte=timezone.localdate())), F("mid_term_on"))


def mid_term_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "day": formats.date_format(day)}
    why = _("Half of the time at %(host)s is over on %(day)s.") % known
    return _words(row, _("Mid-term review of a posting"), why, action=_("Record the review"), page="posting_mid_term")


def appraisals(until: date) -> Rows:
    """Returned, and the host has not written it or is asked to complete it; by staff where no host has an account, or is a relative."""
    days = APPRAISAL_DAYS.now()
    written = PostingAppraisal.objects.standing().filter(posting=OuterRef("pk"), returned_reason="")
    found = _open(PostingState.RETURNED).filter(~Exists(written), returned_on__lte=until - timedelta(days=days))
    one, other = OuterRef("supervisor"), OuterRef("trainee__person")
    ties = Relative.objects.standing().filter(Q(person=one, other=other) | Q(person=other, other=one))
    writes = Q(supervisor__account__is_active=True) & ~Exists(ties)
    doer = Case(When(writes, then=F("supervisor__account_id")), default=NOBODY, output_field=UUIDField())
    return _keyed(found, _later("returned_on", days), doer)


def appraisal_words(row: Posting, day: date, user: "User") -> DueWords:
    is_host = row.supervisor is not None and row.supervisor.account_id == user.pk
    known = {"host": row.host, "day": formats.date_format(row.ended_on) if row.ended_on is not None else ""}
    title = _("Write the appraisal") if is_host else _("Appraisal of %(host)s missing") % known
    why = _("The posting ended on %(day)s.") % known
    return _words(row, title, why, action=_("Write appraisal"), page="appraisal_write")


def confirmations(until: date) -> Rows:
    """Appraisals that are handed in; due a week later."""
    waiting = PostingAppraisal.objects.standing().filter(
        posting=OuterRef("pk"),
        returned_reason="",
        confirmed_on=None,
        written_on__lte=until - timedelta(days=DAYS_TO_CONFIRM),
    )
    found = _open(PostingState.RETURNED).filter(Exists(waiting), appraisals__voided_at=None)
    return _keyed(found, _later("appraisals__written_on", DAYS_TO_CONFIRM))


def confirmation_words(row: Posting, day: date, user: "User") -> DueWords:
    why = _("%(host)s has handed the appraisal in.") % {"host": row.host}
    return _words(row, _("Appraisal to be confirmed"), why)


def documents(until: date) -> Rows:
    """Signed off without a number; due some days after the first day."""
    days = DOCUMENT_DAYS.now()
    found = _open(*SIGNED).filter(document_number="", started_on__lte=until - timedelta(days=days))
    return _keyed(found, _later("started_on", days))


def document_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "day": formats.date_format(day)}
    why = _("Enter the number by %(day)s; after that it stands among the weekly compliance notes.") % known
    title = _("Document of the posting at %(host)s missing") % known
    return _words(row, title, why, action=_("Enter the number"), page="posting_edit")


def _words(row: Posting, title: str, why: str, *, action: str = "", page: str = "posting_detail") -> DueWords:
    url = reverse(f"assignments:{page}", kwargs={"pk": row.pk})
    return DueWords(title=title, why=why, url=url, action=action or _("Open"), subject=row.trainee.person.name)


def _open(*states: str) -> Rows:
    """Of files that are open: nobody is rung who cannot act."""
    return rows().standing().filter(state__in=states, trainee__departed_on=None, trainee__voided_at=None)


def _here() -> Rows:
    return _open(PostingState.APPROVED)


def _later(column: str, days: int) -> Any:
    return ExpressionWrapper(F(column) + Value(days), output_field=DateField())


def _keyed(found: Rows, day: Any, doer: Any = NOBODY) -> Rows:
    return found.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=doer)
