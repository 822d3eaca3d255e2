from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.models.cases import CasePhoto
from kiosk.services.cases import photos, submit
from kiosk.services.ledger import log
from tests.services.cases.conftest import Hamlet
from tests.worlds.leaving import leave
from tests.worlds.pictures import SECRET, bomb, picture

Code = Callable[..., str]


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


def form(hamlet: Hamlet, *raw: bytes) -> submit.Submission:
    given = hamlet.form("B", "A", "litter")
    return submit.Submission(**(vars(given) | {"photos": raw}))


def test_photographs_are_kept_with_their_case_and_their_digest_in_the_ledger(
    hamlet: Hamlet,
) -> None:
    case_id = submit.hand_in(hamlet.village, form(hamlet, picture(), picture())).case_id
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
    case_id = submit.hand_in(hamlet.village, form(hamlet, picture())).case_id
    for letter, roles in (("C", ()), ("a", ()), ("a", ("officer",)), ("C", ("clerk",))):
        session_id = hamlet.sign(letter, *roles)
        assert refused(photos.photos_of, hamlet.village, session_id, case_id) == "unknown_case"


def test_a_fourth_or_a_broken_one_hands_in_nothing(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = sqlite_hamlet
    small = picture((40, 40))
    many = form(hamlet, *[small] * 4)
    assert refused(submit.hand_in, hamlet.village, many) == "too_many_photos"
    broken = form(hamlet, small, b"no")
    assert refused(submit.hand_in, hamlet.village, broken) == "photo_unreadable"
    assert hamlet.cases() == 0


def test_they_go_when_the_person_leaves(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    submit.hand_in(hamlet.village, form(hamlet, picture((40, 40))))
    leave(hamlet.village, hamlet.sign("A"))
    with hamlet.village.read() as session:
        assert session.query(CasePhoto).count() == 0


# --- From a drive that somebody brings


def stick(hamlet: Hamlet, **files: bytes) -> Path:
    """A stick with these files on it, each newer than the one before."""
    folder = Path(hamlet.village.settings.drives) / "TRIP"
    folder.mkdir(parents=True, exist_ok=True)
    for place, (name, content) in enumerate(files.items()):
        file = folder / f"{name}.jpg"
        file.write_bytes(content)
        os.utime(file, (1000 + place, 1000 + place))
    return folder


def test_pictures_of_every_stick_are_listed_newest_first(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    assert photos.brought(hamlet.village.settings.drives) == photos.PhotosOnDrives((), (), 0, 0)
    assert photos.drives_in(hamlet.village.settings.drives) == ()
    other = stick(hamlet, a=picture((40, 40)), b=picture((40, 40)))
    second = other.parent / "OTHER"
    second.mkdir()
    (second / "c.heic").write_bytes(b"heic")
    (second / "d.png").write_bytes(picture((40, 40), "PNG"))
    found = photos.brought(hamlet.village.settings.drives)
    assert [each.picture.name for each in found.photos] == ["d.png", "b.jpg", "a.jpg"]
    assert (len(found.drives), found.more, found.unread) == (2, 0, 1)
    assert set(photos.drives_in(hamlet.village.settings.drives)) == {
        each.identity for each in found.drives
    }


def test_what_is_taken_is_drawn_anew_and_needs_its_drive_no_more(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    folder = stick(hamlet, a=picture(turn=6))
    (found,) = photos.brought(hamlet.village.settings.drives).photos
    held = photos.taken(found)
    shutil.rmtree(folder)
    assert SECRET.encode() not in held
    with Image.open(io.BytesIO(held)) as drawn:
        assert drawn.size == (1200, photos.LONGEST_SIDE)
    case_id = submit.hand_in(hamlet.village, form(hamlet, held)).case_id
    (kept,) = photos.photos_of(hamlet.village, hamlet.sign("B"), case_id)
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (1200, photos.LONGEST_SIDE)


def test_small_pictures_are_small_and_what_is_none_has_none(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    stick(hamlet, a=picture(), b=b"no", c=bomb(), d=b"x" * (photos.LONGEST_FILE + 1))
    small = {
        each.picture.name: photos.thumbnail(each)
        for each in photos.brought(hamlet.village.settings.drives).photos
    }
    assert small["b.jpg"] == small["c.jpg"] == small["d.jpg"] == b""
    with Image.open(io.BytesIO(small["a.jpg"])) as drawn:
        assert max(drawn.size) == photos.THUMBNAIL_SIDE


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"x" * (40 << 20), "photo_too_large"), (b"no", "photo_unreadable")],
    ids=["40 MB", "no photograph"],
)
def test_what_cannot_be_taken_says_why(
    sqlite_hamlet: Hamlet, refused: Code, raw: bytes, code: str
) -> None:
    stick(sqlite_hamlet, a=raw)
    (found,) = photos.brought(sqlite_hamlet.village.settings.drives).photos
    assert refused(photos.taken, found) == code


def test_a_stick_that_was_pulled_out_is_said_even_for_a_small_picture(
    sqlite_hamlet: Hamlet,
) -> None:
    folder = stick(sqlite_hamlet, a=picture((40, 40)))
    (found,) = photos.brought(sqlite_hamlet.village.settings.drives).photos
    shutil.rmtree(folder)
    for step in (photos.taken, photos.thumbnail):
        with pytest.raises(EnvironmentFault, match="drive_gone"):
            step(found)
    assert photos.brought(sqlite_hamlet.village.settings.drives).photos == ()
