"""What is known about the request that is being answered, for history, logs and forms."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict


@dataclass(frozen=True)
class RequestContext:
    request_id: str = ""
    address: str | None = None


@dataclass(frozen=True)
class KeptDraft:
    """What the signed-in person had typed into the form of this page before."""

    page: str
    data: QueryDict
    saved_at: datetime


def _no_draft() -> KeptDraft | None:
    return None


current_request: ContextVar[RequestContext] = ContextVar("current_request", default=RequestContext())  # noqa: B039
current_draft: ContextVar[Callable[[], KeptDraft | None]] = ContextVar("current_draft", default=_no_draft)
