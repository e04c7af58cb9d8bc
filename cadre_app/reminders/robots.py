"""Group robots of WeCom and DingTalk, called through apprise: two hosts, no redirects, a few seconds.

Both robots answer 200 to a message they refuse and say so in the body, which apprise 2.3 does not read; `_Ear` does.
"""

from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from cadre_app.reminders.addresses import DINGTALK_HOST, WECOM_HOST, robot_parts
from cadre_app.reminders.failures import ChannelError, Failure
from cadre_app.reminders.models import Channel

CONNECT_SECONDS = 4
READ_SECONDS = 6
HOSTS = (WECOM_HOST, DINGTALK_HOST)
# What robots answer when they are asked too often or are not well: worth another try.
BUSY_CODES = frozenset({-1, 45009, 45033, 130101, 130102, 410100})
BUSY_STATUS = frozenset({408, 425, 429})
OK, REDIRECTS, CLIENT_ERRORS, SERVER_ERRORS = 200, 300, 400, 500

_heard: ContextVar[Any] = ContextVar("qinglan_robot_answer", default=None)


class _Ear:
    """Stands where the library's module keeps `requests`: keeps the answer, calls no other host."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def post(self, url: str, **options: Any) -> Any:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc not in HOSTS:
            raise self._library.exceptions.InvalidURL("not a robot")
        try:
            answer = self._library.post(url, **{**options, "allow_redirects": False})
        except self._library.RequestException as error:
            _heard.set(error)
            raise
        _heard.set(answer)
        return answer


def call_robot(channel: str, address: str, body: str) -> None:
    """Send `body` to a group robot; raises ChannelError."""
    _heard.set(None)
    try:
        taken = _robot(channel, address).notify(body=body)
    except (ValidationError, TypeError) as error:
        raise ChannelError(Failure.ADDRESS, permanent=True) from error
    _judge(_heard.get(), taken=bool(taken))


def _robot(channel: str, address: str) -> Any:
    from apprise import AppriseAsset
    from apprise.plugins import dingtalk, wecombot

    wecom: Any = wecombot
    ding: Any = dingtalk
    for module in (wecom, ding):
        if not isinstance(module.requests, _Ear):
            module.requests = _Ear(module.requests)
    key, secret = robot_parts(channel, address)
    options = {
        "asset": AppriseAsset(app_id="Qinglan", http_redirects=False),
        "redirect": False,
        "cto": CONNECT_SECONDS,
        "rto": READ_SECONDS,
    }
    if channel == Channel.WECOM:
        return wecom.NotifyWeComBot(key=key, **options)
    return ding.NotifyDingTalk(token=key, secret=secret or None, **options)


def _judge(heard: Any, *, taken: bool) -> None:
    """Raise what the answer means; nothing for a message that was taken."""
    from requests import RequestException, Timeout

    if heard is None:
        raise ChannelError(Failure.ADDRESS, permanent=True)
    if isinstance(heard, Timeout):
        raise ChannelError(Failure.TIMEOUT)
    if isinstance(heard, RequestException):
        raise ChannelError(Failure.CONNECTION)
    status: int = heard.status_code
    if status in BUSY_STATUS or status >= SERVER_ERRORS:
        raise ChannelError(Failure.BUSY)
    if status >= CLIENT_ERRORS:
        raise ChannelError(Failure.REFUSED, permanent=True)
    code = _code(heard) if status == OK and taken else None
    if code is None:
        raise ChannelError(Failure.ANSWER)
    if code:
        raise ChannelError(Failure.BUSY if code in BUSY_CODES else Failure.REFUSED, permanent=code not in BUSY_CODES)


def _code(answer: Any) -> int | None:
    """The robot's own code, 0 for a message taken; None for an answer that is not the robot's."""
    try:
        code = answer.json()["errcode"]
    except (ValueError, KeyError, TypeError):
        return None
    return code if isinstance(code, int) else None
