"""What people and village terms give to the résumé: schooling, posts with their units, posts held in the village."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.resumes import ResumeFacts, ResumeLines, ResumePart, ResumePeriod, resume_lines
from cadre_app.people.file.stations import Stations, stations_of
from cadre_app.people.models import (
    Education,
    Office,
    Status,
    TermRole,
    Trainee,
    VillageTerm,
)
from cadre_app.people.writing.deriving import LONGEST_HOLIDAY
from cadre_app.people.writing.places import full_place
from cadre_app.people.writing.posts import place_and_post
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CHINESE = "zh-hans"
PROBATIONER = {Status.CIVIL_SERVANT: "试用期公务员", Status.INSTITUTION: "试用期工作人员"}
KIND = {"selected": "选调生", "introduced": "引进生"}
DOCTORAL, MASTERS = ("11", "12", "13"), ("14", "15", "16")
AT_WORK = "工作"


def announce() -> None:
    """Called once, when the app is ready."""
    resume_lines.register("people.schools", ResumeLines(order=10, facts=school_facts))
    resume_lines.register("people.posts", ResumeLines(order=20, facts=post_facts))
    resume_lines.register("people.terms", ResumeLines(order=30, facts=term_facts))


def school_facts(user: "User", trainee: Trainee) -> ResumeFacts:
    """Full-time schooling of which both months are known; one query."""
    rows = Education.objects.visible_to(user).standing().filter(person=trainee.person_id)
    schools = list(rows.filter(mode=Education.Mode.FULL_TIME).order_by("graduated_on", "level"))
    found = ResumeFacts()
    for school in schools:
        text = _studies(school)
        if school.started_on is None or school.graduated_on is None:
            message = _("%(school)s: enter the months of entering and of graduating.")
            found.missing.append(message % {"school": school.school or codes.label("education", school.level)})
        else:
            found.periods.append(ResumePeriod(ResumePart.SCHOOL, text, school.started_on, school.graduated_on))
    found.missing.extend(_holes(found.periods))
    if not schools:
        found.missing.append(_("No full-time education has been entered: the résumé begins with it."))
    return found


def post_facts(user: "User", trainee: Trainee) -> ResumeFacts:
    """Unit, post and rank from arrival on, at each change; two queries."""
    stations = stations_of(user, trainee)
    found = ResumeFacts(missing=list(_missing_of_posts(trainee, stations)))
    for day in sorted({trainee.arrived_on, *_days(trainee, stations)}):
        text = place_and_post(full_place(stations.unit(day)), _post_on(trainee, stations, day))
        found.periods.append(ResumePeriod(ResumePart.POST, text, day, trainee.departed_on))
    return found


def term_facts(user: "User", trainee: Trainee) -> ResumeFacts:
    """Each village term as a post held beside the own, with its town while the own unit is another one; four queries."""
    rows = VillageTerm.objects.visible_to(user).standing().filter(trainee=trainee).select_related("village__parent")
    terms = list(rows.order_by("started_on"))
    secretaries = dict(
        Office.objects.standing()
        .filter(is_community_source=True, unit__in=[term.village_id for term in terms])
        .values_list("unit_id", "name")
    )
    stations = stations_of(user, trainee)
    found = ResumeFacts()
    for term in terms:
        post = _village_post(term, secretaries.get(term.village_id, ""))
        for start, end, town in _towns(term, stations):
            text = f"{place_and_post(town, post)}（挂职）"
            found.periods.append(ResumePeriod(ResumePart.BESIDE, text, start, end))
    return found


def _towns(term: VillageTerm, stations: Stations) -> Iterator[tuple[date, date | None, str]]:
    """The stretches of a term: nothing stands before the village while its town is the own unit, else the town."""
    parent = term.village.parent.name if term.village.parent is not None else ""
    ended = term.ended_on or date.max
    starts = [
        term.started_on,
        *(move.effective_on for move in stations.moves if term.started_on < move.effective_on < ended),
    ]
    found = [(day, "" if stations.unit(day) == parent else parent) for day in starts]
    changes = [one for place, one in enumerate(found) if not place or one[1] != found[place - 1][1]]
    for (start, town), following in zip(changes, [*changes[1:], None], strict=True):
        yield start, following[0] if following is not None else term.ended_on, town


def _holes(schools: list[ResumePeriod]) -> Iterator[str]:
    """More than a summer between two schools, of which nothing is known."""
    message = _("Nothing is known of %(since)s to %(until)s: write it by hand, or correct the months of the schools.")
    ended: date | None = None
    for school in sorted(schools, key=lambda school: school.started_on):
        if ended is not None and add_months(ended, LONGEST_HOLIDAY).replace(day=28) < school.started_on.replace(day=1):
            since, until = (formats.date_format(day, "YEAR_MONTH_FORMAT") for day in (ended, school.started_on))
            yield message % {"since": since, "until": until}
        if school.ended_on is not None:
            ended = max(ended or school.ended_on, school.ended_on)


def _studies(school: Education) -> str:
    """澜江大学公共管理学院行政管理专业学习; of a postgraduate 公共管理专业硕士研究生学习."""
    level = "博士研究生" if school.level in DOCTORAL else "硕士研究生" if school.level in MASTERS else ""
    major = f"{school.major.removesuffix('专业')}专业" if school.major else ""
    return f"{school.school}{major}{level}学习"


def _days(trainee: Trainee, stations: Stations) -> Iterator[date]:
    """On which unit, post or rank change after arrival; without a record, when the probation is over."""
    yield from stations.days
    ends_on = trainee.probation_ends_on
    if not stations.records and ends_on is not None and trainee.arrived_on <= ends_on < timezone.localdate():
        yield ends_on + timedelta(days=1)


def _post_on(trainee: Trainee, stations: Stations, day: date) -> str:
    """Post and rank of the record in force; before the first one a probationer, as long as the probation runs."""
    if parts := stations.parts(day, CHINESE):
        return "、".join(parts)
    is_before = any(record.started_on > day for record in stations.records)
    if is_before or (trainee.probation_ends_on is not None and day <= trainee.probation_ends_on):
        return f"{PROBATIONER[Status(trainee.status)]}（{KIND[trainee.kind]}）"
    return AT_WORK


def _missing_of_posts(trainee: Trainee, stations: Stations) -> Iterator[str]:
    ends_on = trainee.probation_ends_on
    if not stations.records and (ends_on is None or ends_on < timezone.localdate()):
        yield _("No post and no rank have been entered since the probation ended.")
    elif stations.records:
        none = _("No post has been entered since the transfer to %(unit)s on %(day)s: the line names the rank alone.")
        late = _(
            "Between the transfer to %(unit)s on %(day)s and %(until)s no post has been entered: that line names the rank alone."
        )
        for move, until in stations.without_post():
            known = {"unit": stations.unit(move.effective_on), "day": formats.date_format(move.effective_on)}
            yield none % known if until is None else late % (known | {"until": formats.date_format(until)})
    began = trainee.person.work_month
    if began is not None and began < trainee.arrived_on.replace(day=1):
        message = _("Work began in %(month)s, before reporting for duty here: write the earlier posts by hand.")
        yield message % {"month": formats.date_format(began, "YEAR_MONTH_FORMAT")}


def _village_post(term: VillageTerm, secretary: str) -> str:
    """梧头村党支部书记助理 as the Party body of the village is called; else the role as it is kept."""
    if term.role == TermRole.SECRETARY and secretary.endswith("书记"):
        return place_and_post(term.village.name, f"{secretary}助理")
    with translation.override(CHINESE):
        return term.post
