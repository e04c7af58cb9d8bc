"""Offices of the fictional district and who holds them (demo texts B2, B3). All people are fictional."""

from dataclasses import dataclass, replace

from cadre_app.demo import places

VILLAGE_OFFICE_TITLES = {
    "澜东社区": "社区党委书记",
    "澜西社区": "社区党委书记",
    "桥头村": "村党委书记",
    "锦塘村": "村党委书记",
}
GENERAL_BRANCHES = frozenset({"茶亭村", "沧头村", "碣头村", "上埕村"})
NEW_THIS_YEAR = (3,)
# The demo account of a political mentor has been in office since before the newest trainees came.
LONG_HELD = "梧岭镇"


@dataclass(frozen=True)
class DemoOffice:
    """`unit` names a unit of demo.places; `holder` is "" where the office is vacant, `years` since when it is held."""

    unit: str
    name: str
    holder: str
    order: int
    political: bool = False
    community: bool = False
    years: int = 3


TOWN_LEADERS = {
    "沧浦镇": ("戴鸿礼", "党委书记", "镇长", "方屿生", "党委组织委员", "江若谷"),
    "潮音镇": ("潘毓海", "党委书记", "镇长", "连海平", "党委组织委员", "邵听潮"),
    "石埕镇": ("柯文谨", "党委书记", "镇长", "骆明远", "党委组织委员", "叶素真"),
    "梧岭镇": ("庄世恒", "党委书记", "镇长", "简茂青", "党委组织委员", "邱明湛"),
    "东碣镇": ("施懋程", "党委书记", "镇长", "卓远帆", "党委组织委员", "纪望舒"),
    "云坪乡": ("卢广耘", "党委书记", "乡长", "雷稼禾", "党委组织委员", "蓝映雪"),
    "澜桥街道": ("江映红", "党工委书记", "办事处主任", "游承志", "党工委组织委员", "温如玉"),
}

# The ten named in the demo texts, then the others, village by village as in demo.places.
VILLAGE_SECRETARIES = {
    "沧头村": "林水发",
    "下浦村": "颜守田",
    "港尾村": "陈水木",
    "新埭村": "康永福",
    "埔心村": "苏土生",
    "潮前村": "王阿进",
    "湾里村": "洪大海",
    "渔沃村": "阮金水",
    "石角村": "池清波",
    "上埕村": "柳金钟",
    "下埕村": "柳传家",
    "柳厝村": "柳志强",
    "洋心村": "范家兴",
    "梧头村": "吴茂林",
    "茶亭村": "张清泉",
    "岭下村": "黄桂英",
    "半岭村": "钟山明",
    "溪源村": "蓝水源",
    "碣头村": "蔡海潮",
    "碣尾村": "翁国栋",
    "沙堤村": "欧金沙",
    "灯塔村": "许守灯",
    "云顶村": "谢高山",
    "高坪村": "雷春生",
    "竹坑村": "钟竹青",
    "樟坪村": "罗樟树",
    "澜东社区": "程丽珍",
    "澜西社区": "薛玉兰",
    "桥头村": "桂长桥",
    "锦塘村": "郑美珠",
}

DEPARTMENT_SECRETARIES = {
    "区委办公室": "秦伯钧",
    "区委宣传部": "祝文澜",
    "区委政法委": "严正平",
    "区委社会工作部": "饶惠民",
    "区信访局": "穆听言",
    "区委党校": "季崇学",
    "区人民政府办公室": "樊立本",
    "区发展和改革局": "盛展鹏",
    "区教育局": "孟树人",
    "区工业信息化和科技局": "匡新工",
    "区民政局": "安济群",
    "区财政局": "钱广源",
    "区人力资源和社会保障局": "尚任之",
    "区自然资源局": "田守疆",
    "区住房和城乡建设局": "梅广厦",
    "区交通运输局": "路通达",
    "区农业农村局": "农兴邦",
    "区文化体育和旅游局": "乐游之",
    "区卫生健康局": "华佑康",
    "区应急管理局": "武安澜",
    "团区委": "冉青松",
    "区融媒体中心": "闻传声",
    "区农业技术推广中心": "禾满仓",
}

ORGANIZATION_DEPARTMENT = (
    ("区委常委、组织部部长", "陆怀谦", True),
    ("副部长（分管干部）", "沈亦文", False),
    ("干部科科长", "方秉廉", False),
    ("公务员科科长", "姚静姝", False),
    ("干部监督科科长", "仲维岳", False),
)


def offices() -> list[DemoOffice]:
    """Every office in official order; one holder in seven came into office this year."""
    found = [
        DemoOffice("区委组织部", name, holder, order, political=source)
        for order, (name, holder, source) in enumerate(ORGANIZATION_DEPARTMENT, start=1)
    ]
    for unit, holder in DEPARTMENT_SECRETARIES.items():
        found.append(DemoOffice(unit, _department_office(unit), holder, 1, political=True))
    found.append(DemoOffice("区农业农村局", "办公室主任（联络员）", "俞克勤", 5))
    for town, (secretary, title, head_title, head, liaison_title, liaison) in TOWN_LEADERS.items():
        found.append(DemoOffice(town, title, secretary, 1, political=True))
        found.append(DemoOffice(town, head_title, head, 2))
        found.append(DemoOffice(town, liaison_title, liaison, 4))
    for _town, _kind, villages in places.TOWNS:
        for village in villages:
            found.append(DemoOffice(village, _village_office(village), VILLAGE_SECRETARIES[village], 1, community=True))
    return [
        replace(office, years=0 if index % 7 in NEW_THIS_YEAR and office.unit != LONG_HELD else 2 + index % 4)
        for index, office in enumerate(found)
    ]


def _department_office(unit: str) -> str:
    if unit.endswith("中心"):
        return "党支部书记、主任"
    if unit == "区委党校":
        return "校务委员会书记、常务副校长"
    if unit.startswith("区委") or unit == "团区委":
        return {"区委办公室": "主任", "团区委": "书记"}.get(unit, "部务会负责同志")
    return "党组书记、主任" if unit.endswith("办公室") else "党组书记、局长"


def _village_office(village: str) -> str:
    if village in VILLAGE_OFFICE_TITLES:
        return VILLAGE_OFFICE_TITLES[village]
    return "村党总支书记" if village in GENERAL_BRANCHES else "村党支部书记"
