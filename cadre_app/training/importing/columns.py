"""The columns of the sheet of training history."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.cells import plain
from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.subjects import subject_columns
from cadre_app.training.models import Mode
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS, CourseFormat

NAMED_HOURS = re.compile(r"(?:个)?(?:学时|课时|小时|hours?|h)$")


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*subject_columns(), *_course(), *_record()]


def examples() -> list[dict[str, str]]:
    """A course in the classroom, and one online."""
    return [
        {
            "name": "林知远",
            "unit": "梧岭镇",
            "title": "乡村治理专题研讨班",
            "course_format": "研讨",
            "organiser": "市委党校",
            "started_on": "2025.06.09",
            "ended_on": "2025.06.13",
            "hours": "30",
            "mode": "线下",
            "certificate_number": "临党校〔2025〕118号",
        },
        {
            "name": "蔡文琪",
            "title": "公务员网络学院必修课",
            "organiser": "省网络干部学院",
            "started_on": "2025.11.03",
            "hours": "6",
            "mode": "线上",
        },
    ]


def read_hours(raw: Any) -> str:
    """Training hours with one decimal at most, such as 24, ２４ or 24学时; as plain text. Raises ValidationError."""
    text = NAMED_HOURS.sub("", plain(raw))
    try:
        hours = Decimal(text)
    except InvalidOperation:
        raise ValidationError(_("“%(text)s” is no number of hours.") % {"text": text[:20]}, code="no_hours") from None
    if not (hours.is_finite() and LEAST_HOURS <= hours <= MOST_HOURS):
        raise ValidationError(_("Training hours of a course are 0.5 to 200."), code="hours")
    if hours != round(hours, 1):
        raise ValidationError(_("Training hours have one decimal at most."), code="decimals")
    return str(hours)


def _course() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="title", label=gettext_lazy("Course"), required=True, longest=80, width=30,
            synonyms=("课程", "课程名称", "培训名称", "班次", "班次名称", "培训班名称", "培训内容"),
            example="乡村治理专题研讨班",
        ),
        ImportColumn(
            key="course_format", label=gettext_lazy("Form of the course"), kind="choice",
            choices=lambda: CourseFormat.choices, synonyms=("培训形式", "课程形式", "教学形式", "形式"), example="研讨",
        ),
        ImportColumn(
            key="organiser", label=gettext_lazy("Organiser"), required=True, longest=60, width=20,
            synonyms=("主办单位", "举办单位", "承办单位", "组织单位", "培训机构"), example="市委党校",
        ),
        ImportColumn(
            key="is_induction", label=gettext_lazy("Induction training"), kind="bool", width=10,
            synonyms=("初任培训", "是否初任培训"),
            help=gettext_lazy("It then counts as the induction training that comes before the first grading."),
        ),
    ]  # fmt: skip


def _record() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="started_on", label=gettext_lazy("First day"), required=True, kind="date",
            synonyms=("开始日期", "起始日期", "培训时间", "起止时间", "起止日期", "开班日期", "起"),
            example="2025.06.09", until="ended_on",
        ),
        ImportColumn(
            key="ended_on", label=gettext_lazy("Last day"), kind="date",
            synonyms=("结束日期", "终止日期", "结业日期", "止"), example="2025.06.13",
            help=gettext_lazy("Left empty for a course of one day."), is_end=True,
        ),
        ImportColumn(
            key="hours", label=gettext_lazy("Training hours"), required=True, read=read_hours, width=8,
            synonyms=("学时", "学时数", "课时", "培训学时"), example="30",
        ),
        ImportColumn(
            key="mode", label=gettext_lazy("Classroom or online"), kind="choice", choices=lambda: Mode.choices, width=10,
            synonyms=("线上线下", "培训方式", "方式", "线上/线下", "是否线上"), example="线下",
            help=gettext_lazy("Left empty for the classroom."),
        ),
        ImportColumn(
            key="certificate_number", label=gettext_lazy("Certificate number"), longest=60, width=20,
            synonyms=("证书编号", "结业证号", "证书号", "结业证书编号"),
        ),
    ]  # fmt: skip
