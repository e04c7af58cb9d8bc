"""The fictional trainees of demo texts B3, six years of them, all dates counted from the as-of day.

Cohort 0 reported for duty in the latest August, cohort 5 five years earlier: so the newest seven are inside their two
years of pairing on any day, and the camp has three grades because some village terms began late or were interrupted. All people are fictional; the region code 990000 of their ID numbers does not exist.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cadre_app.core.days import add_months, add_years

ALL_ARRIVED = (8, 15)
NEW_SINCE = timedelta(days=4)
SCHOOLS = ("澜江大学", "华澜理工大学", "东屿农林大学", "南屿师范大学", "临澜学院", "海岳政法大学")
MAJORS = (
    "行政管理",
    "农业经济管理",
    "法学",
    "汉语言文学",
    "土木工程",
    "公共管理",
    "会计学",
    "水产养殖学",
    "新闻学",
    "软件工程",
)
NATIVE_PLACES = ("临澜望屿", "临澜沧浦", "海岳海州", "东屿青浦", "南屿宁埔", "华澜华亭", "澜江江口")
TOWN_POSTS = (
    "党建办公室工作人员",
    "经济发展办公室工作人员",
    "乡村振兴办公室工作人员",
    "党政办公室工作人员",
    "社会事务办公室工作人员",
)
DEPARTMENT_POSTS = ("办公室工作人员", "综合科工作人员", "业务科工作人员")
# 延长试用期 Whose probation was extended, by how many months; graded some weeks after its end.
EXTENDED = {"许哲宁": 3, "蔡文琪": 5}
GRADED_AFTER = timedelta(days=20)
LATER_POSTS = ("党建办公室主任", "党委宣传委员", "副镇长", "镇团委书记", "经济发展办公室主任")
# 乡科级副职 Among them the posts of a deputy head, by GB/T 12407.
DEPUTY, DEPUTY_POSTS = "142", ("党委宣传委员", "副镇长", "副乡长", "党工委宣传委员", "办事处副主任")
IN_SUBDISTRICTS = {"党委宣传委员": "党工委宣传委员", "副镇长": "办事处副主任", "镇团委书记": "团工委书记"}

# name, sex, group | cohort | kind, sub-kind, status | arrival: unit, village | education, Party | course of the term | later unit
# kinds: ST SO SC selected (targeted, ordinary, central); IP IC introduced (province, city). Status C civil servant, I institution.
# education: B bachelor, M master, D doctor. Party: F full, P probationary, C candidate, A activist, Y Youth League, N none.
# term: lateN months late, gapN months interrupted, open interrupted until further notice; left:KIND departed; new: reported
# four days ago, whose mentors are not confirmed yet and who goes to the village later.
ROWS = """
林知远 m 汉 0 ST C 梧岭镇 梧头村 M F
陈嘉穗 f 汉 0 SO C 梧岭镇 茶亭村 B P
黄雨桐 f 汉 0 IP C 潮音镇 潮前村 M F
吴承翰 m 汉 1 ST C 潮音镇 渔沃村 M F
郑可欣 f 汉 1 SO C 云坪乡 云顶村 B F
蔡文琪 f 汉 1 IC I 区农业技术推广中心 高坪村 M Y
许哲宁 m 汉 1 SC C 沧浦镇 沧头村 M F
谢若楠 f 汉 2 SO C 石埕镇 上埕村 B F late4
苏沐阳 m 汉 2 ST C 东碣镇 碣头村 M F
曾砚秋 m 汉 2 ST C 澜桥街道 锦塘村 M F late5
单一鸣 m 汉 2 SO C 沧浦镇 港尾村 B P gap9
解思源 m 汉 2 IP C 梧岭镇 岭下村 M F
仇雅文 f 汉 2 IC I 区融媒体中心 澜东社区 B Y late10
区慧敏 f 汉 2 SO C 石埕镇 柳厝村 B F
查云帆 m 汉 2 ST C 东碣镇 碣尾村 M F gap11
朴正浩 m 朝鲜 2 IP C 云坪乡 竹坑村 M A
盖新宇 m 汉 2 SO C 潮音镇 湾里村 B F open
翟晓棠 f 汉 2 IC C 沧浦镇 下浦村 M F
缪诗涵 f 汉 2 SO C 澜桥街道 桥头村 B C
尉迟安 m 汉 2 ST C 梧岭镇 半岭村 M F
欧阳朔 m 汉 3 ST C 沧浦镇 新埭村 M F - 区发展和改革局
万俟宁 f 汉 3 SO C 潮音镇 石角村 B F
邓书恒 m 汉 3 SO C 石埕镇 下埕村 B F gap14
石可馨 f 汉 3 IP C 梧岭镇 溪源村 M F - 区委宣传部
何语嫣 f 汉 3 SO C 东碣镇 沙堤村 B F
罗启航 m 汉 3 ST C 云坪乡 樟坪村 M F - 区交通运输局
梁子衿 f 汉 3 IC I 区融媒体中心 澜西社区 B F
宋时雨 m 汉 3 SO C 沧浦镇 埔心村 B F
冯景行 m 汉 3 SC C 石埕镇 洋心村 M F - 区人民政府办公室
杨牧青 f 汉 3 IP C 梧岭镇 梧头村 M F
马晨曦 f 回 3 SO C 澜桥街道 澜东社区 B Y late14
阿依努尔·艾山 f 维吾尔 3 ST C 潮音镇 渔沃村 M F
王㛃 f 汉 3 IC I 区农业技术推广中心 茶亭村 M N
李𠮷安 m 汉 3 SO C 东碣镇 灯塔村 B F - 区应急管理局
江以宁 f 汉 4 SO C 沧浦镇 沧头村 B F
沈拾光 m 汉 4 ST C 潮音镇 潮前村 M F - 区委办公室
周望舒 f 汉 4 IP C 石埕镇 上埕村 M F
韩霁月 f 汉 4 SO C 梧岭镇 茶亭村 B F - 区民政局
唐行简 m 汉 4 SO C 东碣镇 碣头村 B F
卫南屏 m 汉 4 IC I 区融媒体中心 桥头村 B F
傅清越 m 汉 4 ST C 云坪乡 云顶村 M F - 区农业农村局
彭采薇 f 汉 4 SO C 澜桥街道 锦塘村 B F
吕思齐 m 汉 4 IP C 沧浦镇 港尾村 M F - 区工业信息化和科技局
丁若水 f 汉 4 SO C 潮音镇 湾里村 B F
魏鸿飞 m 汉 4 ST C 石埕镇 柳厝村 M F
姜有仪 f 汉 4 IC I 区农业技术推广中心 半岭村 M F
钟离昕 f 畲 4 SO C 梧岭镇 岭下村 B F - 区教育局
戚少游 m 汉 5 SO C 沧浦镇 下浦村 B F - 区财政局
俞听澜 f 汉 5 ST C 潮音镇 石角村 M F
任平川 m 汉 5 IP C 石埕镇 下埕村 D F - 区自然资源局
袁朗清 m 汉 5 SO C 梧岭镇 溪源村 B F
蒋云舒 f 汉 5 SO C 东碣镇 碣尾村 B F - 区信访局
顾长卿 m 汉 5 ST C 云坪乡 高坪村 M F
叶知秋 f 汉 5 IC I 区融媒体中心 澜西社区 B F
范思危 m 汉 5 SO C 澜桥街道 澜东社区 B F - 区住房和城乡建设局
石砚耕 m 汉 5 IP C 沧浦镇 新埭村 M F
白晓溪 f 汉 5 SO C 潮音镇 渔沃村 B F - 区卫生健康局
程望津 m 汉 5 ST C 石埕镇 洋心村 M F
崔明夷 m 汉 5 SO C 梧岭镇 半岭村 B F - 区委社会工作部
雷鸣谦 m 畲 5 IC I 区农业技术推广中心 竹坑村 M F
陆青禾 f 汉 4 SO C 东碣镇 沙堤村 B F left:selection
高远尘 m 汉 5 IP C 澜桥街道 桥头村 M F left:outside
康时敏 f 汉 -1 SO C 梧岭镇 茶亭村 B F new
"""

KINDS = {
    "ST": ("selected", "targeted"),
    "SO": ("selected", "ordinary"),
    "SC": ("selected", "central"),
    "IP": ("introduced", "provincial"),
    "IC": ("introduced", "city"),
}
ETHNIC_GROUPS = {"汉": "01", "回": "03", "维吾尔": "05", "朝鲜": "10", "畲": "22"}
# full-time level and degree by education: codes of GB/T 4658 and GB/T 6864
EDUCATION = {"B": ("21", "412"), "M": ("14", "312"), "D": ("11", "212")}
SCHOOL_YEARS = {"B": 4, "M": 7, "D": 11}
AGE_AT_ARRIVAL = {"B": 22, "M": 25, "D": 28}
PARTY_STAGES = {"F": "full", "P": "probationary", "C": "candidate", "A": "activist", "Y": "", "N": ""}
POLITICAL_STATUS = {"F": "01", "P": "02", "Y": "03", "C": "03", "A": "03", "N": "13"}
MANAGEMENT_GRADE, TECHNICAL_GRADE = "管理岗位九级职员", "专业技术十二级"


@dataclass(frozen=True)
class DemoPost:
    """Post and rank from a day on."""

    started_on: date
    post: str
    rank: str = ""
    post_grade: str = ""

    @property
    def post_level(self) -> str:
        """The code of the level of a leading post; empty for any other."""
        return DEPUTY if self.post in DEPUTY_POSTS else ""


@dataclass(frozen=True)
class DemoTerm:
    """A village term; `gap` is the interruption (first day, last day or None while it lasts)."""

    village: str
    started_on: date
    gap: tuple[date, date | None] | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class DemoTrainee:
    """Everything that is known of one trainee on the as-of day; units and villages are names of demo.places."""

    name: str
    sex: str
    ethnic_group: str
    id_number: str
    birth_month: date
    native_place: str
    phone: str
    political_status: str
    party_stage: str
    party_joined_on: date | None
    party_full_on: date | None
    schools: tuple[tuple[str, str, date, date], ...]
    school: str
    major: str
    kind: str
    sub_kind: str
    status: str
    arrived_on: date
    arrival_unit: str
    home_unit: str
    moved_on: date | None
    posts: tuple[DemoPost, ...]
    village: str
    term: DemoTerm | None
    cohort: int
    departure: str = ""
    departed_on: date | None = None
    resume: str = field(default="", repr=False)
    probation_ends_on: date | None = None


def cohort_year(as_of: date) -> int:
    """The year in which cohort 0 reported for duty: this year's from the middle of August on, when all have arrived."""
    return as_of.year if (as_of.month, as_of.day) >= ALL_ARRIVED else as_of.year - 1


def trainees(as_of: date) -> list[DemoTrainee]:
    """All of them, oldest cohort last, as they stand on `as_of` (local date)."""
    return [_trainee(index, line.split(), as_of) for index, line in enumerate(ROWS.strip().splitlines())]


def _trainee(index: int, row: list[str], as_of: date) -> DemoTrainee:
    name, sex, group, cohort_text, kind, status, unit, village, education, party, *rest = row
    course, later_unit = rest[0] if rest else "", "".join(rest[1:])
    cohort = int(cohort_text)
    is_new = course == "new"
    arrived = as_of - NEW_SINCE if is_new else date(cohort_year(as_of) - cohort, 8, 3 + index % 9)
    born = add_months(date(arrived.year - AGE_AT_ARRIVAL[education], 9, 1), -(index * 5 % 14))
    birth_day = born + timedelta(days=index * 7 % 28)
    term = None if is_new else _term(course, village, arrived, index, as_of)
    moved_on = _moved_on(later_unit, term, as_of)
    joined, full = _party_dates(party, arrived, as_of)
    departure = course.partition(":")[2] if course.startswith("left") else ""
    sub = KINDS[kind]
    home = later_unit if moved_on else unit
    return DemoTrainee(
        name=name,
        sex="1" if sex == "m" else "2",
        ethnic_group=ETHNIC_GROUPS[group],
        id_number=_id_number(birth_day, index, male=sex == "m"),
        birth_month=born,
        native_place=NATIVE_PLACES[index % len(NATIVE_PLACES)],
        phone=f"1990000{index + 1:04d}",
        political_status=POLITICAL_STATUS[party],
        party_stage=PARTY_STAGES[party],
        party_joined_on=joined,
        party_full_on=full,
        schools=_schools(education, arrived),
        school=SCHOOLS[index % len(SCHOOLS)],
        major=MAJORS[index % len(MAJORS)],
        kind=sub[0],
        sub_kind=sub[1],
        status="civil_servant" if status == "C" else "institution",
        arrived_on=arrived,
        arrival_unit=unit,
        home_unit=home,
        moved_on=moved_on,
        posts=_posts(index, status, education, unit, arrived, moved_on, kind, as_of, _graded_on(name, arrived, as_of)),
        village=village,
        term=term,
        cohort=cohort,
        departure=departure,
        departed_on=min(add_months(as_of, -7), add_years(arrived, 4)) if departure else None,
        resume=_resume(index, education, arrived, unit, village, term, later_unit if moved_on else "", moved_on),
        probation_ends_on=extended_end(name, arrived) if name in EXTENDED else None,
    )


def extended_end(name: str, arrived: date) -> date:
    """The end of probation, a year after the arrival or later."""
    return add_months(arrived, 12 + EXTENDED.get(name, 0))


def _graded_on(name: str, arrived: date, as_of: date) -> date | None:
    """From when somebody holds the first rank or post grade; None for who is not graded yet."""
    end = extended_end(name, arrived)
    known = end + GRADED_AFTER if name in EXTENDED else end
    return end if known <= as_of else None


def _term(course: str, village: str, arrived: date, index: int, as_of: date) -> DemoTerm:
    """Two years in the village: from two weeks after arrival, later where it began late, longer where it stood still."""
    start = arrived + timedelta(days=10 + index % 5)
    gap: tuple[date, date | None] | None = None
    held = 0
    if course.startswith("late"):
        start = add_months(start, int(course.removeprefix("late")))
    elif course.startswith("gap"):
        held = int(course.removeprefix("gap"))
        first = add_months(start, 9)
        gap = (first, add_months(first, held) - timedelta(days=1))
    elif course == "open":
        gap = (min(add_months(start, 20), as_of - timedelta(days=40)), None)
    due = add_months(start, 24 + held) - timedelta(days=1)
    return DemoTerm(village, start, gap, due if gap is None and due < as_of else None)


def _moved_on(later_unit: str, term: DemoTerm | None, as_of: date) -> date | None:
    if not later_unit or term is None or term.ended_on is None:
        return None
    moved = add_months(term.ended_on, 2).replace(day=15)
    return moved if moved < as_of else None


def _party_dates(party: str, arrived: date, as_of: date) -> tuple[date | None, date | None]:
    """A probationary member was admitted eight months ago, a full one in the third year before the first job."""
    if party == "P":
        return add_months(as_of, -8), None
    if party == "F":
        joined = date(arrived.year - 2, 5, 20)
        return joined, add_years(joined, 1)
    return None, None


def _later_post(index: int, unit: str) -> str:
    """As it is called in a town, a township (乡) or a subdistrict (街道)."""
    post = LATER_POSTS[index % len(LATER_POSTS)]
    if unit.endswith("街道"):
        return IN_SUBDISTRICTS.get(post, post)
    return post.replace("镇", "乡") if unit.endswith("乡") else post


def _posts(
    index: int,
    status: str,
    education: str,
    unit: str,
    arrived: date,
    moved_on: date | None,
    kind: str,
    as_of: date,
    graded: date | None,
) -> tuple[DemoPost, ...]:
    """On arrival, after probation (本科 → 一级科员, 硕士 → 四级主任科员), a step up after three more years, on a move."""
    in_town = unit.endswith(("镇", "乡", "街道"))
    post = (TOWN_POSTS if in_town else DEPARTMENT_POSTS)[
        index % (len(TOWN_POSTS) if in_town else len(DEPARTMENT_POSTS))
    ]
    if status == "I":
        grade = TECHNICAL_GRADE if "推广" in unit else MANAGEMENT_GRADE
        found = [DemoPost(arrived, post)]
        if graded is not None:
            found.append(DemoPost(graded, post, post_grade=grade))
    else:
        label = "试用期公务员（选调生）" if kind.startswith("S") else "试用期公务员"
        found = [DemoPost(arrived, label)]
        first, second = ("11", "10") if education == "B" else ("10", "09")
        stepped = add_months(arrived, 42)
        if graded is not None:
            found.append(DemoPost(graded, post, first))
        if stepped <= as_of:
            later = _later_post(index, unit) if in_town and moved_on is None else post
            found.append(DemoPost(stepped, later, second))
    if moved_on is not None:
        last = found[-1]
        if moved_on > last.started_on:
            found.append(
                DemoPost(moved_on, DEPARTMENT_POSTS[index % len(DEPARTMENT_POSTS)], last.rank, last.post_grade)
            )
        else:
            found[-1] = DemoPost(
                last.started_on, DEPARTMENT_POSTS[index % len(DEPARTMENT_POSTS)], last.rank, last.post_grade
            )
    return tuple(found)


def _schools(education: str, arrived: date) -> tuple[tuple[str, str, date, date], ...]:
    """Level, degree and months: a first degree, and the highest where it is another one."""
    entered = arrived.year - SCHOOL_YEARS[education]
    first = (*EDUCATION["B"], date(entered, 9, 1), date(entered + 4, 6, 1))
    if education == "B":
        return (first,)
    return first, (*EDUCATION[education], date(entered + 4, 9, 1), date(arrived.year, 6, 1))


def _resume(
    index: int,
    education: str,
    arrived: date,
    unit: str,
    village: str,
    term: DemoTerm | None,
    later: str,
    moved_on: date | None,
) -> str:
    """Résumé lines as the appointment form wants them (PRODUCT.md, JianLi)."""
    school, major = SCHOOLS[index % len(SCHOOLS)], MAJORS[index % len(MAJORS)]
    entered = arrived.year - SCHOOL_YEARS[education]
    lines = [f"{entered}.09--{entered + 4}.06  {school}{major}专业学习"]
    if education != "B":
        word = "硕士" if education == "M" else "博士"
        lines.append(f"{entered + 4}.06--{arrived.year}.06  {school}{major}专业{word}研究生学习")
    town = f"{arrived:%Y.%m}--{moved_on:%Y.%m}" if moved_on else f"{arrived:%Y.%m}--"
    lines.append(f"{town.ljust(18)}{_place(unit)}工作")
    finish = term.ended_on if term is not None else None
    if term is not None and finish is not None and (moved_on is None or finish <= moved_on):
        lines.append(f"（其间：{term.started_on:%Y.%m}--{finish:%Y.%m}在{village}到村任职）")
    if moved_on:
        lines.append(f"{moved_on:%Y.%m}--         {_place(later)}工作")
    return "\n".join(lines)


def _place(unit: str) -> str:
    return f"临澜市望屿{unit}" if unit.startswith("区") else f"临澜市望屿区{unit}"


def _id_number(born: date, index: int, *, male: bool) -> str:
    """A number that checks out, of a region that does not exist."""
    serial = index * 2 + (1 if male else 2)
    first = f"990000{born:%Y%m%d}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
    return first + "10X98765432"[rest]
