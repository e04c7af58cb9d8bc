"""Pictures: known by their first bytes, never kept as they come but drawn anew."""

from cadre_app.files.checks.aside import decode
from cadre_app.files.checks.families import other_content
from cadre_app.files.checks.names import split
from cadre_app.files.models import PICTURE, SMALL_EDGE
from cadre_app.files.uploads import CheckedUpload

MOST_PIXELS = 64_000_000
EDGE = 2_560
LARGEST_PNG = 4 * 1024 * 1024
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
TYPES = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}


def look(name: str, content: bytes) -> CheckedUpload:
    """The picture drawn anew: upright, without place and date, the name's ending that of what it became."""
    stem, ending = split(name)
    form = _form(content)
    if not form:
        raise other_content(ending)
    told, (made, small) = decode(
        "picture", content, format=form, pixels=MOST_PIXELS, edge=EDGE, small=SMALL_EDGE, png=LARGEST_PNG
    )
    ending, content_type = TYPES[told["format"]]
    return CheckedUpload(
        stem + ending, PICTURE, content_type, made, small=small, width=told["width"], height=told["height"]
    )


def _form(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "HEIF"
    return ""
