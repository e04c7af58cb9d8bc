"""Camps, catalogue, sessions and rosters, orders, hours, feedback, study visits."""

from cadre_app.training.models.camps import Camp, CampMember
from cadre_app.training.models.choices import (
    Assessment,
    CampExit,
    CourseFormat,
    CourseKind,
    HoursSource,
    Mode,
    OrderState,
    Origin,
    Outcome,
    OutsideState,
    Place,
    Presence,
    Programme,
    RecordedBy,
    Result,
    SessionStage,
    SessionState,
    VisitState,
)
from cadre_app.training.models.courses import Course, Scenario, Teacher
from cadre_app.training.models.enrolments import Attendance, Enrolment, ExerciseRecord
from cadre_app.training.models.feedback import FeedbackReceipt, FeedbackSheet
from cadre_app.training.models.hours import HoursEntry, OutsideCourse
from cadre_app.training.models.news import News, PlaceNews, TeachingEvent, TeachingNews
from cadre_app.training.models.orders import Order, OrderRound
from cadre_app.training.models.sessions import ClassMeeting, CourseSession
from cadre_app.training.models.visits import StudyVisit, VisitMember, VisitRoute

__all__ = [
    "Assessment",
    "Attendance",
    "Camp",
    "CampExit",
    "CampMember",
    "ClassMeeting",
    "Course",
    "CourseFormat",
    "CourseKind",
    "CourseSession",
    "Enrolment",
    "ExerciseRecord",
    "FeedbackReceipt",
    "FeedbackSheet",
    "HoursEntry",
    "HoursSource",
    "Mode",
    "News",
    "Order",
    "OrderRound",
    "OrderState",
    "Origin",
    "Outcome",
    "OutsideCourse",
    "OutsideState",
    "Place",
    "PlaceNews",
    "Presence",
    "Programme",
    "RecordedBy",
    "Result",
    "Scenario",
    "SessionStage",
    "SessionState",
    "StudyVisit",
    "Teacher",
    "TeachingEvent",
    "TeachingNews",
    "VisitMember",
    "VisitRoute",
    "VisitState",
]
