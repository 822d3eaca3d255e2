"""Signs by fpdf2, the code by segno as a one-bit picture: `... COUNT PAGES [FILE]`."""

from __future__ import annotations

import segno
from fpdf import FPDF
from PIL import Image

from tests.benchmarks.peers.sheet import (
    FACES,
    FONTS,
    HEIGHT,
    PALE,
    QR_LEFT,
    QR_SIDE,
    QR_TOP,
    RED,
    TEA,
    WIDTH,
    Sign,
    timed,
)


def make(signs: list[Sign]) -> bytes:
    pdf = FPDF(unit="mm", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    for face, (file, *_) in FACES.items():
        pdf.add_font(face, "", FONTS / f"{file}.ttf")
    for sign in signs:
        pdf.add_page()
        _draw(pdf, sign)
    return bytes(pdf.output())


def _draw(pdf: FPDF, sign: Sign) -> None:
    pdf.set_draw_color(*_bytes(TEA))
    pdf.rect(6, 6, WIDTH - 12, HEIGHT - 12, round_corners=True, corner_radius=7)
    for words in sign.words:
        pdf.set_text_color(*_bytes(words.colour))
        pdf.set_font(words.face, size=words.em / 25.4 * 72)
        pdf.text(words.x, words.y, words.text)
    pdf.set_fill_color(*_bytes(RED))
    for star in sign.stars:
        pdf.set_draw_color(*_bytes(RED if star.filled else PALE))
        pdf.polygon(list(star.points), style="DF" if star.filled else "D")
    matrix = segno.make(sign.code, error="l", micro=False).matrix
    picture = Image.new("1", (len(matrix), len(matrix)))
    picture.putdata([0 if dark else 1 for row in matrix for dark in row])
    pdf.image(picture, QR_LEFT, QR_TOP, QR_SIDE, QR_SIDE)


def _bytes(colour: tuple[float, float, float]) -> tuple[int, int, int]:
    red, green, blue = (round(each * 255) for each in colour)
    return red, green, blue


timed(make)
