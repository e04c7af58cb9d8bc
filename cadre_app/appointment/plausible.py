"""What cannot be, whatever the file says: months that are still to come, years that run, relatives of another age.

The file refuses such months, so each was typed on the form. No query.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import MOST_RELATIVES, FamilyRow, FormFields
from cadre_app.appointment.wording import FAMILY_LABELS
from cadre_app.people.file.heads import age_on
from cadre_app.people.writing import resume as resumes
from cadre_app.people.writing.names import tidy_name

PARENT = re.compile(r"[继养生]?(?:父亲?|母亲?)|爸爸|妈妈")
CHILD = re.compile(r"[长大小次二三四幼独养继]?(?:儿子?|女儿?|子)")
# Of which nobody has two.
ONE_ALONE = ("父亲", "母亲", "丈夫", "妻子", "配偶", "岳父", "岳母", "公公", "婆婆")
GENERATION = 14
YEAR_JUDGED = re.compile(r"([0-9]{4})年")
# Nobody is a member of the League before, and nobody is at school or work.
YOUNGEST = {"political": 14, "work": 7}


def months_to_come(form: FormFields, today: date) -> Iterator[tuple[str, str]]:
    """Fields of the person with a month after today, those of the résumé among them."""
    texts = {name: getattr(form, name) for name in ("birth", "work", "filled_in")}
    texts["party"] = dates.party_parts(form.party)[0]
    for name, text in texts.items():
        if told := _to_come(text, today):
            yield name, told
    day = dates.read_day(form.age_day)
    if day is not None and day[0] > today:
        yield "age_day", _("The day %(day)s is still to come.") % {"day": dates.shown_day(form.age_day)}
    yield from (("resume", text) for text in _of_resume(form.resume, today))


def years_that_run(form: FormFields, today: date) -> Iterator[tuple[str, str]]:
    """Results of years that nobody can have assessed yet."""
    years = sorted({year for year in YEAR_JUDGED.findall(form.assessments) if int(year) >= today.year})
    if years:
        text = ngettext("The year %(years)s is not over yet.", "The years %(years)s are not over yet.", len(years))
        yield "assessments", text % {"years": "、".join(years)}


def doubts_of_family(form: FormFields, today: date) -> Iterator[str]:
    """What is missing of a relative or cannot be, in the order of the form."""
    if len(form.family) > MOST_RELATIVES:
        text = _("%(count)d rows stand here; the form takes %(most)d. Take out those that are not asked for.")
        yield text % {"count": len(form.family), "most": MOST_RELATIVES}
    for row in form.family:
        yield from _of_relative(row, dates.month_of(form.birth), today)
    names = Counter(tidy_name(row.name) for row in form.family if row.name)
    for name in (name for name, count in names.items() if count > 1):
        yield _("%(name)s stands here more than once.") % {"name": name}
    relations = Counter(row.relation for row in form.family if row.relation in ONE_ALONE)
    for relation in (relation for relation, count in relations.items() if count > 1):
        yield _("%(name)s stands here more than once.") % {"name": relation}


def _of_relative(row: FamilyRow, born: date | None, today: date) -> Iterator[str]:
    who, month = row.relation or row.name, dates.month_of(row.birth)
    lacking = [
        str(label) for name, label in FAMILY_LABELS.items() if not getattr(row, name) and _is_due(name, month, today)
    ]
    if lacking:
        yield _("%(who)s: %(what)s is missing.") % {"who": who, "what": "、".join(lacking)}
    if row.birth and month is None:
        yield _("“%(text)s” is no month that can be read.") % {"text": row.birth}
    elif told := _to_come(row.birth, today):
        yield _("%(name)s: %(text)s") % {"name": who, "text": told}
    elif month is not None and born is not None and (told := _of_age(row.relation, month, born)):
        yield told % {"who": who, "years": GENERATION}


def _is_due(name: str, born: date | None, today: date) -> bool:
    """Whether a relative of this age has what `name` asks for."""
    return name not in YOUNGEST or born is None or age_on(born, today) >= YOUNGEST[name]


def _of_age(relation: str, month: date, born: date) -> str:
    if PARENT.fullmatch(relation) and age_on(month, born) < GENERATION:
        return _("%(who)s: by the months of birth less than %(years)d years older than the person.")
    if CHILD.fullmatch(relation) and age_on(born, month) < GENERATION:
        return _("%(who)s: by the months of birth less than %(years)d years younger than the person.")
    return ""


def _to_come(text: str, today: date) -> str:
    month = dates.month_of(text)
    if month is None or month <= today:
        return ""
    return _("The month %(month)s is still to come.") % {"month": dates.shown(text)}


def _of_resume(text: str, today: date) -> list[str]:
    """Of a résumé that can be read."""
    try:
        resumes.parse(text)
    except ValidationError:
        return []
    try:
        resumes.check(text, typed_on=today)
    except ValidationError as error:
        return list(error.messages)
    return []
