"""What a room says about a sheet that can be imported; `imports` does the rest (reading, preview, job, undo)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from uuid import UUID

from django.utils import translation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

    Text: TypeAlias = _StrPromise | str

Kind = Literal["text", "date", "month", "code", "id_number", "phone", "int", "bool", "choice"]
Action = Literal["create", "update", "same", "skip"]
Progress = Callable[[int, int], None]

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class ImportColumn:
    """One column. `choices` are (value, label) for the template's drop-down and for matching what was typed.

    Values after reading: `date` and `month` a date (the first of the month), `int` a number from `low` to `high`,
    `bool` a bool, `code` and `choice` the value of the choice, all others text of at most `longest` characters.
    An empty cell has no value at all. `is_confidential`: an ID number or a phone, which no page shows in clear; all other
    text is shown to whoever uploaded it. `elsewhere`: words that are none of the choices, and where what they name is
    entered instead. `names_all`: a word that is no choice is answered with all of them. `until`: the column of the last
    day, for a cell in which both days stand; `over`: that of a last day which is past, where it is another one; `going`: the
    column and the value by which it still goes on, whatever that day says. `is_end`: of a month alone its last day is meant.
    `read` replaces the reading of the kind: raw value → text, number, bool, date or
    UUID, or ValidationError.
    """

    key: str
    label: "Text"
    required: bool = False
    kind: Kind = "text"
    choices: "Callable[[], Sequence[tuple[str, Text]]] | None" = None
    synonyms: Sequence[str] = ()
    help: "Text" = ""
    example: str = ""
    is_confidential: bool = False
    width: int = 14
    longest: int = 100
    lines: bool = False
    low: int = 0
    high: int = 9_999
    elsewhere: "Mapping[str, Text]" = field(default_factory=dict)
    names_all: bool = False
    until: str = ""
    over: str = ""
    going: tuple[str, str] | None = None
    is_end: bool = False
    read: Callable[[Any], Any] | None = None


@dataclass(slots=True)
class ImportRow:
    """One row of the file, `number` as the spreadsheet program counts it.

    `cells` is the text as typed, `values` what it means (only where it could be read), `unread` why a cell could not
    be read. `check` fills the rest: `errors` by column key ("" for the row), `notes` (no obstacle), `action`, the
    `target` that is changed, `changes` (label, before, after), and `candidates` where somebody must answer `question`;
    `choice` is then empty (not chosen yet), NEW, or the chosen key as text. Candidates are offered again with every
    check, also once they were chosen from; a choice that is not among them counts as none. Messages and `changes` are
    shown as they are: confidential values are masked by whoever writes them.
    """

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    action: Action = "create"
    target: UUID | None = None
    target_text: str = ""
    question: str = ""
    candidates: list[tuple[UUID, str]] = field(default_factory=list)
    may_be_new: bool = True
    choice: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return bool(self.unread or self.errors)

    @property
    def is_unchosen(self) -> bool:
        """Somebody must say first which of the candidates is meant."""
        return bool(self.candidates) and self.chosen is None and not (self.may_be_new and self.choice == NEW)

    @property
    def chosen(self) -> UUID | None:
        """The candidate that was chosen; None for none and for NEW."""
        return next((key for key, _text in self.candidates if str(key) == self.choice), None)

    def refuse(self, key: str, message: "Text") -> None:
        """Put an error at the cell `key`, or at the row for ""; a cell that could not be read has its message already."""
        if not key or all(key != unread for unread, _message in self.unread):
            self.errors.append((key, str(message)))

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a cell; `default` for an empty or unreadable one."""
        return self.values.get(key, default)

    def is_filled(self, key: str) -> bool:
        """True where something stands in the cell, readable or not."""
        return bool(self.cells.get(key))


def refuse_pair(row: ImportRow, other: ImportRow, key: str, text: str) -> None:
    """Two rows about the same thing name each other at the cell `key`; `text` has a place for the number (%(row)s)."""
    if other is not row:
        row.refuse(key, text % {"row": other.number})
        message = text % {"row": row.number}
        if (key, message) not in other.errors:
            other.refuse(key, message)


def refuse_doubles(rows: "Sequence[ImportRow]", key: str, text: str) -> None:
    """As `refuse_pair`, each of `rows` but the first with the first."""
    for other in rows[1:]:
        refuse_pair(other, rows[0], key, text)


def in_language(said: Mapping[str, Any], nothing: Any) -> Any:
    """What was said in the language of this moment, else in any; `nothing` where nothing was."""
    return said.get(str(translation.get_language()), next(iter(said.values()), nothing))


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What became of one row: `label` names the object, `outcome` is told in the result file (a file number …).

    `undo` is JSON, kept encrypted: what `ImportSheet.undo` needs, such as the values and version before and after.
    """

    row_number: int
    label: str
    object_id: UUID
    created: bool
    outcome: str = ""
    undo: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ImportSheet:
    """One kind of table that staff import.

    `check(rows, actor, progress)`: set-based, at most a fixed number of queries; sees all rows of the file (without
    those left out) and writes nothing. It is also asked for rows with `unread` cells, and again before `apply`.
    `apply(rows, actor, progress)`: in one transaction, the rows whose action is create or update, all without errors;
    by `*_many` services; raises ValidationError to have everything taken back.
    `undo(applied, actor, reason)`: in one transaction, newest first; returns obstacles (somebody changed one of them
    since …): if there is any, everything is taken back.
    `progress(done, total)` may be called as often as one likes, at least once per 1,000 rows.
    `examples` are rows of the template's explanatory sheet; `list_url_name` is where one sees what was imported.
    `desk_alone`: neither its upload nor its rows open on phones.
    """

    key: str
    label: "Text"
    order: int
    columns: Callable[[], Sequence[ImportColumn]]
    may_import: "Callable[[User], bool]"
    check: "Callable[[list[ImportRow], User, Progress], None]"
    apply: "Callable[[list[ImportRow], User, Progress], list[Applied]]"
    undo: "Callable[[list[Applied], User, str], list[str]]"
    help: "Text" = ""
    examples: Callable[[], Sequence[Mapping[str, str]]] | None = None
    list_url_name: str = ""
    desk_alone: bool = False

    def column_by_key(self) -> dict[str, ImportColumn]:
        """The columns by key, in their order."""
        return {column.key: column for column in self.columns()}
