"""A post with the place it is in, as an office writes it: 梧岭镇党委书记, and 梧头村党支部书记 once, not 梧头村 村党支部书记."""

import re

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff）”》]")
# What the place ends in stands at the head of the post once more, before its Party body or Youth League.
REPEATED = re.compile(r"(?P<kind>村|社区|街道|镇|乡)(?=[党团])")


def place_and_post(place: str, post: str) -> str:
    """The two in one: without a space between Chinese characters, and the kind of place said once."""
    if not place or not post:
        return place or post
    repeated = REPEATED.match(post)
    if repeated and place.endswith(repeated["kind"]):
        post = post[repeated.end() :]
    is_chinese = HAN.fullmatch(place[-1]) and HAN.fullmatch(post[0])
    return f"{place}{post}" if is_chinese else f"{place} {post}"
