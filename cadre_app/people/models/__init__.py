"""Persons and trainees, the offices they hold, village terms, transfers, and what waits for an answer."""

from cadre_app.people.models.offices import Office, OfficeHolding
from cadre_app.people.models.openings import Opening
from cadre_app.people.models.persons import Education, PartyStage, Person, Relative
from cadre_app.people.models.proposals import Proposal
from cadre_app.people.models.terms import Interruption, TermRole, VillageTerm
from cadre_app.people.models.trainees import ArrivalCheck, Kind, PostRecord, Status, SubKind, Trainee, of_scope
from cadre_app.people.models.transfers import Transfer, TransferKind

__all__ = [
    "ArrivalCheck",
    "Education",
    "Interruption",
    "Kind",
    "Office",
    "OfficeHolding",
    "Opening",
    "PartyStage",
    "Person",
    "PostRecord",
    "Proposal",
    "Relative",
    "Status",
    "SubKind",
    "TermRole",
    "Trainee",
    "Transfer",
    "TransferKind",
    "VillageTerm",
    "of_scope",
]
