"""The text of a briefing from its numbers, in the words of demo-texts B17; no queries.

A number of 0 is left out with its words, and what stands in 〔…〕 is written only where a claim holds. 不足 and 打算 are
written by people.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cadre_app.briefings.phrases import phrase
from cadre_app.briefings.snapshots import ONCE_EACH, POSTINGS_IN_ORDER, PROBLEMS_ANSWERED, Counted, numbers_of
from cadre_app.core.figures import period_start
from cadre_app.documents.wording import day_text

IN_ORDER = "，均按规定履行批准手续并按期返回"
ALL_ANSWERED = "均已答复或说明"
ANSWERED = f"，其余{ALL_ANSWERED}"
HEADS = ("一、递进式培养，帮助起好步。", "二、承压式锻炼，促进扛得起。", "三、跟踪式管理，做到看得准。")
HEADING = re.compile(r"[一二三四五六七八九十]+、[^。\n]{1,30}。")
LAST_HEAD = "四、存在的不足与下一步打算。"
WORK = "引进生、选调生培养工作"
NEXT = "下一步，将"
COURSES = "围绕涉农政策法规、基层组织建设、农村工作方法等"
MENTORS = "由单位党组织主要负责同志担任政治淬炼导师、到村任职村党组织书记担任群众工作导师"


@dataclass(frozen=True)
class Frame:
    """Whom the text is about, and when: `place` is 全区 or the name of a unit, `of_unit` the name alone."""

    place: str
    of_unit: str
    since: date
    as_of: date
    today: date
    postings_since: int

    @property
    def period(self) -> str:
        """今年以来 as long as that is true; else the period as it is."""
        if self.since == date(self.as_of.year, 1, 1):
            if self.as_of.year == self.today.year:
                return "今年以来"
            if self.as_of == date(self.as_of.year, 12, 31):
                return f"{self.as_of.year}年"
        if self.since == period_start(self.as_of):
            return "一年来"
        if self.since == self.as_of:
            return day_text(self.as_of)
        return f"{day_text(self.since)}至{day_text(self.as_of)}"


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
        first = f"{self.frame.period}，区委组织部围绕“选育管用”全链条，扎实做好{WORK}。"
        return f"{first}截至{day_text(self.frame.as_of)}，{self.frame.place}{self._people()}。"

    def _people(self) -> str:
        if not self.has("people_total"):
            return "现无引进生、选调生"
        return _joined([self.said("people_total"), self._kinds(), self.said("in_village")])

    def _kinds(self) -> str:
        introduced, selected = self.numbers["introduced"], self.numbers["selected"]
        if introduced and selected:
            return f"{self.said('introduced')}、选调生{selected}名"
        return "均为引进生" if introduced else "均为选调生"

    def stages(self) -> str:
        """递进式培养."""
        sentences = [self._mentoring(), self._camp(), self._on_demand()]
        return _part(HEADS[0], sentences, "没有结对帮带和集中培训的记录")

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
        return _part(HEADS[1], [self._postings(), self._research()], "没有一线锻炼和国情调研的记录")

    def _postings(self) -> str:
        sent = _joined([self.said("headquarters_postings"), self.said("secondments")])
        if not sent:
            return ""
        fronts = "搭建项目建设、招商引资、抢险救灾、乡村振兴、信访维稳、创城创卫六个平台"
        kept = IN_ORDER if POSTINGS_IN_ORDER in self.borne_out else ""
        return f"{fronts}，{self.frame.postings_since}年以来先后选派{sent}{kept}"

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
        kept = "实行一人一档，及时记录工作实绩、群众评价、年度考核和奖惩情况" if self.has("people_total") else ""
        return _part(HEADS[2], [kept, self._care(), self._outcomes()], "没有谈心谈话、座谈交流和使用情况的记录")

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


def redated(text: str, then: Frame, now: Frame) -> str:
    """The text with the words for its period and its last day as the other period has them."""
    moved = text.replace(then.period, now.period)
    return moved.replace(f"截至{day_text(then.as_of)}", f"截至{day_text(now.as_of)}")


def unborne(text: str, borne_out: Iterable[str]) -> list[str]:
    """Clauses that stand in the text while the records do not bear them out."""
    known = {POSTINGS_IN_ORDER: IN_ORDER, PROBLEMS_ANSWERED: ANSWERED}
    return [clause.strip("，") for key, clause in known.items() if key not in borne_out and clause in text]


def last_part(shortcomings: str, plans: str) -> str:
    """四、存在的不足与下一步打算: what people wrote, in the sentence of the template."""
    plans = _bare(plans.strip().removeprefix(NEXT).removeprefix("下一步，").removeprefix("将"))
    return f"{LAST_HEAD}{_bare(shortcomings)}。{NEXT}{plans}。"


def _part(head: str, sentences: Iterable[str], nothing: str) -> str:
    said = [f"{sentence}。" for sentence in sentences if sentence]
    return head + ("".join(said) or f"本期{nothing}。")


def _joined(clauses: Iterable[str]) -> str:
    return "，".join(clause for clause in clauses if clause)


def _bare(text: str) -> str:
    return text.strip().rstrip("。")
