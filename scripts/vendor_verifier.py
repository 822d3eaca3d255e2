"""Take the two libraries of the page for phones from npm, as they were published, into `assets`.

Usage: python -m scripts.vendor_verifier

Each is fetched with `npm pack` at the version below, held against its digest, and written as one
script that says a single name, with its licence beside it. Nothing else is changed in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).parents[1] / "assets" / "verifier"


@dataclass(frozen=True, kw_only=True)
class Library:
    """A package of npm; its modules, the first of which needs the later ones."""

    package: str
    version: str
    sha512: str
    modules: tuple[str, ...]
    name: str
    """What the page calls it."""
    file: str
    licence: str


LIBRARIES: Final = (
    Library(
        package="qr",
        version="0.7.0",
        sha512="/VrrACmOAwZVipuRITwfEwOL5oAMEHH5PTmBWaGtlTom2Thxaa+rhmna4zU9PRN2uLw2wdccbkHOLGZb1Q9SdA==",
        modules=("decode.js", "index.js"),
        name="QrReader",
        file="qr-reader.js",
        licence="LICENSE-MIT",
    ),
    Library(
        package="@noble/ed25519",
        version="3.2.0",
        sha512="criDgRlnUA09hchYrTy/JUWPIEap5rZxQe6wDWzRx51oWWpDRcUpuNzlgPxDJaOK6AsW9c0wKcj3rKRv6t+bPQ==",
        modules=("index.js",),
        name="Ed25519",
        file="ed25519.js",
        licence="LICENSE",
    ),
)
_IMPORT: Final = re.compile(r"^import \{([^}]*)\} from './([a-z]+\.js)';\n", re.MULTILINE)
_EXPORTED: Final = re.compile(r"^export (?:async )?(?:const|class|function) (\w+)", re.MULTILINE)
_LIST: Final = re.compile(r"^export \{([^}]*)\};\n?", re.MULTILINE)
_DEFAULT: Final = re.compile(r"^export default \w+;\n?", re.MULTILINE)
_WORD: Final = re.compile(r"^export ", re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)


def fetched(library: Library) -> Mapping[str, str]:
    """The files of the package, by their names.

    Raises:
        ValueError: it is not what was published.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = ["npm", "pack", f"{library.package}@{library.version}", "--silent"]
        told = subprocess.run(asked, cwd=folder, check=True, capture_output=True, text=True)
        archive = Path(folder) / told.stdout.split()[-1]
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if base64.b64encode(digest).decode() != library.sha512:
            raise ValueError(f"{archive.name} is not what was published")
        with tarfile.open(archive) as files:
            wanted = (*library.modules, library.licence)
            return {each: _read(files, f"package/{each}") for each in wanted}


def _read(files: tarfile.TarFile, name: str) -> str:
    found = files.extractfile(name)
    assert found is not None
    return found.read().decode()


def script(library: Library, files: Mapping[str, str]) -> str:
    """The modules as one expression, the comments that describe its API left out."""
    first, *others = library.modules
    inner = {each: _function(files[each], {}) for each in others}
    said = f"{library.package} {library.version} (npm), see {Path(library.file).stem}.LICENSE"
    return f"/* {said} */\nconst {library.name} = {_function(files[first], inner)};\n"


def _function(source: str, inner: Mapping[str, str]) -> str:
    names = [f"{each}" for each in _EXPORTED.findall(source)]
    for listed in _LIST.findall(source):
        for each in filter(None, (part.strip() for part in listed.split(","))):
            own, _, shown = each.partition(" as ")
            names.append(f"{shown}: {own}" if shown else own)
    body = _DEFAULT.sub("", _LIST.sub("", _IMPORT.sub(lambda found: _taken(found, inner), source)))
    body = _COMMENT.sub("", _WORD.sub("", body))
    return f'(() => {{\n"use strict";\n{body}\nreturn {{ {", ".join(names)} }};\n}})()'


def _taken(found: re.Match[str], inner: Mapping[str, str]) -> str:
    return f"const {{ {found[1].replace(' as ', ': ')} }} = {inner[found[2]]};\n"


def main() -> int:
    """Write both."""
    for library in LIBRARIES:
        files = fetched(library)
        (ASSETS / library.file).write_text(script(library, files), "utf-8")
        (ASSETS / library.file).with_suffix(".LICENSE").write_text(files[library.licence], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
