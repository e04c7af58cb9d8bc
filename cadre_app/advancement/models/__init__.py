from cadre_app.advancement.models.outcomes import (
    ChangePart,
    Outcome,
    OutcomeChange,
    OutcomeKind,
    OutcomeState,
)

__all__ = ["ChangePart", "Outcome", "OutcomeChange", "OutcomeKind", "OutcomeState"]
