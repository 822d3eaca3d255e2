"""The theme: contrast by WCAG 2.2, sizes in millimetres, text that is large enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication
from PySide6.QtQml import QQmlEngine, QQmlExpression, qmlContext

from kiosk.app import ROOT, load_fonts
from kiosk.ui.shell.pixels_per_mm import USUAL, cap_height

LEAST_LIGHT, LEAST_HIGH = 4.5, 20.0
CAPITALS_MM = (3.5, 4.8, 6.4, 8.5)
TARGET_MM, GAP_MM = 12.7, 2.54


@pytest.fixture
def theme(qapp: QGuiApplication) -> Iterator[QObject]:
    load_fonts()
    engine = QQmlEngine()
    engine.addImportPath(str(ROOT))
    found = engine.singletonInstance("kiosk.ui.controls", "Theme")
    assert isinstance(found, QObject)
    found.setProperty("mm", USUAL)
    found.setProperty("capHeight", cap_height())
    yield found
    engine.deleteLater()


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def colour(theme: QObject, palette: str, name: str) -> QColor:
    context = qmlContext(theme)
    assert context is not None
    found = QQmlExpression(context, theme, f"{palette}.{name}").evaluate()
    value = found[0] if isinstance(found, tuple) else found
    assert isinstance(value, QColor)
    return value


def pairs(theme: QObject) -> list[tuple[str, str]]:
    listed = theme.property("textOn").toVariant()
    return [(text, ground) for text, grounds in listed.items() for ground in grounds]


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)


@pytest.mark.parametrize(("name", "least"), [("light", LEAST_LIGHT), ("contrast", LEAST_HIGH)])
def test_every_text_stands_out_from_every_ground_it_is_put_on(
    theme: QObject, name: str, least: float
) -> None:
    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in pairs(theme)
        if (ratio := contrast(colour(theme, name, text), colour(theme, name, ground))) < least
    }

    assert len(pairs(theme)) > 30
    assert weak == {}


def test_every_colour_a_button_or_text_uses_as_ink_is_in_the_list(theme: QObject) -> None:
    """So that a new text colour cannot get round the contrast test."""
    inks: set[str] = set()
    for file in (ROOT / "kiosk" / "ui").rglob("*.qml"):
        source = file.read_text("utf-8")
        lines = re.findall(r"^\s*(?:property color )?ink: (.*)$", source, re.M)
        lines += re.findall(r"AppText \{[^}]*?\bcolor: (.*)$", source, re.M)
        inks |= {found for line in lines for found in re.findall(r"Theme\.colour\.(\w+)", line)}

    listed = {text for text, _ground in pairs(theme)}
    grounds_turned_round = {"card"}  # the face of a pressed button in high contrast
    assert inks - listed - grounds_turned_round == set()


@pytest.mark.parametrize("step", range(4))
def test_the_smallest_text_of_each_step_has_capitals_of_the_promised_height(
    theme: QObject, step: int
) -> None:
    theme.setProperty("textStep", step)
    font = QFont("Noto Sans SC")
    sizes = [theme.property(name) for name in ("small", "body", "large", "title", "figure")]
    font.setPixelSize(sizes[0])

    height_mm = QFontMetricsF(font).capHeight() / USUAL
    assert height_mm == pytest.approx(CAPITALS_MM[step], abs=0.15)
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("mm", [2.5, 1280 / 323, USUAL, 1280 / 217, 12.0])
def test_targets_and_gaps_are_large_enough_on_every_screen(theme: QObject, mm: float) -> None:
    theme.setProperty("mm", mm)

    assert theme.property("target") / mm >= TARGET_MM
    assert theme.property("gap") / mm >= GAP_MM
