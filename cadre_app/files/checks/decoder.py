"""Run as a program of its own (files.aside): takes pictures and PDF apart where a crash or a bomb harms nobody.

`decoder.py OPERATION JSON` reads a file from standard input and answers one line of JSON (`error`: why it is not
taken; `sizes`: of the parts that follow), then the bytes of the parts. It imports nothing of the product.
"""

import io
import json
import re
import resource
import sys
import zlib
from typing import Any

MEMORY = 1_500 * 1024 * 1024
SECONDS = 25
MOST_TEXT = 2_000_000
MOST_PAGES = 2_000
MOST_UNPACKED = 16 * 1024 * 1024
WHITE = (255, 255, 255)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA)(?=[\s/<\[(>\]])")
OBJECTS = re.compile(rb"/ObjStm\b")
PASSWORD = 4


class NotTakenError(Exception):
    """The code of the message that says why, and what it is about."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.answer = {"error": code, **params}


Parts = tuple[dict[str, Any], list[bytes]]


def picture(data: bytes, given: dict[str, Any]) -> Parts:
    """The picture upright, in sRGB, scaled into `edge`, without any metadata; and a small one."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit stands in `given` and is asked before anything is decoded
    if given["format"] == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    try:
        image: Any = Image.open(io.BytesIO(data), formats=[given["format"]])
        width, height = image.size
        if width * height > given["pixels"] or width < 1 or height < 1:
            raise NotTakenError("too_many_pixels", width=width, height=height)
        if given["format"] == "JPEG":
            image.draft(None, (given["edge"], given["edge"]))
        image.load()
    except MemoryError as error:
        raise NotTakenError("too_many_pixels", width=width, height=height) from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, RuntimeError) as error:
        raise NotTakenError("damaged") from error
    image = _plain(image)
    image.thumbnail((given["edge"], given["edge"]), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = _flat(image)
    small.thumbnail((given["small"], given["small"]), Image.Resampling.LANCZOS)
    kind, content = _written(image, given["format"] == "PNG", given["png"])
    told = {"format": kind, "width": image.width, "height": image.height}
    return told, [content, _jpeg(small, 80)]


def _plain(image: Any) -> Any:
    """Pixels only: turned as the camera says, colours as screens show them."""
    from PIL import Image, ImageCms, ImageOps

    profile = image.info.get("icc_profile")
    has_alpha = image.mode in ("LA", "PA", "RGBA", "RGBa") or "transparency" in image.info
    image = ImageOps.exif_transpose(image)
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            held, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, held, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            image = image.convert("RGB")
    mode = "RGBA" if has_alpha else "L" if image.mode in ("L", "1") else "RGB"
    image = image.convert(mode)
    return Image.frombytes(mode, image.size, image.tobytes())


def _flat(image: Any) -> Any:
    """Without transparency, on white."""
    from PIL import Image

    if image.mode != "RGBA":
        return image.copy()
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _written(image: Any, as_png: bool, most_png: int) -> tuple[str, bytes]:
    """PNG stays PNG, for its letters stay sharp, unless it is a photo and grows too large."""
    if as_png:
        target = io.BytesIO()
        image.save(target, "PNG")
        if image.mode == "RGBA" or target.tell() <= most_png:
            return "PNG", target.getvalue()
    return "JPEG", _jpeg(_flat(image), 86)


def _jpeg(image: Any, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, progressive=True, optimize=True)
    return target.getvalue()


def pdf_look(data: bytes, given: dict[str, Any]) -> Parts:
    """How many pages, and their text as far as it can be read."""
    if _is_active(data):
        raise NotTakenError("active")
    document = _open_pdf(data)
    from pypdfium2 import raw

    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise NotTakenError("active")
    texts: list[str] = []
    left = MOST_TEXT
    for page in document:
        texts.append(page.get_textpage().get_text_bounded()[:left])
        left -= len(texts[-1])
        if left <= 0:
            break
    return {"pages": len(document), "texts": texts}, []


def pdf_page(data: bytes, given: dict[str, Any]) -> Parts:
    """One page (from 1) as a picture that fits `edge`."""
    document = _open_pdf(data)
    if not 1 <= given["page"] <= len(document):
        raise NotTakenError("no_page")
    page = document[given["page"] - 1]
    width, height = page.get_size()
    scale = min(given["edge"] / max(width, height, 1), 4)
    shown = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    return {}, [_jpeg(shown, 85)]


def _open_pdf(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == PASSWORD
        raise NotTakenError("protected" if locked else "damaged") from error
    if pages < 1:
        raise NotTakenError("damaged")
    if pages > MOST_PAGES:
        raise NotTakenError("too_many_pages", most=MOST_PAGES)
    return document


def _is_active(data: bytes) -> bool:
    """True where a name outside of the streams, or in a stream of objects, starts something or carries a file."""
    plain = STREAM.sub(b"stream endstream", data)
    return any(_names_action(text) for text in (plain, *_object_streams(data)))


def _names_action(text: bytes) -> bool:
    return ACTIVE.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)) is not None


def _object_streams(data: bytes) -> list[bytes]:
    found = []
    for stream in STREAM.finditer(data):
        head = data[max(0, stream.start() - 400) : stream.start()]
        if OBJECTS.search(head[head.rfind(b" obj") :]):
            try:
                found.append(zlib.decompressobj().decompress(stream[1], MOST_UNPACKED))
            except zlib.error:
                continue
    return found


OPERATIONS = {"picture": picture, "pdf_look": pdf_look, "pdf_page": pdf_page}


def main() -> None:
    """One operation, with little memory and little time, and nothing that can be written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    given = json.loads(sys.argv[2])
    try:
        told, parts = OPERATIONS[sys.argv[1]](sys.stdin.buffer.read(), given)
    except NotTakenError as refused:
        told, parts = refused.answer, []
    except MemoryError:
        told, parts = {"error": "too_large"}, []
    head = json.dumps({**told, "sizes": [len(part) for part in parts]})
    sys.stdout.buffer.write(b"\n".join([head.encode(), b"".join(parts)]))


if __name__ == "__main__":
    main()
