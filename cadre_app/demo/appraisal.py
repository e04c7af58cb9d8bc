"""Annual and quarterly assessments of the fictional district (demo texts B11, B19) as they stand on the as-of day.

Three years are behind everybody who had arrived; the year that is under way in winter stands as far as its days allow.
"""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, Grade, NoGrade, QuarterGrade, ReviewOutcome
from cadre_app.appraisal.services import quarterly, years
from cadre_app.appraisal.services.annual_bulk import Stands, set_annual_many
from cadre_app.demo import places
from cadre_app.org.models import Unit
from cadre_app.people.models import Status, Trainee
from cadre_app.people.services.probation import end_of

PAST_YEARS, PAST_QUARTERS = 3, 4
BEGINS_IN, LAST_DAY_OF_ENTRY = 11, (1, 31)
EXCELLENT = (
    "该同志政治坚定，勤学善思，在防汛抗台、古厝消防改造等重点工作中主动担当，群众工作扎实，文字能力明显提高，廉洁自律，"
    "年度任务全面完成，实绩突出。"
)
COMPETENT = (
    "该同志工作踏实，责任心强，能较好完成党建和乡村振兴各项任务，与群众相处融洽；希望进一步增强统筹谋划能力。",
    "该同志服从组织安排，在项目指挥部工作期间吃苦耐劳，入户工作细致；希望加强政策学习，提高文稿质量。",
)
PROBATION = (
    "该同志到岗以来学习认真，遵守纪律，较快熟悉了镇村工作，能完成交办任务；希望多深入群众，提高独立处理问题的能力。"
)
BASIC = "该同志能够遵守工作纪律，但工作主动性不够，承担的台账更新多次滞后，群众反映回应不及时；经谈话后有所改进，须继续努力。"
# Years back, who, which case, what is said of it: nobody here is on probation in that year.
CASES = (
    (1, "彭采薇", NoGrade.AWAY, "病假累计超过半年"),
    (2, "卫南屏", NoGrade.CASE_OPEN, "立案审查，尚未结案"),
)
SLOW = "翟晓棠"
PLAIN = {Status.CIVIL_SERVANT: Grade.COMPETENT, Status.INSTITUTION: Grade.QUALIFIED}
BELOW = {Status.CIVIL_SERVANT: Grade.BASIC_COMPETENT, Status.INSTITUTION: Grade.BASIC_QUALIFIED}
UNSIGNED = ("解思源", "查云帆", "朴正浩")
REVIEWED = "唐行简"
REMARKS = ("工作主动，按时完成任务。", "", "走访入户较多，台账更新及时。", "", "希望加强文稿写作。")


def load_appraisal(users: dict[str, User], units: dict[str, Unit], as_of: date) -> None:
    """The campaigns with their quotas and results, then the quarters."""
    last = as_of.year - 1
    under_way = [as_of.year] if as_of.month >= BEGINS_IN else []
    for year in (*range(last - PAST_YEARS + 1 - _is_winter(as_of), last + 1), *under_way):
        first, until = date(year, BEGINS_IN, 1), date(year + 1, *LAST_DAY_OF_ENTRY)
        campaign = years.open_year(
            unit=units[places.DISTRICT], year=year, starts_on=first, ends_on=until, actor=users["staff"]
        )
        _load_year(campaign, users, as_of)
    _load_quarters(users, as_of)


def _is_winter(as_of: date) -> int:
    """In January the last year is still under way: three more lie behind it."""
    return int((as_of.month, as_of.day) <= LAST_DAY_OF_ENTRY)


def _load_year(campaign: AssessmentYear, users: dict[str, User], as_of: date) -> None:
    rows = AnnualAssessment.objects.filter(quota__campaign=campaign).select_related("trainee__person", "quota")
    by_unit: defaultdict[UUID, list[AnnualAssessment]] = defaultdict(list)
    for one in rows.order_by("quota__unit__path", "trainee__file_number"):
        by_unit[one.quota.unit_id].append(one)
    numbers = {key: _numbers(place) for place, key in enumerate(by_unit)}
    years.set_quotas_many(campaign, numbers=numbers, actor=users["staff"])
    back = as_of.year - campaign.year
    given: dict[UUID, Stands] = {}
    for place, listed in enumerate(by_unit.values()):
        best = _best(listed, campaign.year, place)
        for one in listed:
            stands = _stands(one, back, place, as_of, is_best=one is best)
            if stands is not None:
                given[one.pk] = stands
    set_annual_many(given, entered_by=users["liaison"], checked_by=users["staff"], confirmed_by=users["leader"])


def _numbers(place: int) -> tuple[int, int]:
    """People to be assessed, and one in five of them."""
    participants = 15 + place % 4 * 5
    return participants, participants // 5


def _best(listed: list[AnnualAssessment], year: int, place: int) -> AnnualAssessment | None:
    """One of three units gives one of its people as excellent, another one each year."""
    known = {name for _back, name, _case, _note in CASES} | {SLOW}
    able = [one for one in listed if not _on_probation(one) and one.trainee.person.name not in known]
    return able[year % len(able)] if able and (year + place) % 3 else None


def _on_probation(one: AnnualAssessment) -> bool:
    return end_of(one.trainee) > date(one.year, 12, 31)


def _stands(one: AnnualAssessment, back: int, place: int, as_of: date, *, is_best: bool) -> Stands | None:
    """As far as the days of the chain have come; None for whom nothing is entered yet."""
    days = _days(one.year, place)
    if days["entered_on"] > as_of:
        return None
    outcome, comment, note = _outcome(one, back, is_best=is_best)
    if not is_best:
        days.pop("notice_from")
        days.pop("notice_until")
    if outcome in NoGrade.values and outcome != NoGrade.PROBATION:
        for name in ("self_report_on", "survey_on", "appraised_on"):
            days.pop(name)
    if one.trainee.person.name in UNSIGNED and back <= 1:
        days.pop("signed_on")
    reached = {name: day for name, day in days.items() if day <= as_of or name == "notice_until"}
    if "notice_from" not in reached:
        reached.pop("notice_until", None)
    values: dict[str, str] = {"filing_number": f"望公考〔{one.year + 1}〕2号"} if "filed_on" in reached else {}
    if "signed_on" in reached:
        values["opinion"] = "同意。"
    return Stands(outcome=outcome, comment=comment, case_note=note, **values, **reached, **_review(one, back, as_of))  # type: ignore[arg-type]


def _outcome(one: AnnualAssessment, back: int, *, is_best: bool) -> tuple[str, str, str]:
    name = one.trainee.person.name
    if _on_probation(one):
        return NoGrade.PROBATION, PROBATION, ""
    for years_back, who, case, note in CASES:
        if (years_back, who) == (back, name):
            return case, "", note
    if is_best:
        return Grade.EXCELLENT, EXCELLENT, ""
    if name == SLOW and back == 1:
        return BELOW[Status(one.status)], BASIC, ""
    return PLAIN[Status(one.status)], COMPETENT[int(one.trainee.file_number[-1]) % 2], ""


def _days(year: int, place: int) -> dict[str, date]:
    """One unit after the other, from the own reports in December to the signatures in February."""
    later = timedelta(days=place % 4)
    return {
        "self_report_on": date(year, 12, 14) + later,
        "survey_on": date(year, 12, 18) + later,
        "appraised_on": date(year, 12, 22) + later,
        "entered_on": date(year, 12, 25) + later,
        "notice_from": date(year, 12, 28) + later,
        "notice_until": date(year + 1, 1, 8) + later,
        "checked_on": date(year + 1, 1, 12) + later,
        "confirmed_on": date(year + 1, 1, 16) + later,
        "filed_on": date(year + 1, 1, 24) + later,
        "signed_on": date(year + 1, 2, 8) + later,
    }


def _review(one: AnnualAssessment, back: int, as_of: date) -> dict[str, object]:
    """One of last year's was asked to be reviewed, and stands."""
    asked, answered = date(one.year + 1, 2, 16), date(one.year + 1, 3, 5)
    if one.trainee.person.name != REVIEWED or back != 1 or asked > as_of:
        return {}
    found: dict[str, object] = {
        "review_asked_on": asked,
        "review_reason": "本人认为牵头的茶青交易点工作未充分计入，申请复核。",
    }
    if answered <= as_of:
        found |= {
            "review_answered_on": answered,
            "review_outcome": ReviewOutcome.KEPT,
            "review_answer": "经核对个人述职和测评情况，维持原等次；相关工作已在评语中体现。",
        }
    return found


def _load_quarters(users: dict[str, User], as_of: date) -> None:
    """The last four quarters; of the latest one some units wait to be confirmed, or have not begun."""
    wanted: list[quarterly.NewQuarter] = []
    year, quarter = quarterly.latest_quarter(as_of)
    for number in range(PAST_QUARTERS):
        people: QuerySet[Trainee] = quarterly.assessed_in(year, quarter).order_by("home_unit__path", "file_number")
        for place, one in enumerate(people.select_related("person", "home_unit")):
            new = _quarter(one, year, quarter, place, as_of, is_latest=number == 0)
            if new is not None:
                wanted.append(new)
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    quarterly.add_quarters_many(wanted, entered_by=users["liaison"], confirmed_by=users["staff"])


def _quarter(
    one: Trainee, year: int, quarter: int, place: int, as_of: date, *, is_latest: bool
) -> quarterly.NewQuarter | None:
    entered = quarterly.last_day(year, quarter) + timedelta(days=8)
    confirmed = entered + timedelta(days=6)
    waits = one.home_unit.serial % 3
    if entered > as_of or (is_latest and waits == 0):
        return None
    grade = (
        QuarterGrade.AVERAGE if one.person.name == SLOW else QuarterGrade.GOOD if place % 4 == 0 else QuarterGrade.FAIR
    )
    return quarterly.NewQuarter(
        trainee=one,
        year=year,
        quarter=quarter,
        grade=grade,
        remark=REMARKS[place % len(REMARKS)],
        entered_on=entered,
        confirmed_on=None if confirmed > as_of or (is_latest and waits == 1) else confirmed,
    )
