"""What falls due with orders: a round about to close, the demand once it has closed, and an answer to be read."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Value, When
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.people.models import Trainee
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage
from cadre_app.training.models import Order, OrderRound, OrderState
from cadre_app.training.permissions.rooms import is_department
from cadre_app.training.policies import CAMP_RULE
from cadre_app.training.rules.persons import of_person

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# How long a closed round asks for a look at its demand.
LOOKED_AT = timedelta(days=30)
# How long an answer is told, and stands on the desk of whoever ordered.
ANSWER_SHOWN = timedelta(days=14)
ONE_DAY = timedelta(days=1)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.round_closes",
        ReminderRule(
            label=gettext_lazy("Order round closes"),
            source=CAMP_RULE,
            rows=files,
            dues=undecided,
            visible=as_own,
            words=undecided_words,
            order=120,
            leads=(3,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )
    reminder_rules.register(
        "training.order_answered",
        ReminderRule(
            label=gettext_lazy("Own order answered"),
            source=CAMP_RULE,
            rows=orders,
            dues=answered,
            visible=as_own_order,
            words=answered_words,
            order=121,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "training.demand_waits",
        ReminderRule(
            label=gettext_lazy("Demand of a closed round"),
            source=CAMP_RULE,
            rows=OrderRound.objects.all,
            dues=closed_rounds,
            visible=as_rounds,
            words=demand_words,
            order=122,
            leads=(0,),
        ),
    )


def files() -> Rows:
    return Trainee.objects.select_related("person", "home_unit")


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(person__account=user)


def as_rounds(rows: Rows, user: "User") -> Rows:
    """Staff and leaders; others only see what they may order."""
    return rows if is_department(user) else rows.none()


def undecided(until: date) -> Rows:
    """Those with an account who may order in an open round and ordered nothing in it yet; due on its last day."""
    today = timezone.localdate()
    ordered = Order.objects.order_by().standing().filter(round=OuterRef("pk"), trainee=OuterRef(OuterRef("pk")))
    opened = OrderRound.objects.open_on(today).filter(~Exists(ordered), closes_on__lte=until)
    days = opened.order_by("closes_on", "pk").values("closes_on")
    due_day = Case(
        When(in_stage(StageKey.ADVANCED, day=today), then=Subquery(days[:1])),
        default=Subquery(days.filter(for_advanced_only=False)[:1]),
        output_field=DateField(),
    )
    rows = files().in_development().filter(arrived_on__lte=today, person__account__is_active=True)
    rows = rows.annotate(due_day=due_day).filter(due_day__isnull=False)
    return rows.annotate(trainee_key=F("pk"), doer_key=F("person__account_id"))


def undecided_words(row: Trainee, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Order training"),
        why=_("The round closes on %(day)s. Choose from the catalogue, or write down what you would like to learn.")
        % {"day": formats.date_format(day)},
        url=reverse("training:order_own"),
        action=_("Order a course"),
    )


def orders() -> Rows:
    return Order.objects.select_related("course", "trainee__person")


def as_own_order(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def answered(until: date) -> Rows:
    """Orders answered lately, as long as the desk names them; due on the day of the answer."""
    since = timezone.localdate() - ANSWER_SHOWN
    rows = orders().standing().filter(state=OrderState.ANSWERED, closed_on__range=(since, until))
    return of_person(rows, "closed_on")


def answered_words(row: Order, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Your order was answered"),
        why=_("Answered on %(day)s") % {"day": formats.date_format(day)},
        url=reverse("training:order_own") + f"#order-{row.pk}",
        action=_("Read the answer"),
        subject=str(row),
    )


def closed_rounds(until: date) -> Rows:
    """Rounds closed within the last 30 days some of whose orders are still open; due the day after."""
    waiting = Order.objects.standing().filter(round=OuterRef("pk"), state=OrderState.OPEN)
    today = timezone.localdate()
    rows = OrderRound.objects.standing().filter(
        closes_on__gte=today - LOOKED_AT, closes_on__lte=min(until, today) - ONE_DAY
    )
    day = ExpressionWrapper(F("closes_on") + Value(1), output_field=DateField())
    return rows.filter(Exists(waiting)).annotate(due_day=day, trainee_key=NOBODY, doer_key=NOBODY)


def demand_words(row: OrderRound, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Look at the demand of the round"),
        why=_("It closed on %(day)s with orders that have no place yet: open sessions from them, or answer them.")
        % {"day": formats.date_format(row.closes_on)},
        url=reverse("training:demand_board"),
        action=_("Open the demand board"),
        subject=row.title,
    )
