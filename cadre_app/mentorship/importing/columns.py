"""The columns of the sheet of pairings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.importing import ImportColumn
from cadre_app.mentorship.models import EndKind, MentorKind
from cadre_app.people.importing.cells import read_name
from cadre_app.people.importing.subjects import subject_columns

RUNNING = "running"
STATES = ((RUNNING, pgettext_lazy("state of a pairing", "Running")), *EndKind.choices)


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*subject_columns(), *_mentor(), *_days()]


def examples() -> list[dict[str, str]]:
    """A pairing that runs, and one that was completed."""
    return [
        {
            "name": "林知远",
            "unit": "梧岭镇",
            "kind": "政治淬炼导师",
            "mentor": "庄世恒",
            "mentor_unit": "梧岭镇",
            "started_on": "2026.03.01",
            "signed_on": "2026.03.10",
            "state": "结对中",
        },
        {
            "name": "蔡文琪",
            "unit": "区农业技术推广中心",
            "kind": "群众工作导师",
            "mentor": "吴茂林",
            "mentor_unit": "梧岭镇/梧头村",
            "started_on": "2023.09.01",
            "ended_on": "2025.08.31",
            "state": "已期满",
        },
    ]


def _mentor() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="kind", label=_("Kind of mentor"), required=True, kind="choice", choices=lambda: MentorKind.choices,
            synonyms=("导师类别", "导师类型", "结对类别", "类别"), width=16, example="政治淬炼导师",
        ),
        ImportColumn(
            key="mentor", label=_("Mentor"), required=True, longest=40, read=read_name,
            synonyms=("导师", "导师姓名", "帮带导师", "帮带领导", "结对导师"), example="庄世恒",
        ),
        ImportColumn(
            key="mentor_unit", label=_("Unit of the mentor"), longest=60, width=18,
            synonyms=("导师单位", "导师所在单位", "帮带导师单位"), example="梧岭镇",
            help=_("Where the mentor holds or held an office; tells mentors of one name apart."),
        ),
        ImportColumn(
            key="choice_reason", label=_("Reason for this choice"), longest=200, width=24,
            synonyms=("选定理由", "选择理由", "指定原因"),
            help=_("Only where somebody else than the holder of the office is the mentor."),
        ),
    ]  # fmt: skip


def _days() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="started_on", label=pgettext_lazy("pairing", "Began on"), required=True, kind="date",
            synonyms=("结对日期", "开始日期", "结对时间", "起始日期", "结对开始日期", "起止时间", "起止日期", "结对起止时间"),
            example="2026.03.01", until="due_on", over="ended_on", going=("state", RUNNING),
        ),
        ImportColumn(
            key="due_on", label=pgettext_lazy("pairing", "Planned until"), kind="date",
            synonyms=("期满日期", "计划结束日期", "预计期满", "到期日期"),
            help=_("Left empty, the usual length from the first day."), is_end=True,
        ),
        ImportColumn(
            key="ended_on", label=pgettext_lazy("pairing", "Ended on"), kind="date",
            synonyms=("结束日期", "终止日期", "实际结束日期"), help=_("Empty while it runs."),
            is_end=True,
        ),
        ImportColumn(
            key="state", label=pgettext_lazy("pairing", "State"), kind="choice", choices=lambda: STATES, width=10,
            synonyms=("状态", "结对状态"), example="结对中",
            help=_("Left empty, it follows from the days."),
        ),
        ImportColumn(
            key="end_reason", label=_("Reason for the early end"), longest=200, width=24,
            synonyms=("提前结束原因", "结束原因", "终止原因"),
        ),
        ImportColumn(
            key="signed_on", label=_("Agreement signed on"), kind="date",
            synonyms=("协议签订日期", "签订日期", "签协议日期"),
        ),
    ]  # fmt: skip
