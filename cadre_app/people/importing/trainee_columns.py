"""The columns of the sheet of trainees: those of the roster (demo-texts B18), and what a growth file needs besides."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from cadre_app.core.importing import ImportColumn
from cadre_app.people.importing.cells import read_name
from cadre_app.people.importing.village_columns import village_columns
from cadre_app.people.models import Kind, Status, SubKind
from cadre_app.policy import codes

NEEDED = _("Needed for a new file.")


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [*_identity(), *_party(), *_schooling(), *_programme(), *village_columns(), *_rest()]


def examples() -> list[dict[str, str]]:
    """Rows of fictional people: a selected graduate in a village, staff of an institution, a change of one value."""
    return [
        {
            "name": "林知远",
            "id_number": "990000199905170013",
            "ethnic_group": "汉族",
            "political_status": "中共党员",
            "party_joined_on": "2019.06.20",
            "party_full_on": "2020.06.20",
            "full_time_level": "硕士研究生毕业",
            "full_time_degree": "公共管理硕士专业学位",
            "full_time_school": "澜江大学",
            "full_time_major": "公共管理",
            "kind": "选调生",
            "sub_kind": "定向选调",
            "arrived_on": "2024.08.15",
            "home_unit": "梧岭镇",
            "post": "党建办公室工作人员",
            "rank": "四级主任科员",
            "rank_since": "2025.08",
            "village": "梧头村",
            "term_started_on": "2024.09.01",
            "wants_account": "是",
        },
        {
            "name": "蔡文琪",
            "sex": "女",
            "birth_month": "1998.03",
            "kind": "引进生",
            "status": "事业",
            "arrived_on": "2023.08.15",
            "home_unit": "区农业技术推广中心",
            "post_grade": "管理岗位九级职员",
        },
        {"name": "陈嘉穗", "birth_month": "1999.11", "home_unit": "梧岭镇", "phone": "13800000000"},
    ]


def code_tables(sheet_columns: Sequence[ImportColumn]) -> dict[str, frozenset[str]]:
    """What may stand in each column of codes, by its key."""
    return {
        column.key: frozenset(value for value, _label in column.choices())
        for column in sheet_columns
        if column.kind == "code" and column.choices is not None
    }


def _codes(table: str) -> Callable[[], Sequence[tuple[str, str]]]:
    return lambda: codes.choices(table)


def _identity() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="name",
            label=_("Full name"),
            required=True,
            longest=40,
            read=read_name,
            synonyms=("姓名", "名字", "人员姓名", "name"),
            example="林知远",
        ),
        ImportColumn(
            key="id_number",
            label=_("ID number"),
            kind="id_number",
            is_confidential=True,
            width=22,
            synonyms=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码"),
            help=_("With it a person is recognised for certain; sex and month of birth follow from it."),
            example="990000199905170013",
        ),
        ImportColumn(
            key="sex",
            label=_("Sex"),
            kind="code",
            width=6,
            choices=_codes("sex"),
            synonyms=("性别",),
            example="男",
        ),
        ImportColumn(
            key="ethnic_group",
            label=_("Ethnic group"),
            kind="code",
            width=8,
            choices=_codes("ethnic_group"),
            synonyms=("民族",),
            example="汉族",
        ),
        ImportColumn(
            key="birth_month",
            label=_("Month of birth"),
            kind="month",
            synonyms=("出生年月", "出生日期", "出生时间", "出生年月日", "生日"),
            help=_("Tells people of one name apart where the ID number is missing."),
            example="1999.05",
        ),
        ImportColumn(
            key="native_place",
            label=_("Native place"),
            longest=40,
            synonyms=("籍贯",),
            example="临澜望屿",
        ),
    ]


def _party() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="political_status",
            label=_("Political affiliation"),
            kind="code",
            choices=_codes("political_status"),
            synonyms=("政治面貌", "党派"),
            example="中共党员",
        ),
        ImportColumn(
            key="party_joined_on",
            label=_("Admitted to the Party on"),
            kind="date",
            synonyms=("入党时间", "入党日期", "入党年月", "加入党派时间"),
            example="2019.06.20",
        ),
        ImportColumn(
            key="party_full_on",
            label=_("Full member since"),
            kind="date",
            synonyms=("转正时间", "党员转正时间", "转正日期", "预备党员转正时间"),
            example="2020.06.20",
        ),
        ImportColumn(
            key="work_month",
            label=_("Began work in"),
            kind="month",
            synonyms=("参加工作时间", "参加工作年月", "参加工作日期", "工作时间"),
            example="2024.08",
        ),
    ]


def _schooling() -> list[ImportColumn]:
    full_time, on_the_job = ("全日制", "全日制教育"), ("在职", "在职教育")
    return [
        ImportColumn(
            key="full_time_level",
            label=_("Full-time education"),
            kind="code",
            width=18,
            choices=_codes("education"),
            synonyms=(*_headed(full_time, "学历"), "学历", "最高学历", "文化程度"),
            example="大学本科毕业",
        ),
        ImportColumn(
            key="full_time_degree",
            label=_("Full-time degree"),
            kind="code",
            width=18,
            choices=_codes("degree"),
            synonyms=(*_headed(full_time, "学位"), "学位", "最高学位"),
            example="管理学学士学位",
        ),
        ImportColumn(
            key="full_time_school",
            label=_("School"),
            longest=60,
            width=18,
            synonyms=(*_headed(full_time, "毕业院校", "院校", "学校"), "毕业院校", "毕业学校", "毕业院校系", "学校"),
            example="澜江大学",
        ),
        ImportColumn(
            key="full_time_major",
            label=_("Major"),
            longest=60,
            width=18,
            synonyms=(*_headed(full_time, "专业", "所学专业"), "专业", "所学专业", "毕业专业"),
            example="行政管理",
        ),
        ImportColumn(
            key="full_time_month",
            label=_("Graduated in"),
            kind="month",
            synonyms=(*_headed(full_time, "毕业时间"), "毕业时间", "毕业年月", "毕业日期"),
            example="2024.06",
        ),
        ImportColumn(
            key="on_the_job_level",
            label=_("On-the-job education"),
            kind="code",
            width=18,
            choices=_codes("education"),
            synonyms=_headed(on_the_job, "学历"),
        ),
        ImportColumn(
            key="on_the_job_degree",
            label=_("On-the-job degree"),
            kind="code",
            width=18,
            choices=_codes("degree"),
            synonyms=_headed(on_the_job, "学位"),
        ),
        ImportColumn(
            key="on_the_job_school",
            label=_("On-the-job school"),
            longest=60,
            width=18,
            synonyms=_headed(on_the_job, "毕业院校", "院校", "学校"),
        ),
        ImportColumn(
            key="on_the_job_major",
            label=_("On-the-job major"),
            longest=60,
            width=18,
            synonyms=_headed(on_the_job, "专业", "所学专业"),
        ),
    ]


def _headed(groups: Sequence[str], *headings: str) -> tuple[str, ...]:
    """Headings under a merged one (全日制教育 over 学历) and in one word."""
    return tuple(group + heading for group in groups for heading in headings)


def _programme() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="kind",
            label=_("Kind"),
            kind="choice",
            choices=lambda: Kind.choices,
            synonyms=("类别", "人员类别", "身份类别", "人员类型"),
            help=NEEDED,
            example="选调生",
        ),
        ImportColumn(
            key="sub_kind",
            label=_("Sub-kind"),
            kind="choice",
            choices=lambda: SubKind.choices,
            synonyms=("子类", "子类别", "选调类别", "引进类别", "小类"),
            example="定向选调",
        ),
        ImportColumn(
            key="status",
            label=_("Personnel status"),
            kind="choice",
            choices=lambda: Status.choices,
            synonyms=("编制", "编制类型", "人员编制", "编制性质"),
            help=_("Needed for a new file of an introduced graduate; selected graduates are always civil servants."),
            example="公务员",
        ),
        ImportColumn(
            key="arrived_on",
            label=_("Reported for duty on"),
            kind="date",
            synonyms=("报到日期", "报到时间", "到岗时间", "录用日期", "录用时间", "引进时间", "入职时间", "入职日期"),
            help=NEEDED,
            example="2024.08.15",
        ),
        ImportColumn(
            key="home_unit",
            label=_("Present unit"),
            longest=200,
            width=22,
            synonyms=("现单位", "单位", "所在单位", "工作单位", "现工作单位", "单位名称", "现所在单位"),
            help=_("Needed for a new file. Its name, or its path if several are called so (望屿区/梧岭镇)."),
            example="梧岭镇",
        ),
        ImportColumn(
            key="post",
            label=_("Post"),
            longest=100,
            width=22,
            synonyms=("职务", "现任职务", "现职务", "岗位"),
            example="党建办公室工作人员",
        ),
        ImportColumn(
            key="post_since",
            label=_("In this post since"),
            kind="date",
            synonyms=("任现职务时间", "任现职时间", "现职务任职时间", "任职时间"),
            help=_("Empty: as the rank. A new post of a file that exists: from today."),
            example="2025.08.15",
        ),
        ImportColumn(
            key="rank",
            label=_("Rank"),
            kind="code",
            choices=_codes("rank"),
            synonyms=("职级", "现职级", "公务员职级"),
            help=_("Civil servants only."),
            example="一级科员",
        ),
        ImportColumn(
            key="rank_since",
            label=_("In this rank since"),
            kind="date",
            synonyms=("任现职级时间", "现职级时间", "任职级时间", "晋升现职级时间", "任现岗位等级时间"),
            help=_("Needed for a new rank or post grade of a file that exists."),
            example="2025.08.15",
        ),
        ImportColumn(
            key="post_grade",
            label=_("Post grade"),
            longest=40,
            width=18,
            synonyms=("岗位等级", "岗位级别", "现岗位等级"),
            help=_("Staff of public institutions only."),
            example="管理岗位九级职员",
        ),
    ]


def _rest() -> list[ImportColumn]:
    return [
        ImportColumn(
            key="phone",
            label=_("Mobile phone"),
            kind="phone",
            is_confidential=True,
            synonyms=("手机号", "手机号码", "手机", "联系电话", "电话", "联系方式"),
            example="13800000000",
        ),
        ImportColumn(
            key="remark",
            label=_("Remark"),
            longest=200,
            width=18,
            synonyms=("备注",),
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
