"""Door signs, many at once."""

from __future__ import annotations

import os
from typing import Any

import click

from kiosk.cli.base import ask, asked, json_option, opened, print_json, progress_bar, say
from kiosk.core.paths import DataDirectory


@click.command(help=say("cli.help_signs"))
@click.option("--card", callback=asked("cli.help_card"), help=say("cli.help_card"))
@click.option("--media", type=click.Choice(["A5", "A4"]), default="A5", help=say("cli.help_media"))
@json_option
@click.pass_obj
def signs(directory: DataDirectory, card: str, media: Any, as_json: bool) -> None:
    """Issue the signs of the households that agreed, and print them."""
    from kiosk.services.access import sessions
    from kiosk.services.printing import queue, spooler
    from kiosk.services.stars.sign_batch import issue_due

    pin = os.environ.get("KIOSK_PIN") or ask(say("cli.ask_pin"), hide_input=True)
    with opened(directory) as village:
        signed_in = sessions.sign_in(village, card, pin, official=True)
        with progress_bar(say("cli.signs_progress"), as_json) as progress:
            issued = issue_due(village, signed_in.id, media, progress)
        sessions.sign_out(village, signed_in.id)
        while spooler.print_next(village):
            pass
        files = [queue.state(village, each.print_job_id).file for each in issued]
    serials = [each.serial for each in issued]
    if as_json:
        print_json(
            {"signs": [{"serial": s, "file": f} for s, f in zip(serials, files, strict=True)]}
        )
    elif issued:
        click.echo(say("cli.signs_done", len(issued), directory.spool))
    else:
        click.echo(say("cli.signs_none"))
