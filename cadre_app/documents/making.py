"""One paper for one reader: its values, its number and its mark, and what is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.documents.models import DocumentNumber
from cadre_app.documents.pdf import make_pdf
from cadre_app.documents.services.numbers import number_of
from cadre_app.documents.services.templates import template_content
from cadre_app.documents.word import fill
from cadre_app.documents.wording import day_text, mark_text

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

CHINESE = "zh-hans"


@dataclass(frozen=True)
class Opened:
    """A paper that `user` may read. `values` are complete; `marked` is the text of its mark, empty where it bears none."""

    kind: str
    definition: DocumentKind
    paper: Paper
    number: DocumentNumber | None
    marked: str

    @property
    def values(self) -> dict[str, Any]:
        day = self.number.given_on if self.number is not None else timezone.localdate()
        return {**self.paper.values, "number": str(self.number or ""), "dated": day_text(day)}

    @property
    def context(self) -> dict[str, Any]:
        """What the HTML of the paper asks for; its own values are keys of `v`."""
        told = {"v": self.values, "paper_html": self.definition.html, "marked": self.marked, "state": self.paper.state}
        return told | self._flags()

    def _flags(self) -> dict[str, bool]:
        return {
            "mark_across": self.definition.mark is Mark.ACROSS,
            "mark_foot": self.definition.mark is Mark.FOOT,
            "numbered": self.definition.pages_numbered,
        }

    def word(self) -> bytes:
        """Raises ValidationError where the office's own template cannot be filled."""
        template, paper, mark = template_content(self.kind), self.paper, self.definition.mark
        return fill(template, self.values, mark=mark, marked=self.marked, state=paper.state, finish=paper.finish)

    def pdf(self) -> bytes:
        """Raises pdf.NoPdfError."""
        context = {**self.context, "name": self.paper.name}
        with translation.override(CHINESE):
            html = render_to_string("documents/pdf.html", context)
        return make_pdf(html, "".join([*_texts(self.values), self.marked, self.paper.state, self.paper.name]))


def open_paper(kind: str, owner_id: "UUID", user: "User", moment: datetime) -> Opened | None:
    """The paper as `user` may read it now; None for an unknown kind, a foreign owner and one that is not there."""
    definition = document_kinds.get(kind)
    paper = definition.paper(user, owner_id) if definition is not None else None
    if definition is None or paper is None:
        return None
    number = number_of(kind, owner_id) if definition.series is not None else None
    opened = Opened(kind, definition, paper, number, mark_text(user, moment, paper.state))
    return replace(opened, marked="") if definition.mark is Mark.NONE else opened


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
