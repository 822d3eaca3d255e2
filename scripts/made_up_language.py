"""Make a language that nobody speaks, to see what no other shows: cut texts, and texts in the code.

It is the English one with an accent on every letter that has one, 40 % longer and in brackets: what
stands on a screen without accents did not come from the catalogue, and what lacks its last bracket
is cut off. Values, and the forms for one and for others, stay in their places.

Usage: python -m scripts.made_up_language FOLDER

FOLDER holds the folders of the languages. With ``assets/translations`` the language button of the
kiosk comes to it; Git ignores it there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Final

from kiosk.core.catalogue import ENGLISH, Language

NAME: Final[Language] = "qaa"
"""ISO 639 leaves it to whoever needs one of their own."""
LONGER: Final = 1.4
_PLAIN = "aceghijklnorstuwyzdACEGHIJKLNORSTUWYZD"
_ACCENTED = "áčéğĥíĵķĺñóřšťúŵýžďÁČÉĞĤÍĴĶĹÑÓŘŠŤÚŴÝŽĎ"
ACCENTED: Final = str.maketrans(_PLAIN, _ACCENTED)
_PART = re.compile(r"(%[1-9])|\{([^{}|]*)\|([^{}|]*)\}|([A-Za-z]+)")
_VOWEL = re.compile(r"([aeiouAEIOU])")
_FILLING = "óóóó"


def make(folder: Path) -> Path:
    """Write the language beside the others in `folder`, from the English one there; its folder.

    Raises:
        OSError: it cannot be written.
    """
    made = folder / NAME
    made.mkdir(exist_ok=True)
    for file in sorted((folder / ENGLISH).glob("*.toml")):
        texts = tomllib.loads(file.read_text("utf-8"))
        if file.stem == "language":
            said = texts | {"name": longer(texts["name"]), "short": "ÝŽ"}
        else:
            said = {key: longer(text) for key, text in texts.items()}
        lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in said.items()]
        (made / file.name).write_text("".join(lines), "utf-8")
    return made


def longer(text: str) -> str:
    """`text` in the made-up language; what has no letter, such as ``%2 %1``, stays as it is."""
    core = text.strip()
    without = _PART.sub(lambda part: part[0] if part[4] else "", core)
    if not any(letter.isalpha() for letter in without) and "{" not in core:
        return text
    said = _PART.sub(_part, core)
    lacking = round(LONGER * len(core)) - len(said) - 2
    while lacking > 0:
        filling = f" {_FILLING}"[: max(lacking, 2)]
        said, lacking = said + filling, lacking - len(filling)
    before, _, after = text.partition(core)
    return f"{before}[{said}]{after}"


def _part(part: re.Match[str]) -> str:
    if part[1]:
        return part[1]
    if part[4]:
        return _word(part[4])
    one, other = (_PART.sub(_part, form) for form in (part[2], part[3]))
    return f"{{{one}|{other}}}"


def _word(word: str) -> str:
    return _VOWEL.sub(r"\1\1", word).translate(ACCENTED)


def main(arguments: list[str]) -> int:
    """Make it, and say where it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder of the languages")
    folder: Path = parser.parse_args(arguments).folder
    if not (folder / ENGLISH / "language.toml").exists():
        print(f"There is no English in {folder}; name a folder such as assets/translations.")
        return 2
    print(make(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
