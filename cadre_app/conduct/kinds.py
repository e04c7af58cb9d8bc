"""Kinds of rewards, discipline and admonition: codes of policy tables, written as category and code."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.core.awards import AwardCategory
from cadre_app.people.models import Status
from cadre_app.policy import codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from cadre_app.people.models import Trainee

    Grouped = list[tuple[_StrPromise | str, list[tuple[str, str]]]]

SEPARATOR = "-"


class SanctionCategory(models.TextChoices):
    """党纪处分、政务处分、组织处理."""

    PARTY = "party", _("Party discipline")
    ADMINISTRATIVE = "administrative", _("Administrative discipline")
    ORGANIZATIONAL = "organizational", _("Organizational measures")


TABLES = {
    AwardCategory.CIVIL_SERVANT.value: "reward_civil_servant",
    AwardCategory.INSTITUTION.value: "reward_institution",
    AwardCategory.HONOUR.value: "honour",
    SanctionCategory.PARTY.value: "discipline_party",
    SanctionCategory.ADMINISTRATIVE.value: "discipline_administrative",
    SanctionCategory.ORGANIZATIONAL.value: "discipline_organizational",
}
# 开除党籍、开除: what is final has no period; every other decision says until when it counts.
ENDLESS = ("party-5", "administrative-6")
# 留党察看: one year or two, as the decision says.
BY_DECISION = {"party-4": (12, 24)}
OF_STATUS = {
    Status.CIVIL_SERVANT.value: AwardCategory.CIVIL_SERVANT,
    Status.INSTITUTION.value: AwardCategory.INSTITUTION,
}
ADMONITION = "admonition"
# 谈话提醒、批评教育: the only ways for whoever holds no leadership post.
MILD_WAYS = ("1", "4")
FIRST_WITHOUT_LEADERSHIP = "150"


def category_of(kind: str) -> str:
    """The category that a kind belongs to."""
    return kind.partition(SEPARATOR)[0]


def label(kind: str) -> str:
    """A kind of reward or discipline in the viewer's language."""
    category, _sep, code = kind.partition(SEPARATOR)
    table = TABLES.get(category)
    return codes.label(table, code) if table else kind


def months(kind: str) -> int | None:
    """The period of effect of a kind of discipline; None where the decision itself sets it."""
    category, _sep, code = kind.partition(SEPARATOR)
    table = TABLES.get(category)
    return codes.months(table, code) if table else None


def reward_categories(trainee: "Trainee", day: date | None = None) -> tuple[AwardCategory, ...]:
    """What somebody can be given: of the personnel status of today, and of those in which the person was assessed, for
    rewards of the same year and the next (`day`: that of the reward).
    """
    assessed = AnnualAssessment.objects.standing().filter(trainee=trainee)
    if day is not None:
        assessed = assessed.filter(year__in=(day.year - 1, day.year))
    return categories_of([trainee.status, *assessed.order_by("-year").values_list("status", flat=True)])


def categories_of(statuses: "Iterable[str]") -> tuple[AwardCategory, ...]:
    """What somebody of these personnel statuses can be given."""
    return (*dict.fromkeys(OF_STATUS[status] for status in statuses if status in OF_STATUS), AwardCategory.HONOUR)


def rewards_alike() -> dict[str, list[str]]:
    """The kinds of rewards in use that bear one name, which may stand in two categories; by the first of them."""
    named: dict[str, list[str]] = {}
    with translation.override(settings.LANGUAGE_CODE):
        for _label, rows in grouped(tuple(AwardCategory)):
            for kind, name in rows:
                named.setdefault(name, []).append(kind)
    return {found[0]: found for found in named.values()}


def grouped(categories: "tuple[models.TextChoices, ...]", *, keep: str = "") -> "Grouped":
    """The kinds in use of these categories, by category; `keep` is offered although out of use by now."""
    found: Grouped = []
    for category in categories:
        prefix = f"{category.value}{SEPARATOR}"
        kept = keep.removeprefix(prefix) if keep.startswith(prefix) else ""
        rows = codes.choices(TABLES[category.value], keep=kept)
        found.append((category.label, [(f"{prefix}{code}", name) for code, name in rows]))
    return found


def is_offered(kind: str, categories: "tuple[models.TextChoices, ...]", *, keep: str = "") -> bool:
    """True for a kind in use of one of these categories."""
    return any(kind == key for _label, rows in grouped(categories, keep=keep) for key, _name in rows)


def leads(trainee: "Trainee") -> bool:
    """Holds a leadership post, by the level of the present one."""
    return "" < trainee.post_level < FIRST_WITHOUT_LEADERSHIP


def ways_for(trainee: "Trainee", *, keep: str = "") -> list[tuple[str, str]]:
    """The ways of admonition for somebody."""
    rows = codes.choices(ADMONITION, keep=keep)
    return rows if leads(trainee) else [row for row in rows if row[0] in (*MILD_WAYS, keep)]
