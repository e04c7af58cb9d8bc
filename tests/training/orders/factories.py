"""Rounds and orders for tests, without services."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.people.models import Trainee
from cadre_app.training.models import Course, Order, OrderRound
from cadre_app.training.models.choices import CLOSED_ORDERS


def make_round(title: str = "2026年第四季度点单", **fields: Any) -> OrderRound:
    """Open since a week for another week, three courses a person, for everybody."""
    today = timezone.localdate()
    values = {
        "opens_on": today - timedelta(days=7),
        "closes_on": today + timedelta(days=7),
        "most": 3,
        "for_advanced_only": False,
    } | fields
    return OrderRound.objects.create(title=title, **values)


def make_order(trainee: Trainee, course: Course | None = None, *, round: OrderRound, **fields: Any) -> Order:  # noqa: A002
    """An open order of today; `kind` follows the course."""
    values = {"ordered_on": timezone.localdate(), "kind": course.kind if course else "writing"} | fields
    if values.get("state") in CLOSED_ORDERS:
        values.setdefault("closed_on", timezone.localdate())
    return Order.objects.create(trainee=trainee, course=course, round=round, **values)
