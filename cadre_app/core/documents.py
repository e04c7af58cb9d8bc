"""Papers: what an app announces so that the room `documents` makes Word, print view and PDF of it.

1. Write the paper twice: a Word template (scripts/make_document_templates.py) and an HTML template with the same words.
2. Announce it in `AppConfig.ready()`: `document_kinds.register("mentorship.letter", DocumentKind(…))`.
3. Link to `documents:paper` with the key of the kind and the key of the owner.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


JPEG_ADDRESS = "data:image/jpeg;base64,"


class Mark(Enum):
    """Where “内部资料 注意保管”, reader and time stand: across the text, in a small line below it, or nowhere.

    `ACROSS` is for whatever is read inside the office. A paper that people sign is kept for years and copied: a reader's
    name across its text would be taken for part of it, so it bears the line alone. What is handed over bears nothing.
    """

    ACROSS = "across"
    FOOT = "foot"
    NONE = "none"


@dataclass(frozen=True)
class Series:
    """Numbers counted by year without a gap; `prefix()` stands before the year: 望青结〔2026〕3号."""

    key: str
    prefix: Callable[[], str]


@dataclass(frozen=True)
class Picture:
    """A JPEG among the values of a paper, and how large it stands there."""

    content: bytes
    width_mm: int
    height_mm: int

    @property
    def address(self) -> str:
        """For the HTML of the paper, which fetches nothing."""
        return f"{JPEG_ADDRESS}{base64.b64encode(self.content).decode()}"


def unfinished(document: Any) -> None:
    """The Word file stays as it was filled."""


@dataclass(frozen=True)
class Paper:
    """One paper about `owner`; `values` are what it prints, in Chinese as official papers write it.

    The room adds `number` (empty until one is given) and `dated` (the day of the number, else today). `state` stands across
    every page of a paper that is not what it will be, or no longer counts (草稿, 已作废). `finish(document)` makes the filled
    Word file, one of the office's own template as well, fit what stands in it.
    """

    owner: "BaseModel"
    name: str
    values: Mapping[str, Any]
    state: str = ""
    finish: "Callable[[Any], None]" = unfinished


def nobody(user: "User", owner_id: "UUID") -> bool:
    """No number is given."""
    return False


def uncounted(user: "User", owner: "BaseModel") -> None:
    """Nothing more is kept of a reading than the room itself records."""


@dataclass(frozen=True)
class DocumentKind:
    """A paper of one purpose.

    `paper(user, owner_id)` goes through `visible_to`; None is 404. `word` is our own template, which the office can
    replace; `html` holds the same words. `sample` are values with which a template is tried. `page_of(owner_id)` is the way
    back. `opened(user, owner)` is called before a reading is answered. `pages_numbered` is for papers of several pages. `desk_alone`: it does
    not open on a phone. `may_number(user, owner_id)` is asked of whoever may read it.
    """

    label: "_StrPromise | str"
    word: "Path"
    html: str
    paper: "Callable[[User, UUID], Paper | None]"
    page_of: "Callable[[UUID], str]"
    sample: Mapping[str, Any] = field(default_factory=dict)
    mark: Mark = Mark.ACROSS
    pages_numbered: bool = True
    desk_alone: bool = False
    series: Series | None = None
    may_number: "Callable[[User, UUID], bool]" = nobody
    opened: "Callable[[User, BaseModel], None]" = uncounted


document_kinds: Registry[DocumentKind] = Registry("document kinds")
