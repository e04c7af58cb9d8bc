"""What an import says, in the language of whoever looks."""

from django.utils import translation

from cadre_app.imports import services
from cadre_app.imports.services import open_row
from tests.imports.conftest import TOWN, Upload


def test_what_was_found_is_told_in_the_language_of_whoever_looks(uploaded: Upload) -> None:
    batch = uploaded(("某镇", "", "没有这种类别", "望屿区", "1", "1990年"))

    def errors() -> list[str]:
        return [message for _key, message in open_row(batch.rows.get()).errors + open_row(batch.rows.get()).unread]

    english = errors()
    with translation.override("zh-hans"):
        chinese = errors()
    assert (len(english), len(chinese)) == (2, 2)
    assert (english[0].isascii(), "类别" in english[0], "请" in chinese[0] or "须" in chinese[0]) == (False, True, True)


def test_a_corrected_row_keeps_its_words_in_every_language(uploaded: Upload) -> None:
    batch = uploaded(("某镇", "", "没有这种类别", "望屿区", "1", "19xx"))
    services.correct_row(
        batch, batch.rows.get(), cells={"name": "别镇"}, is_left_out=False, version=1, actor=batch.owner
    )
    stored = batch.rows.get()
    with translation.override("zh-hans"):
        chinese = {message for _key, message in open_row(stored).unread}
    assert len(chinese) == 2
    assert chinese.isdisjoint({message for _key, message in open_row(stored).unread})


def test_a_problem_from_before_it_was_said_in_every_language_is_shown_as_it_is(uploaded: Upload) -> None:
    batch = uploaded(TOWN)
    batch.problem = "列名下面没有数据。"
    assert batch.problem_text == "列名下面没有数据。"
