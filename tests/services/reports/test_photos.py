from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.reports import CasePhoto
from kiosk.services import rights
from kiosk.services.ledger import log
from kiosk.services.reports import handing_in, photos
from tests.services.reports.conftest import Hamlet

Code = Callable[..., str]
SECRET = "30.1234 N taken at home"


def picture(size: tuple[int, int] = (2400, 1800), kind: str = "JPEG", turn: int = 1) -> bytes:
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((30, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, turn
    held = io.BytesIO()
    drawn.save(held, kind, exif=exif, quality=95)
    return held.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that claims to be 60,000 pixels square."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        body = kind + held
        return struct.pack(">I", len(held)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_without_metadata_and_small(kind: str) -> None:
    raw = picture(kind=kind)
    assert SECRET.encode() in raw
    held = photos.prepared(raw)
    found = Image.open(io.BytesIO(held))
    assert (found.format, max(found.size)) == ("JPEG", photos.LONGEST_SIDE)
    assert not found.getexif()
    assert SECRET.encode() not in held
    assert len(held) < 500_000


def test_a_picture_lying_on_its_side_is_set_upright() -> None:
    upright = Image.open(io.BytesIO(photos.prepared(picture((800, 400), turn=6))))
    assert upright.size == (400, 800)
    red, _, blue = upright.getpixel((350, 50))  # type: ignore[misc]
    assert blue > red  # the blue corner went to the right


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff" * (40 * 1024 * 1024), "photo_too_large"),
        (bomb(), "photo_too_large"),
        (b"", "photo_unreadable"),
        (b"%PDF-1.7 not a picture", "photo_unreadable"),
        (picture()[:2000], "photo_unreadable"),
        (b"GIF89a" + b"\0" * 100, "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_unreadable"),
    ],
    ids=["40 MB", "bomb", "empty", "pdf", "cut off", "gif", "svg"],
)
def test_what_is_no_photograph_of_a_sensible_size_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(ExpectedError) as refusal:
        photos.prepared(raw)
    assert refusal.value.code == code


def form(hamlet: Hamlet, *raw: bytes) -> handing_in.HandIn:
    given = hamlet.form("B", "A", "litter")
    return handing_in.HandIn(**(vars(given) | {"photos": raw}))


def test_photographs_are_kept_with_their_case_and_their_digest_in_the_ledger(
    hamlet: Hamlet,
) -> None:
    case_id = handing_in.hand_in(hamlet.village, form(hamlet, picture(), picture())).case_id
    with hamlet.village.read() as session:
        kept = session.query(CasePhoto).order_by(CasePhoto.id).all()
        written = log.content_of(session, hamlet.case(case_id).moves[0].ledger_index)
        assert written is not None
        assert written["photos"] == [each.digest for each in kept]
        assert len(kept) == 2
    for letter, roles in (("A", ()), ("B", ()), ("Y", ("officer",))):
        session_id = hamlet.sign(letter, *roles)
        assert len(photos.photos_of(hamlet.village, session_id, case_id)) == 2


def test_nobody_else_sees_them(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = sqlite_hamlet
    case_id = handing_in.hand_in(hamlet.village, form(hamlet, picture())).case_id
    for letter, roles in (("C", ()), ("a", ()), ("a", ("officer",)), ("C", ("clerk",))):
        session_id = hamlet.sign(letter, *roles)
        assert refused(photos.photos_of, hamlet.village, session_id, case_id) == "unknown_case"


def test_a_fourth_or_a_broken_one_hands_in_nothing(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = sqlite_hamlet
    small = picture((40, 40))
    many = form(hamlet, *[small] * 4)
    assert refused(handing_in.hand_in, hamlet.village, many) == "too_many_photos"
    broken = form(hamlet, small, b"no")
    assert refused(handing_in.hand_in, hamlet.village, broken) == "photo_unreadable"
    assert hamlet.cases() == 0


def test_they_go_when_the_person_leaves(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    handing_in.hand_in(hamlet.village, form(hamlet, picture((40, 40))))
    rights.leave(hamlet.village, hamlet.sign("A"), new_touch_id())
    with hamlet.village.read() as session:
        assert session.query(CasePhoto).count() == 0
