"""Signs by reportlab, the code by segno or by qrcode: `... COUNT PAGES [FILE]`, CODE in CODES."""

from __future__ import annotations

import io
import os

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

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
from tests.benchmarks.peers.sheet import bars as bars_of


def by_segno(text: str) -> list[list[bool]]:
    import segno

    return [[bool(each) for each in row] for row in segno.make(text, error="l", micro=False).matrix]


def by_qrcode(text: str) -> list[list[bool]]:
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=0)
    code.add_data(text.encode())
    code.make(fit=True)
    return [[bool(each) for each in row] for row in code.get_matrix()]


CODES = {"segno": by_segno, "qrcode": by_qrcode}
_code = CODES[os.environ["CODES"]]


def make(signs: list[Sign]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH * mm, HEIGHT * mm))
    for sign in signs:
        _draw(canvas, sign)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, sign: Sign) -> None:
    canvas.setStrokeColorRGB(*TEA)
    canvas.roundRect(6 * mm, 6 * mm, (WIDTH - 12) * mm, (HEIGHT - 12) * mm, 7 * mm)
    for words in sign.words:
        canvas.setFillColorRGB(*words.colour)
        canvas.setFont(words.face, words.em * mm)
        canvas.drawString(words.x * mm, (HEIGHT - words.y) * mm, words.text)
    canvas.setFillColorRGB(*RED)
    for star in sign.stars:
        canvas.setStrokeColorRGB(*(RED if star.filled else PALE))
        path = canvas.beginPath()
        first, *rest = [(x * mm, (HEIGHT - y) * mm) for x, y in star.points]
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
        path.close()
        canvas.drawPath(path, stroke=1, fill=int(star.filled))
    rows = _code(sign.code)
    module = QR_SIDE / len(rows)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for column, row, width in bars_of(rows):
        top = HEIGHT - QR_TOP - (row + 1) * module
        path.rect((QR_LEFT + column * module) * mm, top * mm, width * module * mm, module * mm)
    canvas.drawPath(path, stroke=0, fill=1)


for face, (file, *_) in FACES.items():
    pdfmetrics.registerFont(TTFont(face, str(FONTS / f"{file}.ttf")))
timed(make)
