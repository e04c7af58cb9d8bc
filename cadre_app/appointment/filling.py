"""From a growth file to the fields of its appointment form, in Chinese as the form is written (demo-texts B18).

Nothing is made up: what no record says is left empty, and `checking` names it.
"""

import re
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields, tidy
from cadre_app.appraisal.models import AnnualAssessment, Grade, NoGrade
from cadre_app.conduct import award_rows
from cadre_app.core.awards import AwardCategory, awards
from cadre_app.people.file.resumes import compared_resume
from cadre_app.people.models import Education, PartyStage, Relative
from cadre_app.people.resume_facts import KIND, PROBATIONER
from cadre_app.people.writing.places import full_place
from cadre_app.people.writing.posts import place_and_post
from cadre_app.people.writing.schooling import written_degree, written_level
from cadre_app.policy import codes
from cadre_app.policy.values import CORE_CITY_NAME, CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person, Trainee

CHINESE = "zh-hans"
YEARS = 3
# Until then the assessment of the year before may still be under way, and the three years end before it.
JUDGED_BY = 7
# 民革 to 台盟: whoever belongs to one of them names it where others say when they joined the Party.
OTHER_PARTIES = ("04", "05", "06", "07", "08", "09", "10", "11")
MEMBERS = (PartyStage.PROBATIONARY, PartyStage.FULL)
# 嘉奖, 记三等功: what is given for a result of the annual assessment, where the certificate says that it was.
FOR_A_RESULT = ("civil_servant-1", "civil_servant-2", "institution-1")
YEAR_NAMED = re.compile(r"20[0-9]{2}")
FOR_EXCELLENT = re.compile(
    r"20\d\d年?度?(?:、20\d\d年?度?)*(?:连续[三3]年)?(?:公务员|事业单位工作人员|工作人员)?(?:年度)?考核"
    r"(?:结果|等次)?均?(?:被?确定为|被?评为|为)?“?优秀”?(?:等次|档次)?"
)
FIRST_RELATIVES = ("父亲", "母亲", "妻子", "丈夫", "儿子", "女儿")
# Away and an open case read alike: the form must not tell of a case.
WITHOUT_GRADE = {
    NoGrade.PROBATION: "不确定等次（试用期）",
    NoGrade.AWAY: "不确定等次",
    NoGrade.CASE_OPEN: "不确定等次",
}


def fields_of(user: "User", trainee: "Trainee", *, photo: bytes = b"") -> FormFields:
    """What the file says, as far as `user` sees it; the same few queries however much there is."""
    today = timezone.localdate()
    with translation.override(CHINESE):
        return FormFields(
            **_identity(trainee.person),
            **_education(user, trainee),
            post=post_text(trainee, today),
            resume=trainee.person.resume or compared_resume(user, trainee).text,
            rewards=_rewards(user, trainee),
            assessments=_assessments(user, trainee),
            family=_family(user, trainee),
            reporting_unit=CORE_ORGANIZATION_NAME.now(),
            age_day=f"{today:%Y%m%d}",
            filled_in=f"{today:%Y%m}",
            filled_by=user.display_name,
            photo=photo,
        )


def post_text(trainee: "Trainee", today: "date") -> str:
    """望屿区梧岭镇一级科员: the unit without the city above the district, post and rank."""
    place = full_place(trainee.home_unit.name).removeprefix(CORE_CITY_NAME.now())
    parts = post_parts(trainee)
    on_probation = trainee.probation_ends_on is not None and today <= trainee.probation_ends_on
    if not parts and on_probation:
        parts = [f"{PROBATIONER[trainee.status]}（{KIND[trainee.kind]}）"]  # type: ignore[index]
    return place_and_post(place, "、".join(parts))


def post_parts(trainee: "Trainee") -> list[str]:
    """Post and rank, as far as there are any."""
    rank = codes.label("rank", trainee.rank, CHINESE) if trainee.rank else trainee.post_grade
    return [part for part in (trainee.post, rank) if part]


def party_text(person: "Person") -> str:
    """When somebody joined the Party, or the name of another party, or both."""
    joined = person.party_joined_on if person.party_stage in MEMBERS else None
    other = codes.label("political_status", person.political_status) if person.political_status in OTHER_PARTIES else ""
    return "；".join(part for part in (month_text(joined), other) if part)


def month_text(day: "date | None") -> str:
    return f"{day:%Y%m}" if day is not None else ""


def relative_order(relation: str) -> int:
    """父亲、母亲、妻子（丈夫）、儿子（女儿）, then the others."""
    return FIRST_RELATIVES.index(relation) if relation in FIRST_RELATIVES else len(FIRST_RELATIVES)


def family_row(relative: Relative) -> FamilyRow:
    """A declared relative as the form names one, in Chinese whoever reads."""
    status = relative.political_status
    return FamilyRow(
        relation=relative.relation,
        name=relative.name,
        birth=month_text(relative.birth_month),
        political=codes.label("political_status", status, CHINESE) if status else "",
        work=relative.work,
    )


def education_texts(educations: "Iterable[Education]", mode: str) -> dict[str, str]:
    """The highest education and the highest degree of one mode of study."""
    rows = [each for each in educations if each.mode == mode]
    prefix = "full_time" if mode == Education.Mode.FULL_TIME else "on_job"
    level = min(rows, key=lambda each: each.level, default=None)
    degree = min((each for each in rows if each.degree), key=lambda each: each.degree, default=None)
    return {
        f"{prefix}_level": written_level(level.level) if level is not None else "",
        f"{prefix}_school": _school(level),
        f"{prefix}_degree": written_degree(codes.label("degree", degree.degree)) if degree is not None else "",
        f"{prefix}_degree_school": _school(degree),
    }


def _identity(person: "Person") -> dict[str, Any]:
    return {
        "name": person.name,
        "sex": codes.label("sex", person.sex).removesuffix("性") if person.sex else "",
        "birth": month_text(person.birth_month),
        "ethnic_group": codes.label("ethnic_group", person.ethnic_group) if person.ethnic_group else "",
        "native_place": person.native_place,
        "birth_place": person.birth_place,
        "party": party_text(person),
        "work": month_text(person.work_month),
        "health": person.health,
        "technical_post": person.technical_post,
        "specialty": person.specialty,
        "id_number": person.id_number,
    }


def _education(user: "User", trainee: "Trainee") -> dict[str, str]:
    rows = list(Education.objects.visible_to(user).standing().filter(person=trainee.person_id))
    return education_texts(rows, Education.Mode.FULL_TIME) | education_texts(rows, Education.Mode.ON_THE_JOB)


def _school(education: Education | None) -> str:
    """澜江大学公共管理学院行政管理专业."""
    if education is None:
        return ""
    major = f"{education.major.removesuffix('专业')}专业" if education.major else ""
    return f"{education.school}{major}"


def _rewards(user: "User", trainee: "Trainee") -> str:
    """One sentence for each reward, the earliest first; what is restricted is never written by itself."""
    rows = award_rows.united(lambda found: found.filter(trainee=trainee), user=user).order_by("award_on", "pk")
    excellent = set(
        AnnualAssessment.objects.visible_to(user)
        .standing()
        .filter(trainee=trainee, grade=Grade.EXCELLENT, confirmed_on__isnull=False)
        .values_list("year", flat=True)
    )
    return tidy("\n".join(_reward(row, excellent) for row in rows))


def _reward(row: dict[str, Any], excellent: set[int]) -> str:
    """The month, who gave it and what it is, what the certificate says of it in brackets; 2024年度考核优秀，给予嘉奖。 where that
    is a result and the record agrees.
    """
    day, title = row["award_on"], row["award_title"].strip()
    if row["award_category"] == AwardCategory.HONOUR:
        return f"{day.year}年{day.month}月，获{row['award_awarded_by']}“{award_rows.words_of(row)}”。"
    given = _given(awards[row["award_source"]].words(row["award_kind"], ""))
    if years := _rewarded_years(row, excellent):
        return f"{'、'.join(f'{year}年度' for year in years)}考核优秀，{given}。"
    return f"{day.year}年{day.month}月，{row['award_awarded_by']}{given}{f'（{title}）' if title else ''}。"


def _rewarded_years(row: dict[str, Any], excellent: set[int]) -> list[int]:
    """The years whose result a reward is given for; none where the certificate names no assessment, or one not 优秀."""
    title = row["award_title"].strip()
    if row["award_kind"] not in FOR_A_RESULT or FOR_EXCELLENT.fullmatch(title) is None:
        return []
    years = [int(year) for year in YEAR_NAMED.findall(title)]
    return years if excellent.issuperset(years) else []


def _given(words: str) -> str:
    return words if words.startswith("记") else f"给予{words}"


def _assessments(user: "User", trainee: "Trainee") -> str:
    """Those of the last three years that were signed off: 2023年：优秀；2024年：称职；2025年：称职. 调出 is none: there is nothing to
    write of it.
    """
    rows = AnnualAssessment.objects.visible_to(user).standing().filter(trainee=trainee, confirmed_on__isnull=False)
    today = timezone.localdate()
    found = {row.year: row for row in rows.filter(year__gte=today.year - YEARS - 1)}
    last = today.year - 1
    if last not in found and today.month < JUDGED_BY:
        last -= 1
    told = ((year, _outcome(found[year])) for year in range(last - YEARS + 1, last + 1) if year in found)
    return "；".join(f"{year}年：{text}" for year, text in told if text)


def _outcome(row: AnnualAssessment) -> str:
    if row.grade:
        return str(Grade(row.grade).label)
    return WITHOUT_GRADE.get(NoGrade(row.no_grade), "") if row.no_grade else ""


def _family(user: "User", trainee: "Trainee") -> tuple[FamilyRow, ...]:
    rows = list(Relative.objects.visible_to(user).standing().filter(person=trainee.person_id).order_by("created_at"))
    return tuple(map(family_row, sorted(rows, key=lambda row: relative_order(row.relation))))
