"""What the tour leaves: numbered pictures, papers, and a page that shows them in order."""

from __future__ import annotations

import html
import shutil
import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PySide6.QtQuick import QQuickWindow

from kiosk.cli.base import LANGUAGE

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
COLOURS = 200
PAPER_DPI = 80
FAILED = "failed.png"
"""The screen on which a tour got stuck."""
OURS = ("[0-9][0-9]-*.png", "[0-9][0-9]-*.pdf", "[0-9][0-9]-*.txt", "index.html", FAILED)
"""What an earlier tour left; nothing else in the folder is touched."""

PAGE = """<!DOCTYPE html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 18px/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
figure {{ margin: 2rem 0 }} img {{ max-width: 100%; border: 1px solid #ccc }}
figcaption {{ font-weight: bold; margin-bottom: .5rem }}
pre {{ overflow: auto; background: #f4f4f4 }}
</style>
<h1>{title}</h1><p>{lead}</p>
{steps}
</html>
"""


def words(key: str, *values: object) -> str:
    """The text of `key` in the language of the command line."""
    text: str = WORDS[key][LANGUAGE]
    for place, value in enumerate(values, 1):
        text = text.replace(f"%{place}", str(value))
    return text


@dataclass
class Album:
    """Numbers what is put into it, and writes the page at the end."""

    folder: Path
    _steps: list[str] = field(default_factory=list)
    _count: int = 0

    def clear(self) -> None:
        """Take away what an earlier tour left."""
        for pattern in OURS:
            for file in self.folder.glob(pattern):
                file.unlink()

    def picture(self, key: str, window: QQuickWindow) -> None:
        """The screen as it is now."""
        file = self._next(key, "png")
        window.grabWindow().save(str(file))
        with Image.open(file) as taken:
            packed = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        packed.save(file, optimize=True)
        self._show(key, f'<img src="{file.name}" alt="">')

    def paper(self, key: str, pdf: Path) -> None:
        """A paper as it came out, and its first page as a picture."""
        file = self._next(key, "pdf")
        shutil.copy(pdf, file)
        command = ["pdftoppm", "-r", str(PAPER_DPI), "-png", "-singlefile", str(file)]
        subprocess.run([*command, str(file.with_suffix(""))], check=True)
        seen = file.with_suffix(".png").name
        self._show(key, f'<a href="{file.name}"><img src="{seen}" alt=""></a>')

    def said(self, key: str, text: str) -> None:
        """What a command said."""
        self._next(key, "txt").write_text(text, "utf-8")
        self._show(key, f"<pre>{html.escape(text)}</pre>")

    def note(self, text: str) -> None:
        """A sentence."""
        self._steps.append(f"<p>{html.escape(text)}</p>")

    def write_page(self) -> Path:
        """Write index.html, and return where it is."""
        page = self.folder / "index.html"
        values = {"title": words("title"), "lead": words("lead"), "steps": "\n".join(self._steps)}
        page.write_text(PAGE.format(language=LANGUAGE, **values), "utf-8")
        return page

    def _next(self, key: str, ending: str) -> Path:
        self._count += 1
        return self.folder / f"{self._count:02d}-{key.replace('_', '-')}.{ending}"

    def _show(self, key: str, shown: str) -> None:
        caption = f"<figcaption>{self._count}. {html.escape(words(key))}</figcaption>"
        self._steps.append(f"<figure>{caption}{shown}</figure>")
