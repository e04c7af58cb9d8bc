from cadre_app.advancement.models.named_leaders import NamedLeader
from cadre_app.advancement.models.outcomes import (
    ChangePart,
    Outcome,
    OutcomeChange,
    OutcomeKind,
    OutcomeState,
)

__all__ = ["ChangePart", "NamedLeader", "Outcome", "OutcomeChange", "OutcomeKind", "OutcomeState"]
