"""Field encryption: AES-256-GCM with the key's id in each value; equality by an HMAC digest under another key."""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
PLAIN = b"\0"  # no base64 begins so: what follows is not written as text


class Unreadable(Exception):
    """The value was sealed under a key that this installation does not hold, or was altered."""


def encrypt(text: str, *, context: str) -> str:
    """Seal `text` as `keyid:base64(nonce + ciphertext)`; `context` must be the same when opening."""
    key_id = settings.FIELD_KEY_ID
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key(key_id)).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(value: str, *, context: str) -> str:
    """Open what `encrypt` sealed; raises Unreadable for a foreign key, another context or altered bytes."""
    key_id, _, body = value.partition(":")
    try:
        raw = base64.b64decode(body, validate=True)
        return AESGCM(_key(key_id)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(key_id) from error


def seal(data: bytes, *, context: str) -> bytes:
    """`encrypt` for the content of a file: `keyid:`, a zero byte, nonce and ciphertext as they are."""
    key_id: str = settings.FIELD_KEY_ID
    nonce = os.urandom(NONCE_BYTES)
    sealed: bytes = AESGCM(_key(key_id)).encrypt(nonce, data, context.encode())
    return key_id.encode() + b":" + PLAIN + nonce + sealed


def unseal(data: bytes, *, context: str) -> bytes:
    """Open what `seal` made, in this or its former form; raises Unreadable."""
    name, _, body = data.partition(b":")
    try:
        if not body.startswith(PLAIN):
            return base64.b64decode(decrypt(data.decode(), context=context))
        raw = body[len(PLAIN) :]
        opened: bytes = AESGCM(_key(name.decode())).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable(repr(name[:20])) from error
    return opened


def digest(text: str) -> str:
    """HMAC-SHA-256 (hex) for equality and uniqueness of an encrypted value."""
    return hmac.new(base64.b64decode(settings.DIGEST_KEY), text.encode(), hashlib.sha256).hexdigest()


def _key(key_id: str) -> bytes:
    try:
        return base64.b64decode(settings.FIELD_KEYS[key_id])
    except KeyError as error:
        raise Unreadable(key_id) from error
