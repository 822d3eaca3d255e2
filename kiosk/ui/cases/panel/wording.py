"""How replies and pleas are said to a panel."""

from __future__ import annotations

from kiosk.core.days import Say
from kiosk.services.cases.views.panel_view import PanelView
from kiosk.ui.parts import wording
from kiosk.ui.parts.wording import quoted


def said_reply(say: Say, view: PanelView) -> str:
    """What the person answered, or that there was no answer."""
    if not view.reply_choice:
        return say("panel.no_reply") if view.kind == "concern" else ""
    reply = wording.said_reply(say, view.reply_choice, view.reply_words, view.reply_taken_by)
    return "\n".join(filter(None, reply))


def said_plea(say: Say, view: PanelView) -> str:
    """Why it is before a panel: the person's words, or the officer's who asked."""
    if view.asked_words:
        return quoted(say, view.asked_words)
    ground = say(view.appeal_ground) if view.appeal_ground else say("panel.no_ground")
    return "\n".join(filter(None, (ground, quoted(say, view.appeal_words))))
