"""The columns of the sheets of annual and of quarterly assessments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models import QuarterGrade
from cadre_app.appraisal.models.choices import LONGEST_COMMENT, LONGEST_NOTE, OUTCOMES
from cadre_app.appraisal.models.quarterly import LONGEST_REMARK
from cadre_app.appraisal.models.years import FIRST_YEAR, LAST_YEAR
from cadre_app.core.cells import read_quarter
from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.cells import read_document_number
from cadre_app.people.importing.subjects import subject_columns


def annual_columns() -> list[ImportColumn]:
    """Who and which year, the result, and the paper of a result from before the system."""
    return [*subject_columns(), _year("2026"), *_result(), *_paper()]


def annual_examples() -> list[dict[str, str]]:
    """A result that waits for its signatures, and one that was filed years ago."""
    return [
        {
            "name": "林知远",
            "unit": "梧岭镇",
            "year": "2026",
            "outcome": "称职",
            "comment": "该同志工作踏实，责任心强，能较好完成各项任务。",
        },
        {
            "name": "蔡文琪",
            "unit": "区农业技术推广中心",
            "year": "2023",
            "outcome": "优秀",
            "approved_by": "区委组织部",
            "approved_on": "2024.02.20",
            "filed_on": "2024.03.05",
            "filing_number": "望公考〔2024〕2号",
        },
    ]


def quarterly_columns() -> list[ImportColumn]:
    """Who and which quarter, what was found, and who confirmed a quarter from before the system on paper."""
    return [
        *subject_columns(),
        _year("2026"),
        ImportColumn(
            key="quarter", label=_("Quarter"), required=True, kind="int", low=1, high=4, example="3",
            synonyms=("季度", "考核季度"), read=read_quarter,
        ),
        ImportColumn(
            key="grade", label=pgettext_lazy("assessment", "Grade"), required=True, kind="choice",
            choices=lambda: QuarterGrade.choices, synonyms=("等次", "考核等次", "考核结果"), example="较好",
        ),
        ImportColumn(
            key="remark", label=pgettext_lazy("quarterly assessment", "Feedback"), longest=LONGEST_REMARK, lines=True,
            width=40, synonyms=("反馈", "评语", "反馈意见", "备注"),
        ),
        ImportColumn(
            key="approved_by", label=_("Confirmed on paper by"), longest=60, width=18, example="区委组织部",
            synonyms=("确定单位", "确认单位", "审批单位", "审核单位", "审定单位", "批准单位", "确定人", "确认人", "审批人", "审核人"),
            help=_("Only for a quarter of a year that is over: it then comes in as confirmed."),
        ),
        ImportColumn(
            key="approved_on", label=_("Confirmed on paper on"), kind="date", example="2024.01.12",
            synonyms=("确定日期", "确认日期", "审批日期", "审核日期", "审定日期", "批准日期"),
            help=_("Needed with who confirmed it."),
        ),
    ]  # fmt: skip


def quarterly_examples() -> list[dict[str, str]]:
    """A quarter that waits to be confirmed, and one that was confirmed on paper years ago."""
    known = {"name": "林知远", "unit": "梧岭镇"}
    return [
        {**known, "year": "2026", "quarter": "3", "grade": "较好", "remark": "主动担当，完成任务及时。"},
        {
            **known,
            "year": "2023",
            "quarter": "4",
            "grade": "好",
            "approved_by": "区委组织部",
            "approved_on": "2024.01.12",
        },
    ]


def _year(example: str) -> ImportColumn:
    return ImportColumn(
        key="year", label=_("Year"), required=True, kind="int", low=FIRST_YEAR, high=LAST_YEAR, example=example,
        synonyms=("年度", "考核年度", "年份"),
    )  # fmt: skip


def _result() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="outcome", label=_("Grade or case"), required=True, kind="choice", choices=lambda: OUTCOMES, width=30,
            synonyms=("等次", "档次", "考核等次", "考核结果", "等次（档次）"), example="称职",
            help=_("A grade of the person's own scale, or one of the four cases without a grade."),
        ),
        ImportColumn(
            key="case_note", label=_("Facts of the case"), synonyms=("情形说明", "说明"), width=24,
            longest=LONGEST_NOTE,
        ),
        ImportColumn(
            key="comment", label=pgettext_lazy("annual assessment", "Comment"), synonyms=("评语", "考核评语"), width=50,
            longest=LONGEST_COMMENT, lines=True, example="该同志工作踏实，责任心强，能较好完成各项任务。",
        ),
    ]  # fmt: skip


def _paper() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="approved_by", label=_("Signed off on paper by"), longest=60, width=18,
            synonyms=("签批单位", "批准单位", "审批单位", "确定单位", "签批人"), example="区委组织部",
            help=_("Only for a year that was filed before it was opened here: it then comes in as filed."),
        ),
        ImportColumn(
            key="approved_on", label=_("Signed off on paper on"), kind="date",
            synonyms=("签批日期", "批准日期", "审批日期", "确定日期"), example="2024.02.20",
            help=_("Needed with who signed it off."),
        ),
        ImportColumn(
            key="filed_on", label=_("Filed on"), kind="date", synonyms=("备案日期", "备案时间"), example="2024.03.05",
            help=_("Left empty, the day of the sign-off."),
        ),
        ImportColumn(
            key="filing_number", label=_("Number of the filing"), read=read_document_number, longest=60, width=22,
            synonyms=("备案文号", "备案编号"), example="望公考〔2024〕2号",
        ),
    ]  # fmt: skip
