"""The columns of the sheet of outcomes."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.models import OutcomeKind
from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.cells import read_document_number
from cadre_app.people.importing.subjects import subject_columns
from cadre_app.policy import codes


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*subject_columns(), *_announced(), *_brought()]


def examples() -> list[dict[str, str]]:
    """A promotion, and an advance in rank."""
    return [
        {
            "name": "林知远",
            "unit": "梧岭镇",
            "kind": "提拔任职",
            "document_number": "望委干〔2025〕31号",
            "published_on": "2025.06.20",
            "post": "党委组织委员",
            "post_level": "乡科级副职",
        },
        {
            "name": "蔡文琪",
            "kind": "晋升职级",
            "document_number": "望组干〔2025〕12号",
            "published_on": "2025.09.01",
            "effective_on": "2025.08.15",
            "rank": "三级主任科员",
        },
    ]


def _codes(table: str) -> Callable[[], Sequence[tuple[str, str]]]:
    return lambda: codes.choices(table)


def _announced() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="kind", label=pgettext_lazy("outcome", "Kind"), required=True, kind="choice", width=12,
            choices=lambda: OutcomeKind.choices, synonyms=("使用类型", "使用方式", "类型", "使用情况"), example="提拔任职",
        ),
        ImportColumn(
            key="document_number", label=_("Document number"), required=True, read=read_document_number, longest=60, width=22,
            synonyms=("文号", "任职文号", "任免文号", "依据文件"), example="望委干〔2025〕31号",
        ),
        ImportColumn(
            key="published_on", label=pgettext_lazy("outcome", "Announced on"), required=True, kind="date",
            synonyms=("公布日期", "发文日期", "公布时间", "印发日期"), example="2025.06.20", help=_("Today or earlier."),
        ),
        ImportColumn(
            key="effective_on", label=_("Takes effect on"), kind="date",
            synonyms=("生效日期", "任职日期", "任职时间", "起算日期"),
            help=_("Left empty, the day of the announcement."),
        ),
    ]  # fmt: skip


def _brought() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="post", label=_("New post"), longest=100, width=24, synonyms=("新任职务", "任职", "新职务", "拟任职务"),
            example="党委组织委员", help=_("Without the unit before it. Left empty for an advance in rank."),
        ),
        ImportColumn(
            key="post_unit", label=_("Unit of the new post"), longest=60, width=18,
            synonyms=("任职单位", "新任单位", "新单位"), help=_("Only where it is another unit than the present one."),
        ),
        ImportColumn(
            key="post_level", label=_("Post level"), kind="code", choices=_codes("post_level"),
            synonyms=("职务层次", "职务级别"), example="乡科级副职",
        ),
        ImportColumn(
            key="rank", label=_("New rank"), kind="code", choices=_codes("rank"),
            synonyms=("新职级", "晋升职级", "职级"), help=_("Civil servants only."),
        ),
        ImportColumn(
            key="post_grade", label=_("New post grade"), longest=40, width=18,
            synonyms=("新岗位等级", "岗位等级"), help=_("Staff of public institutions only."),
        ),
        ImportColumn(key="remark", label=_("Remark"), longest=200, width=24, synonyms=("备注", "说明")),
    ]  # fmt: skip
