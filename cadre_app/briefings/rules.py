"""The bell for briefings: those that wait for a leader, those that are not issued, and those that came back.

The bell knows a unit by the file alone, and a briefing is about no file: each item is addressed to an account.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.accounts.models import Grant, User
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.briefings.wording import days_text, period_of
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.org.paths import any_of, stands_over

if TYPE_CHECKING:
    from cadre_app.briefings.models import BriefingQuerySet

ISSUE_RULE = gettext_lazy(
    "Regulations on official documents of Party and government bodies: issued by who is in charge"
)
DAYS_TO_ISSUE = 3


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "briefings.issue",
        ReminderRule(
            label=gettext_lazy("Briefing to be issued"),
            source=ISSUE_RULE,
            rows=leaders,
            dues=to_issue,
            visible=lambda rows, user: rows.filter(pk=user.pk),
            words=issue_words,
            order=560,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            roles=(Role.LEADER,),
            supervisors=(),
            personal=True,
        ),
    )
    reminder_rules.register(
        "briefings.unissued",
        ReminderRule(
            label=gettext_lazy("Briefing not issued yet"),
            source=ISSUE_RULE,
            rows=briefings,
            dues=unissued,
            visible=as_staff,
            words=unissued_words,
            order=561,
            leads=(0,),
            overdue=(7,),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )
    reminder_rules.register(
        "briefings.returned",
        ReminderRule(
            label=gettext_lazy("Briefing to be completed"),
            source=ISSUE_RULE,
            rows=briefings,
            dues=to_complete,
            visible=as_staff,
            words=complete_words,
            order=562,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )


def leaders() -> Rows:
    """Accounts with what waits for them (`waiting`), the first that was submitted first."""
    told = JSONObject(pk="pk", unit="unit__name", since="since", as_of="as_of")
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.LEADER).values("user")
    waiting = _waiting().order_by("submitted_on", "pk").values_list(told)
    return User.objects.filter(pk__in=held, is_active=True).annotate(waiting=ArraySubquery(waiting))


def to_issue(until: date) -> Rows:
    """Leaders for whom something waits, since the day on which the last of it was submitted."""
    last = _waiting().filter(submitted_on__lte=until).order_by("-submitted_on").values("submitted_on")
    rows = leaders().annotate(due_day=Subquery(last[:1])).filter(due_day__isnull=False)
    return rows.annotate(trainee_key=NOBODY, doer_key=F("pk"))


def issue_words(row: Any, day: date, user: "User") -> DueWords:
    """The page of the one that waits, or the list of several; nothing of them is left in what is settled."""
    title, action = _("Briefing to be issued"), pgettext("briefing", "Read and issue")
    units = joined(list(dict.fromkeys(one["unit"] for one in row.waiting)))
    if len(row.waiting) == 1:
        (one,) = row.waiting
        period = days_text(date.fromisoformat(one["since"]), date.fromisoformat(one["as_of"]))
        why = _("%(period)s. Read it, then issue or return it.") % {"period": period}
        return DueWords(title, why, reverse("briefings:briefing_detail", kwargs={"pk": one["pk"]}), action, units)
    url = f"{reverse('briefings:briefing_list')}?state={BriefingState.SUBMITTED}"
    if not row.waiting:
        return DueWords(title, _("Nothing waits to be issued by you any more."), url, _("Open"))
    why = _("%(number)d briefings wait for you. Read them, then issue or return each.") % {"number": len(row.waiting)}
    return DueWords(title, why, url, action, units)


def briefings() -> Rows:
    return Briefing.objects.standing().select_related("unit").defer("figures")


def unissued(until: date) -> Rows:
    """Not before some days after they were submitted, for whoever sees to it that a leader decides."""
    day = ExpressionWrapper(F("submitted_on") + Value(DAYS_TO_ISSUE), output_field=DateField())
    last = min(until, timezone.localdate()) - timedelta(days=DAYS_TO_ISSUE)
    rows = briefings().filter(state=BriefingState.SUBMITTED, submitted_on__lte=last)
    return rows.annotate(due_day=day, trainee_key=NOBODY, doer_key=_in_charge())


def to_complete(until: date) -> Rows:
    """Since the day on which they were returned."""
    rows = briefings().filter(state=BriefingState.DRAFT, returned_on__lte=until)
    return rows.annotate(due_day=F("returned_on"), trainee_key=NOBODY, doer_key=_in_charge())


def as_staff(rows: Rows, user: "User") -> Rows:
    return rows.filter(any_of(user.unit_ranges(Role.STAFF), "unit__path"))


def unissued_words(row: Briefing, day: date, user: "User") -> DueWords:
    submitted = formats.date_format(day - timedelta(days=DAYS_TO_ISSUE))
    text = _("%(period)s. Submitted on %(day)s; no leader has issued or returned it so far.")
    return _words(row, _("Briefing not issued yet"), text % {"period": period_of(row), "day": submitted}, _("Open"))


def complete_words(row: Briefing, day: date, user: "User") -> DueWords:
    why = _("Returned: %(reason)s") % {"reason": row.return_reason}
    return _words(row, _("Briefing to be completed"), why, pgettext("briefing", "Complete"))


def _words(row: Briefing, title: str, why: str, action: str) -> DueWords:
    url = reverse("briefings:briefing_detail", kwargs={"pk": row.pk})
    return DueWords(title=title, why=why, url=url, action=action, subject=row.unit.name)


def _waiting() -> "BriefingQuerySet":
    """As `permissions.can_issue`, for the account of the outer query."""
    held = Grant.objects.in_force(timezone.localdate()).filter(user=OuterRef(OuterRef("pk")), role=Role.LEADER)
    rows = Briefing.objects.standing().filter(Exists(held.filter(stands_over("unit__path"))))
    by_them = Q(written_by=OuterRef("pk")) | Q(hands__contains=[OuterRef("pk")])
    return rows.filter(~by_them, state=BriefingState.SUBMITTED)


def _in_charge() -> Coalesce:
    """Whoever submitted it, else whoever began it, while they are staff of its unit; else the nearest of the staff."""
    held = Grant.objects.in_force(timezone.localdate()).filter(role=Role.STAFF, user__is_active=True)
    staff = held.filter(stands_over("unit__path"))
    nearest = staff.order_by("-unit__path", "created_at", "pk").values("user")
    known = [Subquery(staff.filter(user=OuterRef(name)).values("user")[:1]) for name in ("submitted_by", "written_by")]
    return Coalesce(*known, Subquery(nearest[:1]))
