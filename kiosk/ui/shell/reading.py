"""What a screen says when it is read aloud: its visible words, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtQuick import QQuickItem


def words_of(item: QQuickItem) -> str:
    """The words of `item` and of everything visible in it, one sentence each."""
    spoken: list[str] = []
    for words in _words(item):
        if words and (not spoken or spoken[-1] != words):
            spoken.append(words)
    return "\n".join(spoken)


def _words(item: QQuickItem) -> Iterator[str]:
    """A control speaks for what is in it, so its inside is read only when it has no words."""
    if not item.isVisible() or item.opacity() == 0:
        return
    spoken = item.property("spoken")
    if isinstance(spoken, str) and spoken:
        yield spoken
        return
    if item.inherits("QQuickText"):
        yield str(item.property("text") or "").strip()
        return
    for child in item.childItems():
        yield from _words(child)
