"""Every action that code writes into history has its words, and no words are kept for one that nothing writes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import cadre_app
from cadre_app.core.registries import verbs

ROOT = Path(cadre_app.__file__).parent
RECORDERS = {"record", "record_reading"}


def written_verbs() -> Iterator[str]:
    """Literals passed as `verb=` or as the first argument of a recorder, anywhere in the product."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = [word.value for word in node.keywords if word.arg == "verb"]
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            given += node.args[:1] if name in RECORDERS else []
            for value in given:
                if isinstance(value, ast.Constant):
                    yield value.value


def mentioned_texts() -> Iterator[str]:
    """Every literal of the code that is not the announcement of a verb itself."""
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
        announced = {id(node.args[0]) for node in calls if node.func.attr == "register" and node.args}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in announced:
                yield node.value


def voiding_verbs() -> set[str]:
    """What `history.void` and `history.restore` write for the kinds of objects that announce words for it."""
    return {key for key in verbs if key.endswith((".voided", ".restored"))}


def test_every_written_verb_has_its_words() -> None:
    assert sorted(set(written_verbs()) - set(verbs)) == []


def test_no_words_are_kept_for_what_nothing_writes() -> None:
    assert sorted(set(verbs) - set(mentioned_texts()) - voiding_verbs()) == []
