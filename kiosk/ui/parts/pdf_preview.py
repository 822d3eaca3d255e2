"""A paper as a picture for the screen: the very PDF that goes to the printer, drawn by Qt."""

from __future__ import annotations

import base64

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

WIDTH = 1400
"""Pixels: sharp over half of a 4K screen, and drawn in a tenth of a second."""


def picture_of(pdf: bytes, width: int = WIDTH) -> str:
    """The first page of `pdf` as a ``data:`` address that an Image shows; call it on any thread."""
    source = QBuffer()
    source.setData(QByteArray(pdf))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)  # type: ignore[call-overload]
    document.load(source)
    page = document.pagePointSize(0)
    size = QSize(width, round(width * page.height() / page.width()))
    image = _on_white(document.render(0, size))
    document.close()
    return f"data:image/png;base64,{base64.b64encode(_png(image)).decode()}"


def _on_white(page: QImage) -> QImage:
    """Paper is white; a PDF's background is nothing."""
    sheet = QImage(page.size(), QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, page)
    painter.end()
    return sheet


def _png(image: QImage) -> bytes:
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(target, "PNG")  # type: ignore[call-overload]
    return bytes(target.data().data())
