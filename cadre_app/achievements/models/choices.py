"""States of an achievement and the steps that lead through them (demo-texts A3)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AchievementState(models.TextChoices):
    """草稿 → 待单位核实 → 待组织部审定 → 已审定; 退回补充; 已更正."""

    DRAFT = "draft", pgettext_lazy("achievement", "Draft")
    UNIT = "unit", pgettext_lazy("achievement", "With the unit")
    DEPARTMENT = "department", pgettext_lazy("achievement", "With the department")
    VERIFIED = "verified", pgettext_lazy("achievement", "Verified")
    RETURNED = "returned", pgettext_lazy("achievement", "Returned")
    SUPERSEDED = "superseded", pgettext_lazy("achievement", "Superseded")


# With the person, who writes it; with whoever verifies; over.
EDITABLE = (AchievementState.DRAFT, AchievementState.RETURNED)
WAITING = (AchievementState.UNIT, AchievementState.DEPARTMENT)
SETTLED = (AchievementState.VERIFIED, AchievementState.SUPERSEDED)


class StepKind(models.TextChoices):
    """What moved an achievement on."""

    SUBMITTED = "submitted", pgettext_lazy("achievement step", "Submitted")
    PASSED_UNIT = "passed_unit", pgettext_lazy("achievement step", "The unit has no liaison: on to the department")
    WITHDRAWN = "withdrawn", pgettext_lazy("achievement step", "Withdrawn")
    UNIT_VERIFIED = "unit_verified", pgettext_lazy("achievement step", "Verified by the unit")
    VERIFIED = "verified", pgettext_lazy("achievement step", "Verified by the department")
    RETURNED_BY_UNIT = "unit_returned", pgettext_lazy("achievement step", "Returned by the unit")
    RETURNED = "returned", pgettext_lazy("achievement step", "Returned by the department")
    SUPERSEDED = "superseded", pgettext_lazy("achievement step", "Superseded by a later entry")
    VOIDED = "voided", pgettext_lazy("achievement step", "Voided by the department")
    RESTORED = "restored", pgettext_lazy("achievement step", "Restored")
    COUNTS_AGAIN = "counts_again", pgettext_lazy("achievement step", "Counts again: the later entry was voided")
