"""Reports to the superior by their kind."""

from cadre_app.rosters.definitions.parts import Definition
from cadre_app.rosters.definitions.yearly import yearly
from cadre_app.rosters.models import ReportKind

_OF_YEAR = {ReportKind.YEARLY: yearly}


def definition_of(kind: str, year: int) -> Definition:
    """How the report of this kind is counted for a day in `year`; its words in the active language."""
    return _OF_YEAR[ReportKind(kind)](year)
