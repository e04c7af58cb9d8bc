"""The words that restricted entries are described by: never a text of their own (demo-texts B14)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Matter(models.TextChoices):
    """事由类别; the matter itself is never entered."""

    STUDY = "study", pgettext_lazy("matter", "Study")
    WORK = "work", pgettext_lazy("matter", "Work")
    STYLE = "style", pgettext_lazy("matter", "Style of work")
    DISCIPLINE = "discipline", pgettext_lazy("matter", "Discipline")
    REPORTING = "reporting", pgettext_lazy("matter", "Asking and reporting")
    OTHER = "other", pgettext_lazy("matter", "Other")


class EndReason(models.TextChoices):
    """Why a period of effect ends on another day than the kind says."""

    DECISION = "decision", pgettext_lazy("period of effect", "The decision says so")
    PROLONGED = "prolonged", pgettext_lazy("period of effect", "Prolonged by a later decision")
    SHORTENED = "shortened", pgettext_lazy("period of effect", "Ended early by a later decision")
    MERGED = "merged", pgettext_lazy("period of effect", "Counted together with another period")


class VoidReason(models.TextChoices):
    """Why a restricted entry no longer stands."""

    MISTAKE = "mistake", _("Entered by mistake")
    TWICE = "twice", _("Entered twice")
    REVOKED = "revoked", _("Revoked by the deciding organ")
    REVIEWED = "reviewed", _("Changed on review or appeal")


class Understanding(models.TextChoices):
    """What was found six months after."""

    CORRECTED = "corrected", pgettext_lazy("six months after", "Corrected")
    BETTER = "better", pgettext_lazy("six months after", "Improved")
    WATCHED = "watched", pgettext_lazy("six months after", "Still to be followed")
