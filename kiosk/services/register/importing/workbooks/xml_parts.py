"""The parts of a zipped workbook as streams of XML elements."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

Attributes = dict[str, str]
_BLOCK = 2**18


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(" ")[2]


def parse(
    archive: zipfile.ZipFile, part: str, listen: Callable[[XMLParserType], None]
) -> Iterator[None]:
    """Parse one part of `archive` block by block; `listen` sets the handlers.

    A document type is refused, so no entity of the file's own is ever expanded.

    Raises:
        KeyError: there is no such part.
        ValueError: it has a document type.
        expat.ExpatError: it is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    listen(parser)
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            yield
    parser.Parse(b"", True)
    yield


def elements(
    archive: zipfile.ZipFile, part: str, only: str = ""
) -> Iterator[tuple[str, Attributes]]:
    """The elements of a part, or those of one name; all names without their namespaces."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        if only and not name.endswith(only):
            return
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    def listen(parser: XMLParserType) -> None:
        parser.StartElementHandler = start

    for _ in parse(archive, part, listen):
        yield from found
        found.clear()


def _refuse(*_: object) -> None:
    raise ValueError("a workbook has no document type")
