"""The commands: run, init, demo, import, signs, verify, backup, doctor.

Exit codes: 0 well; 1 the answer is no (a log that does not fit, rows that were refused); 2 a
mistake in the call or its input; 3 trouble around the program; 4 a bug.
"""

from __future__ import annotations

import json
import locale
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk import __version__
from kiosk.core import event_log
from kiosk.core.catalogue import FIRST_LANGUAGE, SECOND_LANGUAGE, Language, catalogue
from kiosk.core.clock import SystemClock
from kiosk.core.days import plain
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DATA_VARIABLE, DataDirectory, data_directory
from kiosk.core.text import clean

if TYPE_CHECKING:
    from kiosk.services.upkeep import official_cards
    from kiosk.services.village import Village

EXIT_NO, EXIT_MISTAKE, EXIT_TROUBLE, EXIT_BUG = 1, 2, 3, 4
PATIENCE = 2.0
"""Seconds after which something that is still at work says so."""
LONGEST_ORIGIN = 60
"""The origin stands twice in every QR code."""


def _language() -> Language:
    chosen = os.environ.get("KIOSK_LANGUAGE") or locale.getlocale()[0] or ""
    code = chosen.lower().replace("chinese", FIRST_LANGUAGE).replace("-", "_").partition("_")[0]
    return code if code in catalogue().languages else SECOND_LANGUAGE


LANGUAGE: Language = _language()


def say(key: str, *values: object) -> str:
    """The text of `key` in the language of the command line, as a terminal can show it."""
    return plain(catalogue().text(key, LANGUAGE, *values))


def _choose_directory(context: click.Context, _option: click.Parameter, data: Path | None) -> None:
    if data is not None:
        context.obj = data_directory(data)


class _Commands(click.Group):
    """Commands that take ``--data`` before or after their name."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and the option to it."""
        cmd.params.append(
            click.Option(
                ["--data"],
                type=click.Path(path_type=Path),
                expose_value=False,
                is_eager=True,
                callback=_choose_directory,
                help=say("cli.help_data"),
            )
        )
        super().add_command(cmd, name)


@click.group(
    cls=_Commands, help=say("cli.help"), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__)
@click.option(
    "--data", envvar=DATA_VARIABLE, type=click.Path(path_type=Path), help=say("cli.help_data")
)
@click.pass_context
def commands(context: click.Context, data: Path | None) -> None:
    """All commands; their common option names the village's directory."""
    context.obj = data_directory(data)


def main() -> None:
    """Run a command; a person's mistake gets a sentence and an exit code, never a traceback."""
    try:
        commands(prog_name="kiosk", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        _fail(EXIT_NO, say("cli.stopped"))
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(EXIT_MISTAKE)
    except ExpectedError as refused:
        _fail(EXIT_MISTAKE, refused.sentence(catalogue(), LANGUAGE))
    except EnvironmentFault as trouble:
        _fail(EXIT_TROUBLE, trouble.sentence(catalogue(), LANGUAGE))
    except Exception as bug:
        _fail(EXIT_BUG, say("cli.bug", event_log.record_bug(bug)))


def _fail(code: int, sentence: str) -> None:
    click.echo(plain(sentence), err=True)
    sys.exit(code)


@contextmanager
def _village(directory: DataDirectory, *, to_examine: bool = False) -> Iterator[Village]:
    from kiosk.services.upkeep.opening import open_village

    village = open_village(directory, SystemClock(), to_examine=to_examine)
    event_log.keep_journal(directory.log)
    with village.closing():
        yield village


@contextmanager
def _progress(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error channel, so that the output stays what was asked for.

    Where nobody watches the channel a line now and then says how far it is.
    """
    if not sys.stderr.isatty():
        with _patience(label, quiet) as told:
            yield told
        return
    bar = click.progressbar(length=1, label=label, file=sys.stderr)
    with bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show


@contextmanager
def _patience(label: str, quiet: bool) -> Iterator[Callable[..., None]]:
    """After two seconds, a line on the error channel says every two seconds how far it is."""
    told = time.monotonic()

    def show(done: int, of: int = 0) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < PATIENCE or (quiet and not sys.stderr.isatty()):
            return
        told = now
        click.echo(f"{label} {done}/{of}" if of else f"{label} {done}", err=True)

    yield show


def _json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _ask(question: str, **how: Any) -> str:
    """Ask a person; where the answer is piped, what follows still begins on a line of its own."""
    if sys.stdin.isatty():
        return str(click.prompt(question, **how))
    answer = str(click.prompt(question, **{**how, "hide_input": False}))
    click.echo()
    return answer


def _sure(question: str) -> None:
    """Go on only after a yes."""
    click.confirm(question, abort=True)
    if not sys.stdin.isatty():
        click.echo()


def _asked(key: str) -> Callable[[click.Context, click.Parameter, str | None], str]:
    """What asks for an option that was not given."""
    return lambda _context, _option, given: _ask(say(key)) if given is None else given


show_pins_option = click.option("--show-pins", is_flag=True, help=say("cli.help_show_pins"))
json_option = click.option("--json", "as_json", is_flag=True, help=say("cli.help_json"))


def _size(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
    if text is None:
        return None
    found = re.fullmatch(r"([1-9]\d{2,4})x([1-9]\d{2,4})", text)
    if not found:
        raise click.BadParameter(say("error.window_size"))
    return int(found[1]), int(found[2])


@commands.command(help=say("cli.help_run"))
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
        _make_demo(directory)
    from kiosk.app import run as run_app

    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    seen = any(os.environ.get(variable) for variable in screens)
    sys.exit(run_app(directory, window, None if seen else _say_how_to_look))


def _say_how_to_look(port: int) -> None:
    click.echo(say("cli.shown_by_vnc", port, platform.node()), err=True)


@commands.command(help=say("cli.help_init"))
@click.option("--name-zh", help=say("cli.help_name_zh"))
@click.option("--name-en", help=say("cli.help_name_en"))
@click.option("--origin", help=say("cli.help_origin"))
@click.option("--official", "told", multiple=True, help=say("cli.help_official"))
@click.option("--place", "places", multiple=True, help=say("cli.help_place"))
@click.option("--put-demo-aside", is_flag=True, help=say("cli.help_put_demo_aside"))
@show_pins_option
@click.pass_obj
def init(
    directory: DataDirectory,
    name_zh: str | None,
    name_en: str | None,
    origin: str | None,
    told: tuple[str, ...],
    places: tuple[str, ...],
    put_demo_aside: bool,
    show_pins: bool,
) -> None:
    """Found a village."""
    from kiosk.core.clock import village_day
    from kiosk.core.settings import Settings
    from kiosk.services.upkeep import official_cards, opening, setup

    opening.require_no_village(directory, but_a_demo=put_demo_aside)
    name_zh = name_zh or _ask(say("cli.help_name_zh"))
    name_en = name_en or _ask(say("cli.help_name_en"))
    today = village_day(SystemClock().now())
    first = [setup.official(each, today) for each in told or _asked_officials()]
    setup.require_offices(first)
    names = (clean(name_zh, 40), clean(name_en, 40))
    settings = Settings(*names, _origin(origin, name_en), places=places)
    setup.check_places(settings)
    if aside := opening.put_demo_aside(directory, SystemClock()):
        click.echo(say("cli.demo_put_aside", aside))
    cards: list[official_cards.OfficialCard] = []
    with setup.found(directory, settings, SystemClock(), first, cards.append).closing() as made:
        name = name_zh if LANGUAGE == "zh" else name_en
        click.echo(say("cli.founded", name, directory.root))
        _hand_out(made, official_cards.put_down(made, cards), show_pins)


def _hand_out(village: Village, ready: Sequence[official_cards.PutDown], show_pins: bool) -> None:
    """Say whose card and PIN lie where, and print them where there is a printer."""
    from kiosk.services.upkeep.official_cards import offices_said, print_out, prints_sheets

    for each in ready:
        offices = offices_said(village, each.of.roles, LANGUAGE)
        click.echo(say("cli.official_card", each.of.name, offices, each.of.number))
        if show_pins:
            click.echo("  " + say("cli.official_pin", each.of.pin))
        click.echo("  " + say("cli.card_file", each.card))
        click.echo("  " + say("cli.pin_file", each.letter))
    if not prints_sheets(village):
        click.echo(say("cli.cards_to_print", village.directory.spool))
    elif reason := print_out(village, ready):
        click.echo(say("cli.cards_not_printed", say(f"printing.reason_{reason}")))
    else:
        click.echo(say("cli.cards_printed", village.settings.printers.sign))


def _asked_officials() -> Iterator[str]:
    while told := _ask(say("cli.ask_official"), default="", show_default=False):
        yield told


def _origin(chosen: str | None, name_en: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", name_en.lower()).strip("-") or "village"
    origin = chosen or f"{name}.example/good-deed-book"
    if not re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9.-]+)*", origin) or len(origin) > LONGEST_ORIGIN:
        raise ExpectedError("origin_unclear", origin)
    return origin


@commands.command(help=say("cli.help_demo"))
@json_option
@click.pass_obj
def demo(directory: DataDirectory, as_json: bool) -> None:
    """Make a demo village."""
    _make_demo(directory, as_json)


def _make_demo(directory: DataDirectory, as_json: bool = False) -> None:
    from kiosk.services.demo.making import make_demo

    click.echo(say("cli.demo_making"), err=True)
    with _progress(say("cli.demo_making"), as_json) as progress:
        made = make_demo(directory, SystemClock().now(), progress)
    first = made.cards[0]
    if as_json:
        _json({"directory": directory.root, "card": first.number, "pin": first.pin})
    else:
        click.echo(say("cli.demo_made", directory.root, first.number, first.pin), err=True)


@commands.command("import", help=say("cli.help_import"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=say("cli.help_dry_run"))
@click.option("--refused", type=click.Path(path_type=Path), help=say("cli.help_refused"))
@json_option
@click.pass_obj
def import_register(
    directory: DataDirectory, file: Path, dry_run: bool, refused: Path | None, as_json: bool
) -> None:
    """Import a register of residents."""
    from kiosk import register_report
    from kiosk.services.register.importing import plan as importing_plan
    from kiosk.services.retry import transact

    if refused:
        importing_plan.check_refused(refused, file)
    with _village(directory) as village:
        with _patience(say("cli.import_reading"), as_json) as lines:
            name = village.settings.name_zh
            register = importing_plan.read_register(file, village=name, progress=lines)
            plan = importing_plan.plan(village, register)
        if not dry_run:
            with _progress(say("cli.import_progress"), as_json) as progress:
                transact(importing_plan.apply, village, plan, progress)
    if as_json:
        _json(register_report.as_json(plan, LANGUAGE, dry_run=dry_run))
    else:
        for line in register_report.as_lines(plan, say, LANGUAGE, dry_run=dry_run):
            click.echo(line)
        for line in register_report.refused_lines(plan, say, is_in_a_file=bool(refused)):
            click.echo(line)
    if refused:
        importing_plan.write_refused(refused, plan.refused)
        if not as_json:
            click.echo(say("cli.import_file", refused))
    sys.exit(EXIT_NO if plan.refused else 0)


@commands.command(help=say("cli.help_signs"))
@click.option("--card", callback=_asked("cli.help_card"), help=say("cli.help_card"))
@click.option("--media", type=click.Choice(["A5", "A4"]), default="A5", help=say("cli.help_media"))
@json_option
@click.pass_obj
def signs(directory: DataDirectory, card: str, media: Any, as_json: bool) -> None:
    """Issue the signs of the households that agreed, and print them."""
    from kiosk.services.access import sessions
    from kiosk.services.printing import queue, spooler
    from kiosk.services.stars.sign_batch import issue_due

    pin = os.environ.get("KIOSK_PIN") or _ask(say("cli.ask_pin"), hide_input=True)
    with _village(directory) as village:
        signed_in = sessions.sign_in(village, card, pin, official=True)
        with _progress(say("cli.signs_progress"), as_json) as progress:
            issued = issue_due(village, signed_in.id, media, progress)
        sessions.sign_out(village, signed_in.id)
        while spooler.print_next(village):
            pass
        files = [queue.state(village, each.print_job_id).file for each in issued]
    serials = [each.serial for each in issued]
    if as_json:
        _json({"signs": [{"serial": s, "file": f} for s, f in zip(serials, files, strict=True)]})
    elif issued:
        click.echo(say("cli.signs_done", len(issued), directory.spool))
    else:
        click.echo(say("cli.signs_none"))


@commands.command("offer-perk", help=say("cli.help_offer_perk"))
@click.argument("title_zh")
@click.argument("title_en")
@click.option("--price", type=int, required=True, help=say("cli.help_price"))
@click.option("--stock", type=int, required=True, help=say("cli.help_stock"))
@click.option("--card", callback=_asked("cli.help_clerks_card"), help=say("cli.help_clerks_card"))
@click.pass_obj
def offer_perk(
    directory: DataDirectory, title_zh: str, title_en: str, price: int, stock: int, card: str
) -> None:
    """Put something on the shelf that points can be spent on."""
    from kiosk.core.ids import new_touch_id
    from kiosk.services.access import sessions
    from kiosk.services.perks import catalogue as perk_catalogue

    pin = os.environ.get("KIOSK_PIN") or _ask(say("cli.ask_pin"), hide_input=True)
    with _village(directory) as village:
        clerk = sessions.sign_in(village, card, pin, official=True)
        what = (title_zh, title_en, price, stock)
        perk_catalogue.offer(village, clerk.id, *what, new_touch_id())
        sessions.sign_out(village, clerk.id)
        for each in perk_catalogue.perks(village):
            line = (each.title_zh, each.title_en, each.price, each.stock)
            click.echo(say("cli.perk_line", *line))


@commands.command(help=say("cli.help_verify"))
@click.option(
    "--slip",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say("cli.help_slip"),
)
@json_option
@click.pass_obj
def verify(directory: DataDirectory, slip: Path | None, as_json: bool) -> None:
    """Recompute the log, or hold one slip against it."""
    with _village(directory, to_examine=True) as village:
        sys.exit(_verify_slip(village, slip, as_json) if slip else _verify_log(village, as_json))


def _verify_log(village: Village, as_json: bool) -> int:
    from kiosk.services.audit.tables import verify_village

    with _progress(say("cli.verify_progress"), as_json) as progress:
        report = verify_village(village, progress)
    found = [
        {"code": each.code, "first": each.first, "last": each.last} for each in report.findings
    ]
    if as_json:
        _json(
            {
                "consistent": report.consistent,
                "entries": report.entries,
                "erased": report.erased,
                "papers": report.checkpoints,
                "root": report.root.hex(),
                "findings": found,
            }
        )
        return 0 if report.consistent else EXIT_NO
    if report.consistent:
        click.echo(say("verify.consistent", report.entries, report.checkpoints))
        click.echo(say("verify.root", report.root.hex()))
    if report.erased:
        click.echo(say("verify.erased", report.erased))
    for each in report.findings:
        click.echo(say(f"verify.{each.code}", each.first, each.last))
    return 0 if report.consistent else EXIT_NO


def _verify_slip(village: Village, slip: Path, as_json: bool) -> int:
    from kiosk.services.check.papers import check_file

    found = check_file(village, slip)
    if as_json:
        _json({"verdict": found.verdict, "reference": found.reference, "size": found.tree_size})
    else:
        click.echo(say(_verdict_key(found.verdict, found.kind)))
        if found.reference:
            click.echo(f"  {found.reference}")
    return 0 if found.verdict == "genuine" else EXIT_NO


def _verdict_key(verdict: str, kind: str) -> str:
    if verdict == "genuine":
        return f"check.{kind}_genuine"
    if (kind, verdict) == ("voucher", "expired"):
        return "check.voucher_over"
    return "check.card" if kind == "card" else f"check.{verdict}"


@commands.command(help=say("cli.help_export_log"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_log(directory: DataDirectory, file: Path) -> None:
    """Write the log's commitments for the stand-alone verifier."""
    from kiosk.services.ledger import export

    with _village(directory) as village:
        click.echo(say("cli.export_done", export.export_log(village, file), file))


@commands.command(help=say("cli.help_backup"))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help=say("cli.help_to"))
@json_option
@click.pass_obj
def backup(directory: DataDirectory, to: Path | None, as_json: bool) -> None:
    """Back the database up."""
    from kiosk.services.upkeep.backup import back_up

    with _village(directory) as village:
        made = back_up(village, to)
        second_wanted = bool(village.settings.backup_to) and to is None
    if as_json:
        told = {"file": made.file, "bytes": made.size, "entries": made.entries}
        _json({**told, "second": made.second, "trouble": made.trouble and made.trouble.code})
    else:
        click.echo(say("cli.backup_done", made.file, made.size // 1000, made.entries))
    if made.trouble:
        raise made.trouble
    if not as_json and made.second:
        click.echo(say("cli.backup_second", made.second))
    elif not as_json and not second_wanted and to is None:
        click.echo(say("machine.second_none"))


@commands.command("recovery-sheet", help=say("cli.help_recovery_sheet"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def recovery_sheet(directory: DataDirectory, file: Path) -> None:
    """Write the keeper's recovery sheet."""
    from kiosk.services.upkeep.recovery_key import sheet_pdf

    with _village(directory) as village:
        sheet = sheet_pdf(village, LANGUAGE)
    file.touch(mode=0o600)
    file.write_bytes(sheet)
    click.echo(say("cli.recovery_sheet_done", file))


@commands.command(help=say("cli.help_restore"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@show_pins_option
@click.pass_obj
def restore(directory: DataDirectory, file: Path, yes: bool, show_pins: bool) -> None:
    """Put a village back from a backup."""
    from kiosk.services.upkeep import recovery_key
    from kiosk.services.upkeep import restore as room
    from kiosk.services.upkeep.doctor import moment_said

    typed = os.environ.get("KIOSK_RECOVERY_KEY") or _ask(say("cli.ask_recovery_key"))
    key = recovery_key.parse_key(typed)
    header = room.look(file, key)
    made_at = moment_said(datetime.fromisoformat(header.made_at), say)
    click.echo(say("cli.restore_about", made_at, header.entries))
    if not yes:
        _sure(say("cli.restore_sure", directory.root))
    done = room.restore(directory, file, key, SystemClock())
    click.echo(say("cli.restore_done", done.entries, directory.root))
    if done.lost:
        click.echo(say("cli.restore_lost", done.lost))
    if done.kept_aside:
        click.echo(say("cli.restore_aside", done.kept_aside))
    if done.new_keys:
        click.echo(say("cli.restore_new_keys"))
    if done.locked_out:
        with _village(directory) as village:
            _issue_anew(village, show_pins)


def _issue_anew(village: Village, show_pins: bool) -> None:
    """Give the officials new cards and PINs; no other command can let anybody in again."""
    from kiosk.services.upkeep import official_cards

    ready = official_cards.reissue(village)
    click.echo(say("cli.new_cards"))
    _hand_out(village, ready, show_pins)
    click.echo(say("cli.new_cards_next"))


@commands.command("new-cards", help=say("cli.help_new_cards"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@show_pins_option
@click.pass_obj
def new_cards(directory: DataDirectory, yes: bool, show_pins: bool) -> None:
    """Issue the officials' cards anew where none of them can sign in."""
    from kiosk.services.upkeep import official_cards

    with _village(directory) as village:
        official_cards.require_locked_out(village)
        if not yes:
            _sure(say("cli.new_cards_sure"))
        _issue_anew(village, show_pins)


@commands.command("note-restore", help=say("cli.help_note_restore"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def note_restore(directory: DataDirectory, yes: bool) -> None:
    """Write into the log that the database was put back to an earlier state."""
    from kiosk.services.ledger import last_head

    with _village(directory, to_examine=True) as village:
        found = last_head.behind(village)
        if found is None:
            raise ExpectedError("nothing_behind")
        click.echo(say("verify.log_behind", found.known, found.there))
        if not yes:
            _sure(say("cli.note_restore_sure"))
        click.echo(say("cli.note_restore_done", last_head.note_restore(village)))


@commands.command("replace-key", help=say("cli.help_replace_key"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def replace_key(directory: DataDirectory, yes: bool) -> None:
    """Sign with a new key from now on."""
    from kiosk.services.upkeep.restore import replace_key as replace_signing_key

    if not yes:
        _sure(say("cli.replace_key_sure"))
    with _village(directory) as village:
        changed = replace_signing_key(village)
        click.echo(say("cli.replace_key_done", changed.keys.verifier.text()))


@commands.command("export-keys", help=say("cli.help_export_keys"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_keys(directory: DataDirectory, file: Path) -> None:
    """Write the keys for another terminal of the village, sealed."""
    from kiosk.services.upkeep import key_transfer

    with _village(directory) as village:
        key_transfer.export_keys(village, file)
    click.echo(say("cli.export_keys_done", file))


@commands.command("import-keys", help=say("cli.help_import_keys"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@show_pins_option
@click.pass_obj
def import_keys(directory: DataDirectory, file: Path, show_pins: bool) -> None:
    """Make this machine a terminal of the village."""
    from kiosk.services.upkeep import key_transfer, recovery_key

    typed = os.environ.get("KIOSK_RECOVERY_KEY") or _ask(say("cli.ask_recovery_key"))
    done = key_transfer.import_keys(directory, file, recovery_key.parse_key(typed))
    click.echo(say("cli.import_keys_done", done.origin, directory.keys))
    if done.with_settings:
        click.echo(say("cli.import_keys_settings", directory.settings))
    if done.locked_out:
        with _village(directory) as village:
            _issue_anew(village, show_pins)


@commands.command("copy-to", help=say("cli.help_copy_to"))
@click.argument("url")
@json_option
@click.pass_obj
def copy_to(directory: DataDirectory, url: str, as_json: bool) -> None:
    """Move a SQLite village into an empty PostgreSQL."""
    from kiosk.services.upkeep import to_postgres

    with _village(directory) as village:
        with _progress(say("cli.copy_to_progress"), as_json) as progress:
            moved = to_postgres.copy_to(village, url, progress)
        if as_json:
            head = {"entries": moved.head.size, "root": moved.head.root.hex()}
            _json({"tables": moved.tables, "rows": moved.rows, **head})
            return
        click.echo(say("cli.copy_to_done", moved.rows, moved.tables, moved.head.size))
        click.echo(say("verify.root", moved.head.root.hex()))
        click.echo(say("cli.copy_to_next", directory.settings))


@commands.command(help=say("cli.help_grants"))
@click.argument("role")
@click.option("--apply", "apply_now", is_flag=True, help=say("cli.help_apply"))
@click.pass_obj
def grants(directory: DataDirectory, role: str, apply_now: bool) -> None:
    """Print or give the rights of the terminals' role on PostgreSQL."""
    from kiosk.services.upkeep import postgres_role

    with _village(directory) as village:
        make = postgres_role.apply_grants if apply_now else postgres_role.grants
        for statement in make(village, role):
            click.echo(f"{statement};")
    if apply_now:
        click.echo(say("cli.grants_done", role), err=True)


@commands.command("confirm-clock", help=say("cli.help_confirm_clock"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def confirm_clock(directory: DataDirectory, yes: bool) -> None:
    """Let deadlines run again after the clock was doubted."""
    from kiosk.services.upkeep import clock_check
    from kiosk.services.upkeep.doctor import moment_said

    with _village(directory) as village:
        if not yes:
            now = moment_said(village.clock.now(), say)
            _sure(say("cli.confirm_clock_sure", now))
        clock_check.confirm(village)
    click.echo(say("cli.confirm_clock_done"))


@commands.command(help=say("cli.help_doctor"))
@json_option
@click.pass_obj
def doctor(directory: DataDirectory, as_json: bool) -> None:
    """Look the machine over."""
    from kiosk.services.upkeep.doctor import examine

    with _village(directory, to_examine=True) as village:
        checks = examine(village)
    told = [(each, each.phrase.said(say)) for each in checks]
    if as_json:
        _json({"checks": [{"code": c.code, "well": c.well, "says": says} for c, says in told]})
    marks = {True: say("machine.well"), False: say("machine.attention")}
    for each, says in () if as_json else told:
        click.echo(f"{marks[each.well]:<{max(map(len, marks.values()))}}  {says}")
    sys.exit(0 if all(each.well for each in checks) else EXIT_NO)
