"""The uploaded file: sealed in the private folder until its rows have been read."""

import uuid
from pathlib import Path

from django.conf import settings

from cadre_app.core import crypto

CONTEXT = "imports.batch.file"


def keep_file(content: bytes) -> str:
    """Write `content` sealed (0600); returns the name that `read_file` wants."""
    name = f"{uuid.uuid4()}.sealed"
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(crypto.seal(content, context=CONTEXT))
    return name


def read_file(name: str) -> bytes:
    """What was kept; raises FileNotFoundError."""
    return crypto.unseal((folder() / name).read_bytes(), context=CONTEXT)


def discard_file(name: str) -> None:
    """Delete a kept file; an empty name or one that is gone is fine."""
    if name:
        (folder() / Path(name).name).unlink(missing_ok=True)


def folder() -> Path:
    """The private folder of imports."""
    path = Path(settings.PRIVATE_ROOT) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
