"""A post with its place, as an office writes it."""

import pytest

from cadre_app.people.writing.posts import place_and_post


@pytest.mark.parametrize(
    ("place", "post", "written"),
    [
        ("梧岭镇", "党委书记", "梧岭镇党委书记"),
        ("梧岭镇", "镇党委书记", "梧岭镇党委书记"),
        ("梧头村", "村党支部书记", "梧头村党支部书记"),
        ("梧头村", "村党组织书记助理", "梧头村党组织书记助理"),
        ("梧头村", "村民委员会主任助理", "梧头村村民委员会主任助理"),
        ("澜东社区", "社区党委书记", "澜东社区党委书记"),
        ("澜东社区", "村党委书记", "澜东社区村党委书记"),
        ("区委宣传部", "部务会负责同志", "区委宣传部部务会负责同志"),
        ("石角村（潮音镇）", "村党支部书记", "石角村（潮音镇）村党支部书记"),
        ("梧头村", "Assistant to the village director", "梧头村 Assistant to the village director"),
        ("Wuling Town", "党委书记", "Wuling Town 党委书记"),
        ("潮音镇", "镇团委书记", "潮音镇团委书记"),
        ("梧岭镇", "", "梧岭镇"),
        ("", "党委书记", "党委书记"),
    ],
)
def test_place_and_post_read_as_one(place: str, post: str, written: str) -> None:
    assert place_and_post(place, post) == written
