"""Names of stages, and the stages as choices of a filter."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.stages.rules import FIRST, GRADES, SECOND, THIRD, StageKey

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GRADE_LABELS = {
    FIRST: gettext_lazy("Grade 1"),
    SECOND: gettext_lazy("Grade 2"),
    THIRD: gettext_lazy("Grade 3"),
}
STAGE_LABELS = {
    StageKey.NOT_ARRIVED: gettext_lazy("Not yet reported"),
    StageKey.CAMP: gettext_lazy("Youth camp"),
    StageKey.ADVANCED: gettext_lazy("Advanced plan"),
    StageKey.LEFT: pgettext_lazy("stage", "Left"),
}


def stage_label(stage: str, grade: int | None = None) -> "_StrPromise":
    """The short name for a list: the grade within the camp, else the stage. Raises ValueError for an unknown one."""
    key = StageKey(stage)
    return GRADE_LABELS[grade] if key is StageKey.CAMP and grade in GRADE_LABELS else STAGE_LABELS[key]


def full_label(stage: str, grade: int | None = None) -> str:
    """The name for the head of a page: the camp with its grade."""
    key = StageKey(stage)
    if key is StageKey.CAMP and grade in GRADE_LABELS:
        return _("%(stage)s, %(grade)s") % {"stage": STAGE_LABELS[key], "grade": GRADE_LABELS[grade]}
    return str(STAGE_LABELS[key])


def value_of(stage: str, grade: int | None = None) -> str:
    """The value of a stage in a filter: "camp-2", "advanced"."""
    return f"{StageKey(stage)}-{grade}" if stage == StageKey.CAMP and grade in GRADE_LABELS else str(StageKey(stage))


def parse(value: str) -> tuple[StageKey, int | None]:
    """The stage and grade of a filter's value; raises ValueError for any other text."""
    if value not in CHOICE_VALUES:
        raise ValueError(value)
    stage, _dash, grade = value.partition("-")
    return StageKey(stage), int(grade) if grade else None


STAGE_CHOICES: "tuple[tuple[str, _StrPromise], ...]" = (
    *[(value_of(StageKey.CAMP, grade), GRADE_LABELS[grade]) for grade in GRADES],
    *[(key.value, STAGE_LABELS[key]) for key in (StageKey.ADVANCED, StageKey.NOT_ARRIVED, StageKey.LEFT)],
)
CHOICE_VALUES = frozenset(value for value, _label in STAGE_CHOICES)
