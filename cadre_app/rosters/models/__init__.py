"""Layouts of the printed roster, and reports to the superior."""

from cadre_app.rosters.models.layouts import Order, Paper, RosterLayout
from cadre_app.rosters.models.reports import ReportKind, ReportState, SuperiorReport

__all__ = ["Order", "Paper", "ReportKind", "ReportState", "RosterLayout", "SuperiorReport"]
