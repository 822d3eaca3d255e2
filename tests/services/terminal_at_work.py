"""One terminal of several: a process of its own that does what people do, as fast as it can.

Reads a JSON task on its input, and says on its output what was acknowledged to whom.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.models.database import sqlstate
from kiosk.models.printing import PrintJob
from kiosk.services.cases import decide, submit
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.submit import Submission
from kiosk.services.ledger import log
from kiosk.services.printing import recorded
from kiosk.services.retry import retry_on_conflict
from kiosk.services.stars import door_signs
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.services.work import writing


def sign_paper(village: Village, reference: str) -> None:
    """What the spooler does when a paper's turn comes: sign the log as it stands."""
    with writing(village) as work:
        slips = work.session.query(PrintJob).filter_by(reference=reference).order_by(PrintJob.id)
        job = slips.limit(1).one()  # the receipt, before all that comes of the report
        recorded.require(work.session, job)
        newest, lines = log.head(work.session).size - 1, tuple(job.note_lines)
        log.sign_checkpoint(work, reference, newest, lines, paper=job.ledger_index)


class Terminal:
    """Does the task, and counts what happened."""

    def __init__(self, village: Village, task: dict[str, Any]) -> None:
        self.village, self.task = village, task
        self.references: list[str] = []
        self.serials: list[str] = []
        self.counted: Counter[str] = Counter()

    def work(self) -> dict[str, Any]:
        for turn in range(self.task["turns"]):
            self._hand_in(turn)
            self._decide()
            self._hang_signs(turn)
            self._call(timed_moves.tick, self.village)
        counted = dict(self.counted)
        return {"references": self.references, "serials": self.serials, "counted": counted}

    def _hand_in(self, turn: int) -> None:
        people = self.task["people"]
        person, session_id = people[(turn + self.task["number"]) % len(people)]
        day = village_day(self.village.clock.now()) - timedelta(days=turn % 20)
        rules = self.task["rules"]
        form = Submission(
            touch=new_touch_id(),
            session_id=session_id,
            subject_id=person,
            rule_version_id=rules[turn % len(rules)],
            happened_on=day,
        )
        receipt = self._call(submit.hand_in, self.village, form)
        if receipt is not None:
            self.references.append(receipt.reference)
            self._call(sign_paper, self.village, receipt.reference)

    def _decide(self) -> None:
        officer = self.task["officer"]
        for line in decide.queue(self.village, officer)[:2]:
            self._call(decide.open_case, self.village, officer, line.case_id)
            reason, words = "desk.reason_seen", "当天看过现场。"
            touch = new_touch_id()
            self._call(
                decide.decide, self.village, officer, line.case_id, True, reason, words, touch
            )

    def _hang_signs(self, turn: int) -> None:
        households, clerk = self.task["households"], self.task["clerk"]
        up, down = (households[(turn + step) % len(households)] for step in (0, 1))
        shown = {"courtyard": 4}
        issued = self._call(door_signs.issue, self.village, clerk, up, shown, "A5", new_touch_id())
        if issued is not None:
            self.serials.append(issued.serial)
        self._call(door_signs.take_down, self.village, clerk, down, new_touch_id())

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """As a screen calls: made again after a conflict; a refusal is an answer, too.

        SQLite lets one writer in at a time, and not in turn: on a busy machine one may wait in
        vain. The screen says so, nothing was written, and the same touch is tried again.
        """

        def once() -> Any:
            try:
                return function(*arguments)
            except DBAPIError as trouble:
                self.counted[f"conflict {sqlstate(trouble)} {function.__name__}"] += 1
                raise

        while True:
            try:
                answer = retry_on_conflict(once)
                break
            except ExpectedError as refusal:
                self.counted[f"refused {refusal.code}"] += 1
                return None
            except EnvironmentFault as fault:
                if fault.code != "database_locked":
                    raise
        self.counted[f"done {function.__name__}"] += 1
        return answer


def main() -> None:
    """Open the village as this terminal and do the task."""
    task = json.load(sys.stdin)
    clock = SettableClock(datetime.fromisoformat(task["now"]))
    with open_village(DataDirectory(Path(task["directory"])), clock).closing() as opened:
        settings = replace(opened.settings, terminal=f"terminal {task['number']}")
        done = Terminal(replace(opened, settings=settings), task).work()
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()


def other_terminal(village: Village) -> Village:
    return replace(village, settings=replace(village.settings, terminal="east"))
