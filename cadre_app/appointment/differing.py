"""The difference between a form that was brought in and the growth file, field by field; what can be taken over of it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appointment.agreeing import Agreement, agreement, checked_number, code_of
from cadre_app.appointment.filling import CHINESE, family_row, fields_of
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.plausible import ONE_ALONE
from cadre_app.appointment.showing import text_of
from cadre_app.appointment.wording import LABELS
from cadre_app.people.models import Education, Person, Relative
from cadre_app.people.writing import resume as resumes
from cadre_app.people.writing.names import NOT_A_NAME, is_name, tidy_name
from cadre_app.people.writing.schooling import written_degree
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

# By the field of the form: the column of the person, and the table of its codes or "month".
IDENTITY = {
    "name": ("name", ""),
    "sex": ("sex", "sex"),
    "birth": ("birth_month", "month"),
    "ethnic_group": ("ethnic_group", "ethnic_group"),
    "native_place": ("native_place", ""),
    "birth_place": ("birth_place", ""),
    "work": ("work_month", "month"),
    "health": ("health", ""),
    "technical_post": ("technical_post", ""),
    "specialty": ("specialty", ""),
    "id_number": ("id_number", ""),
}
WHO = ("identity:name", "identity:id_number")
# What follows from records of its own: told, and entered there. By the part of the file's record that keeps them.
RECORDS = {"party": "", "post": "#posts", "rewards": "", "assessments": ""}
NOTHING = "无"
GONE = re.compile("已故|去世|病故|亡故|逝世|离世|过世|已逝|已亡")
REMARK = re.compile(rf"(.+?)[（(](已?(?:{GONE.pattern}))[）)]")
LEVELS = {"大学": "21", "大学本科": "21", "本科": "21", "大专": "31", "大学专科": "31", "中专": "41"}
POSTGRADUATE = {"博士": "11", "硕士": "14"}
LONGEST_SCHOOL, LONGEST_WORK, LONGEST_RELATION = 60, 100, 20


@dataclass(frozen=True)
class Difference:
    """One field that differs. `values` are what is written where it is taken over (`may_take`), else `note` says why not;
    one that needs another look is not ticked `beforehand`.
    """

    key: str
    label: str
    ours: str
    theirs: str
    may_take: bool = True
    note: str = ""
    url: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    beforehand: bool = True

    @property
    def is_new(self) -> bool:
        """The file says nothing so far."""
        return not self.ours

    @property
    def is_ticked(self) -> bool:
        """The file lacks it, and nothing speaks against it."""
        return self.may_take and self.is_new and self.beforehand


def differences(user: "User", trainee: "Trainee", theirs: FormFields) -> list[Difference]:
    """What the form says and the file does not, in the order of the form; what the form leaves empty is no difference."""
    ours = fields_of(user, trainee)
    return [
        *_identity(trainee, ours, theirs),
        *_records(trainee, ours, theirs),
        *_education(user, trainee, ours, theirs),
        *_resume(ours, theirs, trainee),
        *_family(user, trainee, theirs),
    ]


def seen_as(found: Iterable[Difference]) -> str:
    """A digest of what was shown: whoever takes something over has read it as it is."""
    shown = repr([(one.key, one.ours, one.theirs, one.may_take) for one in found])
    return hashlib.sha256(shown.encode()).hexdigest()


def is_somebody_else(found: Iterable[Difference]) -> bool:
    """Whether another name or another ID number stands in the file: then the form may be about another person."""
    return any(one.key in WHO and not one.is_new for one in found)


def _identity(trainee: "Trainee", ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    for name, (column, table) in IDENTITY.items():
        text, held = getattr(theirs, name), getattr(trainee.person, column)
        if not text:
            continue
        value, note = _value(text, column, table)
        if value == held:
            continue
        notes = [note]
        if column == "id_number" and value is not None and held:
            # No word of where: form after form would tell a number that is shown on record only.
            notes = [_("The numbers differ. Compare the paper with the whole number in the growth file.")]
        agreed = agreement(trainee.person, theirs, column, value) if value is not None else Agreement()
        yield Difference(
            f"identity:{name}", str(LABELS[name]), text_of(ours, name), text_of(theirs, name),
            may_take=value is not None and agreed.is_possible, note=" ".join(filter(None, (*notes, agreed.note))),
            values={column: value}, beforehand=not agreed.note,
        )  # fmt: skip


def _value(text: str, column: str, table: str) -> tuple[Any, str]:
    """The value of a column, or None and why there is none."""
    if table == "month":
        return _month(text)
    if table:
        code = code_of(table, text)
        return code or None, "" if code else _("This is not among the words of the table.")
    if column == "id_number":
        return checked_number(text)
    value = tidy_name(text) if column == "name" else text
    if column == "name" and not is_name(value):
        return None, str(NOT_A_NAME)
    most = getattr(Person._meta.get_field(column), "max_length", None)
    if most is not None and len(value) > most:
        return None, _("This is longer than %(most)d characters. Shorten it in the file.") % {"most": most}
    return value, ""


def _month(text: str) -> tuple[date | None, str]:
    month = dates.month_of(text)
    if month is None:
        return None, _("This is no month that can be read.")
    if month > timezone.localdate():
        return None, _("The month %(month)s is still to come.") % {"month": dates.shown(text)}
    return month, ""


def _records(trainee: "Trainee", ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    file_url = reverse("people:trainee_detail", kwargs={"pk": trainee.pk})
    for name, place in RECORDS.items():
        text, held = getattr(theirs, name), getattr(ours, name)
        if not text or text == held or (name == "rewards" and not held and text.rstrip("。") == NOTHING):
            continue
        url, note = f"{file_url}{place}", _("This comes from records of its own. Look whether one of them is missing.")
        if name == "party":
            note = _("The form knows the month alone. Enter the day in the file.")
            url = reverse("people:section_edit", kwargs={"pk": trainee.pk, "section": "party"})
        yield Difference(
            name, str(LABELS[name]), text_of(ours, name), text_of(theirs, name), may_take=False, note=note, url=url
        )


def _education(user: "User", trainee: "Trainee", ours: FormFields, theirs: FormFields) -> Iterator[Difference]:
    rows = Education.objects.visible_to(user).standing().filter(person=trainee.person_id)
    known = set(rows.values_list("mode", flat=True))
    for mode, prefix in ((Education.Mode.FULL_TIME, "full_time"), (Education.Mode.ON_THE_JOB, "on_job")):
        names = [f"{prefix}_{part}" for part in ("level", "degree", "school", "degree_school")]
        told = [getattr(theirs, name) for name in names]
        held = [getattr(ours, name) for name in names]
        if not told[0] or all(not text or text == other for text, other in zip(told, held, strict=True)):
            continue
        values, left_out = _schooling(told)
        note, may_take = " ".join(left_out), True
        if mode in known:
            note, may_take = _("The file holds education of this kind already. Compare and correct it there."), False
        elif not values["level"]:
            note, may_take = _("This is not among the words of the table."), False
        yield Difference(
            f"education:{prefix}", str(LABELS[f"{prefix}_level"]), _said(held), _said(told), may_take=may_take, note=note,
            url=reverse("people:trainee_detail", kwargs={"pk": trainee.pk}) + "#education",
            values={"mode": str(mode), **values},
        )  # fmt: skip


def _schooling(told: list[str]) -> tuple[dict[str, str], list[str]]:
    """What is written of education, and what of it is left out, in words."""
    level, degree, school, degree_school = told
    values = {"level": _level(level, degree), "degree": _degree(degree), "school": school or degree_school}
    left_out = []
    if degree and not values["degree"]:
        left_out.append(_not_among(degree))
    if school and degree_school not in ("", school):
        left_out.append(_("The school of the degree is another one and is left out. Enter it in the file."))
    if len(values["school"]) > LONGEST_SCHOOL:
        left_out.append(_too_long(values["school"], LONGEST_SCHOOL))
        values["school"] = ""
    return values, left_out


def _not_among(text: str) -> str:
    return _("“%(text)s” is not among the words of the table and is left out.") % {"text": text}


def _too_long(text: str, most: int) -> str:
    told = {"text": f"{text[:20]}…", "most": most}
    return _("“%(text)s” is longer than %(most)d characters and is left out.") % told


def _said(texts: list[str]) -> str:
    return "　".join(dict.fromkeys(text for text in texts if text))


def _level(level: str, degree: str) -> str:
    if level == "研究生":
        return next((code for word, code in POSTGRADUATE.items() if word in degree), "")
    return LEVELS.get(level, "")


def _degree(text: str) -> str:
    names = {written_degree(name): code for code, name in codes.choices("degree", language=CHINESE)}
    return names.get(text, "") or (code_of("degree", text) if text else "")


def _resume(ours: FormFields, theirs: FormFields, trainee: "Trainee") -> Iterator[Difference]:
    held = trainee.person.resume
    # A form issued without a résumé in the file carries the one that follows from its records.
    if theirs.resume and theirs.resume not in (held, ours.resume):
        note = _why_no_resume(theirs.resume)
        yield Difference(
            "resume", str(LABELS["resume"]), held, theirs.resume, may_take=not note, note=note,
            values={"resume": theirs.resume},
        )  # fmt: skip


def _why_no_resume(text: str) -> str:
    """Why the file would not take it; empty where it does."""
    try:
        resumes.check(text, typed_on=timezone.localdate())
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _family(user: "User", trainee: "Trainee", theirs: FormFields) -> Iterator[Difference]:
    rows = Relative.objects.visible_to(user).standing().filter(person=trainee.person_id)
    known = list(rows.order_by("created_at"))
    meant = _meant(theirs.family, known)
    places: dict[str, int] = {}
    for number, row in enumerate(theirs.family):
        name, gone = _name_of(row)
        held = meant[number]
        mine = family_row(held) if held is not None else FamilyRow()
        # What the form leaves empty stays as the file has it.
        told = replace(mine, **{key: text for key, text in vars(replace(row, name=name)).items() if text})
        notes = []
        if gone and not GONE.search(told.work):
            told = replace(told, work=f"{told.work}（{gone}）" if told.work else gone)
            notes.append(_("“%(text)s” is kept with unit and post.") % {"text": gone})
        first = places.setdefault(name, number) if name else number
        if first != number:
            notes.append(_("Row %(number)d of the form has the same name.") % {"number": first + 1})
        others = "、".join(each.name for each in known if row.relation in ONE_ALONE and each.relation == row.relation)
        if held is None and others:
            text = _(
                "The file has %(names)s at this relation: taken over, both stand there. Correct a name in the file."
            )
            notes.append(text % {"names": others})
        if told != mine and (found := _relative(number, held, mine, told)):
            note = " ".join(filter(None, (found.note, *notes)))
            yield replace(found, note=note, beforehand=first == number and (held is not None or not others))


def _meant(family: Sequence[FamilyRow], known: list[Relative]) -> list[Relative | None]:
    """Whom of the file each row of the form means: of that name and relation, else the first of that name whom no other row
    means. A husband is not overwritten by a father of his name.
    """
    said = [(_name_of(row)[0], row.relation) for row in family]
    held = {(tidy_name(each.name), each.relation): each for each in reversed(known)}
    found = [held.get(each) if each[0] else None for each in said]
    free = [each for each in known if each not in found]
    for place, (name, _relation) in enumerate(said):
        if found[place] is not None or not name:
            continue
        if said[place] in said[:place]:
            found[place] = found[said.index(said[place])]
            continue
        found[place] = next((each for each in free if tidy_name(each.name) == name), None)
        free = [each for each in free if each is not found[place]]
    return found


def _name_of(row: FamilyRow) -> tuple[str, str]:
    """The name, and the remark behind it that its bearer is no longer alive: 庚母（已故）."""
    name = tidy_name(row.name)
    found = REMARK.fullmatch(name)
    return (found[1].strip(), found[2]) if found is not None else (name, "")


def _relative(number: int, held: Relative | None, mine: FamilyRow, told: FamilyRow) -> Difference | None:
    """A value takes the place of the one in the file only where it could be read; None where all of it says the same."""
    values, left_out = _read_relative(held, mine, told)
    changes = held is None or any(getattr(held, name) != value for name, value in values.items())
    if not changes and not left_out:
        return None
    if held is None and not (told.name and told.relation):
        left_out, changes = [_("The form does not say who it is: name and relation are needed.")], False
    elif not is_name(told.name):
        left_out, changes = [str(NOT_A_NAME)], False
    elif len(told.relation) > LONGEST_RELATION:
        left_out, changes = [_relation_too_long(told.relation)], False
    return Difference(
        f"family:{number}", f"{LABELS['family']} {number + 1}", _row(mine), _row(told), may_take=changes,
        note=" ".join(left_out), values={**values, "relative": str(held.pk) if held is not None else ""},
    )  # fmt: skip


def _relation_too_long(text: str) -> str:
    told = {"text": f"{text[:LONGEST_RELATION]}…", "most": LONGEST_RELATION}
    return _("The relation “%(text)s” is longer than %(most)d characters. Enter it in the file.") % told


def _read_relative(held: Relative | None, mine: FamilyRow, told: FamilyRow) -> tuple[dict[str, Any], list[str]]:
    """What is written of a relative, and what of it is left out, in words."""
    values: dict[str, Any] = {
        "relation": told.relation,
        "name": told.name,
        "birth_month": held.birth_month if held is not None else None,
        "political_status": held.political_status if held is not None else "",
        "work": held.work if held is not None else "",
    }
    left_out = []
    if told.birth != mine.birth:
        month, why = _month(told.birth)
        values["birth_month"] = month or values["birth_month"]
        if month is None and dates.month_of(told.birth) is not None:
            left_out.append(why)
        elif month is None:
            left_out.append(_("“%(text)s” is no month that can be read and is left out.") % {"text": told.birth[:40]})
    if told.political != mine.political:
        code = code_of("political_status", told.political)
        values["political_status"] = code or values["political_status"]
        if not code:
            left_out.append(_not_among(told.political[:40]))
    if told.work != mine.work:
        if len(told.work) > LONGEST_WORK:
            left_out.append(_too_long(told.work, LONGEST_WORK))
        else:
            values["work"] = told.work
    return values, left_out


def _row(row: FamilyRow) -> str:
    return "　".join(text for text in (row.relation, row.name, dates.shown(row.birth), row.political, row.work) if text)
