"""Talks, symposiums and visits with people in development, with the problems that are raised in them."""

from cadre_app.care.models.batches import TalkBatch
from cadre_app.care.models.choices import Occasion, ProblemState, TalkKind, TalkState, Topic
from cadre_app.care.models.meeting_choices import (
    Answer,
    Presence,
    Source,
    SymposiumKind,
    SymposiumState,
    Told,
    VisitState,
)
from cadre_app.care.models.plans import TalkPlan, TalkTrigger
from cadre_app.care.models.problems import Problem
from cadre_app.care.models.symposiums import Invitation, Remark, Symposium, SymposiumNews
from cadre_app.care.models.talks import Talk, TalkMove
from cadre_app.care.models.visits import CareVisit

__all__ = [
    "Answer",
    "CareVisit",
    "Invitation",
    "Occasion",
    "Presence",
    "Problem",
    "ProblemState",
    "Remark",
    "Source",
    "Symposium",
    "SymposiumKind",
    "SymposiumNews",
    "SymposiumState",
    "Talk",
    "TalkBatch",
    "TalkKind",
    "TalkMove",
    "TalkPlan",
    "TalkState",
    "TalkTrigger",
    "Told",
    "Topic",
    "VisitState",
]
