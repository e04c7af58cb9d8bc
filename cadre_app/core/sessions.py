"""Sessions in the database; a cookie that no session of ours can have is not looked up."""

from typing import Any

from django.contrib.sessions.backends import db

KEY_LENGTH = 32


class SessionStore(db.SessionStore):
    """A quoted cookie can carry bytes that a text column refuses: such a caller has no session."""

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and key.isascii() and key.isalnum() and len(key) == KEY_LENGTH
