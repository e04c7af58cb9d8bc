"""The columns of the sheet of dispatches."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models import HostLevel, PostingKind, PostingMode
from cadre_app.assignments.models.postings import LONGEST_TASKS, LONGEST_TEXT
from cadre_app.assignments.scope import front_choices
from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.cells import read_document_number
from cadre_app.people.importing.subjects import subject_columns

LONGEST_HOST = 80
VILLAGE = ("到村任职", "到村", "驻村", "驻村任职", "village term")


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*subject_columns(), *_where(), *_paper(), *_days(), *_appraisal()]


def examples() -> list[dict[str, str]]:
    """A task force that is over, with its appraisal, and a shadow training that is still to be signed off."""
    return [
        {
            "name": "林知远",
            "unit": "梧岭镇",
            "kind": "抽调",
            "mode": "全脱产",
            "front": "项目建设指挥部",
            "host": "环湾大道工程建设指挥部",
            "tasks": "征迁协调、现场调度",
            "document_number": "望委组〔2024〕21号",
            "document_on": "2024.03.01",
            "approved_by": "区委组织部",
            "started_on": "2024.03.11",
            "due_on": "2024.09.10",
            "ended_on": "2024.09.10",
            "opinion": "工作主动，完成征迁协调任务。",
            "signatory": "指挥部办公室",
        },
        {
            "name": "蔡文琪",
            "kind": "跟班学习",
            "mode": "全脱产",
            "host": "市发展和改革委员会",
            "host_level": "市级",
            "tasks": "参与重点项目调度",
            "plan": "学习项目谋划与申报流程",
            "document_number": "临委组〔2026〕40号",
            "document_on": "2026.10.20",
            "started_on": "2026.11.02",
            "due_on": "2027.04.30",
        },
    ]


def _where() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="kind", label=_("Kind of posting"), required=True, kind="choice", choices=lambda: PostingKind.choices,
            synonyms=("派遣类型", "锻炼类型", "类型", "派遣方式"), width=12, example="抽调",
            elsewhere=dict.fromkeys(VILLAGE, _("A village term is no posting of this table: it comes in with the sheet of trainees.")),
        ),
        ImportColumn(
            key="mode", label=_("Working time"), kind="choice", choices=lambda: PostingMode.choices, width=12,
            synonyms=("脱产方式", "方式", "是否脱产"), example="全脱产", help=_("Left empty for full-time."),
        ),
        ImportColumn(
            key="front", label=pgettext_lazy("posting", "Front"), kind="choice", choices=front_choices, width=18,
            synonyms=("六线", "一线", "锻炼战线", "所属一线"), example="项目建设指挥部",
        ),
        ImportColumn(
            key="host", label=_("Host unit"), required=True, longest=LONGEST_HOST, width=24,
            synonyms=("接收单位", "锻炼单位", "派往单位", "挂职单位", "跟班单位"), example="环湾大道工程建设指挥部",
            help=_("A unit of the tree, or a host outside it by its name."),
        ),
        ImportColumn(
            key="host_level", label=_("Level of the host"), kind="choice", choices=lambda: HostLevel.choices, width=12,
            synonyms=("接收单位层级", "层级"), help=_("Left empty for the district or below; needed for shadow training at a host outside the tree."),
        ),
        ImportColumn(
            key="post", label=_("Post held there"), longest=60, synonyms=("挂任职务", "挂职职务", "锻炼岗位"), width=18,
            help=_("A temporary post has a name; shadow training has none."),
        ),
        ImportColumn(
            key="tasks", label=_("Tasks"), longest=LONGEST_TASKS, lines=True, width=30,
            synonyms=("工作任务", "任务", "承担任务", "主要任务"), example="征迁协调、现场调度",
            help=_("Left empty, the kind of posting stands there."),
        ),
        ImportColumn(
            key="plan", label=_("Study plan"), longest=LONGEST_TEXT, lines=True, width=24, synonyms=("学习计划", "跟班计划"),
            help=_("For shadow training: what is to be learnt, from whom."),
        ),
    ]  # fmt: skip


def _paper() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="document_number", label=_("Document number"), read=read_document_number, longest=60, width=22,
            synonyms=("文号", "派遣文号", "依据文件", "批准文号", "通知文号"), example="望委组〔2024〕21号",
        ),
        ImportColumn(
            key="document_on", label=_("Date of the document"), kind="date",
            synonyms=("发文日期", "文件日期", "批准日期", "发文时间"), example="2024.03.01",
        ),
        ImportColumn(
            key="approved_by", label=_("Signed off on paper by"), longest=60, width=18,
            synonyms=("签批单位", "批准单位", "审批单位", "签发单位", "签批人"), example="区委组织部",
            help=_("Needed with the document for a posting that is over: it was decided on before this system."),
        ),
        ImportColumn(
            key="superior_document", label=_("Number of the superior department's document"), width=22,
            read=read_document_number, longest=60, synonyms=("上级批准文号", "上级文号"),
            help=_("Needed for borrowing, and during the village term for whatever takes somebody away."),
        ),
    ]  # fmt: skip


def _days() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="started_on", label=pgettext_lazy("posting", "First day"), required=True, kind="date",
            synonyms=("开始日期", "起始日期", "派遣日期", "开始时间", "起止时间", "起止日期", "起"),
            example="2024.03.11", until="due_on", over="ended_on",
        ),
        ImportColumn(
            key="due_on", label=_("Planned last day"), kind="date",
            synonyms=("计划结束日期", "计划返回日期", "期满日期", "预计结束日期"), example="2024.09.10", is_end=True,
        ),
        ImportColumn(
            key="ended_on", label=_("Last day there"), kind="date",
            synonyms=("实际结束日期", "结束日期", "返回日期", "实际返回日期", "止"), example="2024.09.10", is_end=True,
            help=_("Empty while somebody is there: the posting then waits to be checked and signed off."),
        ),
        ImportColumn(
            key="return_reason", label=_("Reason for the early return"), longest=200, width=20,
            synonyms=("提前返回原因", "提前结束原因"),
        ),
    ]  # fmt: skip


def _appraisal() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="opinion", label=_("The host's appraisal"), longest=LONGEST_TEXT, lines=True, width=36,
            synonyms=("鉴定", "鉴定意见", "接收单位鉴定", "考核鉴定"),
            example="工作主动，完成征迁协调任务。",
        ),
        ImportColumn(
            key="signatory", label=_("Signed for the host by"), longest=40, synonyms=("鉴定签字人", "鉴定人", "签字人"),
            help=_("Left empty, the name of the host."), example="指挥部办公室",
        ),
        ImportColumn(
            key="appraised_on", label=pgettext_lazy("posting", "Appraised on"), kind="date",
            synonyms=("鉴定日期",), help=_("Left empty, the last day there."),
        ),
    ]  # fmt: skip
