"""The text of a briefing from its numbers, in the words of demo-texts B17; no queries.

A number of 0 is left out with its words, and what stands in 〔…〕 is written only where a claim holds. 不足 and 打算 are
written by people.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cadre_app.briefings.phrases import phrase
from cadre_app.briefings.snapshots import (
    ONCE_EACH,
    POSTINGS_IN_ORDER,
    POSTINGS_SO_FAR,
    PROBLEMS_ANSWERED,
    Counted,
    numbers_of,
)
from cadre_app.core.fields import seen
from cadre_app.core.figures import period_start
from cadre_app.documents.wording import day_text

IN_ORDER = "，均按规定履行批准手续并按期返回"
SO_FAR = "，均按规定履行批准手续，已返回人员均按期返回"
ALL_ANSWERED = "均已答复或说明"
ANSWERED = f"，其余{ALL_ANSWERED}"
HEADS = {
    "stages": "一、递进式培养，帮助起好步。",
    "practice": "二、承压式锻炼，促进扛得起。",
    "following": "三、跟踪式管理，做到看得准。",
}
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。\n]{1,30}。")
LAST_HEAD = "四、存在的不足与下一步打算。"
WORK = "引进生、选调生培养工作"
NEXT = "下一步，将"
COURSES = "围绕涉农政策法规、基层组织建设、农村工作方法等"
MENTORS = "由单位党组织主要负责同志担任政治淬炼导师、到村任职村党组织书记担任群众工作导师"
THIS_YEAR, ONE_YEAR = "今年以来", "一年来"
# Of a part without any number: no more than that nothing was counted, for there may be what the figures do not count.
_NOTHING = "按附后统计口径，本期没有可计入的{what}"
NOTHING = {
    "stages": _NOTHING.format(what="双导师结对、帮带、结对小结、训练营班次、点单课程和现场教学"),
    "practice": _NOTHING.format(what="项目建设指挥部锻炼、市直部门跟班学习和国情调研报告、获奖报告"),
    "following": _NOTHING.format(what="谈心谈话、座谈交流、意见建议和提拔任职、晋升职级或进一步使用"),
}
PAUSES = "。；，、,; "
ENDS = "。；！？：…"
TO_BE_WRITTEN = "（待写）"
# What leads 不足 and 打算 in, or stands for them, without its marks; the longer ones first.
LEADS = (
    "存在的不足与下一步打算",
    "存在的不足",
    "下一步打算",
    "下一步将",
    "下一步",
    "不足",
    "打算",
    "待写",
    "将",
)
ORDINALS = "一二三四五六七八九十"
# What an office types where it does not want to say anything; the longer ones first.
EMPTY = (
    "没有", "暂无", "暂缺", "从略", "待补充", "待完善", "待研究", "待补", "待定", "待续", "同上期", "同上", "见上期", "详见附件", "见附件",
    "明显", "突出", "较大", "太大", "存在", "问题", "目前", "暂时", "发现", "基本", "总体", "什么", "首先", "主要", "none", "na",
    "不", "未", "没", "尚", "暂", "无", "略", "空", "上", "的", "是",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """Whom the text is about, and when: `place` is 全区 or the name of a unit, `of_unit` the name alone, `period` what the
    days are called (`period_name`).
    """

    place: str
    of_unit: str
    since: date
    as_of: date
    period: str
    postings_since: int


def period_name(since: date, as_of: date, today: date) -> str:
    """今年以来 as long as that is true; else the period as it is."""
    names = period_names(since, as_of)
    if names[0] == THIS_YEAR and as_of.year != today.year:
        return names[1]
    return names[0]


def period_names(since: date, as_of: date) -> list[str]:
    """Every name that the period bears, today or in another year; the first one that is true is used."""
    found = []
    if since == date(as_of.year, 1, 1):
        found.append(THIS_YEAR)
        if as_of == date(as_of.year, 12, 31):
            found.append(f"{as_of.year}年")
    if since == period_start(as_of):
        found.append(ONE_YEAR)
    found.append(day_text(as_of) if since == as_of else f"{day_text(since)}至{day_text(as_of)}")
    return found


@dataclass(frozen=True)
class Composed:
    """The parts of a briefing that can be written from its numbers."""

    title: str
    opening: str
    stages: str
    practice: str
    following: str


class Writer:
    """Sentences from the numbers that were counted; a number of 0 gives no words."""

    def __init__(self, frame: Frame, counted: Counted) -> None:
        self.frame = frame
        self.numbers = numbers_of(counted.figures)
        self.borne_out = counted.borne_out

    def composed(self) -> Composed:
        return Composed(self.title(), self.opening(), self.stages(), self.practice(), self.following())

    def title(self) -> str:
        """One of the two titles; the one that tells of work at the front only where there was some."""
        if self.has("headquarters_postings") or self.has("secondments"):
            return f"{self.frame.of_unit}：递进培养促成长　一线蓄能强担当"
        return f"{self.frame.of_unit}扎实做好引进生、选调生跟踪培养工作"

    def opening(self) -> str:
        return self._part("opening")

    def _first(self) -> str:
        return f"{self.frame.period}，区委组织部围绕“选育管用”全链条，扎实做好{WORK}"

    def _people(self) -> str:
        known = [self.said("people_total"), self._kinds(), self.said("in_village")]
        who = _joined(known) if self.has("people_total") else "现无引进生、选调生"
        return f"截至{day_text(self.frame.as_of)}，{self.frame.place}{who}"

    def _kinds(self) -> str:
        introduced, selected, total = (self.numbers[key] for key in ("introduced", "selected", "people_total"))
        if introduced and selected:
            return f"{self.said('introduced')}、选调生{selected}名"
        if total in (introduced, selected):
            return "均为引进生" if introduced else "均为选调生"
        return self.said("introduced") or (phrase("selected", selected, variant=1) if selected else "")

    def stages(self) -> str:
        """递进式培养."""
        return self._part("stages")

    def _mentoring(self) -> str:
        done = self._done("guidance_notes", "pairing_reviews")
        if self.has("mentor_pairs"):
            return _joined(["坚持“双导师”帮带", MENTORS, self.said("mentor_pairs"), done])
        return f"{self.frame.period}{done}" if done else ""

    def _done(self, first: str, second: str) -> str:
        """开展帮带71人次、结对小结9次."""
        if self.has(first):
            return "、".join(filter(None, [self.said(first), self.said(second)]))
        return f"开展{self.said(second)}" if self.has(second) else ""

    def _camp(self) -> str:
        grades = self.numbers["camp_grades"]
        put = f"按任职年限将培养对象编{'为' if grades > 1 else '入'}{self.said('camp_grades')}" if grades else ""
        courses = f"{COURSES}{self.said('camp_sessions')}" if self.has("camp_sessions") else ""
        return _joined([put, courses])

    def _on_demand(self) -> str:
        ordered = self.said("on_demand_sessions")
        visits = f"开展{self.said('study_visits')}" if self.has("study_visits") else ""
        hours = f"人均{self.said('avg_hours')}" if self.has("avg_hours") else ""
        if ordered:
            plan = "面向到村任职期满人员实行点单选学，由区委党校统筹开班"
            return _joined([plan, f"{self.frame.period}开设{ordered}", visits, hours])
        rest = _joined([visits, hours])
        return f"{self.frame.period}{rest}" if rest else ""

    def practice(self) -> str:
        """承压式锻炼."""
        return self._part("practice")

    def _postings(self) -> str:
        sent = _joined([self.said("headquarters_postings"), self.said("secondments")])
        if not sent:
            return ""
        fronts = "搭建项目建设、招商引资、抢险救灾、乡村振兴、信访维稳、创城创卫六个平台"
        return f"{fronts}，{self.frame.postings_since}年以来先后选派{sent}{self._returned()}"

    def _returned(self) -> str:
        """按期返回 of everybody where everybody is back, else of those who are."""
        if POSTINGS_IN_ORDER in self.borne_out:
            return IN_ORDER
        return SO_FAR if POSTINGS_SO_FAR in self.borne_out else ""

    def _research(self) -> str:
        """Reports and prizes count since the same year as postings, which says it where there are some."""
        since = "" if self._postings() else f"{self.frame.postings_since}年以来"
        reports, prizes = self.said("reports"), self.said("research_prizes")
        if not reports:
            return f"{since}国情调研报告中{prizes}" if prizes else ""
        among = "其中" if self.numbers["research_prizes"] <= self.numbers["reports"] else ""
        return _joined([f"{since}组织开展国情调研", f"形成{reports}", f"{among}{prizes}" if prizes else ""])

    def following(self) -> str:
        """跟踪式管理."""
        return self._part("following")

    def _files(self) -> str:
        return "实行一人一档，及时记录工作实绩、群众评价、年度考核和奖惩情况" if self.has("people_total") else ""

    def _care(self) -> str:
        talks = "、".join(filter(None, [self.said("talks"), self.said("symposiums")]))
        if not self.has("problems"):
            return f"开展{talks}" if talks else ""
        return _joined([f"开展{talks}" if talks else "", f"收集{self.said('problems')}", self._closed()])

    def _closed(self) -> str:
        is_answered = PROBLEMS_ANSWERED in self.borne_out
        if not self.has("problems_closed"):
            return ALL_ANSWERED if is_answered else ""
        are_left = self.numbers["problems_closed"] < self.numbers["problems"]
        return self.said("problems_closed") + (ANSWERED if is_answered and are_left else "")

    def _outcomes(self) -> str:
        if not self.has("outcomes"):
            return ""
        said = phrase("outcomes", self.numbers["outcomes"], variant=0 if ONCE_EACH in self.borne_out else 1)
        return f"换届以来，{said}、晋升职级或进一步使用"

    def has(self, key: str) -> bool:
        return self.numbers[key] > 0

    def said(self, key: str) -> str:
        """The number in its words, nothing for 0."""
        return phrase(key, self.numbers[key]) if self.has(key) else ""

    def _part(self, name: str) -> str:
        said = "".join(f"{text}。" for slot in SLOTS if slot.part == name and (text := slot.write(self)))
        return HEADS.get(name, "") + (said or f"{NOTHING[name]}。")


@dataclass(frozen=True)
class Slot:
    """The place of one sentence of the template: the part it stands in, the figures it names, and the claims it may make, each
    with those that hold with it.
    """

    part: str
    keys: tuple[str, ...]
    write: Callable[[Writer], str]
    claims: tuple[tuple[str, ...], ...] = ((),)


# Of each part in the order of its sentences.
SLOTS = (
    Slot("opening", (), Writer._first),
    Slot("opening", ("people_total", "introduced", "selected", "in_village"), Writer._people),
    Slot("stages", ("mentor_pairs", "guidance_notes", "pairing_reviews"), Writer._mentoring),
    Slot("stages", ("camp_grades", "camp_sessions"), Writer._camp),
    Slot("stages", ("on_demand_sessions", "study_visits", "avg_hours"), Writer._on_demand),
    Slot(
        "practice",
        ("headquarters_postings", "secondments"),
        Writer._postings,
        ((), (POSTINGS_SO_FAR,), (POSTINGS_IN_ORDER, POSTINGS_SO_FAR)),
    ),
    Slot("practice", ("reports", "research_prizes"), Writer._research),
    Slot("following", (), Writer._files),
    Slot("following", ("talks", "symposiums", "problems", "problems_closed"), Writer._care, ((), (PROBLEMS_ANSWERED,))),
    Slot("following", ("outcomes",), Writer._outcomes, ((), (ONCE_EACH,))),
)


def last_part(shortcomings: str, plans: str) -> str:
    """四、存在的不足与下一步打算: what people wrote, in the sentence of the template; lines of theirs stay lines."""
    plans = plans.strip().removeprefix(NEXT).removeprefix("下一步，").removeprefix("将")
    gaps, steps = _lines(shortcomings), _lines(plans)
    between = "\n" if "\n" in gaps + steps else ""
    return f"{LAST_HEAD}{gaps}{between}{NEXT}{steps}"


def says_something(text: str) -> bool:
    """Whether anything of 不足 or 打算 is left in print beside marks, numbers, the words that lead it in and those for nothing."""
    words = "".join(mark for mark in seen(text).lower() if unicodedata.category(mark).startswith("L")).lstrip(ORDINALS)
    while lead := next((lead for lead in (*LEADS, *EMPTY) if words.startswith(lead)), ""):
        words = words.removeprefix(lead).lstrip(ORDINALS)
    return len(words) > 1


def _lines(text: str) -> str:
    """Each line with the stop it has, else 。 after the last one and ；after the others."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    more = [line if line[-1] in ENDS else f"{line.rstrip(PAUSES)}；" for line in lines[:-1]]
    last = lines[-1] if lines[-1].endswith(("！", "？", "…")) else f"{lines[-1].rstrip(PAUSES)}。"
    return "\n".join([*more, last])


def _joined(clauses: Iterable[str]) -> str:
    return "，".join(clause for clause in clauses if clause)
