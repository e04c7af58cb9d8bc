"""Rewards; and apart from them, for named readers only, discipline and 提醒、函询、诫勉."""

from cadre_app.conduct.kinds import SanctionCategory
from cadre_app.conduct.models.admonitions import Admonition
from cadre_app.conduct.models.choices import EndReason, Matter, Understanding, VoidReason
from cadre_app.conduct.models.readers import NamedStaff
from cadre_app.conduct.models.rewards import Reward
from cadre_app.conduct.models.sanctions import Sanction

__all__ = [
    "Admonition",
    "EndReason",
    "Matter",
    "NamedStaff",
    "Reward",
    "Sanction",
    "SanctionCategory",
    "Understanding",
    "VoidReason",
]
