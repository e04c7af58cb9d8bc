"""A post with its place, as an office writes it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadre_app.people.writing.posts import place_and_post

pytestmark = pytest.mark.django_db


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
        ("望屿区梧岭镇", "梧岭镇党委组织委员", "望屿区梧岭镇党委组织委员"),
        ("望屿区梧岭镇", "镇长", "望屿区梧岭镇镇长"),
        ("望屿区梧岭镇", "副镇长", "望屿区梧岭镇副镇长"),
        ("望屿区财政局", "区财政局副局长", "望屿区财政局副局长"),
        ("望屿区财政局", "财政局副局长", "望屿区财政局副局长"),
        ("望屿区财政局", "望屿区财政局副局长", "望屿区财政局副局长"),
        ("望屿区财政局", "临澜市望屿区财政局副局长", "望屿区财政局副局长"),
        ("望屿区财政局", "副局长", "望屿区财政局副局长"),
        ("望屿区财政局", "局长", "望屿区财政局局长"),
        ("望屿区财政局", "临澜市财政局副局长", "望屿区财政局临澜市财政局副局长"),
        ("临澜市望屿区财政局", "望屿区财政局副局长", "临澜市望屿区财政局副局长"),
        ("区财政局", "望屿区财政局副局长", "区财政局副局长"),
        ("梧岭镇", "望屿区梧岭镇副镇长", "梧岭镇副镇长"),
        ("梧岭镇梧头村", "梧头村党支部书记", "梧岭镇梧头村党支部书记"),
        ("临澜市望屿区委办公室", "办公室副主任", "临澜市望屿区委办公室副主任"),
        ("梧岭镇", "梧岭镇", "梧岭镇"),
        ("梧岭镇", "", "梧岭镇"),
        ("", "党委书记", "党委书记"),
    ],
)
def test_place_and_post_read_as_one(place: str, post: str, written: str) -> None:
    assert place_and_post(place, post) == written


def test_the_district_is_asked_for_only_where_the_post_may_name_it() -> None:
    with CaptureQueriesContext(connection) as caught:
        place_and_post("区财政局", "副局长")
        place_and_post("区财政局", "区财政局副局长")
    assert not caught.captured_queries
