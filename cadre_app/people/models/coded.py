"""Columns that hold a code of a table: history tells their words."""

from typing import ClassVar

from cadre_app.policy import codes


class CodedMixin:
    """`coded` names the code table of each such column."""

    coded: ClassVar[dict[str, str]] = {}

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """The word of a code in the viewer's language; empty for a column without a table."""
        table = cls.coded.get(name)
        return codes.label(table, code) if table else ""
