"""A manual, read from Markdown (CommonMark) into what the booklet can set.

Of Markdown a manual has its title with a line on whom it is for, headings of chapters and of
sections, paragraphs, lists, **strong** words, `code` for what is written on a button or screen, and
pictures, each in a paragraph of its own. Anything else is refused: what is not set would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from kiosk.documents.line_breaking import Span


@dataclass(frozen=True)
class Heading:
    """A chapter's heading, or a section's in a chapter."""

    text: str
    chapter: bool


@dataclass(frozen=True)
class Paragraph:
    """Some lines of prose."""

    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Item:
    """A step with its number, or a point of a list with a dot."""

    mark: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Picture:
    """A picture of a screen or paper, and what is said below it."""

    file: Path
    caption: str


Block = Heading | Paragraph | Item | Picture


@dataclass(frozen=True)
class Manual:
    """One manual: its title, whom it is for, and what it says."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


def read_manual(file: Path) -> Manual:
    """What `file` says, in order; pictures are found beside it.

    Raises:
        ValueError: something that a manual has no setting for, named with its line.
    """
    tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(file.read_text("utf-8")))
    title, subtitle, *nodes = tree.children
    blocks = tuple(block for node in nodes for block in _blocks(node, file.parent))
    return Manual(_words(title), _words(subtitle), blocks)


def _blocks(node: SyntaxTreeNode, folder: Path) -> Iterator[Block]:
    match node.type:
        case "heading" if node.tag in {"h2", "h3"}:
            yield Heading(_words(node), chapter=node.tag == "h2")
        case "paragraph" if _is_picture(node):
            image = node.children[0].children[0]
            yield Picture(folder / str(image.attrs["src"]), image.content)
        case "paragraph":
            yield Paragraph(_spans(node.children[0]))
        case "ordered_list" | "bullet_list":
            yield from _items(node)
        case _:
            raise _no_setting(node)


def _is_picture(paragraph: SyntaxTreeNode) -> bool:
    return [each.type for each in paragraph.children[0].children] == ["image"]


def _items(listed: SyntaxTreeNode) -> Iterator[Item]:
    first = int(listed.attrs.get("start", 1))
    for number, item in enumerate(listed.children, start=first):
        mark = f"{number}." if listed.type == "ordered_list" else "·"
        for child in item.children:
            if child.type != "paragraph":
                raise _no_setting(child)
            yield Item(mark, _spans(child.children[0]))
            mark = ""


def _words(node: SyntaxTreeNode) -> str:
    return "".join(span.text for span in _spans(node.children[0]))


def _spans(inline: SyntaxTreeNode) -> tuple[Span, ...]:
    return tuple(_inline(inline))


def _inline(parent: SyntaxTreeNode) -> Iterator[Span]:
    for node in parent.children:
        match node.type:
            case "text":
                yield Span(node.content)
            case "softbreak":
                yield Span(" ")
            case "code_inline":
                yield Span(node.content, "strong")
            case "strong" if all(each.type == "text" for each in node.children):
                yield Span("".join(each.content for each in node.children), "strong")
            case _:
                raise _no_setting(node)


def _no_setting(node: SyntaxTreeNode) -> ValueError:
    line = next((each.map[0] + 1 for each in _upwards(node) if each.map), 0)
    return ValueError(f"line {line}: a manual has no setting for {node.type}")


def _upwards(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    up: SyntaxTreeNode | None = node
    while up and not up.is_root:
        yield up
        up = up.parent
