"""Figures of the assessments of the last finished year, with their lists."""

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.appraisal.models import AnnualAssessment, Grade
from cadre_app.appraisal.models.choices import ASSESSED, BASIC, IS_BASIC, NONE, SIGNED_OFF, NoGrade
from cadre_app.core.figures import Asked, Figure, Part, figures
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUP = "appraisal"
PEOPLE = npgettext_lazy("unit of a figure", "person", "people")
RULE = _(
    "Annual assessment of the last finished year, signed off by a leader; who was assessed by a new unit is not counted"
)
# Key, name, and the conditions of the list that show the same people.
LINES: "tuple[tuple[str, _StrPromise, dict[str, str]], ...]" = (
    ("annual_assessed", pgettext_lazy("figure", "Assessed"), {"outcome": ASSESSED}),
    ("annual_excellent", pgettext_lazy("figure", "Excellent"), {"outcome": Grade.EXCELLENT.value}),
    ("annual_basic", pgettext_lazy("figure", "Basically competent or qualified"), {"outcome": IS_BASIC}),
    ("annual_without_grade", pgettext_lazy("figure", "Without a grade"), {"outcome": NONE}),
)


def announce() -> None:
    """Called once, when the app is ready."""
    for order, (key, label, query) in enumerate(LINES):
        figures.register(
            key,
            Figure(
                label=label,
                group=GROUP,
                order=order,
                unit_word=PEOPLE,
                count=Part(annual_counts, key),
                url=partial(list_url, query=query),
                rule=RULE,
            ),
        )


def annual_counts(asked: Asked) -> dict[str, int]:
    """All numbers in one query. Whom a new unit assesses has no result here."""
    rows = AnnualAssessment.objects.standing().filter(
        year=asked.as_of.year - 1,
        confirmed_on__lte=asked.as_of,
        quota__campaign__voided_at=None,
        trainee__in=files_of(asked).values("pk"),
    )
    found: dict[str, int] = (
        rows.exclude(no_grade=NoGrade.TRANSFERRED)
        .order_by()
        .aggregate(
            annual_assessed=Count("pk"),
            annual_excellent=Count("pk", filter=Q(grade=Grade.EXCELLENT)),
            annual_basic=Count("pk", filter=Q(grade__in=BASIC)),
            annual_without_grade=Count("pk", filter=~Q(no_grade="")),
        )
    )
    return found


def list_url(asked: Asked, query: dict[str, str]) -> str:
    """The list of exactly these people, as it stood on the day."""
    known = {"year": str(asked.as_of.year - 1), "decided": SIGNED_OFF, **query}
    return asked.opens("appraisal:annual_list", {**known, **asked.place, **asked.day})
