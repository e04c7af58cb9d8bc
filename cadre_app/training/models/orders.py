"""点单选学 rounds in which people order courses, and their orders (PRODUCT.md, row 3)."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee, of_scope
from cadre_app.training.models.choices import CLOSED_ORDERS, LIVE_ORDERS, CourseKind, OrderState
from cadre_app.training.models.courses import Course, reads_catalogue

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

MOST_ORDERS = 20
ONE_DAY = timedelta(days=1)


class OrderRoundQuerySet(BaseQuerySet["OrderRound"]):
    def visible_to(self, user: "User") -> Self:
        """As the catalogue."""
        return self if reads_catalogue(user) else self.none()

    def open_on(self, day: "date") -> Self:
        """Taking orders on `day`, today."""
        return self.standing().filter(opens_on__lte=day, closes_on__gte=day, closed_at=None)


class OrderRound(BaseModel):
    """A time in which orders are taken, both days included; `most` is how many courses one person orders.

    `closed_at` is when it was closed early: the last day then, on which no more orders are taken.
    """

    title = models.CharField(pgettext_lazy("round", "title"), max_length=60)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    most = models.PositiveSmallIntegerField(_("courses per person at most"))
    for_advanced_only = models.BooleanField(_("for the Qingzhu advanced plan only"), default=True)
    note = models.CharField(pgettext_lazy("round", "remark for those who order"), max_length=200, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("round", "closed early at"), null=True, blank=True, editable=False)
    objects = OrderRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("order round")
        ordering = ("-opens_on", "id")
        indexes = [models.Index(fields=["closes_on", "id"], name="round_by_last_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_opening",
                violation_error_code="closes_on",
                violation_error_message=_("The round closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=MOST_ORDERS),
                name="round_takes_orders",
                violation_error_code="most",
                violation_error_message=_("One person orders 1 to 20 courses."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: "date") -> bool:
        last = self.closes_on if self.closed_at is None else self.closes_on - ONE_DAY
        return not self.is_voided and self.opens_on <= day <= last

    def is_over_on(self, day: "date") -> bool:
        """Closed, early or since its last day has passed."""
        return self.closed_at is not None or self.closes_on < day

    @property
    def is_open(self) -> bool:
        return self.is_open_on(timezone.localdate())


class OrderQuerySet(BaseQuerySet["Order"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope, teachers the orders of their courses; and one's own."""
        own = Q(trainee__person__account=user, voided_at=None)
        taught = Q(course__in=Course.objects.filter(teachers__account=user).values("pk"), voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | taught | own)

    def live(self) -> Self:
        """Neither served, withdrawn nor answered."""
        return self.standing().filter(state__in=LIVE_ORDERS)

    def demanded(self) -> Self:
        """Without a place in a session yet."""
        return self.standing().filter(state__in=(OrderState.OPEN, OrderState.WAITING))


class Order(BaseModel):
    """What somebody orders: a course of the catalogue, or a `wish` in own words of a `kind`. 1 is the first `priority`.

    It lives until it is served, withdrawn or answered, also when its round has closed.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person", "course")

    round = models.ForeignKey(
        OrderRound, models.PROTECT, related_name="orders", verbose_name=_("order round"), editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="orders", verbose_name=_("growth file"), editable=False
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("course")
    )
    kind = models.CharField(_("kind of course"), max_length=16, choices=CourseKind)
    wish = models.CharField(_("wish in own words"), max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=1)
    state = models.CharField(_("state"), max_length=16, choices=OrderState, default=OrderState.OPEN, editable=False)
    ordered_on = models.DateField(_("ordered on"), editable=False)
    answer = models.CharField(pgettext_lazy("order", "answer"), max_length=300, blank=True)
    closed_on = models.DateField(pgettext_lazy("order", "closed on"), null=True, blank=True, editable=False)
    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        ordering = ("trainee", "round", "priority")
        indexes = [
            models.Index(fields=["state", "course", "ordered_on", "id"], name="order_by_course"),
            models.Index(fields=["trainee", "-ordered_on", "id"], name="order_of_trainee"),
            models.Index(fields=["round", "state", "id"], name="order_of_round"),
            models.Index(fields=["ordered_on", "id"], name="order_by_day"),
            models.Index(fields=["kind", "ordered_on", "id"], name="order_by_kind"),
            models.Index(
                fields=["closed_on", "id"],
                condition=Q(state=OrderState.ANSWERED, voided_at=None),
                name="order_answered_by_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "course"],
                condition=Q(voided_at=None, state__in=LIVE_ORDERS),
                name="one_live_order_per_course",
                violation_error_code="course",
                violation_error_message=_("This course is ordered already."),
            ),
            models.CheckConstraint(
                condition=Q(course__isnull=False) | ~Q(wish=""),
                name="orders_name_a_course_or_a_wish",
                violation_error_code="wish",
                violation_error_message=_("Choose a course, or say what should be taught."),
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=MOST_ORDERS),
                name="order_priority_is_sane",
                violation_error_code="priority",
                violation_error_message=_("Priorities are 1 to 20."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.ANSWERED) | ~Q(answer=""),
                name="answered_orders_have_an_answer",
                violation_error_code="answer",
                violation_error_message=_("Write the answer."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_ORDERS, closed_on__isnull=False)
                | Q(state__in=LIVE_ORDERS, closed_on=None),
                name="closed_orders_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.wish if self.course is None else str(self.course)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_ORDERS and not self.is_voided
