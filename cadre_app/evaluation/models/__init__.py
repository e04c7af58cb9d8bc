"""Models of the community evaluation, a module per noun."""

from cadre_app.evaluation.models.batches import PaperBatch
from cadre_app.evaluation.models.campaigns import Campaign, Subject
from cadre_app.evaluation.models.choices import (
    BatchKind,
    BatchState,
    CampaignState,
    Outcome,
    Respondent,
    Setting,
    Way,
)
from cadre_app.evaluation.models.sheets import BoxedSheet, OneTimeCode, Remark, Sheet

__all__ = [
    "BatchKind",
    "BatchState",
    "BoxedSheet",
    "Campaign",
    "CampaignState",
    "OneTimeCode",
    "Outcome",
    "PaperBatch",
    "Remark",
    "Respondent",
    "Setting",
    "Sheet",
    "Subject",
    "Way",
]
