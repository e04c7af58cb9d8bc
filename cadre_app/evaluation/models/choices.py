"""Words of the community evaluation (demo texts A3, B12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignState(models.TextChoices):
    """拟开展 → 进行中 → 已截止 → 有效 or 样本不足; the last two are kept once the sheets are counted."""

    PLANNED = "planned", pgettext_lazy("evaluation", "Planned")
    OPEN = "open", pgettext_lazy("evaluation", "Open")
    CLOSED = "closed", pgettext_lazy("evaluation", "Closed")
    VALID = "valid", pgettext_lazy("evaluation", "Valid")
    SMALL = "small", _("Sample too small")


class Way(models.TextChoices):
    """How sheets are filled in; codes come in addition to paper."""

    PAPER = "paper", _("On paper on the spot")
    CODE = "code", _("By one-time code on a printed sheet")


class Setting(models.TextChoices):
    TERM = "term", pgettext_lazy("evaluation", "Village term")
    POSTING = "posting", pgettext_lazy("evaluation", "Posting")


class Outcome(models.TextChoices):
    """Of one person; empty until the sheets are counted."""

    VALID = "valid", pgettext_lazy("evaluation", "Valid")
    SMALL = "small", _("Sample too small")


class Respondent(models.TextChoices):
    """身份 The category of whoever filled in a sheet, nothing else about them."""

    COMMITTEE = "committee", _("Village committee member")
    PARTY = "party", _("Representative of Party members")
    VILLAGERS = "villagers", _("Representative of villagers")
    SERVED = "served", _("Somebody who was served")
    OTHER = "other", _("Other villager")


class BatchKind(models.TextChoices):
    SHEETS = "sheets", _("Sheet by sheet")
    TALLY = "tally", _("Counted by question")


class BatchState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("batch of sheets", "Being entered")
    COUNTED = "counted", pgettext_lazy("batch of sheets", "Counted")


SETTLED = (CampaignState.VALID, CampaignState.SMALL)
TAKES_PAPER = (CampaignState.OPEN, CampaignState.CLOSED, CampaignState.SMALL)
