"""The account of an import, as the command line says it and as ``--json`` has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.days import Say

if TYPE_CHECKING:
    from kiosk.services.register.importing.accounts import RegisterAccount
    from kiosk.services.register.importing.plan import ImportPlan
    from kiosk.services.register.importing.register_file import SheetAccount
    from kiosk.services.register.importing.rows import RefusedRow

SHOWN_ROWS = 20
_SHOWN_COLUMNS = 12
_SHOWN_SIZES = 12


def as_json(plan: ImportPlan, language: Language, *, dry_run: bool) -> dict[str, Any]:
    """Everything that an import says, under keys that stay; ``docs/register.md`` explains them."""
    told = plan.account
    return {
        "dry_run": dry_run,
        "lines": told.lines,
        "added": plan.added,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        "refused": len(plan.refused),
        "passed_over": told.passed_over,
        "absent": plan.absent,
        "absent_people": [
            {"house": each.house.words(language), "name": each.name} for each in told.absent
        ],
        "for_the_desk": dict(_for_the_desk(plan)),
        "without_birth_date": told.without_birth_date,
        "identity_numbers_dropped": plan.identity_numbers,
        "households": {
            "count": told.households,
            "sizes": {str(size): count for size, count in told.sizes.items()},
            "largest": [
                {"house": each.house.words(language), "code": each.code, "people": each.people}
                for each in told.largest
            ],
        },
        "sheets": [_sheet_json(sheet) for sheet in told.sheets],
        "rows": [_refused_json(row, language) for row in plan.refused],
    }


def _sheet_json(sheet: SheetAccount) -> dict[str, Any]:
    read = [each for each in sheet.columns if each.field]
    unread = [each for each in sheet.columns if not each.field]
    return {
        "sheet": sheet.sheet,
        "lines": sheet.lines,
        "passed_over": sheet.passed_over,
        "columns": [
            {"column": each.letters, "heading": each.heading, "taken_for": each.field}
            for each in read
        ],
        "not_read": [{"column": each.letters, "heading": each.heading} for each in unread],
    }


def _refused_json(row: RefusedRow, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sheet": row.sheet,
        "line": row.line,
        "code": row.reason_code,
        "reason": catalogue().text(f"residents.{row.reason_code}", language, *row.values),
    }
    if row.other is not None:
        told["other_sheet"], told["other_line"] = row.other
    return told


def as_lines(plan: ImportPlan, say: Say, language: Language, *, dry_run: bool) -> Iterator[str]:
    """What the command line says, from what was read to what became of it."""
    told = plan.account
    for sheet in told.sheets:
        yield from _sheet_lines(sheet, say)
    passed = sum(told.passed_over.values())
    counts = (plan.added, plan.updated, plan.unchanged, len(plan.refused), passed)
    yield say("cli.import_lines", told.lines, say("cli.import_became", *counts))
    if passed:
        yield "  " + _passed_over(told.passed_over, say)
    yield from _village_lines(told, say, language)
    yield from _absent_lines(plan, say, language)
    yield from _desk_lines(plan, say)
    yield say("cli.import_would" if dry_run else "cli.import_done")


def refused_lines(plan: ImportPlan, say: Say, *, is_in_a_file: bool) -> Iterator[str]:
    """The first refused rows with their reasons, and how many more there are."""
    several = len({row.sheet for row in plan.refused} | {s.sheet for s in plan.account.sheets}) > 1
    for row in plan.refused[:SHOWN_ROWS]:
        reason = say(f"residents.{row.reason_code}", *row.values)
        line = say("cli.import_line", row.line, reason)
        yield f"  {say('cli.import_sheet_line', row.sheet, line) if several else line}"
    if len(plan.refused) > SHOWN_ROWS and not is_in_a_file:
        yield say("cli.import_more", len(plan.refused) - SHOWN_ROWS)


def _sheet_lines(sheet: SheetAccount, say: Say) -> Iterator[str]:
    name = sheet.sheet or say("cli.import_the_file")
    if not sheet.columns:
        yield say("cli.import_sheet_unread", name, _passed_over(sheet.passed_over, say))
        return
    yield say("cli.import_sheet", sheet.lines, name)
    read = [each for each in sheet.columns if each.field]
    told = (
        say("cli.import_column", each.letters, each.heading, say(f"cli.field_{each.field}"))
        for each in read
    )
    yield "  " + say("cli.import_read", say("cli.import_join").join(told))
    unread = [f"{each.letters} {each.heading}" for each in sheet.columns if not each.field]
    if unread:
        shown = say("cli.import_join").join(unread[:_SHOWN_COLUMNS])
        more = len(unread) - _SHOWN_COLUMNS
        yield "  " + say(
            "cli.import_not_read", shown + (say("cli.and_more", more) if more > 0 else "")
        )


def _passed_over(kinds: dict[str, int], say: Say) -> str:
    parts = (say(f"cli.passed_{kind}", count) for kind, count in kinds.items())
    return say("cli.import_passed_over", sum(kinds.values()), say("cli.import_join").join(parts))


def _village_lines(told: RegisterAccount, say: Say, language: Language) -> Iterator[str]:
    if told.households:
        sizes = list(told.sizes.items())
        parts = [_size_words(say, size, count) for size, count in sizes[:_SHOWN_SIZES]]
        if more := sum(count for _, count in sizes[_SHOWN_SIZES:]):
            parts.append(say("cli.sizes_above", more))
        yield say("cli.import_households", told.households, say("cli.import_join").join(parts))
        largest = (
            say(
                "cli.largest",
                each.house.words(language) or each.code,
                say("cli.people", each.people),
            )
            for each in told.largest
        )
        yield "  " + say("cli.import_largest", say("cli.import_join").join(largest))
    if told.without_birth_date:
        yield say("cli.without_birth_date", told.without_birth_date)


def _size_words(say: Say, size: int, count: int) -> str:
    return say("cli.size", count, _people(say, size))


def _people(say: Say, count: int) -> str:
    return say("cli.people", count)


def _for_the_desk(plan: ImportPlan) -> Iterator[tuple[str, int]]:
    """What no command decides, but for who is absent: how many of each kind."""
    from kiosk.services.register.importing.differences import counted

    yield from counted(each for each in plan.waiting if each.kind != "gone")


def _desk_lines(plan: ImportPlan, say: Say) -> Iterator[str]:
    if kinds := list(_for_the_desk(plan)):
        parts = (say(f"cli.desk_{kind}", count) for kind, count in kinds)
        yield say("cli.import_for_desk", say("cli.import_join").join(parts))


def _absent_lines(plan: ImportPlan, say: Say, language: Language) -> Iterator[str]:
    if not plan.absent:
        return
    yield say("cli.import_absent", plan.absent)
    for each in plan.account.absent[:SHOWN_ROWS]:
        yield "  " + say("cli.absent", each.house.words(language), each.name)
    if plan.absent > SHOWN_ROWS:
        yield "  " + say("cli.absent_more", plan.absent - SHOWN_ROWS)
