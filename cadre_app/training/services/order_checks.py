"""What is asked before somebody orders: the round, the stage, the course, the number, the priority."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.people.file.gaps import facts_of
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import refusal
from cadre_app.stages.labels import full_label
from cadre_app.stages.rules import StageKey, stage_on
from cadre_app.stages.texts import why_text
from cadre_app.training.models import Course, Enrolment, Order, OrderRound
from cadre_app.training.models.choices import COMING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from cadre_app.stages.rules import Stage


@dataclass(frozen=True)
class Slots:
    """What somebody has ordered in a round and is not served yet: by priority."""

    most: int
    taken: dict[int, Order]

    @property
    def left(self) -> int:
        return max(self.most - len(self.taken), 0)

    @property
    def free(self) -> list[int]:
        """Priorities that nothing has yet."""
        return [number for number in range(1, self.most + 1) if number not in self.taken]


def stage_of(trainee: Trainee, day: date) -> "Stage":
    """The stage of one person on a local date; one query."""
    return stage_on(facts_of(trainee, list(trainee.village_terms.standing())), day)


def stage_refusal(taken: OrderRound, trainee: Trainee, day: date) -> str:
    """Why somebody may not order in a round, by the rule that says so; empty for those who may."""
    if not taken.for_advanced_only:
        return ""
    stage = stage_of(trainee, day)
    if stage.stage is StageKey.ADVANCED:
        return ""
    message = _(
        "This round is for the Qingzhu advanced plan, which begins when the village term has ended. "
        "%(name)s: %(stage)s. %(why)s"
    )
    known = {"name": trainee.person.name, "stage": full_label(stage.stage, stage.grade), "why": why_text(stage)}
    return message % known


def slots_of(taken: OrderRound, trainee_id: "UUID", *, but: "UUID | None" = None) -> Slots:
    """The live orders of a person in a round; one query."""
    rows = Order.objects.live().filter(round=taken, trainee=trainee_id).select_related("course")
    if but is not None:
        rows = rows.exclude(pk=but)
    return Slots(taken.most, {row.priority: row for row in rows})


def hold(taken: OrderRound | None, course: Course | None) -> None:
    """Keep round and course as they are until the end of this transaction, beside others who do so: whoever closes or
    voids one of them locks it.
    """
    with connection.cursor() as cursor:
        for found in (taken, course):
            if found is not None:
                table = connection.ops.quote_name(found._meta.db_table)
                cursor.execute(f"SELECT id FROM {table} WHERE id = %s FOR KEY SHARE", [found.pk])  # noqa: S608


def check_round(taken: OrderRound, trainee: Trainee, day: date, *, on_paper: bool = False) -> None:
    """The round takes orders on `day`, from this person; what came `on_paper` also on the day it was closed early."""
    is_last = day == taken.closes_on and taken.closed_at is not None and not taken.is_voided
    if is_last and not on_paper:
        message = _("The round “%(round)s” was closed on %(day)s.")
        known = {"round": taken.title, "day": formats.date_format(taken.closes_on)}
        raise refusal("round", message % known, code="round_closed")
    if not is_last and not taken.is_open_on(day):
        message = _("The round “%(round)s” takes orders from %(first)s to %(last)s.")
        known = {
            "round": taken.title,
            "first": formats.date_format(taken.opens_on),
            "last": formats.date_format(taken.closes_on),
        }
        raise refusal("round", message % known, code="round_closed")
    why = stage_refusal(taken, trainee, timezone.localdate())
    if why:
        raise refusal("round", why, code="not_advanced")


def check_course(course: Course | None) -> None:
    """A course that is offered at this moment."""
    if course is None:
        return
    now = Course.objects.filter(pk=course.pk).values_list("is_offered", "voided_at").first()
    if now is None or not now[0] or now[1] is not None:
        message = _("The course “%(course)s” is closed and cannot be ordered any more.")
        raise refusal("course", message % {"course": course.title}, code="course_closed")


def check_slots(slots: Slots) -> None:
    if slots.left == 0:
        message = ngettext(
            "One person orders %(most)s course in this round. Withdraw one before you order another.",
            "One person orders at most %(most)s courses in this round. Withdraw one before you order another.",
            slots.most,
        )
        raise ValidationError(message % {"most": slots.most}, code="too_many")


def check_doubled(order: Order) -> None:
    """Neither the course nor the wish is ordered already, and no session of the course to come has a place."""
    live = Order.objects.live().filter(trainee=order.trainee_id).exclude(pk=order.pk)
    if order.course_id is not None:
        if live.filter(course=order.course_id).exists():
            raise refusal("course", _("This course is ordered already."), code="course")
        if day := placed_in(order.course_id, [order.trainee_id]).get(order.trainee_id):
            message = _("There is a place in a session of this course already, on %(day)s.")
            raise refusal("course", message % {"day": formats.date_format(day)}, code="has_place")
    elif live.filter(round=order.round_id, course=None, kind=order.kind, wish=order.wish).exists():
        raise refusal("wish", _("This wish is ordered already."), code="wish")


def placed_in(course: "UUID", trainees: "Iterable[UUID]") -> "dict[UUID, date]":
    """Who of these people has a place in a session of the course that is not over, and its first day."""
    rows = Enrolment.objects.enrolled().filter(trainee__in=list(trainees), session__course=course)
    rows = rows.filter(session__state__in=COMING, session__voided_at=None).order_by("-session__starts_on")
    return dict(rows.values_list("trainee_id", "session__starts_on"))


def check_priority(slots: Slots, wanted: int) -> None:
    """Raises ValidationError where the priority is taken or too high."""
    if wanted in slots.taken:
        message = _("Priority %(number)s is taken by “%(order)s”. Choose another one, or move the orders afterwards.")
        raise refusal("priority", message % {"number": wanted, "order": slots.taken[wanted]}, code="priority_taken")
    if wanted not in slots.free:
        message = _("Priorities in this round are 1 to %(most)s.") % {"most": slots.most}
        raise refusal("priority", message, code="priority")
