"""A photograph of a door: read from a stick, checked, and shown from in front."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.devices import photographed_codes
from kiosk.devices.photographed_codes import PhotographedCode
from kiosk.models.printing import PrintJob
from kiosk.services.check import photographs
from kiosk.services.check.papers import SignFacts, check_paper
from kiosk.services.printing import papers, spooler
from kiosk.services.printing.papers import Order
from kiosk.services.stars import door_signs
from kiosk.services.village import Village
from tests.services.conftest import Street
from tests.worlds.photographed_sign import FROM_THE_SIDE, on_a_wall

CLOSE = ((60.0, 60.0), (2330.0, 110.0), (2290.0, 1740.0), (90.0, 1690.0))
STARS = {"courtyard": 5, "rules": 3}


@pytest.fixture
def order(sqlite_village: Village, street: Street) -> Order:
    """A sign that was printed and signed."""
    village = sqlite_village
    home = street.house()
    street.agree(*home.people)
    street.rate(home.id, STARS)
    clerk = street.sign_in(street.house().people[0], "clerk")
    issued = door_signs.issue(village, clerk, home.id, STARS, "A5", new_touch_id())
    spooler.print_next(village)
    with village.read() as session:
        job = session.get_one(PrintJob, issued.print_job_id)
        return Order(paper="door_sign", media="A5", payload=job.payload, qr_text=job.qr_text)


@pytest.fixture
def street(sqlite_village: Village) -> Street:
    return Street(sqlite_village)


def sheet(order: Order) -> Image.Image:
    pdf = papers.rendered(order, "pdf", "").pdf
    command = ["pdftoppm", "-r", "150", "-singlefile", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(drawn.stdout))


def jpeg(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=80)
    return held.getvalue()


def on_a_stick(folder: Path, name: str, raw: bytes) -> str:
    (folder / "STICK").mkdir(exist_ok=True)
    (folder / "STICK" / name).write_bytes(raw)
    return str(folder)


@pytest.mark.long
def test_a_photograph_of_a_door_is_checked_and_its_stars_stand_where_they_were_printed(
    sqlite_village: Village, order: Order, tmp_path: Path
) -> None:
    """Somebody put two stars more on it: the picture has them, and what was signed has not."""
    sign = sheet(order)
    sign.paste((178, 45, 38), (756, 425, 850, 463))  # over the empty ones of the second row
    setting = on_a_stick(tmp_path, "door.jpg", jpeg(on_a_wall(sign)))
    (found,) = photographs.on_sticks(setting)
    shown = photographs.chosen_of(sqlite_village, photographs.read(found))
    told = check_paper(sqlite_village, shown.text)
    assert (told.verdict, shown.codes) == ("genuine", 1)
    assert isinstance(told.facts, SignFacts)
    assert {each.dimension: each.stars for each in told.facts.stars} == STARS
    seen = Image.open(io.BytesIO(shown.picture))
    scale = seen.width / 222
    at = (round((6 + 800 * 25.4 / 150) * scale), round((6 + 444 * 25.4 / 150) * scale))
    red, green, blue = seen.getpixel(at)  # type: ignore[misc]
    assert red > 140 > 90 > max(green, blue)


@pytest.mark.long
def test_a_photograph_of_a_photograph_says_what_its_code_says_or_that_none_can_be_read(
    order: Order,
) -> None:
    """Nobody can tell it from the sign's own: the screen says so beside what it found."""
    close = on_a_wall(sheet(order), CLOSE)
    (again,) = photographed_codes.answer(jpeg(on_a_wall(close, CLOSE)))
    assert again["text"] == order.qr_text
    far = on_a_wall(on_a_wall(sheet(order), FROM_THE_SIDE, blur=3), FROM_THE_SIDE, blur=3)
    assert photographed_codes.answer(jpeg(far.resize((1200, 900)))) == []


def test_what_is_no_photograph_or_shows_no_code_gets_a_sentence(tmp_path: Path) -> None:
    empty = Image.new("RGB", (40, 40), "white")
    cases = {"a.jpg": b"no picture", "b.jpg": jpeg(empty)}
    codes = {}
    for name, raw in cases.items():
        on_a_stick(tmp_path, name, raw)
    for each in photographs.on_sticks(str(tmp_path)):
        with pytest.raises(ExpectedError) as refused:
            photographs.read(each)
        codes[each.name] = refused.value.code
    assert codes == {"a.jpg": "photo_unreadable", "b.jpg": "photo_no_code"}


def test_of_several_codes_the_village_s_own_is_told(sqlite_village: Village, order: Order) -> None:
    strange, own = PhotographedCode("https://example.test", b"a"), PhotographedCode("", b"b")
    own = replace(own, text=order.qr_text)
    shown = photographs.chosen_of(sqlite_village, (strange, own))
    assert (shown.text, shown.picture, shown.codes) == (order.qr_text, b"b", 2)
    shown = photographs.chosen_of(sqlite_village, (strange, strange))
    assert check_paper(sqlite_village, shown.text).verdict == "not_ours"
