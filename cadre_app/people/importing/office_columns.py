"""The columns of the sheet of offices: the office in its unit, and who holds it since when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.cells import read_text
from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.cells import read_document_number, read_name

POLITICAL, COMMUNITY, NEITHER = "political", "community", "none"
SOURCES = (
    (POLITICAL, _("Political mentor")),
    (COMMUNITY, _("Community mentor")),
    (NEITHER, pgettext_lazy("source of mentors", "None")),
)

WRITTEN = {"政治淬炼导师": POLITICAL, "群众工作导师": COMMUNITY, "无": NEITHER}


def read_source(raw: Any) -> str:
    """Whose mentor the holder becomes, in Chinese or in the words of the page. Raises ValidationError."""
    text = read_text(raw, longest=40)
    known = WRITTEN | {str(label): value for value, label in SOURCES}
    if text not in known:
        raise ValidationError(_("This is not one of the choices."), code="choice")
    return known[text]


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*_office(), *_holder()]


def examples() -> list[dict[str, str]]:
    """Rows of fictional people: two sources of mentors with their holders, and a vacant office."""
    return [
        {
            "unit": "梧岭镇",
            "office": "党委书记",
            "source": "政治淬炼导师",
            "order": "1",
            "holder": "庄世恒",
            "phone": "13800000000",
            "since": "2024.11.01",
            "document_number": "望委组〔2024〕39号",
            "wants_account": "是",
        },
        {
            "unit": "梧岭镇/梧头村",
            "office": "村党支部书记",
            "source": "群众工作导师",
            "order": "1",
            "holder": "吴茂林",
            "since": "2021.11.01",
        },
        {"unit": "区委组织部", "office": "干部科科长", "source": "无", "order": "3"},
    ]


def _office() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="unit",
            label=_("Unit"),
            required=True,
            longest=200,
            width=24,
            synonyms=("单位", "单位名称", "所在单位", "任职单位"),
            help=_("Its name, or its path if several are called so (望屿区/梧岭镇)."),
            example="梧岭镇",
        ),
        ImportColumn(
            key="office",
            label=_("Office"),
            required=True,
            longest=60,
            width=24,
            synonyms=("职务", "职务名称", "岗位", "领导职务"),
            example="党委书记",
        ),
        ImportColumn(
            key="source",
            label=_("Source of mentors"),
            kind="choice",
            width=16,
            choices=lambda: SOURCES,
            read=read_source,
            synonyms=("导师来源", "导师类别", "导师类型"),
            help=_("Whose mentor the holder becomes; one office of a unit for each kind."),
            example="政治淬炼导师",
        ),
        ImportColumn(
            key="order",
            label=_("Order in the unit"),
            kind="int",
            width=8,
            synonyms=("排序", "排序号", "序号", "顺序"),
            example="1",
        ),
    ]


def _holder() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="holder",
            label=_("Holder"),
            longest=40,
            read=read_name,
            synonyms=("任职人", "任职人员", "姓名", "现任", "负责人"),
            help=_("Empty: holders stay as they are recorded."),
            example="庄世恒",
        ),
        ImportColumn(
            key="phone",
            label=_("Mobile phone"),
            kind="phone",
            is_confidential=True,
            synonyms=("手机号", "手机号码", "手机", "联系电话", "电话", "联系方式"),
            example="13800000000",
        ),
        ImportColumn(
            key="id_number",
            label=_("ID number"),
            kind="id_number",
            is_confidential=True,
            width=22,
            synonyms=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码"),
            help=_("With it a person is recognised for certain."),
        ),
        ImportColumn(
            key="since",
            label=_("In office since"),
            kind="date",
            synonyms=("任职时间", "任职日期", "任现职时间", "任现职务时间"),
            help=_("Needed with a holder. Whoever holds the office now leaves it the day before."),
            example="2024.11.01",
        ),
        ImportColumn(
            key="document_number",
            label=_("Document number"),
            read=read_document_number,
            longest=60,
            width=22,
            synonyms=("文号", "任职文号", "任职文件", "文件号"),
            example="望委组〔2024〕39号",
        ),
        ImportColumn(
            key="wants_account",
            label=_("Ask for an account"),
            kind="bool",
            width=10,
            synonyms=("申请账号", "是否申请账号", "开通账号"),
            help=_("Yes: an account is asked for with the import."),
            example="是",
        ),
    ]
