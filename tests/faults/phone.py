"""The page for phones, in real browsers without a network, beside the kiosk's own check.

Genuine papers of every kind that stands by itself, and forged ones, are shown to both: the verdict
has to be the same. Beside them lies the exported log: whole, with one entry changed, or too short.
What the page says of it has to be what the verifier that stands alone finds. The defect: a page
that takes every signature for good.
"""

from __future__ import annotations

import base64
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.models.letters import Letter
from kiosk.models.register import Resident
from kiosk.services.check import kinds, phone_page
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.ledger.export import export_log
from kiosk.services.signing.signed_note import take_words, with_words, words_line
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.faults import forging, hall
from tests.faults.report import Form, Report
from tests.faults.scene import Scene, make_scene
from tests.faults.stand_alone import alone
from tests.worlds.browsers import BROWSERS, Browser, judged

SEED: Final = 20261201
PAPERS: Final[dict[Form, int]] = {"brief": 24, "usual": 1_000, "long": 10_000}
_PORTION: Final = 200
"""Papers that are handed to a browser at once."""
_BY_ITSELF: Final = (
    *(kinds.OF_A_CASE, kinds.INVITATION, kinds.COPY, kinds.RULES),
    *(kinds.STARS, kinds.QUESTIONS, kinds.CALENDAR),
)
"""Kinds of papers that no row of a table has to know."""
_BEFORE, _LATER = "2026-01-07", "2027-12-07"
_ONLY_THE_HALL: Final = frozenset({"used", "revoked", "replaced", "taken_down", "outdated"})
"""What only the screen in the hall can know of a paper that the village signed."""
_WORDS: Final = (
    "杨桥村善行存折",
    "结果 2026-0104",
    "东街30号",
    "校验 7K3F92QDZ8MW",
    "To: the school",
)


def run(*, form: Form = "usual", defect: bool = False) -> Report:
    """Show them all to every browser."""
    report, dice = Report("phone", once=defect), random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        scene = make_scene(Path(folder))
        file = Path(folder) / phone_page.FILE_NAME
        with hall.opened(scene.root).closing() as village:
            genuine = [*scene.slips, *_signed(village, dice, PAPERS[form] - len(scene.slips))]
            forged = list(_forged(scene, dice, PAPERS[form]))
            papers = [*genuine, *forged]
            verdicts = [_at_home(check_paper(village, each).verdict) for each in papers]
            today = village_day(village.clock.now()).isoformat()
            file.write_bytes(phone_page.page(village, _defective() if defect else ""))
            export_log(village, scene.exported)
        report.figures["bytes of the page"] = file.stat().st_size
        logs = _logs(scene.exported.read_text("utf-8"), dice)
        for name, started in BROWSERS.items():
            with started() as browser:
                browser.open(file)
                _hold(report, name, browser, papers, verdicts, today)
                _hold_to_logs(report, name, browser, genuine[::4], logs, today)
    return report


def _at_home(verdict: str) -> str:
    """What a phone can know of it."""
    return "genuine" if verdict in _ONLY_THE_HALL else verdict


def _defective() -> str:
    """The page's script, with a check of signatures that says yes."""
    before = "return Ed25519.verify("
    script = phone_page.script()
    assert before in script
    return script.replace(before, "return true || Ed25519.verify(")


def _signed(village: Village, dice: random.Random, count: int) -> Iterator[str]:
    """Papers as the village signs them, some behind words."""
    for number in range(count):
        kind = dice.choice((*_BY_ITSELF, kinds.LETTER))
        letter, day = f"L2026-{number:04d}", dice.choice((_BEFORE, _LATER))
        lines = kind.write(
            letter=letter,
            kind="decision",
            reference=f"2026-{number:04d}",
            entry=dice.randrange(100_000),
            visit=f"V-26Q4-{number:04d}",
            day=day,
        )
        if kind is kinds.LETTER:
            _letter(village, letter, day, ended=day == _LATER and dice.random() < 0.3)
        words = tuple(dice.sample(_WORDS, dice.randrange(len(_WORDS))))
        with writing(village) as work:
            index = log.append(work, "test", {"paper": number})
        signed = (*lines, words_line(words)) if words else lines
        with writing(village) as work:
            note = log.sign_checkpoint(work, f"T{number}", index, signed)
        yield with_words(words, note)


def _letter(village: Village, reference: str, day: str, *, ended: bool) -> None:
    """The row of a letter, in force until a day or ended."""
    with writing(village) as work:
        person = work.session.scalars(select(Resident.id).limit(1)).one()
        work.session.add(
            Letter(
                reference=reference,
                resident_id=person,
                language="zh",
                says="",
                issued_at=work.now,
                valid_until=date.fromisoformat(day),
                ended_at=work.now if ended else None,
                ended_why="revoked" if ended else "",
                ledger_index=0,
            )
        )


def _forged(scene: Scene, dice: random.Random, count: int) -> Iterator[str]:
    origin, _, _ = alone().read_log(scene.exported)
    left = count
    while left:
        forged = forging.forged_slip(dice, scene.slips, origin)
        if not any(forging.scans_alike(forged, each) for each in scene.slips):
            left -= 1
            yield forged


def _logs(exported: str, dice: random.Random) -> dict[str, str]:
    """The log as it is, with an entry changed, and without its last third."""
    header, *entries = exported.splitlines()
    changed = list(entries)
    changed[dice.randrange(len(changed) // 2)] = base64.b64encode(bytes(32)).decode()
    short = entries[: 2 * len(entries) // 3]
    told = {"whole": entries, "changed": changed, "short": short}
    return {name: "\n".join([header, *each]) + "\n" for name, each in told.items()}


def _hold(
    report: Report,
    name: str,
    browser: Browser,
    papers: Sequence[str],
    verdicts: Sequence[str],
    today: str,
) -> None:
    for start in range(0, len(papers), _PORTION):
        some = papers[start : start + _PORTION]
        told = judged(browser, some, today)
        for text, (found, _), ought in zip(some, told, verdicts[start:], strict=False):
            kind = "genuine" if ought in ("genuine", "expired") else "refused"
            report.count(f"{name}: {kind}")
            report.count(f"{name}, said to be {found}")
            if found != ought:
                report.breach(name, [f"{found}, not {ought}: {text!r}"])


def _hold_to_logs(
    report: Report,
    name: str,
    browser: Browser,
    papers: Sequence[str],
    logs: dict[str, str],
    today: str,
) -> None:
    for which, text in logs.items():
        commitments = [base64.b64decode(each) for each in text.splitlines()[1:]]
        told = judged(browser, papers, today, text)
        for paper, (_, found) in zip(papers, told, strict=True):
            ought = _fits(paper, commitments)
            report.count(f"{name}: {which} log, {ought}")
            if found != ought:
                report.breach(name, [f"{which} log: {found}, not {ought}"])


def _fits(paper: str, commitments: list[bytes]) -> str:
    """What the verifier that stands alone would say."""
    size, root = take_words(paper)[1].split("\n")[1:3]
    if int(size) > len(commitments):
        return "log_shorter"
    same = alone().root_of(commitments[: int(size)]) == base64.b64decode(root)
    return "fits" if same else "log_rewritten"
