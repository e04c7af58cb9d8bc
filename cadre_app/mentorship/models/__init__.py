"""Pairings of a mentor with a trainee: their goals, check-ins, guidance notes and reviews."""

from cadre_app.mentorship.models.carried import CarriedStep
from cadre_app.mentorship.models.check_ins import CheckIn
from cadre_app.mentorship.models.goals import GoalSide, GoalState, PairingGoal
from cadre_app.mentorship.models.notes import GuidanceNote, Visibility, Way
from cadre_app.mentorship.models.pairings import EndKind, MentorKind, Pairing
from cadre_app.mentorship.models.reports import Half, MentorReport
from cadre_app.mentorship.models.reviews import GoalRemark, PairingReview, ReturnedTo, ReviewState

__all__ = [
    "CarriedStep",
    "CheckIn",
    "EndKind",
    "GoalRemark",
    "GoalSide",
    "GoalState",
    "GuidanceNote",
    "Half",
    "MentorKind",
    "MentorReport",
    "Pairing",
    "PairingGoal",
    "PairingReview",
    "ReturnedTo",
    "ReviewState",
    "Visibility",
    "Way",
]
