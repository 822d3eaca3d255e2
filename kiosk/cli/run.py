"""Opening the kiosk."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kiosk.cli.base import say
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory


def _framebuffers() -> Iterator[Path]:
    """Screens that the kernel draws on without a compositor."""
    return Path("/dev").glob("fb*")


def _size(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
    if text is None:
        return None
    found = re.fullmatch(r"([1-9]\d{2,4})x([1-9]\d{2,4})", text)
    if not found:
        raise click.BadParameter(say("error.window_size"))
    return int(found[1]), int(found[2])


@click.command(help=say("cli.help_run"))
@click.option("--window", callback=_size, help=say("cli.help_window"))
@click.option("--demo-if-empty", is_flag=True, help=say("cli.help_demo_if_empty"))
@click.pass_obj
def run(directory: DataDirectory, window: tuple[int, int] | None, demo_if_empty: bool) -> None:
    """Open the kiosk."""
    import pysqlite3

    from kiosk.core.faulty_versions import faulty_versions

    if faulty := faulty_versions(pysqlite3.sqlite_version):
        raise EnvironmentFault("known_bad", faulty[0])
    if demo_if_empty and not directory.settings.exists():
        from kiosk.cli.setup import make_demo

        make_demo(directory)
    from kiosk.app import RESTART
    from kiosk.app import run as run_app

    if os.environ.get("QT_QPA_PLATFORM", "").startswith("linuxfb") and not any(_framebuffers()):
        raise EnvironmentFault("no_framebuffer")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    seen = any(os.environ.get(variable) for variable in screens)
    code = run_app(directory, window, None if seen else _say_how_to_look)
    if code == RESTART:
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606
    sys.exit(code)


def _say_how_to_look(port: int) -> None:
    click.echo(say("cli.shown_by_vnc", port, platform.node()), err=True)
