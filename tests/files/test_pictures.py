"""Pictures are drawn anew; what is none, or too much, is refused in words."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cadre_app.files.checks import check_upload
from tests.files.made import phone_photo, picture, png_head, zipped

pytestmark = pytest.mark.django_db
HEIC = (Path(__file__).parent / "samples" / "phone.heic").read_bytes()
RED, WHITE = (200, 20, 20), (255, 255, 255)


def checked(name: str, content: bytes):
    return check_upload(name, content, families=("picture",))


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        checked(name, content)
    return str(error.value.code)


def pixel(content: bytes, at: tuple[int, int]) -> tuple[int, ...]:
    found = Image.open(io.BytesIO(content)).convert("RGB").getpixel(at)
    return tuple(round(value / 50) * 50 for value in found)  # type: ignore[union-attr]


def about(colour: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(round(value / 50) * 50 for value in colour)


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "content_type"),
    [
        ("现场.JPG", picture("JPEG"), "现场.jpg", "image/jpeg"),
        ("现场.jpeg", picture("JPEG"), "现场.jpg", "image/jpeg"),
        ("截图.png", picture("PNG"), "截图.png", "image/png"),
        ("IMG_0001.HEIC", HEIC, "IMG_0001.jpg", "image/jpeg"),
        ("其实是png.jpg", picture("PNG"), "其实是png.png", "image/png"),
    ],
)
def test_phone_formats_are_taken(name: str, content: bytes, kept_as: str, content_type: str) -> None:
    found = checked(name, content)
    assert (found.name, found.content_type, found.family) == (kept_as, content_type, "picture")


def test_nothing_is_kept_of_place_maker_and_comment() -> None:
    sent = phone_photo()
    found = checked("a.jpg", sent)
    assert sent.count(b"Qinglan Phone") == 3
    for kept in (found.content, found.small):
        image = Image.open(io.BytesIO(kept))
        assert (b"Qinglan" in kept, b"Exif" in kept, dict(image.getexif()), sorted(image.info)) == (
            False,
            False,
            {},
            ["jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive"],
        )


def test_a_heic_loses_its_place_too() -> None:
    found = checked("a.heic", HEIC)
    assert (
        b"Qinglan Phone" in HEIC,
        b"Qinglan" in found.content,
        dict(Image.open(io.BytesIO(found.content)).getexif()),
    ) == (
        True,
        False,
        {},
    )


@pytest.mark.parametrize(
    ("turn", "size", "red"),
    [(1, (120, 80), (10, 40)), (3, (120, 80), (110, 40)), (6, (80, 120), (40, 10)), (8, (80, 120), (40, 110))],
)
def test_a_picture_stands_as_the_camera_says(turn: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    found = checked("a.jpg", phone_photo(turn))
    assert (found.width, found.height) == size
    assert pixel(found.content, red) == about(RED)


def test_a_turned_heic_stands_upright() -> None:
    found = checked("a.heic", HEIC)
    assert ((found.width, found.height), pixel(found.content, (5, 5)), pixel(found.content, (60, 90))) == (
        (64, 96),
        about(RED),
        about(WHITE),
    )


def test_a_large_photo_is_made_to_fit_a_screen_and_a_list() -> None:
    found = checked("a.jpg", picture(size=(4000, 3000)))
    small = Image.open(io.BytesIO(found.small))
    assert ((found.width, found.height), small.size) == ((2560, 1920), (480, 360))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_colours_becomes_a_picture_of_screens(mode: str) -> None:
    target = io.BytesIO()
    image = Image.new("RGB", (30, 20), "white").convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    image.save(target, "JPEG" if mode == "CMYK" else "PNG")
    found = checked("a.jpg", target.getvalue())
    shown = Image.open(io.BytesIO(found.content))
    assert (shown.mode, pixel(found.content, (5, 5))) == (
        {"1": "L", "L": "L", "LA": "RGBA", "RGBA": "RGBA"}.get(mode, shown.mode),
        about(WHITE),
    )


def test_what_is_see_through_stays_so_and_stands_on_white_in_lists() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(target, "PNG")
    found = checked("a.png", target.getvalue())
    assert (Image.open(io.BytesIO(found.content)).mode, pixel(found.small, (5, 5))) == ("RGBA", about(WHITE))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (png_head(65_535, 65_535), "too_many_pixels"),
        (png_head(2_147_483_647, 1), "too_many_pixels"),
        (png_head(8_001, 8_000), "too_many_pixels"),
        (png_head(0, 0), "damaged"),
        (png_head(7_900, 7_900), "damaged"),
        (picture("JPEG", (2000, 1500))[:3000], "damaged"),
        (picture("PNG", (2000, 1500))[:-40], "damaged"),
        (b"\xff\xd8\xff" + bytes(2000), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 2000, "damaged"),
        (HEIC[:300], "damaged"),
        (HEIC[:12] + bytes(500), "damaged"),
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "other_content"),
        (b"<?xml version='1.0'?><svg/>", "other_content"),
        (b"<!doctype html><script>alert(1)</script>", "other_content"),
        (b"GIF89a" + bytes(100), "other_content"),
        (b"%PDF-1.5\n", "other_content"),
        (b"MZ" + bytes(100), "other_content"),
        (zipped({"a.jpg": picture()}), "other_content"),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(content: bytes, code: str) -> None:
    assert refused("现场.jpg", content) == code


def test_a_bomb_of_the_largest_size_is_decoded_apart_and_refused_or_small() -> None:
    """64 megapixels of nothing: 200 KB that unpack to 192 MB, drawn anew as one small picture."""
    target = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(target, "PNG")
    found = checked("bomb.png", target.getvalue())
    assert (found.width, found.height, len(found.content) < 200_000) == (2560, 2560, True)


@pytest.mark.parametrize(
    "tail", [zipped({"evil.html": "<script>"}), b"<script>alert(1)</script>", b"%PDF-1.5 1 0 obj", bytes(50_000)]
)
def test_what_hangs_behind_a_picture_is_not_kept(tail: bytes) -> None:
    found = checked("a.jpg", picture() + tail)
    assert (tail[:20] in found.content, Image.open(io.BytesIO(found.content)).size) == (False, (120, 80))


def test_the_message_names_the_size_of_the_picture() -> None:
    with pytest.raises(ValidationError) as error:
        checked("a.png", png_head(65_535, 65_535))
    assert error.value.messages == ["图片为 65,535 × 65,535 像素，超出可接收的范围。请缩小后重新上传。"]
