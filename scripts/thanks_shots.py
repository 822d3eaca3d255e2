"""Saying thanks, for the pictures."""

from __future__ import annotations

from kiosk.services.printing import spooler
from kiosk.services.thanks import giving
from scripts.shot_stage import ShotStage


def _whom(stage: ShotStage) -> None:
    """Somebody who was not thanked for another picture: those who were stand before them."""
    stage.sign_in("main")
    session = stage.stage.kiosk.session
    left = giving.offer(stage.village, session.id).left if session else 0
    stage.open("thanks")
    stage.tap(f"thanks.near.{giving.MOST - left}")


def reasons(stage: ShotStage) -> None:
    """What for."""
    _whom(stage)
    stage.item("thanks.for.home")


def said(stage: ShotStage) -> None:
    """It is said, and the slip comes out."""
    _whom(stage)
    stage.tap("thanks.for.harvest")
    stage.item("thanks.take_back")
    spooler.print_next(stage.village)
