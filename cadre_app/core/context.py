"""What is known about the request that is being answered, for history and logs."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    request_id: str = ""
    address: str | None = None


current_request: ContextVar[RequestContext] = ContextVar("current_request", default=RequestContext())  # noqa: B039
