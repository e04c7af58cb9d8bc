"""The photo of a form: a JPEG of 4:5, as the box of the printed form and of .lrmx has it."""

import io

WIDTH, HEIGHT = 480, 600
LEAST_WIDTH = 240


def portrait(content: bytes) -> bytes:
    """The middle of a picture that `files` has drawn anew (never of an upload), cut to 4:5 and made small enough; nothing
    of what is not there or can no longer be read.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as opened:
            picture = opened.convert("RGBA" if "A" in opened.getbands() else "RGB")
    except (OSError, SyntaxError, ValueError):
        return b""
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    scale = min(1, picture.width / WIDTH, picture.height / HEIGHT)
    size = max(round(WIDTH * scale), 4), max(round(HEIGHT * scale), 5)
    target = io.BytesIO()
    # The head is above the middle: what is too high is cut at the foot rather than at the hair.
    ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.3)).save(target, "JPEG", quality=88)
    return target.getvalue()


def width_of(photo: bytes) -> int:
    """How many pixels a portrait is wide; 0 for none."""
    if not photo:
        return 0
    from PIL import Image

    with Image.open(io.BytesIO(photo), formats=["JPEG"]) as opened:
        width: int = opened.width
    return width
