"""Pairings of a mentor with a trainee, their check-ins, and the guidance notes."""

from cadre_app.mentorship.models.check_ins import CheckIn
from cadre_app.mentorship.models.notes import GuidanceNote, Visibility, Way
from cadre_app.mentorship.models.pairings import EndKind, MentorKind, Pairing

__all__ = ["CheckIn", "EndKind", "GuidanceNote", "MentorKind", "Pairing", "Visibility", "Way"]
