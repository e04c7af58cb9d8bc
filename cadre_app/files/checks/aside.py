"""Pictures and PDF are taken apart by another process (decoder.py), a few at a time: what breaks there breaks alone."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

logger = structlog.get_logger("qinglan.files")

PROGRAM = Path(__file__).with_name("decoder.py")
AT_ONCE = 2
SECONDS = 40
WAIT = 60
_places = threading.BoundedSemaphore(AT_ONCE)

MEGAPIXEL = 1_000_000
WORDS = {
    "damaged": _("The file is damaged or incomplete and cannot be read. Choose it once more, or another one."),
    "too_large": _("The file unpacks to more than can be read. Make it smaller and upload it again."),
    "too_many_pixels": _(
        "The picture has %(width)s × %(height)s pixels, more than can be taken. Make it smaller and upload it again."
    ),
    "too_many_pages": _("The file has more than %(most)s pages. Split it into several files."),
    "protected": _("The file is protected by a password. Take the password off, save it and upload it again."),
    "active": _("The file starts programs or carries other files in itself. Print it as a new PDF and upload that."),
    "busy": _("The system is busy with other pictures. Please send it again in a minute."),
}


def decode(operation: str, data: bytes, **given: Any) -> tuple[dict[str, Any], list[bytes]]:
    """What `operation` of decoder.py tells of `data`, and the parts it made.

    Raises ValidationError with a code of WORDS for whatever it does not take, crashes on or takes too long for.
    """
    if not _places.acquire(timeout=WAIT):
        raise ValidationError(WORDS["busy"], code="busy")
    try:
        done = _run(operation, data, given)
    finally:
        _places.release()
    head, _end, body = done.partition(b"\n")
    told = json.loads(head)
    if code := told.pop("error", None):
        params = {name: f"{value:,}" for name, value in told.items() if isinstance(value, int)}
        raise ValidationError(WORDS.get(code, WORDS["damaged"]), code=code, params=params)
    parts = []
    for size in told.pop("sizes"):
        parts.append(body[:size])
        body = body[size:]
    return told, parts


def _run(operation: str, data: bytes, given: dict[str, Any]) -> bytes:
    command = [sys.executable, "-I", "-B", str(PROGRAM), operation, json.dumps(given)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False, env={})
    except subprocess.TimeoutExpired as error:
        raise ValidationError(WORDS["too_large"], code="too_large") from error
    if done.returncode or not done.stdout.startswith(b"{"):
        logger.warning(
            "decoder failed",
            operation=operation,
            code=done.returncode,
            told=done.stderr[-500:].decode("utf-8", "replace"),
        )
        raise ValidationError(WORDS["damaged"], code="damaged")
    return done.stdout
