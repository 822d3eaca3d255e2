"""The manuals: true to the screens, the same in each language, and in order when folded."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk.cli.main import commands
from kiosk.core.catalogue import catalogue
from kiosk.core.paths import ASSETS, MANUAL
from kiosk.documents.manual import booklet_order, booklet_pdf, pages_pdf
from kiosk.documents.manual_text import Heading, Item, Picture, read_manual

OFFICES = ("clerk", "officer", "keeper")
LANGUAGES = ("zh", "en")
_ON_SCREEN = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("office", OFFICES)
def test_what_a_manual_says_is_on_a_button_is_on_one(office: str, language: str) -> None:
    """A renamed button, command or document is noticed here, before a clerk looks for it."""
    texts = catalogue()
    shown = {texts.text(key, language) for key in texts.keys()}
    named = _ON_SCREEN.findall((MANUAL / language / f"{office}.md").read_text("utf-8"))
    strangers = [name for name in named if name not in shown and not _is_technical(name)]
    assert named
    assert strangers == []


def _is_technical(name: str) -> bool:
    program, _, rest = name.partition(" ")
    return (program == "kiosk" and rest.split()[0] in commands.commands) or (
        ASSETS.parent / name
    ).is_file()


@pytest.mark.parametrize("office", OFFICES)
def test_a_manual_says_the_same_in_each_language(office: str) -> None:
    """The same chapters, steps and pictures in the same order, each picture in its language."""
    chinese, english = (read_manual(MANUAL / each / f"{office}.md") for each in LANGUAGES)
    assert [_kind(each) for each in chinese.blocks] == [_kind(each) for each in english.blocks]
    for manual, language in ((chinese, "zh"), (english, "en")):
        pictures = [each.file for each in manual.blocks if isinstance(each, Picture)]
        assert pictures
        assert [each.name for each in pictures if not each.is_file()] == []
        assert all(f"-{language}-" in each.name for each in pictures)


def _kind(block: object) -> tuple[object, ...]:
    match block:
        case Heading():
            return (Heading, block.chapter)
        case Item():
            return (Item, block.mark)
        case Picture():
            return (Picture, re.sub("-(zh|en)-", "-", block.file.name))
    return (type(block),)


def test_a_folded_booklet_reads_like_its_pages() -> None:
    """Folded, the halves of its sides follow one another as the single pages do."""
    manual = read_manual(MANUAL / "zh" / "officer.md")
    pages = [page.extract_text() for page in PdfReader(BytesIO(pages_pdf(manual, "…"))).pages]
    sides = [page.extract_text() for page in PdfReader(BytesIO(booklet_pdf(manual, "…"))).pages]
    whole = [*pages, *[""] * (-len(pages) % 4)]
    order = booklet_order(len(pages))
    assert len(sides) == len(order) == len(whole) // 2
    for side, (left, right) in zip(sides, order, strict=True):
        for line in (whole[left] + "\n" + whole[right]).split("\n"):
            assert line in side
    # Leafing through: the right half of a sheet's front is followed by the left half of its back.
    sheets = list(zip(order[::2], order[1::2], strict=True))
    leaves = [half for front, back in sheets for half in (front[1], back[0])]
    leaves += [half for front, back in reversed(sheets) for half in (back[1], front[0])]
    assert leaves == list(range(len(whole)))


def test_what_a_manual_has_no_setting_for_is_refused(tmp_path: Path) -> None:
    """A table would be lost on paper; it is named with its line."""
    file = tmp_path / "clerk.md"
    file.write_text("# Title\n\nFor whom.\n\n## Chapter\n\n> quoted\n", "utf-8")
    with pytest.raises(ValueError, match="line 7: a manual has no setting for blockquote"):
        read_manual(file)
