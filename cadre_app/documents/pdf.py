"""PDF, the reading copy: WeasyPrint with fonts of our own. It needs Pango; without it print view and Word remain.

Nothing is fetched: the only addresses known are those of the style sheets and fonts named here.
"""

import base64
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from cadre_app.core.documents import JPEG_ADDRESS

logger = structlog.get_logger("qinglan.documents")

PDF_TYPE = "application/pdf"
FONTS = Path(__file__).with_name("fonts")
COMMON, RARE = FONTS / "qinglan-song.woff2", FONTS / "qinglan-song-rare.woff2"
STYLES = (Path(settings.BASE_DIR) / "static/css/paper.css", Path(__file__).with_name("paper_pdf.css"))
SCHEME = "qinglan:"
RARE_FACE = '@font-face { font-family: "Qinglan Song Rare"; src: url("qinglan:qinglan-song-rare.woff2"); }'
_one_at_a_time = threading.Lock()


class NoPdfError(Exception):
    """No PDF can be made of this paper here; the text says why and what remains."""


def make_pdf(html: str, text: str, *, styles: tuple[Path, ...] = STYLES) -> bytes:
    """`html` on A4, or as the `styles` say. `text` is everything it prints, for which there must be letters. Raises NoPdfError."""
    weasyprint = _weasyprint()
    letters = set(text) - {"\n", "\r", "\t"}
    rare = {letter for letter in letters if ord(letter) not in _covered(COMMON)}
    lacking = sorted(letter for letter in rare if ord(letter) not in _covered(RARE))
    if lacking:
        message = _("The letters of the PDF lack “%(letters)s”. Please use the print view or Word.")
        raise NoPdfError(message % {"letters": "".join(lacking)})
    with _one_at_a_time:
        return _made(weasyprint, html, styles, with_rare=bool(rare))


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        logger.warning("no pdf without pango", error=repr(error))
        message = _("This server makes no PDF, because Pango is not installed on it. The print view and Word remain.")
        raise NoPdfError(message) from error
    return weasyprint


def _made(weasyprint: Any, html: str, paths: tuple[Path, ...], *, with_rare: bool) -> bytes:
    styles, fonts = _styles(paths, with_rare=with_rare)
    page = weasyprint.HTML(string=html, url_fetcher=_fetch, base_url=SCHEME)
    made: bytes = page.write_pdf(stylesheets=styles, font_config=fonts)
    return made


@lru_cache(maxsize=4)
def _styles(paths: tuple[Path, ...], *, with_rare: bool) -> tuple[list[Any], Any]:
    """The style sheets and the fonts they bring, unpacked once for this process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [path.read_text(encoding="utf-8") for path in paths] + ([RARE_FACE] if with_rare else [])
    return [CSS(string=sheet, font_config=fonts, url_fetcher=_fetch, base_url=SCHEME) for sheet in sheets], fonts


def _fetch(url: str) -> Any:
    """One of our fonts, or a picture that stands in the paper itself; whatever else is asked for is not there."""
    from weasyprint.urls import URLFetcherResponse

    if url.startswith(JPEG_ADDRESS):
        content = base64.b64decode(url.removeprefix(JPEG_ADDRESS))
        return URLFetcherResponse(url, body=content, headers={"Content-Type": "image/jpeg"})
    known = {f"{SCHEME}{path.name}": path for path in (COMMON, RARE)}
    if url not in known:
        raise ValueError(url)
    return URLFetcherResponse(url, body=known[url].read_bytes(), headers={"Content-Type": "font/woff2"})


_fetch._fail_on_errors = False  # type: ignore[attr-defined]  # WeasyPrint asks its fetchers


@lru_cache(maxsize=2)
def _covered(font: Path) -> frozenset[int]:
    """The characters that a font has letters for."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
