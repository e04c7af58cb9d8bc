import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.core import crypto

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_what_was_sealed_opens_again(text: str) -> None:
    assert crypto.decrypt(crypto.encrypt(text, context="a.b"), context="a.b") == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert crypto.encrypt("张三", context="a.b") != crypto.encrypt("张三", context="a.b")


def test_a_value_moved_to_another_column_does_not_open() -> None:
    sealed = crypto.encrypt("张三", context="a.b")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(sealed, context="a.c")


def test_an_altered_value_does_not_open() -> None:
    sealed = crypto.encrypt("张三", context="a.b")
    altered = sealed[:-2] + ("A" if sealed[-2] != "A" else "B") + sealed[-1]
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(altered, context="a.b")


def test_old_keys_still_open_after_a_new_key_is_in_use(settings: object) -> None:
    old = crypto.encrypt("张三", context="a.b")
    new_key = base64.b64encode(os.urandom(32)).decode()
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, "k9": new_key}
    settings.FIELD_KEY_ID = "k9"
    assert crypto.decrypt(old, context="a.b") == "张三"
    assert crypto.encrypt("张三", context="a.b").startswith("k9:")


def test_a_value_under_a_key_we_do_not_hold_is_unreadable(settings: object) -> None:
    sealed = crypto.encrypt("张三", context="a.b")
    settings.FIELD_KEYS = {"other": next(iter(settings.FIELD_KEYS.values()))}
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(sealed, context="a.b")


def test_equal_texts_have_equal_digests_and_others_do_not() -> None:
    assert crypto.digest("990101199001010011") == crypto.digest("990101199001010011")
    assert crypto.digest("990101199001010011") != crypto.digest("990101199001010012")
