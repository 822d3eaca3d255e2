"""A page as people may have it before them: each size of text, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.app import MainWindow
from kiosk.core.catalogue import catalogue
from tests.ui.touch import ill_placed, settle

SIZES = (3, 2, 1, 0)
"""From the largest: a page that was looked at is left at the smallest."""


def every_look(stage: MainWindow, sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Every size of text in every language, laid out, and named.

    From one look to the next only one of both changes, so half as much is laid out anew as with a
    change of both; after an even number of sizes it is the language of the beginning again.
    """
    for size in sizes:
        stage.kiosk.set_comfort(size, False)
        for place in range(len(catalogue().languages)):
            if place:
                stage.kiosk.switchLanguage()
            lay_out(stage)
            yield f"size of text {size}, {stage.kiosk.tongue}"


def whole_at_every_look(stage: MainWindow, page: str = "") -> None:
    """No text of the page is cut off or lies on another one, at any size in any language."""
    for look in every_look(stage):
        assert ill_placed(stage.window) == [], f"{page} {look}"


def lay_out(stage: MainWindow) -> None:
    """Let every layout find its place."""
    stage.window.grabWindow()
    settle()
