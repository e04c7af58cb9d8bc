"""Signed agreements of the running pairings: a drawn page with lines for text, two signatures and a round seal."""

import io
import random

from PIL import Image, ImageDraw

from cadre_app.accounts.models import User
from cadre_app.files.checks import check_upload
from cadre_app.files.models import PICTURE
from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.services.agreements import sign_agreement

WIDTH, HEIGHT, MARGIN = 620, 877, 80
INK, PAPER, RED, BLUE = (70, 70, 70), (250, 248, 243), (196, 48, 43), (40, 60, 120)
UNSIGNED = 2


def load_agreements(actor: User) -> None:
    """One page for every running pairing; the two that began last still wait for theirs."""
    page = check_upload("结对协议（签字件）.jpg", drawn_page(), families=(PICTURE,))
    running = Pairing.objects.running().order_by("started_on", "pk")
    for pairing in list(running)[:-UNSIGNED]:
        sign_agreement(pairing, signed_on=pairing.started_on, agreement=[page], actor=actor)


def drawn_page() -> bytes:
    """A page without a word on it, as JPEG: no font can be counted on."""
    chance = random.Random(3)  # noqa: S311 - a drawing
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((WIDTH // 2 - 110, MARGIN, WIDTH // 2 + 110, MARGIN + 18), fill=INK)
    for row in range(18):
        top = MARGIN + 60 + row * 28
        right = WIDTH - MARGIN - (chance.randint(60, 220) if row % 5 == 4 else 0)  # noqa: PLR2004
        pen.rectangle((MARGIN + (36 if row % 5 == 0 else 0), top, right, top + 8), fill=INK)
    for left in (MARGIN, WIDTH // 2 + 20):
        points = [(left + 8 * step, HEIGHT - 170 + chance.randint(-14, 14)) for step in range(16)]
        pen.line(points, fill=BLUE, width=3, joint="curve")
    pen.ellipse((WIDTH - 230, HEIGHT - 240, WIDTH - 110, HEIGHT - 120), outline=RED, width=4)
    content = io.BytesIO()
    page.save(content, "JPEG", quality=70)
    return content.getvalue()
