"""Rewards that several rooms keep, shown as one list: each room says which of its rows are awards and where they lie.

Nothing is copied: the table of a room stays its own, and who sees its rows is said by its own `visible_to`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User


class AwardLevel(models.TextChoices):
    """级别 of whoever gives an award."""

    NATIONAL = "national", pgettext_lazy("level of an award", "National")
    PROVINCE = "province", pgettext_lazy("level of an award", "Provincial")
    CITY = "city", pgettext_lazy("level of an award", "Municipal")
    DISTRICT = "district", pgettext_lazy("level of an award", "District")
    UNIT = "unit", pgettext_lazy("level of an award", "Unit")


class AwardCategory(models.TextChoices):
    """What an award is by the rules behind it."""

    CIVIL_SERVANT = "civil_servant", _("Reward for civil servants")
    INSTITUTION = "institution", _("Reward for public institutions")
    HONOUR = "honour", _("Honour or commendation")


@dataclass(frozen=True)
class AwardSource:
    """Standing rows of one table that are awards; each leads to its file by `trainee`.

    `rows(user)` gives those that `user` sees, of everybody for None. `columns` says where a row keeps `category`, `kind`,
    `title`, `level`, `awarded_by`, `document_number` (names of text fields, or expressions), `awarded_on`, and `page`, by
    which `url` leads to what it is told on. `words(kind, title)` names the award in the viewer's language.
    """

    rows: "Callable[[User | None], Any]"
    columns: Mapping[str, Any]
    words: Callable[[str, str], str]
    url: "Callable[[UUID], str]"


awards: Registry[AwardSource] = Registry("awards")
