"""The words of training, kept as codes (demo-texts A3, A5)."""

from decimal import Decimal

from django.db import models
from django.utils.translation import pgettext_lazy

from cadre_app.stages.keys import Rule

LEAST_HOURS = Decimal("0.5")
MOST_HOURS = Decimal(200)
MOST_A_DAY = 12


class CourseKind(models.TextChoices):
    """What a course is about (PRODUCT.md, rows 2 and 3)."""

    FARM_POLICY = "farm_policy", pgettext_lazy("course kind", "Farm policy and law")
    ORGANISATION = "organisation", pgettext_lazy("course kind", "Grassroots organisation")
    RURAL_METHODS = "rural_methods", pgettext_lazy("course kind", "Rural work methods")
    SAND_TABLE = "sand_table", pgettext_lazy("course kind", "Emergency sand-table exercise")
    WRITING = "writing", pgettext_lazy("course kind", "Expert talk on official writing")
    OUTDOOR = "outdoor", pgettext_lazy("course kind", "Outdoor contest")
    INDUCTION = "induction", pgettext_lazy("course kind", "Induction")


# 初任培训 is arranged by the department for everybody who needs it; it is not ordered.
ORDERED_KINDS = tuple(choice for choice in CourseKind.choices if choice[0] != CourseKind.INDUCTION)


class CourseFormat(models.TextChoices):
    LECTURE = "lecture", pgettext_lazy("course format", "Lecture")
    SEMINAR = "seminar", pgettext_lazy("course format", "Seminar")
    CASE = "case", pgettext_lazy("course format", "Case study")
    EXERCISE = "exercise", pgettext_lazy("course format", "Sand-table exercise")
    EXPERT_TALK = "expert_talk", pgettext_lazy("course format", "Expert talk")
    PRACTICE = "practice", pgettext_lazy("course format", "Practice")
    OUTDOOR = "outdoor", pgettext_lazy("course format", "Outdoor")
    SELF_STUDY = "self_study", pgettext_lazy("course format", "Self-study online")


class Mode(models.TextChoices):
    """Hours of the two are counted apart (PRODUCT.md, "Training hours")."""

    CLASSROOM = "classroom", pgettext_lazy("training mode", "Classroom")
    ONLINE = "online", pgettext_lazy("training mode", "Online")


class Assessment(models.TextChoices):
    NONE = "none", pgettext_lazy("course assessment", "Without a test")
    PASS = "pass", pgettext_lazy("course assessment", "Pass or not")
    MARKS = "marks", pgettext_lazy("course assessment", "Marks")


class Programme(models.TextChoices):
    """Which part of the programme a session belongs to."""

    CAMP = "camp", pgettext_lazy("training programme", "Setting Sail youth camp")
    ADVANCED = "advanced", pgettext_lazy("training programme", "Qingzhu advanced plan")
    INDUCTION = "induction", pgettext_lazy("training programme", "Induction training")
    OTHER = "other", pgettext_lazy("training programme", "Other training")


class SessionState(models.TextChoices):
    """What is kept; 已满 and 已开课 follow from the roster and the date (`SessionStage`)."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    OPEN = "open", pgettext_lazy("session", "Open")
    FINISHED = "finished", pgettext_lazy("session", "Finished")
    POSTED = "posted", pgettext_lazy("session", "Hours posted")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class SessionStage(models.TextChoices):
    """What pages show of a session (demo-texts A3)."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    OPEN = "open", pgettext_lazy("session", "Open")
    FULL = "full", pgettext_lazy("session", "Full")
    UNDER_WAY = "under_way", pgettext_lazy("session", "Under way")
    FINISHED = "finished", pgettext_lazy("session", "Finished")
    POSTED = "posted", pgettext_lazy("session", "Hours posted")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


HELD = (SessionState.FINISHED, SessionState.POSTED)
COMING = (SessionState.PLANNED, SessionState.OPEN)


class Place(models.TextChoices):
    """Where somebody stands on the roster of a session."""

    ENROLLED = "enrolled", pgettext_lazy("place on a roster", "On the roster")
    WAITING = "waiting", pgettext_lazy("place on a roster", "Waiting")
    DECLINED = "declined", pgettext_lazy("place on a roster", "Declined")


class Origin(models.TextChoices):
    """How somebody came onto the roster."""

    STAFF = "staff", pgettext_lazy("origin of a place", "Put on by the department")
    ORDER = "order", pgettext_lazy("origin of a place", "From an order")
    SIGN_UP = "sign_up", pgettext_lazy("origin of a place", "Signed up")
    CAMP = "camp", pgettext_lazy("origin of a place", "Camp grade")


class Presence(models.TextChoices):
    """到课登记 at one class; 退学 follows from the hours missed (`Outcome`)."""

    PRESENT = "present", pgettext_lazy("attendance", "Present")
    LATE = "late", pgettext_lazy("attendance", "Late")
    LEFT_EARLY = "left_early", pgettext_lazy("attendance", "Left early")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")


CAME = (Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY)
AWAY = (Presence.EXCUSED, Presence.ABSENT)
PARTLY = (Presence.LATE, Presence.LEFT_EARLY)


class RecordedBy(models.TextChoices):
    """How an attendance came in."""

    LIST = "list", pgettext_lazy("attendance recorded by", "List")
    CODE = "code", pgettext_lazy("attendance recorded by", "Code on the screen")
    IMPORT = "import", pgettext_lazy("attendance recorded by", "Import")


class Outcome(models.TextChoices):
    """What a session was for one person once it is finished (PRODUCT.md, "Training hours": above 1/7 is 退学)."""

    COMPLETED = "completed", pgettext_lazy("training outcome", "Completed")
    WITHDRAWN = "withdrawn", pgettext_lazy("training outcome", "Withdrawn")
    ABSENT = "absent", pgettext_lazy("training outcome", "Did not attend")


class Result(models.TextChoices):
    PASSED = "passed", pgettext_lazy("training result", "Passed")
    FAILED = "failed", pgettext_lazy("training result", "Not passed")


class OrderState(models.TextChoices):
    """选学需求 (demo-texts A3); an open order of a closed round shows as 已汇总 (`Order.stage`)."""

    OPEN = "open", pgettext_lazy("training order", "Submitted")
    WAITING = "waiting", pgettext_lazy("training order", "Waiting")
    SCHEDULED = "scheduled", pgettext_lazy("training order", "Scheduled")
    SERVED = "served", pgettext_lazy("training order", "Served")
    WITHDRAWN = "withdrawn", pgettext_lazy("training order", "Withdrawn")
    ANSWERED = "answered", pgettext_lazy("training order", "Answered")


LIVE_ORDERS = (OrderState.OPEN, OrderState.WAITING, OrderState.SCHEDULED)
CLOSED_ORDERS = (OrderState.SERVED, OrderState.WITHDRAWN, OrderState.ANSWERED)


class OutsideState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("outside course", "To be verified")
    RETURNED = "returned", pgettext_lazy("outside course", "Returned for completion")
    VERIFIED = "verified", pgettext_lazy("outside course", "Verified")


class HoursSource(models.TextChoices):
    """Where training hours come from."""

    SESSION = "session", pgettext_lazy("source of hours", "Session")
    OUTSIDE = "outside", pgettext_lazy("source of hours", "Outside course")
    VISIT = "visit", pgettext_lazy("source of hours", "Study visit")


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("study visit", "Planned")
    HELD = "held", pgettext_lazy("study visit", "Held")
    POSTED = "posted", pgettext_lazy("study visit", "Hours posted")
    CANCELLED = "cancelled", pgettext_lazy("study visit", "Cancelled")


class GradeRule(models.TextChoices):
    """By which rule of `stages` somebody is in a grade of the camp; `lists.camps` says it with dates."""

    AFTER_REFERENCE = Rule.AFTER_REFERENCE, pgettext_lazy("camp", "Grade 1, reported after the reference date")
    FIRST_GRADE = Rule.FIRST_GRADE, pgettext_lazy("camp", "Grade 1 by service")
    SECOND_GRADE = Rule.SECOND_GRADE, pgettext_lazy("camp", "Grade 2 by service")
    THIRD_GRADE = Rule.THIRD_GRADE, pgettext_lazy("camp", "Grade 3 by service")


class CampExit(models.TextChoices):
    """Why somebody is no longer in the camp."""

    TERM_ENDED = "term_ended", pgettext_lazy("leaving the camp", "Village term ended, to the Qingzhu advanced plan")
    DEPARTED = "departed", pgettext_lazy("leaving the camp", "Left the programme")
    OTHER = "other", pgettext_lazy("leaving the camp", "Other reason")
