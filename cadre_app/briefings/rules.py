"""The bell for briefings: those that wait for a leader, and those that came back to be completed."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.briefings import permissions
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.briefings.wording import period_of
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import by_others
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ISSUE_RULE = gettext_lazy(
    "Regulations on official documents of Party and government bodies: issued by who is in charge"
)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "briefings.issue",
        ReminderRule(
            label=gettext_lazy("Briefing to be issued"),
            source=ISSUE_RULE,
            rows=briefings,
            dues=to_issue,
            visible=as_issuing,
            words=issue_words,
            order=560,
            leads=(0,),
            overdue=(3, 7),
            attention=3,
            roles=(Role.LEADER,),
            supervisors=(Role.STAFF,),
        ),
    )
    reminder_rules.register(
        "briefings.returned",
        ReminderRule(
            label=gettext_lazy("Briefing to be completed"),
            source=ISSUE_RULE,
            rows=briefings,
            dues=to_complete,
            visible=lambda rows, user: rows.filter(any_of(user.unit_ranges(Role.STAFF), "unit__path")),
            words=complete_words,
            order=562,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            supervisors=(),
        ),
    )


def briefings() -> Rows:
    return Briefing.objects.standing().select_related("unit").defer("figures")


def to_issue(until: date) -> Rows:
    """Since the day on which they were submitted."""
    rows = briefings().filter(state=BriefingState.SUBMITTED, submitted_on__lte=until)
    return rows.annotate(due_day=F("submitted_on"), trainee_key=NOBODY, doer_key=NOBODY)


def to_complete(until: date) -> Rows:
    """Since the day on which they were returned, by whoever had submitted them."""
    rows = briefings().filter(state=BriefingState.DRAFT, returned_on__lte=until)
    return rows.annotate(due_day=F("returned_on"), trainee_key=NOBODY, doer_key=F("submitted_by_id"))


def as_issuing(rows: Rows, user: "User") -> Rows:
    """Leaders those of which they wrote nothing; other staff all of them, as they see to it that somebody issues them."""
    leads = any_of(user.unit_ranges(Role.LEADER), "unit__path")
    staffs = any_of(user.unit_ranges(Role.STAFF), "unit__path")
    return rows.filter(leads & by_others(user, "written_by") & ~Q(hands__contains=[user.pk]) | staffs & ~leads)


def issue_words(row: Briefing, day: date, user: "User") -> DueWords:
    is_mine = permissions.can_issue(user, row)
    text = _("%(period)s. Read it, then issue or return it.") if is_mine else _("%(period)s. A leader issues it.")
    action = pgettext("briefing", "Read and issue") if is_mine else _("Open")
    return _words(row, _("Briefing to be issued"), text % {"period": period_of(row)}, action)


def complete_words(row: Briefing, day: date, user: "User") -> DueWords:
    why = _("Returned: %(reason)s") % {"reason": row.return_reason}
    return _words(row, _("Briefing to be completed"), why, pgettext("briefing", "Complete"))


def _words(row: Briefing, title: str, why: str, action: str) -> DueWords:
    url = reverse("briefings:briefing_detail", kwargs={"pk": row.pk})
    return DueWords(title=title, why=why, url=url, action=action, subject=row.unit.name)
