"""What falls due with achievements: the unit's word, the department's word, what was returned; and the news of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.achievements.models import Achievement, AchievementState, AchievementStep, StepKind
from cadre_app.achievements.policies import ACHIEVEMENT_RULE, DEPARTMENT_DAYS, UNIT_DAYS
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=14)


def announce() -> None:
    """Called once, when the app is ready."""
    _announce_waiting()
    _announce_voided()
    reminder_rules.register(
        "achievements.returned",
        ReminderRule(
            label=gettext_lazy("Own achievement that was returned"),
            source=ACHIEVEMENT_RULE,
            rows=achievements,
            dues=returned,
            visible=as_own,
            words=returned_words,
            order=254,
            leads=(0,),
            overdue=(7, 14),
            attention=None,
            personal=True,
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "achievements.news",
        ReminderRule(
            label=gettext_lazy("News of own achievements"),
            source=ACHIEVEMENT_RULE,
            rows=achievements,
            dues=news,
            visible=as_own,
            words=news_words,
            order=256,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            on_desk=False,
        ),
    )


def _announce_voided() -> None:
    reminder_rules.register(
        "achievements.voided",
        ReminderRule(
            label=gettext_lazy("Own achievement that was voided"),
            source=ACHIEVEMENT_RULE,
            rows=with_reasons,
            dues=voided,
            visible=as_own,
            words=voided_words,
            order=258,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            on_desk=False,
        ),
    )


def _announce_waiting() -> None:
    reminder_rules.register(
        "achievements.unit",
        ReminderRule(
            label=gettext_lazy("Achievement to be verified by the unit"),
            source=ACHIEVEMENT_RULE,
            rows=achievements,
            dues=with_unit,
            visible=as_office,
            words=unit_words,
            order=250,
            leads=(3, 0),
            overdue=(7,),
            attention=7,
            roles=(Role.LIAISON,),
            supervisors=(Role.STAFF,),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "achievements.department",
        ReminderRule(
            label=gettext_lazy("Achievement to be verified by the department"),
            source=ACHIEVEMENT_RULE,
            rows=achievements,
            dues=with_department,
            visible=as_department,
            words=department_words,
            order=252,
            leads=(3, 0),
            overdue=(7,),
            attention=14,
            gathered=True,
        ),
    )


def achievements() -> Rows:
    return Achievement.objects.select_related("trainee__person")


def with_reasons() -> Rows:
    """With the reason for which each was voided last."""
    steps = AchievementStep.objects.filter(achievement=OuterRef("pk"), kind=StepKind.VOIDED)
    return achievements().annotate(told_reason=Subquery(steps.order_by("-at", "-pk").values("comment")[:1]))


def as_office(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; never the own entry or a relative's."""
    return rows.overseen_by(user)


def as_department(rows: Rows, user: "User") -> Rows:
    """As `as_office`, without what `user` verified for the unit."""
    return as_office(rows, user).exclude(unit_verified_by=user)


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def with_unit(until: date) -> Rows:
    """What was submitted, a week° after that."""
    return _due(AchievementState.UNIT, UNIT_DAYS.now(), until)


def unit_words(row: Achievement, day: date, user: "User") -> DueWords:
    known = {"title": row.title, "day": formats.date_format(day)}
    why = _("“%(title)s”: verify it or return it with a comment until %(day)s.") % known
    return _words(row, _("Achievement to be verified by the unit"), why)


def with_department(until: date) -> Rows:
    """What the unit verified, two weeks° after that."""
    return _due(AchievementState.DEPARTMENT, DEPARTMENT_DAYS.now(), until)


def department_words(row: Achievement, day: date, user: "User") -> DueWords:
    known = {"title": row.title, "day": formats.date_format(day)}
    why = _("“%(title)s”: verify it or return it with a comment until %(day)s.") % known
    return _words(row, _("Achievement to be verified by the department"), why)


def returned(until: date) -> Rows:
    """Entries that were returned to people with an account, from that day on."""
    rows = _here().filter(state=AchievementState.RETURNED, state_since__lte=until)
    return _for_the_person(rows)


def returned_words(row: Achievement, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Complete the achievement “%(title)s”") % {"title": row.title},
        why=_("Returned on %(day)s: %(comment)s")
        % {"day": formats.date_format(row.state_since), "comment": row.return_comment},
        url=_page(row),
        action=_("Complete it"),
    )


def news(until: date) -> Rows:
    """What the unit or the department verified in the last two weeks."""
    by_unit = Q(state=AchievementState.DEPARTMENT, unit_verified_on__isnull=False)
    rows = _here().filter(by_unit | Q(state=AchievementState.VERIFIED))
    return _for_the_person(rows.filter(state_since__range=(timezone.localdate() - NEWS_FOR, until)))


def news_words(row: Achievement, day: date, user: "User") -> DueWords:
    known = {"title": row.title}
    if row.state == AchievementState.VERIFIED:
        title = _("Your achievement “%(title)s” was verified by the organization department.") % known
        why = _("It stands in your growth file.")
    else:
        title = (
            _("Your achievement “%(title)s” was verified by the unit; the organization department is looking at it.")
            % known
        )
        why = str(ACHIEVEMENT_RULE)
    return DueWords(title=title, why=why, url=_page(row), action=_("View"))


def voided(until: date) -> Rows:
    """What the department took out in the last two weeks; a draft was discarded by the person."""
    rows = with_reasons().filter(voided_at__isnull=False, trainee__departed_on=None, trainee__voided_at=None)
    rows = rows.exclude(state=AchievementState.DRAFT).filter(trainee__person__account__isnull=False)
    rows = rows.annotate(due_day=TruncDate("voided_at")).filter(due_day__range=(timezone.localdate() - NEWS_FOR, until))
    return rows.annotate(trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def voided_words(row: Achievement, day: date, user: "User") -> DueWords:
    reason = getattr(row, "told_reason", "")
    known = {"day": formats.date_format(day), "reason": reason}
    return DueWords(
        title=_("Your achievement “%(title)s” was voided by the organization department.") % {"title": row.title},
        why=_("Voided on %(day)s: %(reason)s") % known if reason else str(ACHIEVEMENT_RULE),
        url=_page(row),
        action=_("View"),
    )


def _due(state: AchievementState, days: int, until: date) -> Rows:
    rows = achievements().waiting().filter(state=state, state_since__lte=until - timedelta(days=days))
    day = ExpressionWrapper(F("state_since") + Value(days), output_field=DateField())
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def _for_the_person(rows: Rows) -> Rows:
    rows = rows.filter(trainee__person__account__isnull=False)
    return rows.annotate(
        due_day=F("state_since"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id")
    )


def _here() -> Rows:
    return achievements().filter(voided_at=None, trainee__departed_on=None, trainee__voided_at=None)


def _words(row: Achievement, title: str, why: str) -> DueWords:
    return DueWords(
        title=title,
        why=why,
        url=_page(row),
        action=pgettext("achievement", "Look at it"),
        subject=row.trainee.person.name,
    )


def _page(row: Achievement) -> str:
    return reverse("achievements:achievement_detail", kwargs={"pk": row.pk})
