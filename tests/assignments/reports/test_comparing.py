"""Two versions side by side: paragraphs that belong together, and no text that keeps a page waiting."""

from difflib import Match, SequenceMatcher
from typing import Any

import pytest

from cadre_app.assignments.comparing_reports import ADDED, CHANGED, MOST_WORK, Pair, compare, counts

OLD = "一、云坪乡有高山蔬菜基地三处，面积四千亩。\n二、上山道路雨季常断，采后损耗一成多。\n三、建议在两个集散点建共享预冷库。"
NEW = "一、云坪乡有高山蔬菜基地五处，面积四千亩。\n二、上山道路雨季常断，采后损耗两成多。\n三、建议在三个集散点建共享预冷库。"


def sides(pairs: list[Pair]) -> tuple[str, str]:
    """What both sides say in all."""
    old = "\n".join("".join(piece.text for piece in pair.old) for pair in pairs if pair.old)
    new = "\n".join("".join(piece.text for piece in pair.new) for pair in pairs if pair.new)
    return old, new


def test_an_inserted_paragraph_leaves_the_others_beside_their_own() -> None:
    new = f"为摸清产销情况，走访合作社七家。\n{NEW}"
    pairs = compare(OLD, new)
    assert [pair.kind for pair in pairs] == [ADDED, CHANGED, CHANGED, CHANGED]
    assert counts(pairs) == {"changed": 3, "added": 1, "removed": 0}
    marked = [[piece.text for piece in pair.new if piece.differs] for pair in pairs[1:]]
    assert marked == [["五"], ["两"], ["三"]]
    assert sides(pairs) == (OLD, new)


def test_a_paragraph_taken_out_and_one_written_anew() -> None:
    lines = OLD.splitlines()
    pairs = compare(OLD, f"{lines[0]}\n结语：久久为功。\n{NEW.splitlines()[2]}")
    assert [pair.kind for pair in pairs] == ["same", "removed", "added", "changed"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲乙丙丁" * 600, "甲丁丙乙" * 600),
        ("_ " * 1200, "_-" * 600 + " _" * 600),
        ("\n".join("甲乙丙丁" * 750), "\n".join("甲丁丙乙" * 750)),
        ("\n".join(f"{n}号户甲乙丙丁" for n in range(1500)), "\n".join(f"{n}号户丁丙乙甲" for n in range(1500))),
    ],
)
def test_a_text_that_repeats_itself_takes_no_more_steps_than_a_page_has(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    steps = 0
    look = SequenceMatcher.find_longest_match

    def counted(self: Any, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        nonlocal steps
        steps += sum(1 + len(self.b2j.get(item, ())) for item in self.a[alo:ahi])
        return look(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
    pairs = compare(old, new)
    assert 0 < steps <= MOST_WORK
    assert sides(pairs) == (old.strip(), new.strip())
