""".lrm, the form of the program before: one record of quoted fields in GBK, inside which # and @ part what belongs together.

The reading of the format is told in ADR 30; the photo lies beside it in a .pic file.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.appointment.lrmx import mending
from cadre_app.appointment.lrmx.reading import LONGEST, MOST_ELEMENTS, MOST_ROWS, Read, broken, check_size, finished
from cadre_app.appointment.wording import FAMILY_LABELS, LABELS
from cadre_app.core.tables import joined

BETWEEN = re.compile(r'("\s*,\s*")')
UNQUOTED = re.compile(r'(?<=")\s*,(?:\s*,)+\s*(?=")|(?<=")(?:\s*,)+\s*$|^(?:\s*,)+\s*(?=")')
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLAIN = {
    0: "name",
    1: "sex",
    2: "birth",
    3: "ethnic_group",
    4: "native_place",
    5: "party",
    6: "health",
    7: "birth_place",
    8: "work",
    11: "technical_post",
    16: "specialty",
    17: "resume",
    18: "rewards",
    19: "assessments",
    25: "post",
    26: "new_post",
    27: "old_post",
    28: "reason",
    29: "reporting_unit",
    30: "age_day",
    31: "filled_by",
    32: "filled_in",
}
# Full-time before the @, on the job after it; the first of each before the #, the second after it.
FOURFOLD = {
    9: ("full_time_level", "full_time_degree", "on_job_level", "on_job_degree"),
    10: ("full_time_school", "full_time_degree_school", "on_job_school", "on_job_degree_school"),
}
FAMILY = {20: "relation", 21: "name", 22: "birth", 23: "political", 24: "work"}


def read_lrm(content: bytes, photo: bytes = b"") -> Read:
    """The form in an old file. Raises ValidationError, and nothing else, for what is none."""
    check_size(len(content))
    remarks: list[str] = []
    parts = _fields(_text(content), remarks)
    values = {name: parts[place] for place, name in PLAIN.items()}
    for place, names in FOURFOLD.items():
        values |= dict(zip(names, _four(parts[place]), strict=True))
    columns = {name: parts[place].split("@") for place, name in FAMILY.items()}
    count = max(map(len, columns.values()))
    if count > MOST_ROWS:
        raise broken()
    rows = [
        {name: column[number] if number < len(column) else "" for name, column in columns.items()}
        for number in range(count)
    ]
    used = {*PLAIN, *FOURFOLD, *FAMILY}
    others = [(str(place + 1), text.strip()) for place, text in enumerate(parts) if place not in used and text.strip()]
    return finished(values, rows, others, photo, remarks)


def _text(content: bytes) -> str:
    """GBK with its supplement of rare characters; files saved anew by other programs are UTF-8, or UTF-16 with a BOM."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return _as_unicode(content) or content.decode("gb18030")
    except UnicodeDecodeError:
        raise ValidationError(
            _("This is no appointment form of the old kind (.lrm): its characters cannot be read."), code="damaged"
        ) from None


def _as_unicode(content: bytes) -> str:
    """The text where it is UTF-8 with Chinese in it; nothing for GBK, of which a whole record never reads so by chance."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text if CHINESE.search(text) else ""


def _fields(text: str, remarks: list[str]) -> list[str]:
    """Quotes inside of a field are its own: only a quote beside a comma ends one, unless the record says otherwise."""
    plain = _quoted(text.strip().rstrip("\x1a\x00").strip())
    if not (plain.startswith('"') and plain.endswith('"') and len(plain) > 1):
        raise broken()
    pieces = BETWEEN.split(plain[1:-1])
    parts = pieces[::2]
    if len(parts) > MOST_ELEMENTS:
        raise broken()
    known = {"count": len(parts), "most": mending.FIELDS}
    if found := mending.mended(pieces):
        parts, places = found
        names = joined(_said(place) for place in places)
        text = _(
            'The record falls into %(count)d fields instead of %(most)d, as “%(name)s” holds “","”: look that text over.'
        )
        remarks.append(text % {**known, "name": names})
    if len(parts) < mending.FIELDS or max(map(len, parts)) > LONGEST:
        raise broken()
    if mending.is_askew(parts):
        text = _(
            "The record has %(count)d fields instead of %(most)d, and not all stand in their places: look each text over."
        )
        remarks.append(text % known)
    return parts


def _quoted(record: str) -> str:
    """Fields that are nothing in quotes too ("甲",,"乙"), where some are missing without them."""
    if len(BETWEEN.findall(record)) >= mending.FIELDS - 1:
        return record
    return UNQUOTED.sub(_empty_fields, record)


def _empty_fields(found: re.Match[str]) -> str:
    """Between two fields one comma more than there are empty ones; before the first and after the last as many."""
    count = found[0].count(",")
    if found.start() == 0:
        return '"",' * count
    if found.end() == len(found.string):
        return ',""' * count
    return ',""' * (count - 1) + ","


def _said(place: int) -> str:
    """The name of a field as the printed form has it; of one that nobody knows its number."""
    if place in FAMILY:
        return str(FAMILY_LABELS[FAMILY[place]])
    name = PLAIN.get(place) or next(iter(FOURFOLD.get(place, ())), "")
    return str(LABELS[name]) if name else str(place + 1)


def _four(text: str) -> tuple[str, str, str, str]:
    """大学#管理学学士@研究生#: what is not there is empty."""
    full_time, _at, on_job = text.partition("@")
    first, _hash, second = full_time.partition("#")
    third, _hash, fourth = on_job.partition("#")
    return first, second, third, fourth
