"""One page for a phone at the kitchen table: what a paper is, and whether the village signed it.

It opens from a file and needs no network: the village's public keys, the kinds of paper, the words
in both languages, a reader of codes and Ed25519 stand in it. Its policy lets it load nothing
(``default-src 'none'``); it asks for the camera alone, and only when somebody taps for it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.core.catalogue import ON_EVERY_PAPER
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import ASSETS
from kiosk.devices import removable
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.check import kinds
from kiosk.services.ledger import log
from kiosk.services.ledger.export import lines
from kiosk.services.village import Village
from kiosk.services.work import reading

FILE_NAME: Final = "check-a-paper.html"
"""What it is called on a stick; it names no village and no person."""
LOG_NAME: Final = "village-log.txt"
_SPARE: Final = 1 << 16
"""Bytes that a drive's own bookkeeping may take beside the files."""
MOST_BYTES: Final = 300_000
_PARTS: Final = ASSETS / "verifier"
_SCRIPTS: Final = ("ed25519", "qr-reader", "page")
WORDS: Final = (
    *("title", "lead", "of_village", "camera", "camera_off", "no_camera", "picture", "paste"),
    *("check", "compare", "beside", "beside_detail", "beside_taken", "beside_refused", "private"),
    *("genuine_sign", "genuine_slip", "genuine_voucher", "genuine_letter", "detail_genuine"),
    *("expired_sign", "expired_voucher", "expired_letter", "detail_expired"),
    *("altered", "detail_altered", "not_ours", "detail_not_ours", "card", "detail_card"),
    *("unreadable", "detail_unreadable", "key_ended", "detail_key_ended"),
    *("no_log", "fits", "log_shorter", "log_rewritten", "cannot_tell"),
)


def script() -> str:
    """What the page runs: two libraries, and its own."""
    return "\n".join(_part(f"{each}.js") for each in _SCRIPTS)


def page(village: Village, run: str = "") -> bytes:
    """The page of this village, with its keys of today; it runs `run`, or `script`."""
    run = run or script()
    style = _part("page.css")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src blob: data:; "
        f"media-src blob: mediastream:; script-src {_hash(run)}; style-src {_hash(style)}"
    )
    filled = _part("page.html")
    for name, value in (
        ("policy", policy),
        ("title", " · ".join(_words(village)[each]["title"] for each in ON_EVERY_PAPER)),
        ("style", style),
        ("told", _as_data(_told(village))),
        ("script", run),
    ):
        before, _, after = filled.partition(f"@{name}@")
        filled = f"{before}{value}{after}"
    licences = "\n".join(_part(f"{each}.LICENSE") for each in _SCRIPTS[:2])
    return f"{filled}<!--\n{licences}\n-->\n".encode()


def export_page(village: Village, file: Path) -> int:
    """Write the page to `file`; how many bytes it has.

    Raises:
        EnvironmentFault: ``no_permission`` if the file cannot be written.
    """
    content = page(village)
    draft = file.with_name(file.name + ".new")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file.parent) from trouble
    return len(content)


@dataclass(frozen=True)
class OnStick:
    """What was written, and the drive's own name, which may be empty."""

    files: tuple[str, ...]
    label: str


def put_on_stick(village: Village, session_id: str) -> OnStick:
    """Write the page, and the log of today beside it, onto the drive that is in; for officials.

    Neither says anything of anybody.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``drive_missing``, ``drive_several``.
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    with acting.reading(village, session_id, *holders("see_what_waits")):
        drive = removable.the_one(village.settings.drives)
    files = {FILE_NAME: page(village), LOG_NAME: "".join(lines(village)).encode()}
    if drive.free < sum(map(len, files.values())) + _SPARE:
        raise EnvironmentFault("drive_full")
    written = tuple(removable.write(drive, name, each) for name, each in files.items())
    return OnStick(written, drive.label)


def _told(village: Village) -> Mapping[str, Any]:
    """What the script has to know of the village."""
    keys = [each.text() for each in village.keys.verifiers]
    with reading(village) as work:
        ends = log.key_ends(work.session)
        exported = work.today.isoformat()
    return {
        "origin": village.settings.origin,
        "keys": keys,
        "until": {key: end for key, end in ends.items() if key in keys},
        "exported": exported,
        "kinds": [_kind(each) for each in kinds.KINDS],
        "languages": ON_EVERY_PAPER,
        "words": _words(village),
    }


def _kind(kind: kinds.PaperKind) -> Mapping[str, Any]:
    return {
        "name": kind.name,
        "grammar": kind.pattern.replace("(?P<", "(?<"),
        "lines": len(kind.lines),
        "openEnd": kind.open_end,
        "toldAs": kind.told_as,
    }


def _words(village: Village) -> Mapping[str, Mapping[str, str]]:
    return {
        language: {
            name: village.catalogue.text(f"phone.{name}", language, *_VALUES.get(name, ()))
            if name != "of_village"
            else village.catalogue.text(
                "phone.of_village", language, village.settings.name.said(language), "%1"
            )
            for name in WORDS
        }
        for language in ON_EVERY_PAPER
    }


_VALUES: Final[Mapping[str, tuple[str, ...]]] = dict.fromkeys(
    ("detail_expired", "fits", "log_shorter", "log_rewritten", "cannot_tell", "no_log"), ("%1",)
)
"""Sentences in which the script puts a value."""


def _as_data(told: Mapping[str, Any]) -> str:
    """JSON that ends no element: nothing in it is interpreted."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _part(name: str) -> str:
    return (_PARTS / name).read_text("utf-8")
