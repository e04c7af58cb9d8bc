"""How people write what the code tables and choices call otherwise; keyed by the Chinese name, for choices by the English one."""

import re

LEVELS = ("区级", "县级", "市级", "省级", "国家级")
UNGRADED = (
    "不确定等次",
    "不定等次",
    "参加考核不定等次",
    "参加考核，不定等次",
    "参加考核不确定等次",
    "参加年度考核不定等次",
)


def _of_levels(*honours: str) -> dict[str, tuple[str, ...]]:
    """An honour with the level before it, for which the sheet has a column of its own."""
    return {honour: tuple(f"{level}{honour}" for level in LEVELS) for honour in honours}


SPOKEN: dict[str, tuple[str, ...]] = {
    "男": ("男性", "m"),
    "女": ("女性", "f"),
    "中共党员": ("党员", "共产党员", "中国共产党党员", "中共正式党员", "正式党员", "中共"),
    "预备党员": ("中共预备党员", "中国共产党预备党员"),
    "共青团员": ("团员", "共青团", "中国共产主义青年团团员"),
    "民革": ("民革党员", "民革会员"),
    "民盟": ("民盟盟员",),
    "民建": ("民建会员",),
    "民进": ("民进会员",),
    "农工党": ("农工党党员", "农工民主党", "农工"),
    "致公党": ("致公党党员", "致公"),
    "九三学社": ("九三学社社员", "九三"),
    "台盟": ("台盟盟员",),
    "无党派人士": ("无党派", "无党派民主人士"),
    "群众": ("普通群众",),
    "博士研究生毕业": ("博士", "博士研究生", "博士生"),
    "硕士研究生毕业": ("硕士", "硕士研究生", "研究生", "硕士生", "研究生毕业"),
    "研究生班毕业": ("研究生班",),
    "大学本科毕业": ("本科", "大学本科", "大学", "大学毕业", "本科毕业"),
    "大学专科毕业": ("大专", "专科", "大学专科", "大专毕业", "专科毕业", "高职"),
    "中等专科毕业": ("中专", "中等专科", "中专毕业"),
    "普通高中毕业": ("高中", "普通高中", "高中毕业"),
    "初中毕业": ("初中",),
    "小学毕业": ("小学",),
    "无学位": ("无", "没有学位"),
    "Civil servant": ("公务员", "参公", "参公人员", "参照公务员法管理", "行政", "行政编制"),
    "Public institution staff": (
        "事业",
        "事业编",
        "事业编制",
        "事业单位",
        "事业单位工作人员",
        "事业人员",
    ),
    "Selected graduate": ("选调生", "选调"),
    "Introduced graduate": ("引进生", "引进"),
    "Selected by the central level": ("中央选调", "中央选调生"),
    "Targeted selection": ("定向选调", "定向选调生", "定向"),
    "Ordinary selection": ("普通选调", "普通选调生", "常规选调", "普通"),
    "Introduced by the province": ("省引进", "省引进生", "省级引进"),
    "Introduced by the city": ("市引进", "市引进生", "市级引进"),
    "Political mentor": ("政治淬炼导师", "政治导师"),
    "Community mentor": ("群众工作导师", "群众导师", "村级导师"),
    "Running": ("在结对", "进行中", "结对", "在帮带"),
    "Completed": ("期满", "已完成", "完成", "已结束"),
    "Ended early": ("提前终止", "终止"),
    "Classroom": ("线下", "面授", "集中培训", "脱产", "现场"),
    "Online": ("线上", "在线", "网上", "网络培训", "远程"),
    "Lecture": ("讲座", "授课", "专题讲座"),
    "Seminar": ("研讨班", "研讨会"),
    # Shown outdoors or practised: whoever enters it says which.
    "Practice": ("现场教学", "实操训练"),
    "Outdoor": ("现场教学", "户外教学"),
    "Temporary post": ("挂职",),
    "Shadow training": ("跟班",),
    "Task force": ("抽调专班", "专班", "抽调（专班）"),
    "Full-time": ("脱产", "全职"),
    "Half-time": ("半脱产",),
    "Beside the own post": ("在岗", "不脱产", "兼职"),
    "Project construction headquarters": ("指挥部", "项目建设", "项目指挥部"),
    "Investment promotion office": ("招商引资", "招商办", "招商"),
    "Disaster relief": ("抢险救灾", "防汛救灾", "救灾"),
    "Rural revitalisation": ("乡村振兴",),
    "Petitions and stability": ("信访维稳", "信访"),
    "Promoted to a higher post": ("提拔", "提任", "提拔使用"),
    "Advanced in rank": ("晋升", "职级晋升"),
    # 不确定等次 alone is one of three cases: it is asked which.
    "On probation: comment, no grade": ("不确定等次（试用期）", "试用期", "试用期不确定等次", *UNGRADED),
    "Away for more than half the year: no grade": (
        "不确定等次（病事假）",
        "病事假超过半年",
        "病事假累计超过半年",
        *UNGRADED,
    ),
    "Case open: neither comment nor grade": (
        "不确定等次（立案）",
        "立案审查",
        "立案审查未结案",
        *UNGRADED,
    ),
    "Transferred: assessed by the new unit": ("已调动", "由新单位考核"),
    "嘉奖": ("给予嘉奖", "行政嘉奖", "个人嘉奖", "年度考核嘉奖", "年度嘉奖"),
    "记三等功": ("三等功", "个人三等功", "荣立三等功", "立三等功"),
    "记二等功": ("二等功", "个人二等功", "荣立二等功", "立二等功"),
    "记一等功": ("一等功", "个人一等功", "荣立一等功", "立一等功"),
    "记大功": ("大功",),
    **_of_levels(
        "优秀共产党员",
        "优秀党务工作者",
        "优秀共青团员",
        "平安建设先进个人",
        "乡村振兴先进个人",
        "青年岗位能手",
        "优秀选调生",
    ),
    "区级": ("县级", "区县级", "县区级", "县（区）级", "区（县）级", "县（市、区）级"),
    "区级及以下": ("区级", "县级", "区县级", "县区级", "县（区）级", "区（县）级", "县（市、区）级", "县级及以下"),
    "省级": ("省部级",),
    "省级及以上": ("省级", "省部级", "中央", "国家级"),
    "City and hygiene drives": ("创城创卫", "创城", "创卫"),
}
ENDINGS = ("族", "专业学位", "学位", "级", "职", "人员", "选调")
FEW = 2
IGNORED_HEADINGS = frozenset({"序号", "行号", "编号序号", "no", "#", "serial"})
EXPLANATIONS = frozenset({"填写说明", "填表说明", "说明", "instructions", "howtofillitin"})
TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|人数合计|total|subtotal)(?:[:：(0-9共人名]|$)")
CLOSING = re.compile(
    r"(?:制表|填表|审核|填报|经办|联系|单位负责)(?:人|单位|日期|时间|电话)|"
    r"[(*0-9、.]*(?:备注|说明|注|附注|日期|制表|审核|填报|preparedby|checkedby|note)[:：]"
)
