"""What falls due with induction training: missing some months after reporting for duty."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee, of_scope
from cadre_app.training.induction import asked_on, before_grading, is_done
from cadre_app.training.policies import TRAINING_RULE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.induction",
        ReminderRule(
            label=gettext_lazy("Induction training missing"),
            source=TRAINING_RULE,
            rows=files,
            dues=missing,
            visible=seen,
            words=words,
            order=25,
            leads=(0,),
            attention=30,
        ),
    )


def files() -> Rows:
    return Trainee.objects.select_related("person", "home_unit")


def missing(until: date) -> Rows:
    """Not graded yet, induction training not completed; by the months of the setting after reporting for duty."""
    rows: Rows = before_grading(timezone.localdate()).select_related("person", "home_unit")
    rows = rows.filter(~is_done()).annotate(due_day=asked_on(), trainee_key=F("pk"), doer_key=NOBODY)
    return rows.filter(due_day__lte=until)


def seen(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; and oneself."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES) | Q(person__account=user))


def words(row: Trainee, day: date, user: "User") -> DueWords:
    text = _("Reported for duty on %(arrived)s; induction training is needed before the first grading.")
    why = text % {"arrived": formats.date_format(row.arrived_on)}
    title = _("Induction training missing")
    if row.person.account_id == user.pk:
        return DueWords(title=title, why=why, url=reverse("people:my_file"), action=_("Open"))
    address = f"{reverse('training:induction_list')}?{urlencode({'q': row.person.name})}"
    return DueWords(title=title, why=why, url=address, action=_("Open the list"), subject=row.person.name)
