"""A post with the place it is in, as an office writes it: 梧岭镇党委书记, and 梧头村党支部书记 once, not 梧头村 村党支部书记."""

import re

from cadre_app.people.writing.places import full_place

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff）”》]")
# What the place ends in stands at the head of the post once more, before its Party body or Youth League.
REPEATED = re.compile(r"(?P<kind>村|社区|街道|镇|乡)(?=[党团])")
# 财政局副局长 names its bureau; the first word of 镇长, 部务会 and 村民委员会 is their own.
LEAST_NAMED = 2


def place_and_post(place: str, post: str) -> str:
    """The two in one: without a space between Chinese characters, the place and its kind said once."""
    post = _without_place(place, post)
    if not place or not post:
        return place or post
    repeated = REPEATED.match(post)
    if repeated and place.endswith(repeated["kind"]):
        post = post[repeated.end() :]
    is_chinese = HAN.fullmatch(place[-1]) and HAN.fullmatch(post[0])
    return f"{place}{post}" if is_chinese else f"{place} {post}"


def _without_place(place: str, post: str) -> str:
    """The post alone where it begins with the place, as much of it as was written: 财政局, 区财政局, 临澜市望屿区财政局."""
    if not place or len(post) < LEAST_NAMED or not HAN.fullmatch(post[0]) or place[-LEAST_NAMED:] not in post:
        return post
    named = _named(place, post) or _named(full_place(place), post)
    return post[named:].lstrip()


def _named(place: str, post: str) -> int:
    """How many characters at the head of the post are the end of the place."""
    lengths = range(min(len(place), len(post)), LEAST_NAMED - 1, -1)
    return next((length for length in lengths if place.endswith(post[:length])), 0)
