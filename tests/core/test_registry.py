import pytest

from cadre_app.core.registry import DuplicateKeyError, Registry


def test_a_second_item_under_the_same_key_is_refused() -> None:
    registry: Registry[int] = Registry("numbers")
    registry.register("one", 1)
    with pytest.raises(DuplicateKeyError):
        registry.register("one", 2)
    assert registry.items() == (("one", 1),)


def test_items_keep_the_order_in_which_they_were_announced() -> None:
    registry: Registry[int] = Registry("numbers")
    for key, value in (("b", 2), ("a", 1)):
        registry.register(key, value)
    assert registry.keys() == ("b", "a")
    assert list(registry) == ["b", "a"]
    assert registry.values() == (2, 1)
