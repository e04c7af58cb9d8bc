"""Quotes inside quotes."""

from cadre_app.core.quoting import quoting


def test_what_stands_in_quotes_has_inner_ones() -> None:
    title = {"title": "“一肩挑”之后"}
    assert quoting("Field research “%(title)s”", title) == "Field research “‘一肩挑’之后”"
    assert quoting("国情调研《%(title)s》", title) == "国情调研《“一肩挑”之后》"
    assert quoting("“%(title)s” of %(name)s", {**title, "name": "“甲”"}) == "“‘一肩挑’之后” of “甲”"
