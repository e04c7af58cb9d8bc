"""The words that symposiums and visits are described by."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SymposiumKind(models.TextChoices):
    FIRST_HALF = "first_half", pgettext_lazy("kind of symposium", "First half of the year")
    SECOND_HALF = "second_half", pgettext_lazy("kind of symposium", "Second half of the year")
    QUARTER = "quarter", pgettext_lazy("kind of symposium", "Quarter or area")
    YOUTH_DAY = "youth_day", pgettext_lazy("kind of symposium", "Around Youth Day")
    TOPIC = "topic", pgettext_lazy("kind of symposium", "One topic")


class SymposiumState(models.TextChoices):
    """拟开 → 已通知 → 已召开 → 办结；取消."""

    PLANNED = "planned", pgettext_lazy("state of a symposium", "Planned")
    NOTIFIED = "notified", pgettext_lazy("state of a symposium", "Notified")
    HELD = "held", pgettext_lazy("state of a symposium", "Held")
    CLOSED = "closed", pgettext_lazy("state of a symposium", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("state of a symposium", "Cancelled")


COMING = (SymposiumState.PLANNED, SymposiumState.NOTIFIED)
TOOK_PLACE = (SymposiumState.HELD, SymposiumState.CLOSED)


class Answer(models.TextChoices):
    COMING = "coming", pgettext_lazy("answer to an invitation", "Takes part")
    EXCUSED = "excused", pgettext_lazy("answer to an invitation", "Asks for leave")


class Presence(models.TextChoices):
    """到会 · 请假 · 缺席."""

    PRESENT = "present", pgettext_lazy("at a symposium", "Present")
    EXCUSED = "excused", pgettext_lazy("at a symposium", "Excused")
    ABSENT = "absent", pgettext_lazy("at a symposium", "Absent")


class Told(models.TextChoices):
    """What invited people are told of."""

    INVITED = "invited", pgettext_lazy("news of a symposium", "Invited")
    MOVED = "moved", pgettext_lazy("news of a symposium", "Time or place changed")
    CANCELLED = "cancelled", pgettext_lazy("news of a symposium", "Cancelled")
    TAKEN_OFF = "taken_off", pgettext_lazy("news of a symposium", "Taken off the list")


class VisitState(models.TextChoices):
    """计划 → 已走访 → 办结；取消."""

    PLANNED = "planned", pgettext_lazy("state of a visit", "Planned")
    HELD = "held", pgettext_lazy("state of a visit", "Held")
    CLOSED = "closed", pgettext_lazy("state of a visit", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("state of a visit", "Cancelled")


WENT = (VisitState.HELD, VisitState.CLOSED)


class Source(models.TextChoices):
    """Where a problem was raised."""

    TALK = "talk", pgettext_lazy("source of a problem", "Talk")
    SYMPOSIUM = "symposium", pgettext_lazy("source of a problem", "Symposium")
    VISIT = "visit", pgettext_lazy("source of a problem", "Visit")
