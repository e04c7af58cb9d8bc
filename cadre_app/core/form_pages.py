"""What a page with one form says: most pages that change a record are one form or one question."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """`question` makes the page a confirmation, with its `consequence`; `said` stands on the next page."""

    title: str
    said: str
    submit_label: str = ""
    question: str = ""
    consequence: str = ""
    danger: bool = False
    notices: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
