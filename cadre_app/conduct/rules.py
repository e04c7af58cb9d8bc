"""What falls due with rewards, decisions and admonitions.

What is restricted rings whoever is named for the unit, in whose list alone it stands, and nobody where none is; its words name neither the person
nor the matter, which are read on the page that puts the reading on record.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, DurationField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.models import Grant
from cadre_app.conduct.models import Admonition, Reward, Sanction
from cadre_app.conduct.models.readers import named_above
from cadre_app.conduct.policies import ADMONITION_RULE, DISCIPLINE_RULE, NUMBER_DAYS, REWARD_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LOOKED_BACK = timedelta(days=366)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "conduct.reward_number",
        ReminderRule(
            label=gettext_lazy("Document number of a reward"),
            source=REWARD_RULE,
            rows=rewards,
            dues=numbers_due,
            visible=lambda rows, user: rows.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")),
            words=number_words,
            order=410,
            leads=(0,),
            overdue=(30,),
            attention=None,
        ),
    )
    _restricted("conduct.sanction_end", gettext_lazy("Period of effect ends"), sanctions, sanctions_end, 420, (30, 0))
    _restricted(
        "conduct.admonition_end",
        gettext_lazy("Period of an admonition ends"),
        admonitions,
        admonitions_end,
        430,
        (30, 0),
    )
    _restricted("conduct.correction", gettext_lazy("Report on a correction"), admonitions, corrections_due, 440, (7, 0))
    _restricted(
        "conduct.follow_up", gettext_lazy("Follow-up after six months"), admonitions, follow_ups_due, 450, (14, 0)
    )


def rewards() -> Rows:
    return Reward.objects.select_related("trainee__person")


def sanctions() -> Rows:
    return Sanction.objects.select_related("trainee")


def admonitions() -> Rows:
    return Admonition.objects.select_related("trainee")


def numbers_due(until: date) -> Rows:
    """Rewards of the last year without a document number, some days after they were given."""
    days = timedelta(days=NUMBER_DAYS.now())
    rows = (
        rewards()
        .standing()
        .filter(document_number="", awarded_on__range=(timezone.localdate() - LOOKED_BACK, until - days))
    )
    day = Cast(F("awarded_on") + Value(days, DurationField()), DateField())
    return _here(rows).annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def number_words(row: Reward, day: date, user: "User") -> DueWords:
    text = _("“%(reward)s” of %(name)s, given on %(given)s, has no document number yet: please add it.")
    known = {"reward": row.words, "name": row.trainee.person.name, "given": formats.date_format(row.awarded_on)}
    return DueWords(
        title=_("Document number of a reward"),
        why=text % known,
        url=reverse("conduct:reward_detail", kwargs={"pk": row.pk}),
        action=_("Open"),
        subject=row.trainee.person.name,
    )


def sanctions_end(until: date) -> Rows:
    """Decisions whose period ends, until the day itself or until they are lifted."""
    rows = sanctions().standing().filter(lifted_on=None, ends_on__range=(timezone.localdate(), until))
    return _of_named(rows, "ends_on")


def admonitions_end(until: date) -> Rows:
    """Admonitions whose period ends, until the day itself."""
    return _of_named(admonitions().standing().filter(ends_on__range=(timezone.localdate(), until)), "ends_on")


def corrections_due(until: date) -> Rows:
    """Corrections that are to be reported, until the report is recorded."""
    return _of_named(admonitions().standing().filter(answered_on=None, answer_due_on__lte=until), "answer_due_on")


def follow_ups_due(until: date) -> Rows:
    """Those to be followed up six months after, until that is recorded."""
    return _of_named(admonitions().standing().filter(reviewed_on=None, review_due_on__lte=until), "review_due_on")


def _restricted(
    key: str, label: Any, rows: Callable[[], Rows], dues: Callable[[date], Rows], order: int, leads: tuple[int, ...]
) -> None:
    def words(row: Any, day: date, user: "User") -> DueWords:
        text = _("A restricted entry is to be looked after by %(day)s. Opening it is put on record.")
        name = f"conduct:{row._meta.model_name}_detail"
        return DueWords(
            title=str(label),
            why=text % {"day": formats.date_format(day)},
            url=reverse(name, kwargs={"pk": row.pk}),
            action=_("Open"),
        )

    reminder_rules.register(
        key,
        ReminderRule(
            label=label,
            source=DISCIPLINE_RULE if rows is sanctions else ADMONITION_RULE,
            rows=rows,
            dues=dues,
            visible=lambda found, user: found.read_by(user),
            words=words,
            order=order,
            leads=leads,
            attention=None,
            personal=True,
            restricted=True,
        ),
    )


def _of_named(rows: Rows, day: str) -> Rows:
    """For the account that was named first for the unit, and works there as staff; rows without one ring nobody."""
    works = Grant.objects.in_force(timezone.localdate()).filter(role=Role.STAFF, user=OuterRef("user"))
    named = named_above("trainee__home_unit__path").filter(user__is_active=True, user__in=works.values("user"))
    doer = Subquery(named.order_by("named_on", "created_at", "pk").values("user")[:1])
    rows = _here(rows).annotate(due_day=F(day), trainee_key=F("trainee_id"), doer_key=doer)
    return rows.exclude(doer_key=None)


def _here(rows: Rows) -> Rows:
    return rows.filter(trainee__departed_on=None, trainee__voided_at=None)
