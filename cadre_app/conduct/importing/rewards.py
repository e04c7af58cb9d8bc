"""The sheet of rewards: which kind a row means for that person, writing all of them, and taking them back."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.conduct import kinds
from cadre_app.conduct.models import Reward
from cadre_app.conduct.permissions.rewards import enters_many
from cadre_app.conduct.services.reward_bulk import enter_many, talked_about, void_many
from cadre_app.core.awards import AwardCategory, AwardLevel
from cadre_app.core.importing import Applied, ImportColumn, ImportRow, ImportSheet, Progress, refuse_doubles
from cadre_app.core.tables import joined
from cadre_app.people.importing.cells import read_document_number
from cadre_app.people.importing.records import (
    begin,
    counted,
    examined_again,
    lock_made,
    made_of,
    name_subject,
    refuse_differing,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects, subject_columns
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.services.checks import refuse_numberless
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

LEVEL_WORDS = {
    "区": AwardLevel.DISTRICT, "县": AwardLevel.DISTRICT, "市": AwardLevel.CITY, "省": AwardLevel.PROVINCE,
    "国家": AwardLevel.NATIONAL,
}  # fmt: skip
LEVEL_BEFORE = re.compile(rf"\s*({'|'.join(LEVEL_WORDS)})级")

Line = tuple[UUID, str, str, date, str]


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [
        *subject_columns(),
        ImportColumn(
            key="kind", label=gettext_lazy("Reward"), required=True, kind="choice", width=18,
            choices=lambda: [(kind, kinds.label(kind)) for kind in kinds.rewards_alike()],
            synonyms=("奖励", "奖励名称", "奖励种类", "奖项", "荣誉称号", "表彰名称"), example="嘉奖",
            names_all=True, help=gettext_lazy("Only the kinds of the person's personnel status, and honours."),
        ),
        ImportColumn(
            key="title", label=gettext_lazy("As the certificate says it"), longest=60, width=24,
            synonyms=("证书名称", "具体名称", "称号"),
        ),
        ImportColumn(
            key="level", label=gettext_lazy("Level"), required=True, kind="choice", choices=lambda: AwardLevel.choices,
            synonyms=("级别", "奖励级别", "层级"), example="区级",
        ),
        ImportColumn(
            key="awarded_by", label=gettext_lazy("Given by"), required=True, longest=60, width=20,
            synonyms=("授予单位", "批准单位", "颁发单位", "表彰单位", "授予机关"), example="区委、区政府",
        ),
        ImportColumn(
            key="awarded_on", label=pgettext_lazy("reward", "Given on"), required=True, kind="date",
            synonyms=("授予日期", "奖励日期", "批准日期", "表彰日期", "时间"), example="2025.03.18",
        ),
        ImportColumn(
            key="document_number", label=gettext_lazy("Document number"), read=read_document_number, longest=60, width=22,
            synonyms=("文号", "表彰文号", "批准文号", "文件号"), example="望委〔2025〕12号",
        ),
    ]  # fmt: skip


# The talk that it calls for: another one after it was voided and restored.
FOLLOWING = ("talk",)


@dataclass(eq=False)
class Case:
    """One row with the reward that it means."""

    row: ImportRow
    trainee: "Trainee | None" = None
    reward: Reward | None = None

    @property
    def line(self) -> Line | None:
        """What makes two rewards the same one."""
        return _line(self.reward) if self.reward is not None else None


def _line(one: Reward) -> Line:
    return one.trainee_id, one.kind, one.title, one.awarded_on, one.awarded_by


def _stands(one: Reward) -> list[tuple[str, str, str]]:
    """What a row can say otherwise of a reward that is entered."""
    return [
        ("level", one.level, one.get_level_display()),
        ("document_number", one.document_number, one.document_number),
    ]


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and kind and what stands against the reward; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all rewards. Raises ValidationError where a row no longer means what was checked."""

    def write(cases: Sequence[Case]) -> list[Applied]:
        part = [(case.row, case.reward) for case in cases if case.reward is not None]
        enter_many([reward for _row, reward in part], actor=actor)
        return [made_of(row, reward, label=row.target_text) for row, reward in part]

    return write_in_chunks(examined_again(rows, actor, _examine), write, progress, model=Reward, following=FOLLOWING)


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the rewards with the papers and talks that recent ones called for; returns what was changed or done since."""
    taken = lock_made(Reward, applied, actor, following=FOLLOWING)
    talked = talked_about(taken.records)
    text = _("%(name)s: the talk that it called for is planned or was held.")
    obstacles = [*taken.obstacles, *(text % {"name": each.label} for each in applied if each.object_id in talked)]
    if not obstacles:
        void_many(taken.records, actor=actor, reason=reason)
    return obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        subjects = Subjects(rows, actor, UnitFinder(actor))
        cases = [Case(row, subjects.find(row)) for row in rows]
        statuses = _statuses(cases)
        alike = kinds.rewards_alike()
        for case in counted(cases, progress):
            _take(case, alike, statuses, actor)
        _find_same(cases)
    return cases


def _statuses(cases: Sequence[Case]) -> dict[tuple[UUID, int], str]:
    """In which personnel status somebody was assessed, by year."""
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    rows = AnnualAssessment.objects.standing().filter(trainee__in=keys)
    return {(trainee, year): status for trainee, year, status in rows.values_list("trainee", "year", "status")}


def _take(case: Case, alike: dict[str, list[str]], statuses: dict[tuple[UUID, int], str], actor: "User") -> None:
    row, trainee, day = case.row, case.trainee, case.row.get("awarded_on")
    _check_row(row, trainee)
    if trainee is None or day is None or "kind" not in row.values:
        return
    known = [trainee.status, *(statuses.get((trainee.pk, year), "") for year in (day.year, day.year - 1))]
    kind = _kind_of(row.values["kind"], alike, kinds.categories_of(known))
    if kind is None:
        text = _("This reward is not given to the personnel status “%(status)s”.")
        row.refuse("kind", text % {"status": trainee.get_status_display()})
        return
    if row.has_errors or not {"level", "awarded_by"} <= row.values.keys():
        return
    case.reward = Reward(
        trainee=trainee,
        kind=kind,
        category=kinds.category_of(kind),
        title=row.get("title", ""),
        level=row.values["level"],
        awarded_by=row.values["awarded_by"],
        awarded_on=day,
        document_number=row.get("document_number", ""),
        entered_by=actor,
    )
    name_subject(case, joined([trainee.person.name, case.reward.words]))


def _kind_of(kind: str, alike: dict[str, list[str]], categories: Sequence[AwardCategory]) -> str | None:
    """Of the kinds that bear this name the one that is given to these categories."""
    for category in categories:
        for each in alike.get(kind, ()):
            if kinds.category_of(each) == category:
                return each
    return None


def _check_row(row: ImportRow, trainee: "Trainee | None") -> None:
    _refuse_other_level(row)
    day = row.get("awarded_on")
    if day is not None and day > timezone.localdate():
        row.refuse("awarded_on", _("This day has not come yet. Record it on that day."))
    elif day is not None and trainee is not None and day < trainee.arrived_on:
        row.refuse("awarded_on", _("The person had not reported for duty yet on this day."))
    if number := row.get("document_number"):
        try:
            refuse_numberless("document_number", number)
        except ValidationError as error:
            row.refuse("document_number", " ".join(error.messages))


def _refuse_other_level(row: ImportRow) -> None:
    """市级优秀共产党员 says the level, too."""
    match, level = LEVEL_BEFORE.match(row.cells.get("kind", "")), row.get("level")
    if match and level is not None and LEVEL_WORDS[match[1]] != level:
        text = _("The reward is written as “%(text)s”: another level than here. Correct one of them.")
        row.refuse("level", text % {"text": row.cells["kind"]})


def _find_same(cases: Sequence[Case]) -> None:
    """A reward that is entered already stays as it is, and is told where the row says otherwise; two rows of one reward name each other."""
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    known: dict[Line, Reward] = {}
    for there in Reward.objects.standing().filter(trainee__in=keys):
        known[_line(there)] = there
    rows: defaultdict[Line, list[ImportRow]] = defaultdict(list)
    for case in cases:
        if case.line is None:
            continue
        if case.line in known:
            there = known[case.line]
            case.row.action, case.row.target = "same", there.pk
            refuse_differing(case.row, _stands(there))
        else:
            rows[case.line].append(case.row)
    for group in rows.values():
        refuse_doubles(group, "kind", _("Row %(row)s is about the same reward."))


SHEET = ImportSheet(
    key="rewards",
    label=gettext_lazy("Rewards"),
    order=80,
    columns=columns,
    may_import=enters_many,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Rewards and commendations of this and former years, each with who gave it on which document."),
    list_url_name="conduct:reward_list",
)
