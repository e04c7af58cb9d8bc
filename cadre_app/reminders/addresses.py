"""Where messages outside go: an e-mail address, or the key of a group robot. Nothing else is ever called."""

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cadre_app.reminders.models import Channel

WECOM_HOST, WECOM_PATH = "qyapi.weixin.qq.com", "/cgi-bin/webhook/send"
DINGTALK_HOST, DINGTALK_PATH = "oapi.dingtalk.com", "/robot/send"
WECOM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
DINGTALK_TOKEN = re.compile(r"[A-Za-z0-9]{16,128}")
DINGTALK_SECRET = re.compile(r"SEC[A-Za-z0-9]{16,128}")
BETWEEN = ":"
SHOWN_END = 4
LONGEST_EMAIL = 254
MOST_PARAMETERS = 10


def read_address(channel: str, text: str, *, signing: str = "") -> str:
    """The address of `channel` as it is kept, from what was typed; raises ValidationError."""
    text = text.strip()
    if channel == Channel.EMAIL:
        return _email(text)
    if channel == Channel.WECOM:
        return _wecom(text)
    return _dingtalk(text, signing.strip())


def robot_parts(channel: str, address: str) -> tuple[str, str]:
    """Key and signing secret (or "") of a kept address; raises ValidationError for what was not kept by us."""
    key, _between, secret = address.partition(BETWEEN)
    fits = WECOM_KEY.fullmatch(key) and not secret if channel == Channel.WECOM else DINGTALK_TOKEN.fullmatch(key)
    if not fits or (secret and not DINGTALK_SECRET.fullmatch(secret)):
        raise ValidationError("not an address", code="address")
    return key, secret


def masked(channel: str, address: str) -> str:
    """Enough of an address to know it again, too little to use it."""
    if not address:
        return ""
    if channel == Channel.EMAIL:
        name, _at, host = address.rpartition("@")
        return f"{name[:1]}***@{host}"
    return f"***{address.partition(BETWEEN)[0][-SHOWN_END:]}"


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValidationError(_("This is not an e-mail address."), code="address") from error
    if len(text) > LONGEST_EMAIL or not text.isascii():
        raise ValidationError(_("This is not an e-mail address."), code="address")
    return text


def _wecom(text: str) -> str:
    found = _asked(text, WECOM_HOST, WECOM_PATH)
    key = text if found is None else found.get("key", "")
    if not WECOM_KEY.fullmatch(key):
        raise ValidationError(
            _("Paste the webhook address of the group robot, https://%(host)s/…, or its key."),
            code="address",
            params={"host": WECOM_HOST},
        )
    return key


def _dingtalk(text: str, signing: str) -> str:
    found = _asked(text, DINGTALK_HOST, DINGTALK_PATH)
    token = text if found is None else found.get("access_token", "")
    if not DINGTALK_TOKEN.fullmatch(token):
        raise ValidationError(
            _("Paste the webhook address of the group robot, https://%(host)s/…, or its access token."),
            code="address",
            params={"host": DINGTALK_HOST},
        )
    secret = signing or (found or {}).get("secret", "")
    if secret and not DINGTALK_SECRET.fullmatch(secret):
        message = _("The signing secret begins with SEC, followed by letters and digits.")
        raise ValidationError({"signing": ValidationError(message, code="signing")})
    return f"{token}{BETWEEN}{secret}" if secret else token


def _asked(text: str, host: str, path: str) -> dict[str, str] | None:
    """The parameters of a webhook address of exactly this host; {} for any other address, None for no address."""
    if "/" not in text and ":" not in text:
        return None
    parts = _split(text)
    if parts is None or (parts.scheme, parts.netloc.lower(), parts.path.rstrip("/")) != ("https", host, path):
        return {}
    try:
        return dict(parse_qsl(parts.query, max_num_fields=MOST_PARAMETERS))
    except ValueError:
        return {}


def _split(text: str) -> SplitResult | None:
    """None for what is no address, or one that not everybody reads alike."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        return urlsplit(text)
    except ValueError:
        return None
