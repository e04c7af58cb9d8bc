"""What falls due with probations: their end, the own summary, the unit's opinion, check, sign-off, and what follows it.

Missing induction training is a rule of the room of training (training.induction).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.accounts.models import Grant
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.signing import another_needed_text, by_others
from cadre_app.org.paths import stands_over
from cadre_app.people.models import of_scope
from cadre_app.people.rules import probation_text
from cadre_app.probation import permissions
from cadre_app.probation.models import IN_WORK, Probation, State
from cadre_app.probation.policies import ASSESS_DAYS, OPINION_DAYS, RULES_OF_BOTH
from cadre_app.probation.terms import terms_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    known: tuple[tuple[str, Any, Any, Any, Any, dict[str, Any]], ...] = (
        (
            "end", gettext_lazy("Assessment at the end of probation to be concluded"), ends, as_office, end_words,
            {"leads": (60, 30, 0), "overdue": (15, 30), "attention": 30},
        ),
        (
            "summary", gettext_lazy("Own summary of the probation"), summaries, as_own, summary_words,
            {"leads": (30, 7, 0), "overdue": (7,), "attention": None},
        ),
        (
            "opinion", gettext_lazy("Opinion of the unit on a probation"), opinions, as_unit, opinion_words,
            {"leads": (3, 0), "overdue": (7,), "roles": (Role.LIAISON,), "supervisors": (Role.STAFF,)},
        ),
        (
            "opinion_from_paper", gettext_lazy("Opinion of a unit without a liaison on a probation"), opinions_from_paper,
            as_unit, opinion_words, {"leads": (3, 0), "overdue": (7,)},
        ),
        (
            "check", gettext_lazy("Conclusion on a probation to be checked"), to_check, as_checking, check_words,
            {"leads": (0,), "overdue": (3, 7), "attention": None, "roles": (Role.STAFF, Role.LEADER)},
        ),
        (
            "sign_off", gettext_lazy("Conclusion on a probation to be signed off"), to_sign, as_signing, sign_words,
            {
                "leads": (0,), "overdue": (3, 7), "attention": 3, "roles": (Role.LEADER,), "supervisors": (Role.STAFF,),
            },
        ),
        (
            "returned", gettext_lazy("Conclusion on a probation to be completed"), to_complete, as_department,
            complete_words, {"leads": (0,), "overdue": (3, 7), "attention": None},
        ),
        (
            "departure", gettext_lazy("Departure to be recorded after a probation"), to_depart, as_department,
            departure_words, {"leads": (0,), "overdue": (7, 14), "attention": 14},
        ),
    )  # fmt: skip
    for place, (key, label, dues, visible, words, options) in enumerate(known):
        rule = ReminderRule(
            label=label, source=RULES_OF_BOTH, rows=probations, dues=dues, visible=visible, words=words,
            order=440 + 2 * place, **options,
        )  # fmt: skip
        reminder_rules.register(f"probation.{key}", rule)


def probations() -> Rows:
    return Probation.objects.select_related("trainee__person", "trainee__home_unit")


def followed() -> Rows:
    """Keys of files whose probation these rules follow; after a cancelling only the departure is missing."""
    return Probation.objects.of_now().exclude(state=State.GRADED).values("trainee")


def as_office(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; never the own one or a relative's."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))


def as_department(rows: Rows, user: "User") -> Rows:
    return rows.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__"))


def as_checking(rows: Rows, user: "User") -> Rows:
    """As the department, but what others entered."""
    return as_department(rows, user).filter(by_others(user))


def as_signing(rows: Rows, user: "User") -> Rows:
    """Leaders what others entered and checked; other staff all of it, as they see to it that somebody signs."""
    leads = of_scope(user, Role.LEADER, prefix="trainee__")
    staffs = of_scope(user, Role.STAFF, prefix="trainee__")
    return rows.filter(leads & by_others(user, checked="checked_by") | staffs & ~leads)


def as_unit(rows: Rows, user: "User") -> Rows:
    """Liaison of the unit, and staff."""
    return rows.filter(of_scope(user, Role.STAFF, Role.LIAISON, prefix="trainee__"))


def as_own(rows: Rows, user: "User") -> Rows:
    """One's own; business roles in their scope."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


def ends(until: date) -> Rows:
    """Nothing is concluded yet, by the end of probation."""
    rows = _here(*IN_WORK).filter(trainee__probation_ends_on__lte=until)
    return rows.annotate(due_day=F("trainee__probation_ends_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def summaries(until: date) -> Rows:
    """Not written yet by somebody with an account, by the end of probation."""
    rows = _here(State.OPEN).filter(trainee__probation_ends_on__lte=until, trainee__person__account__isnull=False)
    doer = F("trainee__person__account_id")
    return rows.annotate(due_day=F("trainee__probation_ends_on"), trainee_key=F("trainee_id"), doer_key=doer)


def opinions(until: date) -> Rows:
    """The summary is there, the opinion of the unit is not, which its liaison writes."""
    return _opinions(until).filter(_has_liaison())


def opinions_from_paper(until: date) -> Rows:
    """As `opinions`, where nobody is liaison: staff enter what the unit hands in."""
    return _opinions(until).filter(~_has_liaison())


def _has_liaison() -> Exists:
    """An active account that is liaison of the unit or of one above it today."""
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.LIAISON, user__is_active=True)
    return Exists(held.filter(stands_over("trainee__home_unit__path")))


def _opinions(until: date) -> Rows:
    days = OPINION_DAYS.now()
    rows = _here(State.UNDER_WAY).filter(opinion_on=None, summary_on__lte=until - timedelta(days=days))
    due = ExpressionWrapper(F("summary_on") + Value(days), output_field=DateField())
    return rows.annotate(due_day=due, trainee_key=F("trainee_id"), doer_key=NOBODY)


def to_check(until: date) -> Rows:
    rows = _here(State.WAITING).filter(checked_on=None, entered_on__lte=until)
    return rows.annotate(due_day=F("entered_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def to_sign(until: date) -> Rows:
    rows = _here(State.WAITING).filter(checked_on__lte=until)
    return rows.annotate(due_day=F("checked_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def to_complete(until: date) -> Rows:
    rows = _here(State.UNDER_WAY).filter(returned_on__lte=until)
    return rows.annotate(due_day=F("returned_on"), trainee_key=F("trainee_id"), doer_key=F("entered_by_id"))


def to_depart(until: date) -> Rows:
    """Cancelled, and the file is still open."""
    rows = _here(State.CANCELLED).filter(signed_on__lte=until)
    return rows.annotate(due_day=F("signed_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def end_words(row: Probation, day: date, user: "User") -> DueWords:
    why = probation_text(row.trainee, day, ASSESS_DAYS.on(day))
    return _words(row, "detail", _("End-of-probation assessment"), why, _("Open the assessment"))


def summary_words(row: Probation, day: date, user: "User") -> DueWords:
    is_own = row.trainee.person.account_id == user.pk
    text = _("Your probation ends on %(day)s. Write what you did and learned, and where you have to improve.")
    if not is_own:
        text = _("Probation ends on %(day)s; the own summary is not written yet.")
    known = {"day": formats.date_format(day)}
    page, action = ("summary", _("Write the summary")) if is_own else ("detail", _("Open the assessment"))
    return _words(row, page, _("Own summary of the probation"), text % known, action, own=is_own)


def opinion_words(row: Probation, day: date, user: "User") -> DueWords:
    written = formats.date_format(row.summary_on) if row.summary_on is not None else ""
    why = _("The own summary was handed in on %(day)s.") % {"day": written}
    return _words(row, "opinion", _("Opinion of the unit on a probation"), why, _("Write the opinion"))


def check_words(row: Probation, day: date, user: "User") -> DueWords:
    title = _("Conclusion on a probation to be checked")
    return _words(row, "check", title, _conclusion(row), pgettext("probation", "Check"))


def sign_words(row: Probation, day: date, user: "User") -> DueWords:
    title = _("Conclusion on a probation to be signed off")
    if not permissions.leads(user):
        return _words(row, "detail", title, another_needed_text(), _("Open the assessment"))
    return _words(row, "sign", title, _conclusion(row), _("Sign off"))


def complete_words(row: Probation, day: date, user: "User") -> DueWords:
    action = _("Open the assessment")
    return _words(row, "detail", _("Conclusion on a probation to be completed"), row.return_reason, action)


def departure_words(row: Probation, day: date, user: "User") -> DueWords:
    title = _("Departure to be recorded after a probation")
    return _words(row, "detail", title, str(terms_of(row).failed_next), _("Open the assessment"))


def _conclusion(row: Probation) -> str:
    return _("Conclusion: %(conclusion)s.") % {"conclusion": row.get_conclusion_display()}


def _words(row: Probation, page: str, title: str, why: str, action: str, *, own: bool = False) -> DueWords:
    url = reverse(f"probation:{page}", kwargs={"pk": row.pk})
    return DueWords(title=title, why=why, url=url, action=action, subject="" if own else row.trainee.person.name)


def _here(*states: str) -> Rows:
    return probations().filter(state__in=states, voided_at=None, trainee__departed_on=None, trainee__voided_at=None)
