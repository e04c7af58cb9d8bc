"""Talks with people in development: plans and occasions, the talk itself, and the problems raised in it."""

from cadre_app.care.models.batches import TalkBatch
from cadre_app.care.models.choices import Occasion, ProblemState, TalkKind, TalkState, Topic
from cadre_app.care.models.plans import TalkPlan, TalkTrigger
from cadre_app.care.models.problems import Problem
from cadre_app.care.models.talks import Talk

__all__ = [
    "Occasion",
    "Problem",
    "ProblemState",
    "Talk",
    "TalkBatch",
    "TalkKind",
    "TalkPlan",
    "TalkState",
    "TalkTrigger",
    "Topic",
]
