"""简历 the derived lines beside those that are kept, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from cadre_app.core.resumes import resume_facts
from cadre_app.people.writing import resume as resumes
from cadre_app.people.writing.deriving import derive

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person, Trainee

START, END = slice(0, 7), slice(9, 16)
SAME, CHANGED, KEPT, DERIVED = "same", "changed", "kept", "derived"


@dataclass(frozen=True)
class Row:
    """A line as derived and as kept; `mark` says whether they are the same, differ, or stand on one side alone."""

    derived: str
    kept: str
    mark: str


@dataclass(frozen=True)
class Compared:
    """The derived text as it can be taken over, its lines beside the kept ones, and what is missing for whole lines."""

    text: str
    rows: list[Row]
    missing: list[str]

    @property
    def is_same(self) -> bool:
        return all(row.mark == SAME for row in self.rows)


def compared_resume(user: "User", trainee: "Trainee") -> Compared:
    """Derived from what `user` may see; the same few queries however much there is."""
    facts = resume_facts(user, trainee)
    lines = derive(facts.periods, began=trainee.person.work_month)
    derived = [resumes.write([line]) for line in lines]
    return Compared(resumes.write(lines), list(_rows(derived, kept_lines(trainee.person))), facts.missing)


def kept_lines(person: "Person") -> list[str]:
    """The kept résumé line by line, nested periods with their line; as it was written where it cannot be read."""
    try:
        return [resumes.write([line]) for line in resumes.parse(person.resume)]
    except ValidationError:
        return [row for row in person.resume.splitlines() if row.strip()]


def _rows(derived: list[str], kept: list[str]) -> Iterator[Row]:
    for what, first, last, low, high in SequenceMatcher(None, derived, kept, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Row(line, line, SAME) for line in derived[first:last])
        else:
            yield from _side_by_side(derived[first:last], kept[low:high])


def _side_by_side(derived: list[str], kept: list[str]) -> Iterator[Row]:
    """Lines that begin or end in the same month beside each other, the others alone, in the order of their months.

    Where both months of a line are found further down, the lines above it stand alone.
    """
    for line in derived:
        both = next((place for place, other in enumerate(kept) if _period(other) == _period(line)), 0)
        yield from (Row("", other, KEPT) for other in kept[:both])
        del kept[:both]
        while kept and not _meet(kept[0], line) and kept[0][START] < line[START]:
            yield Row("", kept.pop(0), KEPT)
        if kept and _meet(kept[0], line):
            yield Row(line, kept.pop(0), CHANGED)
        else:
            yield Row(line, "", DERIVED)
    yield from (Row("", line, KEPT) for line in kept)


def _period(line: str) -> tuple[str, str]:
    return line[START], line[END]


def _meet(one: str, other: str) -> bool:
    """Canonical lines hold their months in the same places."""
    return one[START] == other[START] or one[END] == other[END]
