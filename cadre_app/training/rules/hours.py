"""What falls due with training hours: being behind in July and October, outside courses to verify and to complete."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, DurationField, F, Q, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import own_keys
from cadre_app.training.hours_wording import done_text, done_text_of
from cadre_app.training.models import OutsideCourse, OutsideState
from cadre_app.training.policies import TRAINING_RULE
from cadre_app.training.requirement_sql import days_gone, reckoned, with_hours

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VERIFIED_WITHIN = timedelta(days=7)
DAY, NEWCOMERS = timedelta(days=1), timedelta(days=30)
# 7月、10月 the months whose first day looks at the hours.
CHECKPOINTS = (7, 10)


def announce() -> None:
    """Called once, when the app is ready."""
    rules = {
        "training.hours_behind": ReminderRule(
            label=gettext_lazy("Training hours behind"),
            source=TRAINING_RULE,
            rows=files,
            dues=behind,
            visible=files_seen,
            words=behind_words,
            order=350,
            leads=(0,),
            overdue=(),
            supervisors=(Role.STAFF,),
        ),
        "training.outside_to_verify": ReminderRule(
            label=gettext_lazy("Outside course to be verified"),
            source=TRAINING_RULE,
            rows=courses,
            dues=to_verify,
            visible=courses_seen,
            words=verify_words,
            order=355,
            leads=(7, 1, 0),
        ),
        "training.outside_returned": ReminderRule(
            label=gettext_lazy("Outside course to be completed"),
            source=TRAINING_RULE,
            rows=courses,
            dues=returned,
            visible=lambda rows, user: rows.filter(trainee__person__account=user),
            words=returned_words,
            order=356,
            leads=(0,),
            attention=None,
            personal=True,
        ),
    }
    for key, rule in rules.items():
        reminder_rules.register(key, rule)


def files() -> Rows:
    """Files with the reckoning of this year."""
    return with_hours(Trainee.objects.select_related("person"), timezone.localdate().year)


def behind(until: date) -> Rows:
    """Whoever had fewer hours by 1 July or 1 October than the days gone by ask for; the last checkpoint counts.

    As the pace on the board: of those who reported for duty this year from that day on, first after a month.
    """
    today = timezone.localdate()
    points = [date(today.year, month, 1) for month in CHECKPOINTS]
    passed = [point for point in points if point <= min(today, until)][-1:]
    ahead = [point for point in points if today < point <= until][:1]
    rows = files().in_development()
    lines = []
    for point in (*passed, *ahead):
        name = f"days_{point.month}"
        rows = rows.annotate(**{name: days_gone(point - DAY, today.year)})
        asked = F("required") * F(name) * Decimal("1.0") / F("whole")
        lines.append((Q(counted__lt=asked, arrived_on__lte=point - NEWCOMERS), point))
    if not lines:
        return _due(rows.none(), Value(today, DateField()))
    below = Q()
    for condition, _day in lines:
        below |= condition
    whens = [When(condition, then=Value(day)) for condition, day in lines]
    return _due(rows.filter(below), Case(*whens, output_field=DateField()))


def files_seen(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; and the own file."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES) | Q(person__account=user))


def behind_words(row: Any, day: date, user: "User") -> DueWords:
    found = reckoned(row, year=timezone.localdate().year)
    if own_keys(user)[1] == row.pk:
        return DueWords(
            title=_("Training hours"),
            why=done_text(found),
            url=reverse("training:own_training") + "#offers",
            action=_("See what is on offer"),
        )
    return DueWords(
        title=_("Training hours behind"),
        why=done_text_of(row.person.name, found),
        url=reverse("training:hours_of", kwargs={"pk": row.pk}),
        action=_("See what is on offer"),
        subject=row.person.name,
    )


def courses() -> Rows:
    return OutsideCourse.objects.select_related("trainee__person")


def to_verify(until: date) -> Rows:
    """Courses that wait, a week after they were submitted."""
    rows = _here(courses().to_verify().filter(submitted_on__lte=until - VERIFIED_WITHIN))
    day = Cast(F("submitted_on") + Value(VERIFIED_WITHIN, DurationField()), DateField())
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def courses_seen(rows: Rows, user: "User") -> Rows:
    """Staff and leaders in their scope."""
    return rows.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__"))


def verify_words(row: OutsideCourse, day: date, user: "User") -> DueWords:
    text = _("%(name)s submitted the outside course “%(title)s” on %(day)s: please look at the proof.")
    known = {"name": row.trainee.person.name, "title": row.title, "day": formats.date_format(row.submitted_on)}
    return DueWords(
        title=_("Outside course to be verified"),
        why=text % known,
        url=reverse("training:outside_detail", kwargs={"pk": row.pk}),
        action=_("Look at it"),
        subject=row.trainee.person.name,
    )


def returned(until: date) -> Rows:
    """Courses returned for completion, from that day on: nothing else changes them until they are submitted again."""
    rows = courses().standing().filter(state=OutsideState.RETURNED, trainee__person__account__isnull=False)
    rows = _here(rows).annotate(due_day=TruncDate("updated_at"), trainee_key=F("trainee_id"))
    return rows.filter(due_day__lte=until).annotate(doer_key=F("trainee__person__account_id"))


def returned_words(row: OutsideCourse, day: date, user: "User") -> DueWords:
    text = _("Your outside course “%(title)s” was returned: %(reason)s")
    return DueWords(
        title=_("Outside course to be completed"),
        why=text % {"title": row.title, "reason": row.return_reason},
        url=reverse("training:outside_detail", kwargs={"pk": row.pk}),
        action=_("Complete it"),
    )


def _due(rows: Rows, day: Any) -> Rows:
    return rows.annotate(due_day=day, trainee_key=F("pk"), doer_key=F("person__account_id"))


def _here(rows: Rows) -> Rows:
    return rows.filter(trainee__departed_on=None, trainee__voided_at=None)
