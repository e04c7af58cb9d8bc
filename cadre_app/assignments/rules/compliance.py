"""合规提示 once a week: one message to each of the staff in whose units anything stands against postings."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.accounts.models import Grant, User
from cadre_app.assignments.compliance import LABELS, NoteKey, listed_as, on_the_list, with_compliance
from cadre_app.assignments.models import Posting
from cadre_app.assignments.policies import BURDEN_RULE, COMPLIANCE_WEEKDAY
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.tables import joined
from cadre_app.org.paths import stands_over
from cadre_app.people.models import Relative

if TYPE_CHECKING:
    from cadre_app.assignments.models.postings import PostingQuerySet

COUNT = "noted_{}"


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.compliance",
        ReminderRule(
            label=gettext_lazy("Compliance notes of the week"),
            source=BURDEN_RULE,
            rows=clerks,
            dues=weekly,
            visible=as_own,
            words=weekly_words,
            order=212,
            leads=(0,),
            overdue=(),
            attention=None,
            personal=True,
        ),
    )


def clerks() -> Rows:
    """Accounts with the number of notes of each kind against postings of their units, as they stand today."""
    today = timezone.localdate()
    return User.objects.annotate(**{COUNT.format(key): _number(key, today) for key in NoteKey})


def as_own(rows: Rows, user: User) -> Rows:
    """Everybody reads the numbers of their own units."""
    return rows.filter(pk=user.pk)


def weekly(until: date) -> Rows:
    """Staff of units with notes, on the weekday of the setting; each week is a new item, and none without notes."""
    today = timezone.localdate()
    day = today - timedelta(days=(today.isoweekday() - COMPLIANCE_WEEKDAY.on(today)) % 7)
    noted = [] if day > until else list(on_the_list(_standing(), today).values_list("pk", flat=True))
    staff = Grant.objects.in_force(today).filter(role=Role.STAFF).values("user")
    rows = clerks().filter(Exists(_of(Posting.objects.filter(pk__in=noted), today)), pk__in=staff, is_active=True)
    return rows.annotate(due_day=Value(day, DateField()), trainee_key=NOBODY, doer_key=F("pk"))


def weekly_words(row: Any, day: date, user: User) -> DueWords:
    """How many of each kind, and where they are."""
    found = {key: getattr(row, COUNT.format(key)) for key in NoteKey}
    total = sum(found.values())
    parts = [
        _("%(note)s %(number)d") % {"note": LABELS[key], "number": number} for key, number in found.items() if number
    ]
    title = ngettext("%(number)d compliance note", "%(number)d compliance notes", total) % {"number": total}
    why = joined(parts) or _("Nothing stands against the postings of your units any more.")
    return DueWords(title=title, why=why, url=reverse("assignments:compliance"), action=_("Open"))


def _standing() -> "PostingQuerySet":
    return Posting.objects.standing().filter(trainee__voided_at=None).order_by()


def _number(key: NoteKey, day: date) -> Subquery:
    rows = _of(with_compliance(_standing(), day).filter(listed_as(key, day)), day)
    return Subquery(rows.annotate(number=Func(F("pk"), function="count")).values("number"), output_field=IntegerField())


def _of(rows: Any, day: date) -> Any:
    """Those in the scope of the account of the outer query, without its own and those of relatives (回避)."""
    account = OuterRef(OuterRef("pk"))
    grants = Grant.objects.in_force(day).filter(user=account, role__in=BUSINESS_ROLES)
    grants = grants.filter(stands_over("trainee__home_unit__path"))
    person = OuterRef("trainee__person")
    kin = Relative.objects.standing().filter(
        Q(person__account=account, other=person) | Q(other__account=account, person=person)
    )
    return rows.filter(Exists(grants), ~Exists(kin)).exclude(trainee__person__account=OuterRef("pk"))
