"""What is missing or doubtful on a form, each with the way to mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.appointment.filling import MEMBERS, post_parts
from cadre_app.appointment.fitting import STEPS, back_side, front_side
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.plausible import doubts_of_family, months_to_come, years_that_run
from cadre_app.appointment.portraits import LEAST_WIDTH, width_of
from cadre_app.appointment.printed import form_values
from cadre_app.appointment.services.drafts import LOST_IN_FILE, LOST_ON_FORM
from cadre_app.appointment.wording import LABELS
from cadre_app.people.file.heads import age_on
from cadre_app.people.writing import id_numbers
from cadre_app.people.writing import resume as resumes
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.people.models import Trainee

MISSING, DOUBTFUL, NOTE = "miss", "soon", "none"
YOUNGEST_WORKER = 14
LONGEST_GAP = 1
LATEST = timedelta(days=31)
YEARS = 3
SPOKEN_LEVELS = ("本科", "硕士", "博士", "大专")
# Where the file keeps it, by the name of a section of its record; what is written on the form alone is not among them.
IN_FILE = {
    "identity": (
        "name", "sex", "birth", "ethnic_group", "native_place", "birth_place", "work", "health", "id_number",
    ),
    "party": ("party",),
}  # fmt: skip
REQUIRED = (
    "name", "sex", "birth", "ethnic_group", "native_place", "birth_place", "work", "health", "full_time_level",
    "post", "resume", "rewards", "assessments", "reason", "reporting_unit", "filled_by", "id_number",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing to look at: `state` is a key of the status marks, `url` leads to where it is mended."""

    state: str
    label: str
    text: str
    url: str
    action: str


@dataclass(frozen=True)
class _Ways:
    """Where a field is mended: in the file, or on the form."""

    trainee: "Trainee"
    form: "UUID"

    def to(self, name: str) -> tuple[str, str]:
        in_file = _("Mend it in the file")
        section = next((key for key, names in IN_FILE.items() if name in names), "")
        if section:
            return reverse("people:section_edit", kwargs={"pk": self.trainee.pk, "section": section}), in_file
        if name == "resume":
            return reverse("people:resume", kwargs={"pk": self.trainee.pk}), in_file
        if name == "photo":
            return reverse("people:photo_edit", kwargs={"pk": self.trainee.pk}), in_file
        if name in ("full_time_level", "on_job_level", "family", "assessments", "post"):
            return reverse("people:trainee_detail", kwargs={"pk": self.trainee.pk}), in_file
        return self.on_form(name)

    def on_form(self, name: str) -> tuple[str, str]:
        return f"{reverse('appointment:form_edit', kwargs={'pk': self.form})}#id_{name}", _("Edit it on the form")

    def after_change(self, name: str) -> tuple[str, str]:
        """The number is masked and never typed on the form; the photo of the file is taken by filling."""
        if name in ("id_number", "photo"):
            return reverse("appointment:form_refill", kwargs={"pk": self.form}), _("Fill anew")
        return self.on_form(name)


def findings(
    form: FormFields,
    trainee: "Trainee",
    key: "UUID",
    *,
    changed: Iterable[tuple[str, str]] = (),
    lost: str = "",
    underived: Iterable[str] = (),
    is_derived: bool = True,
) -> list[Finding]:
    """Missing ones first, then what `changed` in the file since the form was filled; `lost` as `lost_photo` tells it, and
    `underived` what the records miss for a résumé that follows from them, `is_derived` that nobody typed it. No query.
    """
    ways, told = _Ways(trainee, key), dict(changed)
    since = [Finding(DOUBTFUL, str(LABELS[name]), text, *ways.after_change(name)) for name, text in told.items()]
    if "name" not in told and tidy_name(form.name) not in ("", trainee.person.name):
        text = _("The file has another name: %(name)s") % {"name": trainee.person.name}
        since.append(Finding(DOUBTFUL, str(LABELS["name"]), text, *ways.on_form("name")))
    since += [Finding(DOUBTFUL, str(LABELS["resume"]), text, *ways.to("resume")) for text in underived]
    found = [
        *_missing(form, ways),
        *_photo(form, ways, lost),
        *since,
        *_doubtful(form, trainee, ways, is_derived=is_derived),
    ]
    return sorted(found, key=lambda finding: finding.state != MISSING)


def _missing(form: FormFields, ways: _Ways) -> Iterator[Finding]:
    why = {
        "rewards": _("No reward is on record. Write 无 where there is neither a reward nor a decision of discipline."),
        "assessments": _("No annual assessment that was signed off is on record."),
        "reason": _("Write why, for example 工作需要."),
    }
    this_year = timezone.localdate().year
    for name in REQUIRED:
        if name == "assessments" and ways.trainee.arrived_on.year >= this_year:
            continue  # the year of arrival is assessed when it is over
        if not getattr(form, name).strip():
            yield Finding(MISSING, str(LABELS[name]), why.get(name, _("Nothing stands here.")), *ways.to(name))
    if not form.party and ways.trainee.person.party_stage in MEMBERS:
        yield Finding(MISSING, str(LABELS["party"]), _("The day of joining the Party is missing."), *ways.to("party"))
    if not form.family:
        yield Finding(MISSING, str(LABELS["family"]), _("No relative is declared."), *ways.to("family"))


def _photo(form: FormFields, ways: _Ways, lost: str) -> Iterator[Finding]:
    if form.photo:
        return
    text, way = _("There is no photo in the file."), ways.to("photo")
    if lost == LOST_IN_FILE:
        text = _(
            "The photo in the file was stored, but can no longer be read. Upload it again, then fill the form anew."
        )
    elif lost == LOST_ON_FORM:
        text = _("The photo of the form was stored, but can no longer be read. Fill the form anew.")
        way = ways.after_change("photo")
    yield Finding(MISSING, str(LABELS["photo"]), text, *way)


def _doubtful(form: FormFields, trainee: "Trainee", ways: _Ways, *, is_derived: bool) -> Iterator[Finding]:
    for name, text in (
        *_dates(form),
        *_education(form),
        *_posts(form),
        *_assessed(form, trainee),
        *_resume(form, trainee, is_derived=is_derived),
    ):
        yield Finding(DOUBTFUL, str(LABELS[name]), text, *ways.to(name))
    today = timezone.localdate()
    for name, text in (*_age(form), *months_to_come(form, today), *years_that_run(form, today), *_fitting(form)):
        yield Finding(DOUBTFUL, str(LABELS[name]), text, *ways.on_form(name))
    for text in doubts_of_family(form, today):
        yield Finding(DOUBTFUL, str(LABELS["family"]), text, *ways.on_form("family"))
    if form.photo and width_of(form.photo) < LEAST_WIDTH:
        text = _("The photo is only %(width)d pixels wide: it will be blurred in print.") % {
            "width": width_of(form.photo)
        }
        yield Finding(DOUBTFUL, str(LABELS["photo"]), text, *ways.to("photo"))
    text = _("Rewards alone were filled in. Ask whoever keeps discipline whether a decision has to stand here.")
    yield Finding(NOTE, str(LABELS["rewards"]), text, *ways.on_form("rewards"))


def _dates(form: FormFields) -> Iterator[tuple[str, str]]:
    for name in ("birth", "work", "age_day", "filled_in"):
        text = getattr(form, name)
        if text and dates.month_of(text) is None:
            yield name, _("“%(text)s” is no month that can be read.") % {"text": text}
    if part := dates.unreadable_party(form.party):
        yield "party", _("“%(text)s” is no month that can be read.") % {"text": part}
    born, work, joined = (dates.month_of(text) for text in (form.birth, form.work, dates.party_parts(form.party)[0]))
    if born is not None and work is not None and work < born.replace(year=born.year + YOUNGEST_WORKER):
        yield "work", _("This is before the fourteenth birthday.")
    if born is not None and joined is not None and joined.year - born.year < 18:  # noqa: PLR2004
        yield "party", _("This is before the eighteenth birthday.")
    yield from _number(form, born)


def _number(form: FormFields, born: date | None) -> Iterator[tuple[str, str]]:
    if not form.id_number:
        return
    try:
        number = id_numbers.check(form.id_number)
    except ValidationError as error:
        yield "id_number", error.messages[0]
        return
    if born is not None and id_numbers.birth_day(number).replace(day=1) != born:
        yield "birth", _("The ID number says another month.")


def _age(form: FormFields) -> Iterator[tuple[str, str]]:
    """A form that waited: the day of the age and the month are those on which it was begun."""
    today, day, born = timezone.localdate(), dates.read_day(form.age_day), dates.month_of(form.birth)
    if day is not None and day[0] < today:
        shown = {"day": dates.shown_day(form.age_day)}
        if born is not None and age_on(born, day[0]) != age_on(born, today):
            told = _("The age is counted on %(day)s; by now the person is %(age)d.")
            yield "age_day", told % {**shown, "age": age_on(born, today)}
        elif day[0] < today - LATEST:
            yield "age_day", _("The age is counted on %(day)s, more than a month ago.") % shown
    month = dates.month_of(form.filled_in)
    if month is not None and month < today.replace(day=1):
        text = _("The form bears the month %(month)s, which is over.")
        yield "filled_in", text % {"month": dates.shown(form.filled_in)}


def _fitting(form: FormFields) -> Iterator[tuple[str, str]]:
    """What does not stand on two pages, however small the letters are."""
    values = form_values(form)
    if not front_side(values).fits:
        text = _("Even in letters of %(points)d pt the front side takes more than one page. Shorten the résumé.")
        yield "resume", text % {"points": STEPS[-1].points}
    if not back_side(values).fits:
        text = _(
            "Even in letters of %(points)d pt the back side takes more than one page. Shorten the rewards or what stands "
            "at the family."
        )
        yield "family", text % {"points": STEPS[-1].points}


def _education(form: FormFields) -> Iterator[tuple[str, str]]:
    for name in ("full_time_level", "on_job_level"):
        if any(word in getattr(form, name) for word in SPOKEN_LEVELS):
            yield name, _("The form writes 大学 and 研究生, never 本科 or 硕士.")
    if form.full_time_level and not form.full_time_school:
        yield "full_time_level", _("The school is missing.")


def _posts(form: FormFields) -> Iterator[tuple[str, str]]:
    if not form.new_post and not form.old_post:
        yield "new_post", _("Neither a post to take nor a post to leave is written: for an appointment one of them is.")


def _assessed(form: FormFields, trainee: "Trainee") -> Iterator[tuple[str, str]]:
    this_year = timezone.localdate().year
    first = max(trainee.arrived_on.year, this_year - YEARS)
    years = [str(year) for year in range(first, this_year) if f"{year}年" not in form.assessments]
    if form.assessments and years:
        text = ngettext(
            "The year %(years)s is missing: it was not signed off, or assessed elsewhere.",
            "The years %(years)s are missing: they were not signed off, or assessed elsewhere.",
            len(years),
        )
        yield "assessments", text % {"years": "、".join(years)}


def _resume(form: FormFields, trainee: "Trainee", *, is_derived: bool) -> Iterator[tuple[str, str]]:
    if not form.resume:
        return
    try:
        lines = resumes.parse(form.resume)
    except ValidationError as error:
        yield from (("resume", message) for message in error.messages)
        return
    for line, following in pairwise(lines):
        if line.end is not None and _months(line.end, following.start) > LONGEST_GAP:
            known = {"since": f"{line.end:%Y.%m}", "until": f"{following.start:%Y.%m}"}
            yield "resume", _("Nothing is written about %(since)s to %(until)s.") % known
    if lines[-1].end is not None and not trainee.is_read_only:
        yield "resume", _("The last line has an end: what does the person do now?")
    lacking = [part for part in post_parts(trainee) if part not in lines[-1].text]
    if lines[-1].end is None and lacking:
        yield "resume", _("The last line does not name %(posts)s.") % {"posts": "、".join(lacking)}
    if is_derived and not trainee.person.resume:
        yield "resume", _("No résumé is kept in the file: these lines were derived from the records.")


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
