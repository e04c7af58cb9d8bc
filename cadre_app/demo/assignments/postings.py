"""Postings: ten at headquarters, four in shadow training at departments of the city, some on every front.

People go out after their village term; from the village itself they serve beside their own post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    Front,
    HostLevel,
    Posting,
    PostingAppraisal,
    PostingKind,
    PostingMode,
    PostingState,
)
from cadre_app.assignments.services.posting_checks import mid_term_day
from cadre_app.core.days import add_months
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Person, Trainee, VillageTerm
from cadre_app.people.services.bulk import write_many

LONGEST_AGO = 990
BEFORE, DAY = timedelta(days=12), timedelta(days=1)
REASON = (
    "该同志在村已满两年，期满考核合格，具备一定群众工作经验，拟派至{host}锻炼，锻炼期间工资关系、组织关系保留在原单位。"
)
VILLAGE_REASON = "该同志熟悉片区情况，拟在村兼顾{front}工作，不脱离到村任职岗位。"
STUDY = "参加政策研究、文稿起草和实地调研，每月交一篇学习小结。"


@dataclass(frozen=True)
class DemoPosting:
    """`ago`: first day, as parts of the time that figures look back; `days`: first day, as days before the as-of day."""

    front: str = ""
    host: str = ""
    months: int = 6
    ago: float = 0
    days: int = 0
    kind: str = PostingKind.TASK_FORCE
    mode: str = PostingMode.FULL
    level: str = HostLevel.DISTRICT
    post: str = ""
    state: str = ""
    recalled: str = ""
    document: bool = True
    in_village: bool = False


ROWS = (
    *(DemoPosting("headquarters", ago=part) for part in (0.98, 0.86, 0.75, 0.66, 0.58, 0.5, 0.42, 0.36)),
    DemoPosting("headquarters", days=150),
    DemoPosting("headquarters", days=40),
    DemoPosting("investment", "区商务局", ago=0.8),
    DemoPosting("investment", "区商务局", days=20, document=False),
    DemoPosting("relief", "区应急管理局", ago=0.7, months=4),
    DemoPosting("relief", "区应急管理局", days=132, months=4),
    DemoPosting("revitalisation", "区农业农村局", ago=0.6),
    DemoPosting("petitions", "区信访局", ago=0.55),
    DemoPosting("petitions", "区信访局", days=96),
    DemoPosting("hygiene", "区城市管理局", days=190, state=PostingState.RETURNED),
    DemoPosting("hygiene", "区城市管理局", days=-20, state=PostingState.CHECKED),
    DemoPosting("investment", "区商务局", days=-30, state=PostingState.PROPOSED),
    *(
        DemoPosting(host=host, ago=ago, days=days, kind=PostingKind.SHADOW, level=HostLevel.CITY, recalled=recalled)
        for host, ago, days, recalled in (
            ("临澜市农业农村局", 0.9, 0, ""),
            ("临澜市文化和旅游局", 0.64, 0, ""),
            ("临澜市民政局", 0.5, 0, "原单位防汛救灾工作需要"),
            ("临澜市发展和改革委员会", 0, 100, ""),
        )
    ),
    DemoPosting(host="沧浦镇", ago=0.84, months=12, kind=PostingKind.TEMPORARY_POST, post="党委委员（挂职）"),
    DemoPosting(host="梧岭镇", days=210, months=12, kind=PostingKind.TEMPORARY_POST, post="副镇长（挂职）"),
    *(
        DemoPosting(front, host, days=days, mode=PostingMode.BESIDE, in_village=True)
        for front, host, days in (
            ("revitalisation", "区农业农村局", 140),
            ("revitalisation", "区农业农村局", 75),
            ("hygiene", "区城市管理局", 60),
            ("petitions", "区信访局", 30),
            ("relief", "区应急管理局", 45),
        )
    ),
)
APPRAISALS = {
    "headquarters": "在指挥部期间服从安排，熟悉征迁政策，包干18户全部按期签约，现场协调能力进步明显。建议今后加强项目资料归集。",
    "": "跟班学习期间参与起草文件7份、调研2次，文字基础扎实，作风严谨，已按期返回。",
    "petitions": "在信访联合接待中心期间接待来访群众130余人次，能耐心倾听、及时登记转办，政策解释较准确。",
}
OTHERWISE = "工作主动，能较快熟悉业务，交办事项按时办结，与干部群众相处融洽。"
RECALLED = "跟班学习期间工作认真，参与起草文件3份，因原单位工作需要提前返回。"


def load_postings(users: dict[str, User], files: list[Trainee], as_of: date) -> list[Posting]:
    """All of them, each for somebody else, with the appraisals of those that are over."""
    units = {unit.name: unit for unit in Unit.objects.standing()}
    sites = [unit for unit in units.values() if unit.kind == UnitKind.HEADQUARTERS]
    fronts = {front.key: front for front in Front.objects.prefetch_related("tasks")}
    dated = sorted(((_start(row, as_of), number, row) for number, row in enumerate(ROWS)), key=lambda each: each[:2])
    people = _People(files)
    found = [
        _posting(row, start, people.take(start, row), number, users, units, sites, fronts, as_of)
        for start, number, row in dated
    ]
    supervisor = Person.objects.filter(account=users["mentor.head"]).first()
    for posting in found:
        if posting.state == PostingState.APPROVED and posting.front_id == fronts["petitions"].pk:
            posting.supervisor = supervisor
    write_many(found, actor=users["staff"], verb="assignments.posting.proposed", reason="")
    over = [posting for posting in found if posting.state == PostingState.CLOSED]
    appraisals = [_appraisal(posting, fronts, users["staff"], as_of) for posting in over]
    write_many(appraisals, actor=users["staff"], verb="assignments.postingappraisal.written", reason="")
    return found


class _People:
    """Who goes next: after the village term, those who came first; for the village's own, those who are in it."""

    def __init__(self, files: list[Trainee]) -> None:
        by_key = {file.pk: file for file in files}
        terms = VillageTerm.objects.standing().filter(trainee__in=files).order_by("started_on", "trainee__file_number")
        self._terms = [(term, by_key[term.trainee_id]) for term in terms]
        self._gone: set[object] = set()

    def take(self, start: date, row: DemoPosting) -> Trainee:
        for term, file in self._terms:
            over = term.ended_on is not None and term.ended_on + BEFORE < start
            here = term.ended_on is None and term.due_on is not None and term.started_on < start
            if file.pk not in self._gone and (here if row.in_village else over):
                self._gone.add(file.pk)
                return file
        raise LookupError(start)


def _start(row: DemoPosting, as_of: date) -> date:
    if not row.ago:
        return as_of - timedelta(days=row.days)
    reach = min(LONGEST_AGO, (as_of - date(2023, 1, 1)).days - 10)
    return as_of - timedelta(days=round(reach * row.ago))


def _posting(
    row: DemoPosting,
    start: date,
    file: Trainee,
    number: int,
    users: dict[str, User],
    units: dict[str, Unit],
    sites: list[Unit],
    fronts: dict[str, Front],
    as_of: date,
) -> Posting:
    front = fronts.get(row.front)
    unit = units.get(row.host) if row.host else sites[number % len(sites)]
    host = unit.name if unit is not None else row.host
    reason = VILLAGE_REASON.format(front=front) if row.in_village else REASON.format(host=host)
    due = add_months(start, row.months) - DAY
    posting = Posting(
        trainee=file,
        kind=row.kind,
        mode=row.mode,
        front=front,
        unit=unit,
        host_name="" if unit is not None else row.host,
        host_level=row.level,
        post=row.post,
        tasks="\n".join(_tasks(front, number)),
        plan=STUDY if row.kind == PostingKind.SHADOW else "",
        reason=reason,
        started_on=start,
        due_on=due,
        proposed_by=users["staff"],
    )
    _bring_to(posting, row, number, users, as_of)
    return posting


def _tasks(front: Front | None, number: int) -> list[str]:
    if front is None:
        return ["参与处室日常工作与文稿起草"]
    texts = [task.text for task in front.tasks.all()]
    return [texts[number % len(texts)], texts[(number + 2) % len(texts)]]


def _bring_to(posting: Posting, row: DemoPosting, number: int, users: dict[str, User], as_of: date) -> None:
    """The state in which it stands on `as_of`, with whoever decided what on the way."""
    posting.mid_term_on = mid_term_day(posting)
    state = row.state or (PostingState.CLOSED if _end(posting, row) < as_of - BEFORE else PostingState.APPROVED)
    posting.state = state
    if state in (PostingState.PROPOSED, PostingState.CHECKED):
        if state == PostingState.CHECKED:
            posting.checked_by, posting.checked_on = users["chief"], as_of - DAY
        return
    decided = posting.started_on - BEFORE
    posting.checked_by, posting.checked_on = users["chief"], decided
    posting.signed_by, posting.signed_on = users["leader"], decided + DAY
    if row.document:
        posting.document_number, posting.document_on = f"望委组〔{decided.year}〕{number + 8}号", decided + DAY
    if posting.mid_term_on is not None and posting.mid_term_on < as_of - BEFORE:
        posting.mid_term_held_on = posting.mid_term_on
        posting.mid_term_text = "到岗到位，任务推进正常，本人适应较快，接收单位评价良好。"
    if state in (PostingState.RETURNED, PostingState.CLOSED):
        posting.ended_on = min(_end(posting, row), as_of)
        posting.returned_on = min(posting.ended_on + DAY, as_of)
        posting.is_recalled, posting.return_reason = bool(row.recalled), row.recalled


def _end(posting: Posting, row: DemoPosting) -> date:
    due = posting.due_on or posting.started_on
    return posting.started_on + (due - posting.started_on) // 2 if row.recalled else due


def _appraisal(posting: Posting, fronts: dict[str, Front], staff: User, as_of: date) -> PostingAppraisal:
    key = next((key for key, front in fronts.items() if front.pk == posting.front_id), "")
    text = APPRAISALS.get(key, OTHERWISE) if posting.kind != PostingKind.TEMPORARY_POST else OTHERWISE
    written = min((posting.ended_on or as_of) + BEFORE / 2, as_of)
    return PostingAppraisal(
        posting=posting,
        duties="；".join(_lines(posting.tasks)),
        opinion=RECALLED if posting.is_recalled else text,
        signatory="温绍儒" if key == "petitions" else "接收单位主要负责人",
        written_by=staff,
        written_on=written,
        confirmed_by=staff,
        confirmed_on=min(written + DAY, as_of),
    )


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line)
