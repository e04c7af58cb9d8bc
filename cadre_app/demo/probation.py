"""试用期满考核、任职定级 (demo texts B11): whoever is past probation is graded, two of them after an extension; the others wait.

The records lie over the posts and ranks of the files: what was signed off is what the files say.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cadre_app.accounts.models import User
from cadre_app.core.days import add_years
from cadre_app.core.probation import induction_columns
from cadre_app.demo.trainees import EXTENDED, GRADED_AFTER
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.probation.grading import proposed
from cadre_app.probation.models import Conclusion
from cadre_app.probation.services.bulk import Stands, add_probations_many
from cadre_app.probation.services.records import sweep_probations

DAY = timedelta(days=1)
COMMENT = "该同志试用期间政治表现良好，初任培训考核合格，能够胜任岗位工作，考核结果为合格，同意按期任职定级。"
LATER_COMMENT = "该同志延长试用期间能够胜任岗位工作，考核结果为合格，同意任职定级。"
DEFERRED_COMMENT = "该同志试用期间因病请假较多，岗位实践时间不足，考核结果为延期。"
DEFERRED_REASON = "因病请假累计超过三个月，岗位实践时间不足"
SUMMARIES = (
    "一年来，我走遍了联系村的农户，跟着老同志学会了开群众会、写民情日记。不足是写材料慢，遇到急事容易慌。今后多写多问，把群众的事放在前面。",
    "到岗以来，我从党建台账做起，参加了防汛值守和入户走访，明白了基层工作要先听后说。下一步要补政策理论和公文写作两门课。",
    "试用期里，我协助办理了水渠维修和撂荒地流转两件事，懂得了办事要有依据、有结果、有回音。还要提高独立处理问题的能力。",
)
OPINIONS = (
    "该同志政治可靠，学习认真，服从安排，群众反映较好，建议按期转正。",
    "该同志工作踏实，能吃苦，较快熟悉岗位业务，同意试用期考核合格。",
    "该同志遵守纪律，与干部群众相处融洽，能完成交办任务，同意按期任职定级。",
)
WAIVED = "到岗前已参加省委组织部组织的选调生初任培训"
BY_AGREEMENT = "按人才引进协议约定任职定级"


def load_probations(users: dict[str, User], as_of: date) -> None:
    """The closed ones and those under way at once; the sweep opens the records of whoever came this year."""
    columns = induction_columns("pk")
    files = Trainee.objects.select_related("person", "home_unit").annotate(**columns).order_by("file_number")
    records = {
        (record.trainee_id, record.started_on): record for record in PostRecord.objects.standing().order_by("pk")
    }
    given: list[Stands] = []
    for place, file in enumerate(files):
        end = file.probation_ends_on
        if end is None:
            continue
        if file.person.name in EXTENDED:
            given += _extended(place, file, end, records.get((file.pk, end)), as_of)
        elif (record := records.get((file.pk, end))) is not None and (record.rank or record.post_grade):
            given.append(_graded(place, file, end, record, as_of))
    add_probations_many(
        given,
        opinion_by=users["liaison"],
        entered_by=users["staff"],
        checked_by=users["chief"],
        signed_by=users["leader"],
    )
    sweep_probations(as_of)


def _graded(
    place: int, file: Trainee, end: date, record: PostRecord, as_of: date, *, number: int = 1, comment: str = COMMENT
) -> Stands:
    """Summary and opinion before the end, the grading within three weeks after it."""
    signed = min(end + GRADED_AFTER, as_of)
    by_education = proposed(file, end).rank
    return Stands(
        trainee=file,
        round=number,
        waiver_reason="" if getattr(file, "induction_on", None) is not None else WAIVED,
        summary=SUMMARIES[place % len(SUMMARIES)],
        summary_on=min(end - 8 * DAY, as_of),
        opinion=OPINIONS[place % len(OPINIONS)],
        opinion_on=min(end - 3 * DAY, as_of),
        conclusion=Conclusion.PASSED,
        comment=comment,
        post=record.post,
        rank=record.rank,
        rank_reason=BY_AGREEMENT if record.rank and record.rank != by_education else "",
        post_grade=record.post_grade,
        document_number=f"望委组〔{signed.year}〕{40 + place}号",
        document_on=min(end + 5 * DAY, as_of),
        entered_on=min(end + 7 * DAY, as_of),
        checked_on=min(end + 11 * DAY, as_of),
        signed_on=signed,
        ended_on=end,
        post_record=record,
    )


def _extended(place: int, file: Trainee, end: date, record: PostRecord | None, as_of: date) -> Iterator[Stands]:
    """延期 The first round a year after the arrival, and the second as far as its days have come."""
    first = add_years(file.arrived_on, 1)
    decided = first - 5 * DAY
    if decided > as_of:
        return
    yield Stands(
        trainee=file,
        summary=SUMMARIES[place % len(SUMMARIES)],
        summary_on=first - 20 * DAY,
        opinion="该同志因病请假较多，建议延长试用期继续考察。",
        opinion_on=first - 15 * DAY,
        conclusion=Conclusion.DEFERRED,
        comment=DEFERRED_COMMENT,
        extended_to=end,
        reason=DEFERRED_REASON,
        entered_on=first - 10 * DAY,
        checked_on=first - 8 * DAY,
        signed_on=decided,
        ended_on=first,
    )
    if record is not None:
        yield _graded(place, file, end, record, as_of, number=2, comment=LATER_COMMENT)
    else:
        yield _second_round(place, file, end, as_of)


def _second_round(place: int, file: Trainee, end: date, as_of: date) -> Stands:
    """未到期、考核中 or 待审批, by the days that have come."""
    days = (end - 50 * DAY, end - 45 * DAY, end + 7 * DAY, end + 11 * DAY)
    summary_on, opinion_on, entered_on, checked_on = [day if day <= as_of else None for day in days]
    return Stands(
        trainee=file,
        round=2,
        waiver_reason=WAIVED if entered_on is not None and getattr(file, "induction_on", None) is None else "",
        summary=SUMMARIES[(place + 1) % len(SUMMARIES)] if summary_on is not None else "",
        summary_on=summary_on,
        opinion=OPINIONS[(place + 1) % len(OPINIONS)] if opinion_on is not None else "",
        opinion_on=opinion_on,
        **(_proposed(file, end, entered_on) if entered_on is not None else {}),
        checked_on=checked_on,
    )


def _proposed(file: Trainee, end: date, entered_on: date) -> dict[str, Any]:
    rank = proposed(file, end).rank
    return {
        "conclusion": Conclusion.PASSED,
        "comment": LATER_COMMENT,
        "post": "党建办公室工作人员",
        "rank": rank,
        "post_grade": "" if rank else "专业技术十二级",
        "document_number": f"望委组〔{entered_on.year}〕61号",
        "document_on": end + 5 * DAY,
        "entered_on": entered_on,
    }
