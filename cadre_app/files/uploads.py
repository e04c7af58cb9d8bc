"""An upload that was looked at: nothing is kept that is not one of these."""

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class CheckedUpload:
    """What a file became by files.checks: its name as it may be shown, its content as it may be kept and served."""

    name: str
    family: str
    content_type: str
    content: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None
    pages: int | None = None

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def __str__(self) -> str:
        return self.name
