"""知悉事项 what people are to be told about their place in a session or on a study visit, event by event."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.training.models.courses import Teacher
from cadre_app.training.models.enrolments import Enrolment
from cadre_app.training.models.sessions import ClassMeeting, CourseSession
from cadre_app.training.models.visits import VisitMember


class News(models.TextChoices):
    """What happened; those of `ABOUT_TIMES` and NOTE leave the place as it is."""

    INVITED = "invited", pgettext_lazy("news of a place", "Has a place")
    WAITING = "waiting", pgettext_lazy("news of a place", "Waits for a place")
    MOVED_UP = "moved_up", pgettext_lazy("news of a place", "Moved up")
    CLASS_ADDED = "class_added", pgettext_lazy("news of a place", "Class added")
    CLASS_MOVED = "class_moved", pgettext_lazy("news of a place", "Class moved")
    CLASS_DROPPED = "class_dropped", pgettext_lazy("news of a place", "Class taken out")
    MOVED = "moved", pgettext_lazy("news of a place", "Time or place changed")
    MODE = "mode", pgettext_lazy("news of a place", "Classroom or online changed")
    NOTE = "note", pgettext_lazy("news of a place", "To be brought or prepared changed")
    CANCELLED = "cancelled", pgettext_lazy("news of a place", "Cancelled")
    TAKEN_UP = "taken_up", pgettext_lazy("news of a place", "Held after all")
    TAKEN_OFF = "taken_off", pgettext_lazy("news of a place", "Taken off the list")


ABOUT_TIMES = (News.CLASS_ADDED, News.CLASS_MOVED, News.CLASS_DROPPED, News.MOVED, News.MODE)


class PlaceNews(models.Model):
    """One event that one person is told of, once. `meeting` is the class concerned; `was_on`, `was_at` and `was_place`
    say what moved: how it was before. `reason`: why it was cancelled, or somebody taken off.

    `closed_at`: the person took note, or a later event made it void. The history of the place says who did what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, related_name="news", verbose_name=_("place on a roster")
    )
    member = models.ForeignKey(
        VisitMember, models.PROTECT, null=True, related_name="news", verbose_name=_("participant of a study visit")
    )
    kind = models.CharField(pgettext_lazy("news of a place", "event"), max_length=16, choices=News)
    told_on = models.DateField(_("to be told since"))
    meeting = models.ForeignKey(ClassMeeting, models.PROTECT, null=True, related_name="news", verbose_name=_("class"))
    was_on = models.DateField(_("day before the change"), null=True)
    was_at = models.TimeField(_("time before the change"), null=True)
    was_place = models.CharField(_("place before the change"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("taken note of or overtaken at"), null=True)

    class Meta:
        verbose_name = _("news of a place")
        ordering = ("told_on", "id")
        indexes = [
            models.Index(fields=["told_on", "id"], condition=Q(closed_at=None), name="news_to_be_told"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment=None, member__isnull=False) | Q(enrolment__isnull=False, member=None),
                name="news_are_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.told_on}"


class TeachingEvent(models.TextChoices):
    """What happens to teachers alone; of the rest they are told as in `News`."""

    ASSIGNED = "assigned", pgettext_lazy("news of teaching", "Gives the session")
    RELEASED = "released", pgettext_lazy("news of teaching", "Does not give it any more")


class TeachingNews(models.Model):
    """One event of a session that its teacher is told of, for some days; `kind` is of `TeachingEvent` or `News`, the other
    fields are as in `PlaceNews`.

    `closed_at`: a later event made it void.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(CourseSession, models.PROTECT, related_name="teaching_news", verbose_name=_("session"))
    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="news", verbose_name=_("teacher"))
    kind = models.CharField(pgettext_lazy("news of a place", "event"), max_length=16)
    told_on = models.DateField(_("to be told since"))
    meeting = models.ForeignKey(ClassMeeting, models.PROTECT, null=True, related_name="+", verbose_name=_("class"))
    was_on = models.DateField(_("day before the change"), null=True)
    was_at = models.TimeField(_("time before the change"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("overtaken at"), null=True)

    class Meta:
        verbose_name = _("news of teaching")
        ordering = ("told_on", "id")
        indexes = [
            models.Index(fields=["told_on", "id"], condition=Q(closed_at=None), name="teaching_news_to_be_told"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.told_on}"
