"""The kinds of paper: what is written is what is read, and no kind is taken for another."""

from __future__ import annotations

from typing import get_args

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.services.check import kinds
from kiosk.services.check.kinds import KINDS, PaperKind

FIELDS = {
    "kind": "decision",
    "reference": "2026-0417",
    "entry": 12,
    "serial": "S26Q4-0123",
    "visit": "V-26Q4-0017",
    "voucher": "P2026-0001",
    "letter": "L2026-0412",
    "perk": 3,
    "price": 40,
    "day": "2026-12-07",
    "rule": "litter",
    "points": "-5",
    "state": "countersigned",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_written_is_read_back_and_as_this_kind(kind: PaperKind) -> None:
    lines = kind.write(**FIELDS)
    found = kinds.read(lines)
    assert found is not None
    assert found[0] is kind
    assert found[1] == {name: str(FIELDS[name]) for name in found[1]}
    assert found[1]
    readers = [each for each in KINDS if each.read(lines) is not None]
    assert readers == [kind]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_another_line_makes_it_another_paper_unless_more_is_told(kind: PaperKind) -> None:
    lines = (*kind.write(**FIELDS), "整洁 4")
    assert (kind.read(lines) is not None) == kind.open_end
    assert kind.read(lines[1:]) is None


def test_what_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="voucher"):
        kinds.VOUCHER.write(**FIELDS | {"price": "two\nlines"})
    with pytest.raises(KeyError):
        kinds.COPY.write(entry=1)


@pytest.mark.parametrize("lines", [(), ("",), ("copy 1",), ("W2026-48",), ("serial S26Q4",)])
def test_a_paper_of_no_such_kind_is_none(lines: tuple[str, ...]) -> None:
    assert kinds.read(lines) is None


def test_every_verdict_has_its_words_whatever_the_paper_is() -> None:
    for verdict in get_args(kinds.Verdict):
        for told_as in ("sign", "slip", "voucher", "letter", "card", ""):
            if verdict == "genuine" and told_as in ("card", ""):
                continue  # a card is no paper of this screen, and nothing is not genuine
            heading = kinds.heading(verdict, told_as)
            assert f"check.{heading}" in catalogue()
            assert f"check.detail_{heading}" in catalogue()
