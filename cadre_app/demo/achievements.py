"""Work achievements of the fictional district (demo texts B10) in every state, as they stand on the as-of day.

梧岭镇 has a liaison and verifies first; the other units have none, so that their entries went on to the department.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.achievements.models import Achievement, AchievementState, StepKind
from cadre_app.achievements.services.bulk import NewAchievement, NewStep, add_achievements_many
from cadre_app.people.models import Trainee

WITH_LIAISON = "梧岭镇"
DRAFT, UNIT, DEPARTMENT = AchievementState.DRAFT, AchievementState.UNIT, AchievementState.DEPARTMENT
VERIFIED, RETURNED = AchievementState.VERIFIED, AchievementState.RETURNED


@dataclass(frozen=True)
class Text:
    """One of B10; `{0}` … stand where numbers differ from person to person. `days`: how long it took."""

    title: str
    role: str
    done: str
    result: str
    witness: str
    days: int
    numbers: tuple[tuple[str, ...], ...] = ((),)


TEXTS = {
    "fields": Text(
        "撂荒地复耕{0}亩", "具体负责", "逐户核实撂荒地台账，协调{1}家合作社统一流转，种植迟熟枇杷和早稻。",
        "复耕{0}亩，村集体当年增收{2}万元。", "村党组织书记；流转合同、村账截图由村部保存", 340,
        (("86", "3", "6.4"), ("52", "2", "3.8"), ("118", "4", "8.1"), ("37", "2", "2.6")),
    ),
    "canal": Text(
        "水渠修复解决{0}个小组灌溉", "牵头", "争取小型水利维修资金{1}万元，组织群众投工修复水渠。",
        "修复水渠{2}公里，恢复灌溉{3}亩。", "村委会主任；验收单、投工登记由村部保存", 170,
        (("两", "12", "1.3", "140"), ("三", "18", "2.1", "205"), ("两", "9", "0.8", "95")),
    ),
    "storm": Text(
        "台风期间渔排人员零伤亡转移", "现场组成员", "负责渔排人员清点，三次核对签字，到人到户。",
        "转移{0}人，按时完成，无伤亡。", "村党支部书记；转移登记表由镇应急办保存", 12,
        (("46",), ("31",), ("58",)),
    ),
    "border": Text(
        "化解{0}年的宅基地界址纠纷", "主办", "查阅旧契和航测图，组织两家当面指认，签订协议并公证。",
        "两户签订协议并公证，至今未反复。", "村调解委员会主任；协议书已隐去个人信息", 80,
        (("12",), ("9",), ("15",)),
    ),
    "fire": Text(
        "古厝消防微改造", "项目联络员", "协调住建、消防、文旅三部门，完成古厝群消防栓、线路改造。",
        "覆盖{0}栋，消防验收一次通过。", "镇文化站站长；竣工资料由镇政府保存", 330, (("43",), ("27",)),
    ),
    "tea": Text(
        "村级茶青交易点", "具体负责", "引入{0}家收购方，建立公示秤和当日付款规则。", "茶农每斤多收{1}元左右。",
        "村党支部书记；交易台账由合作社保存", 320, (("2", "0.8"), ("3", "0.6")),
    ),
    "signing": Text(
        "指挥部征迁协议签订", "入户组成员", "包干{0}户，逐户讲清政策、核对附着物清单。",
        "用时{1}天全部签约，未发生投诉。", "指挥部征迁组组长；签约情况表由指挥部保存", 60,
        (("18", "41"), ("23", "55"), ("15", "36")),
    ),
    "investor": Text(
        "招商线索落地", "跟进人", "跟进{0}企业线索，完成选址比选、用电测算。", "项目已备案并开工。",
        "招商办综合组组长；项目备案信息可查", 200, (("冷链",), ("海带深加工",), ("茶饮",)),
    ),
    "streets": Text(
        "创卫背街小巷整治", "片区联络员", "组织清理背街小巷{0}条，建立店铺门前责任公示。",
        "复查合格率由{1}%升至{2}%。", "街道城管办主任；复查记录由街道保存", 160,
        (("27", "61", "93"), ("19", "58", "90"), ("33", "64", "95")),
    ),
    "council": Text(
        "村民议事微协商", "发起人", "每月一次“榕树下议事”，收集并逐件答复群众事项。",
        "收集事项{0}件，办成{1}件，其余{2}件已说明原因。", "村党支部书记；事项清单由村部保存", 330,
        (("58", "49", "9"), ("41", "35", "6"), ("36", "30", "6")),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """`ago`: days from the end of the period to the as-of day; `waits`: days in its state; `number`: which variation."""

    name: str
    text: str
    state: AchievementState
    ago: int
    waits: int = 3
    number: int = 0
    comment: str = ""


ENTRIES = (
    Entry("林知远", "canal", VERIFIED, 40, 20),
    Entry("林知远", "border", UNIT, 12, 4, 1),
    Entry("林知远", "council", RETURNED, 16, 5, 2, comment="请写明议事的次数，并补充事项清单。"),
    Entry("林知远", "tea", DRAFT, 6, 2, 1),
    Entry("陈嘉穗", "tea", UNIT, 20, 9),
    Entry("解思源", "fields", VERIFIED, 75, 40, 1),
    Entry("解思源", "council", UNIT, 15, 2, 1),
    Entry("尉迟安", "border", DEPARTMENT, 30, 6),
    Entry("袁朗清", "canal", DEPARTMENT, 45, 18, 1),
    Entry("袁朗清", "council", VERIFIED, 200, 150),
    Entry("黄雨桐", "storm", DEPARTMENT, 25, 7, 1),
    Entry("吴承翰", "storm", VERIFIED, 80, 55),
    Entry("郑可欣", "fields", VERIFIED, 60, 33, 3),
    Entry("蔡文琪", "tea", RETURNED, 40, 11, comment="增收的数字请注明来源。"),
    Entry("许哲宁", "signing", VERIFIED, 70, 45),
    Entry("谢若楠", "fire", VERIFIED, 90, 61),
    Entry("苏沐阳", "council", VERIFIED, 100, 70, 1),
    Entry("曾砚秋", "streets", VERIFIED, 65, 30),
    Entry("单一鸣", "investor", DEPARTMENT, 30, 9, 1),
    Entry("仇雅文", "streets", VERIFIED, 120, 95, 1),
    Entry("区慧敏", "fire", DEPARTMENT, 35, 16, 1),
    Entry("查云帆", "storm", VERIFIED, 95, 66, 2),
    Entry("朴正浩", "canal", RETURNED, 50, 8, 2, comment="请补充验收单，并写明投工户数。"),
    Entry("翟晓棠", "border", VERIFIED, 140, 110, 2),
    Entry("缪诗涵", "streets", VERIFIED, 85, 52, 2),
    Entry("欧阳朔", "investor", VERIFIED, 150, 120),
    Entry("万俟宁", "storm", VERIFIED, 400, 380),
    Entry("邓书恒", "fields", VERIFIED, 110, 80, 2),
    Entry("石可馨", "council", DEPARTMENT, 28, 5, 2),
    Entry("何语嫣", "signing", VERIFIED, 160, 130, 1),
    Entry("罗启航", "signing", VERIFIED, 180, 140, 2),
    Entry("宋时雨", "investor", VERIFIED, 210, 170, 2),
    Entry("马晨曦", "streets", VERIFIED, 420, 390),
    Entry("周望舒", "fire", VERIFIED, 500, 450, 1),
)
# Whose verified entry was corrected by a later one, and what the earlier one had said.
CORRECTED = ("杨牧青", "fields", 130, 25, "复耕94亩，村集体当年增收6.9万元。")
COMMENTS = (("mentor.village", "数字属实，投工那几天我都在现场。"), ("mentor.head", "办得实，材料还可以再短些。"))


def load_achievements(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """The entries of those who are in development, their steps, and the comments of the demo mentors."""
    keys = [file.pk for file in files.values()]
    here = Trainee.objects.in_development().filter(pk__in=keys).select_related("person", "home_unit")
    open_files = {file.person.name: file for file in here}
    wanted = [_entry(one, open_files[one.name], users, as_of) for one in ENTRIES if one.name in open_files]
    add_achievements_many(wanted, actor=None)
    if CORRECTED[0] in open_files:
        _load_corrected(open_files[CORRECTED[0]], users, as_of)


def _load_corrected(file: Trainee, users: dict[str, User], as_of: date) -> None:
    name, text, ago, waits, result = CORRECTED
    later = _entry(Entry(name, text, VERIFIED, ago, waits), file, users, as_of)
    first = _entry(Entry(name, text, VERIFIED, ago, waits + 60), file, users, as_of)
    steps = (*first.steps, NewStep(kind=StepKind.SUPERSEDED, on=later.steps[-1].on, by=users["staff"]))
    earlier: Achievement = add_achievements_many(
        [NewAchievement(**{**vars(first), "result": result, "steps": steps})], actor=None
    )[0]
    add_achievements_many([NewAchievement(**{**vars(later), "supersedes": earlier})], actor=None)


def _entry(one: Entry, file: Trainee, users: dict[str, User], as_of: date) -> NewAchievement:
    text = TEXTS[one.text]
    values = text.numbers[one.number]
    ended = max(as_of - timedelta(days=one.ago), file.arrived_on)
    entered = max(as_of - timedelta(days=one.waits), ended)
    written = max(ended, entered - timedelta(days=12))
    is_commented = one.name == "林知远" and one.state == VERIFIED
    return NewAchievement(
        trainee=file,
        title=text.title.format(*values),
        started_on=max(ended - timedelta(days=text.days), file.arrived_on),
        ended_on=ended,
        role=text.role,
        done=text.done.format(*values),
        result=text.result.format(*values),
        witness=text.witness,
        written_on=written,
        steps=_steps(one, file, users, written, entered),
        comments=tuple((users[who], said) for who, said in COMMENTS) if is_commented else (),
    )


def _steps(one: Entry, file: Trainee, users: dict[str, User], written: date, entered: date) -> tuple[NewStep, ...]:
    """From the day it was written to the day on which its state began; over the liaison where the unit has one."""
    if one.state == DRAFT:
        return ()
    own = users["trainee"] if one.name == users["trainee"].display_name else None
    has_liaison = file.home_unit.name == WITH_LIAISON
    submitted = NewStep(kind=StepKind.SUBMITTED, on=entered if one.state == UNIT else written, by=own)
    if one.state == UNIT:
        return (submitted,)
    if one.state == RETURNED:
        kind, by = (StepKind.RETURNED_BY_UNIT, "liaison") if has_liaison else (StepKind.RETURNED, "staff")
        past = () if has_liaison else (NewStep(kind=StepKind.PASSED_UNIT, on=written),)
        return (submitted, *past, NewStep(kind=kind, on=entered, by=users[by], comment=one.comment))
    between = entered if one.state == DEPARTMENT else max(written, entered - timedelta(days=5))
    if has_liaison:
        first = NewStep(kind=StepKind.UNIT_VERIFIED, on=between, by=users["liaison"])
    else:
        first = NewStep(kind=StepKind.PASSED_UNIT, on=entered if one.state == DEPARTMENT else written)
    verified = (NewStep(kind=StepKind.VERIFIED, on=entered, by=users["staff"]),) if one.state == VERIFIED else ()
    return (submitted, first, *verified)
