"""What is photographed of a village's signs, and of a photograph that is checked."""

from __future__ import annotations

import io
import os
import subprocess

from PIL import Image
from sqlalchemy import select

from kiosk.models.printing import PrintJob
from kiosk.services.printing import papers, spooler
from kiosk.services.printing.papers import Order
from scripts.case_shots import stick
from scripts.shot_stage import ShotStage
from tests.worlds.photographed_sign import on_a_wall


def where(stage: ShotStage) -> None:
    """The whole village, or a lane."""
    stage.sign_in("clerk")
    stage.open("village_signs")
    stage.item("village_signs.lane.0")


def which(stage: ShotStage) -> None:
    """Those that changed, or all."""
    where(stage)
    stage.tap("village_signs.lane.0")
    stage.item("village_signs.kind.changed")


def labels(stage: ShotStage) -> None:
    """On labels, of which a sheet was used before."""
    which(stage)
    stage.tap("village_signs.kind.changed")
    stage.tap("village_signs.paper.label")
    stage.tap("village_signs.place.3")


def under_way(stage: ShotStage) -> None:
    """Half of the signs are out, and of one nobody knows."""
    where(stage)
    stage.tap("village_signs.lane.0")
    stage.tap("village_signs.kind.again")
    stage.tap("dialog.yes")
    stage.tap("village_signs.paper.A5")
    stage.tap("village_signs.start")
    stage.item("village_signs.progress")
    with stage.village.write() as session:
        jobs = session.scalars(select(PrintJob).where(PrintJob.phase == "waiting")).all()
        for number, job in enumerate(jobs[: len(jobs) // 2 + 1]):
            job.phase = "unknown" if number == len(jobs) // 2 else "done"
    stage.item("village_signs.doubt.0")
    stage.tap("village_signs.pause")


def offset(stage: ShotStage) -> None:
    """How far the printer is off."""
    stage.sign_in("clerk")
    stage.open("sheet_offset")
    stage.tap("offset.more.across")


def photographs(stage: ShotStage) -> None:
    """The photographs on a stick."""
    folder = stick(stage)
    for number, each in enumerate((_photograph(stage), b"")):
        file = folder / f"IMG_20261201_{number}.jpg"
        file.write_bytes(each)
        os.utime(file, (1_795_000_000 - 90_000 * number,) * 2)
    stage.open("check")
    stage.tap("check.photo")
    stage.item("check.photo.0")


def photograph(stage: ShotStage) -> None:
    """What a photograph of a door shows, beside what was signed."""
    photographs(stage)
    stage.tap("check.photo.0")
    stage.item("check.photo_picture")
    stage.item("check.verdict")


def _photograph(stage: ShotStage) -> bytes:
    spooler.print_next(stage.village)
    newest = select(PrintJob).where(PrintJob.paper == "door_sign", PrintJob.qr_text != "")
    with stage.village.read() as session:
        job = session.scalars(newest.order_by(PrintJob.id.desc()).limit(1)).one()
        order = Order(paper="door_sign", media="A5", payload=job.payload, qr_text=job.qr_text)
    pdf = papers.rendered(order, "pdf", "").pdf
    command = ["pdftoppm", "-r", "200", "-png", "-singlefile", "-"]
    png = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    held = io.BytesIO()
    on_a_wall(Image.open(io.BytesIO(png))).save(held, "JPEG", quality=80)
    return held.getvalue()
