"""A village on PostgreSQL."""

from __future__ import annotations

import click

from kiosk.cli.base import json_option, opened, print_json, progress_bar, say
from kiosk.core.paths import DataDirectory


@click.command("copy-to", help=say("cli.help_copy_to"))
@click.argument("url")
@json_option
@click.pass_obj
def copy_to(directory: DataDirectory, url: str, as_json: bool) -> None:
    """Move a SQLite village into an empty PostgreSQL."""
    from kiosk.services.upkeep import to_postgres

    with opened(directory) as village:
        with progress_bar(say("cli.copy_to_progress"), as_json) as progress:
            moved = to_postgres.copy_to(village, url, progress)
        if as_json:
            head = {"entries": moved.head.size, "root": moved.head.root.hex()}
            print_json({"tables": moved.tables, "rows": moved.rows, **head})
            return
        click.echo(say("cli.copy_to_done", moved.rows, moved.tables, moved.head.size))
        click.echo(say("verify.root", moved.head.root.hex()))
        click.echo(say("cli.copy_to_next", directory.settings))


@click.command(help=say("cli.help_grants"))
@click.argument("role")
@click.option("--apply", "apply_now", is_flag=True, help=say("cli.help_apply"))
@click.pass_obj
def grants(directory: DataDirectory, role: str, apply_now: bool) -> None:
    """Print or give the rights of the terminals' role on PostgreSQL."""
    from kiosk.services.upkeep import postgres_role

    with opened(directory) as village:
        make = postgres_role.apply_grants if apply_now else postgres_role.grants
        for statement in make(village, role):
            click.echo(f"{statement};")
    if apply_now:
        click.echo(say("cli.grants_done", role), err=True)
