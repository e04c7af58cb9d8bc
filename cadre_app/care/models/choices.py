"""The words that talks are described by (demo-texts A3, B9)."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ABOUT = timedelta(days=31)  # a talk within this time of the day on which one is due answers for it


class TalkKind(models.TextChoices):
    ROUTINE = "routine", pgettext_lazy("kind of talk", "Regular")
    REMINDER = "reminder", pgettext_lazy("kind of talk", "Reminder")
    CARE = "care", pgettext_lazy("kind of talk", "Care")
    APPOINTMENT = "appointment", pgettext_lazy("kind of talk", "Appointment")
    FEEDBACK = "feedback", pgettext_lazy("kind of talk", "Feedback")


class Occasion(models.TextChoices):
    """谈话情形 why this talk is held."""

    ROUTINE = "routine", pgettext_lazy("occasion", "Regular talk")
    ARRIVAL = "arrival", _("Talk on arrival")
    PROBATION = "probation", _("Talk at the end of probation")
    TERM_MIDDLE = "term_middle", _("Talk in the middle of the village term")
    TERM_END = "term_end", _("Talk at the end of the village term")
    APPOINTMENT = "appointment", _("Talk on appointment")
    NEW_POST = "new_post", _("Talk on a change of post")
    ASSESSMENT = "assessment", _("Talk on the annual assessment")
    COMMENDED = "commended", _("Talk after an award")
    SETBACK = "setback", _("Talk after a setback at work")
    COMPLAINT = "complaint", _("Talk after residents spoke up (as a reminder)")
    FAMILY = "family", _("Talk after a serious change in the family")
    RETURN = "return", _("Talk on return (from shadow training or leave)")
    REQUEST = "request", _("Talk that the person asked for")
    LEAVING = "leaving", _("Talk on leaving")


TRIGGERING = (
    Occasion.NEW_POST,
    Occasion.APPOINTMENT,
    Occasion.COMMENDED,
    Occasion.SETBACK,
    Occasion.COMPLAINT,
    Occasion.FAMILY,
    Occasion.ASSESSMENT,
    Occasion.PROBATION,
    Occasion.RETURN,
    Occasion.REQUEST,
)


# The kind of talk that answers an occasion; every other is a regular one.
KINDS = {
    Occasion.COMPLAINT: TalkKind.REMINDER,
    Occasion.SETBACK: TalkKind.CARE,
    Occasion.FAMILY: TalkKind.CARE,
    Occasion.NEW_POST: TalkKind.APPOINTMENT,
    Occasion.APPOINTMENT: TalkKind.APPOINTMENT,
    Occasion.ASSESSMENT: TalkKind.FEEDBACK,
}


class Topic(models.TextChoices):
    """谈话主题, which the person reads as well."""

    ADAPTATION = "adaptation", _("Settling into role and post")
    THOUGHT = "thought", _("Thoughts and theory study")
    VILLAGE = "village", _("Work in the village and ties with residents")
    TEAM = "team", _("Working with the leadership and colleagues")
    HARD_TASKS = "hard_tasks", _("Conduct in urgent and difficult tasks")
    TRAINING = "training", _("Training needs")
    INTEGRITY = "integrity", _("Integrity and life after work")
    ASSESSMENT = "assessment", _("Feedback on the annual assessment")
    STRENGTHS = "strengths", _("Strengths and shortcomings")
    STRESS = "stress", _("Pressure at work and mood")
    LIVING = "living", _("Lodging, transport, canteen")
    FAMILY = "family", _("Family and marriage")
    PLANS = "plans", _("Long-term plans and service period")
    NEXT_POST = "next_post", _("Wishes after the term")
    OPINIONS = "opinions", _("Opinions on the work of the organization")


class TalkState(models.TextChoices):
    """计划 → 已约 → 已谈 → 待回访 → 办结；取消."""

    PLANNED = "planned", pgettext_lazy("state of a talk", "Planned")
    BOOKED = "booked", pgettext_lazy("state of a talk", "Booked")
    HELD = "held", pgettext_lazy("state of a talk", "Held")
    FOLLOW_UP = "follow_up", pgettext_lazy("state of a talk", "Follow-up due")
    CLOSED = "closed", pgettext_lazy("state of a talk", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("state of a talk", "Cancelled")


WAITING = (TalkState.PLANNED, TalkState.BOOKED)
HELD = (TalkState.HELD, TalkState.FOLLOW_UP, TalkState.CLOSED)


class ProblemState(models.TextChoices):
    """待转办 → 办理中 → 已答复 → 已回访 → 办结；暂不具备条件（已说明）."""

    TO_ASSIGN = "to_assign", pgettext_lazy("state of a problem", "To be assigned")
    IN_HAND = "in_hand", pgettext_lazy("state of a problem", "In hand")
    ANSWERED = "answered", pgettext_lazy("state of a problem", "Answered")
    REVISITED = "revisited", pgettext_lazy("state of a problem", "Revisited")
    CLOSED = "closed", pgettext_lazy("state of a problem", "Closed")
    EXPLAINED = "explained", pgettext_lazy("state of a problem", "Explained")


IN_WORK = (ProblemState.TO_ASSIGN, ProblemState.IN_HAND)
SETTLED = (ProblemState.CLOSED, ProblemState.EXPLAINED)
