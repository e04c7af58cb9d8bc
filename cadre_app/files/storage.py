"""The bytes of files: sealed, one file each, in the private folder that the backup takes along."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from cadre_app.core import crypto

CONTENT, SMALL = "content", "small"
PARTS = (CONTENT, SMALL)
SHELVES = 256


def keep(pk: uuid.UUID, part: str, data: bytes) -> None:
    """Write `data` sealed (0600) so that it is there whole or not at all, also after a power cut."""
    path = _path(pk, part)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(crypto.seal(data, context=_context(pk, part)))
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def read(pk: uuid.UUID, part: str) -> bytes:
    """What was kept; raises FileNotFoundError, or crypto.Unreadable for what was altered or lies under another name."""
    return crypto.unseal(_path(pk, part).read_bytes(), context=_context(pk, part))


def discard(pk: uuid.UUID) -> None:
    """Delete everything of one file; what is gone already is fine."""
    for part in PARTS:
        _path(pk, part).unlink(missing_ok=True)


def left_since(shelf: int, moment: float) -> Iterator[tuple[Path, uuid.UUID | None]]:
    """What lies on one of the SHELVES folders since before `moment` (a timestamp), with the key its name tells."""
    folder = _folder() / f"{shelf % SHELVES:02x}"
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.stat().st_mtime < moment:
            yield path, _key(path.name.partition(".")[0])


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _path(pk: uuid.UUID, part: str) -> Path:
    return _folder() / pk.hex[:2] / f"{pk}.{part}.sealed"


def _folder() -> Path:
    return Path(settings.PRIVATE_ROOT) / "stored"


def _context(pk: uuid.UUID, part: str) -> str:
    return f"files.storedfile.{part}:{pk}"
