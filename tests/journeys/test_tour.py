"""The tour goes its round on a fresh demo village and leaves what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

PICTURES = {"home", "look-up", "record", "which", "receipt", "queue", "case", "decided", "sign"}


@pytest.mark.timeout(400)
def test_the_tour_leaves_numbered_pictures_the_papers_and_a_page(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not ours")
    (tmp_path / "17-old.png").write_bytes(b"of an earlier tour")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.tour", tmp_path],
        env={**os.environ, "KIOSK_LANGUAGE": "zh"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == str(tmp_path / "index.html")
    files = {each.name for each in tmp_path.iterdir()}
    assert "letter.txt" in files
    assert "17-old.png" not in files
    numbered = sorted(name for name in files if re.match(r"\d\d-", name))
    assert [int(name[:2]) for name in numbered if not name.endswith(".pdf")] == [
        *range(1, len({name[:2] for name in numbered}) + 1)
    ]
    assert {name[3:-4] for name in numbered} >= PICTURES
    for name in numbered:
        if name.endswith(".png") and "pdf" not in name:
            with Image.open(tmp_path / name) as picture:
                assert picture.size == (1280, 800)
                assert len(picture.getcolors() or ()) > 10, f"{name} is empty"
    page = (tmp_path / "index.html").read_text("utf-8")
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page)) == set(numbered) - {"01-import.txt"}
    slip, sign = (next(n for n in numbered if n.endswith(f"{k}-pdf.pdf")) for k in ("slip", "sign"))
    assert "杨桥村" in PdfReader(tmp_path / slip).pages[0].extract_text()
    assert "12" in PdfReader(tmp_path / sign).pages[0].extract_text()


def test_a_wrong_call_is_explained(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.tour", "one", "two"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, "Usage:" in done.stderr) == (2, True)
