"""A small hamlet for the tests of this room: rules, neighbours, two officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from kiosk.core.clock import SettableClock, start_of_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, PointEntry
from kiosk.models.consent import Consent
from kiosk.models.perks import WalletMovement
from kiosk.models.printing import PrintJob
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import cards
from kiosk.services.access.offices import Signature
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.cases import appeal as case_appeal
from kiosk.services.cases import confirmations, notices, panel, reasons, submit
from kiosk.services.cases import decide as case_decide
from kiosk.services.cases.submit import CaseReceipt, Submission
from kiosk.services.ledger import log
from kiosk.services.record import number as record_number
from kiosk.services.rulebook import book
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.worlds.builder import GROWN_UP, Builder, Person
from tests.worlds.kept import grown

OF_CASES = (
    *("case", "confirmation", "hand_over", "notice_slip", "panel", "point_entry"),
    *("reporting_pause", "second_reading"),
)
"""How the names of their tables begin."""
RULES = (
    ("help", "deed", 3, "anyone", "助人", "Helping"),
    ("docks", "deed", 4, "anyone", "清理河埠", "Cleaning the docks"),
    ("visit", "deed", 6, "self", "看望老人", "Visiting"),
    ("litter", "concern", 5, "anyone", "往河埠头倒垃圾", "Littering in the docks"),
    ("repayment", "concern", 5, "person_concerned", "说好还没还", "Late on a promise"),
)


@dataclass
class Hamlet(Builder):
    """People by a letter each, their sessions, and the shortest way to every step of a case."""

    clock: SettableClock
    people: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)

    # --- making it

    def add(self, letters: str, *, born: date | None = GROWN_UP, enrolled: bool = True) -> None:
        """A household with one person per letter."""
        home = self.home(
            [Person(letter, f"林{letter}", born) for letter in letters],
            code=letters,
            lane="河埠路",
            number=str(len(self.people) + 1),
            found_by_name=False,
        )
        self.people.update(zip(letters, home.people, strict=True))
        if enrolled:
            for letter in letters:
                self.enrol(letter)

    def enrol(self, letter: str) -> None:
        self.consent([self.people[letter]], "number")

    def serve(self, letters: str) -> None:
        """Each of them agrees to sit on panels."""
        self.consent([self.people[letter] for letter in letters], "panel")

    def seated(self, case_id: int) -> str:
        """The letters of the panel, in the order of the draw."""
        by_id = {number: letter for letter, number in self.people.items()}
        with self.village.read() as session:
            return "".join(by_id[each.resident_id] for each in panel.seats_of(session, case_id))

    def vote(
        self, letter: str, case_id: int, *, uphold: bool, malice: bool = False
    ) -> panel.VoteOutcome:
        case = self.case(case_id)
        return panel.vote(
            self.village,
            self.sign(letter),
            case_id,
            uphold,
            reasons.panel_reasons(case.kind, uphold, case.state)[0],
            f"小组成员重新问过，{letter}。",
            new_touch_id(),
            malice=malice,
        )

    def appeal(self, letter: str, case_id: int) -> str:
        """Appeal, with three people of other houses who can be drawn; the panel's letters."""
        case_appeal.appeal(self.village, self.sign(letter), case_id, "当时我不在家", new_touch_id())
        return self.seated(case_id)

    def leave(self, letter: str) -> None:
        """Withdraw the consent to the number."""
        with writing(self.village) as work:
            work.session.query(Consent).filter_by(
                resident_id=self.people[letter]
            ).one().withdrawn_at = work.now

    def install(self, valid_from: date, version: int = 1, points: int = 0) -> None:
        now, self.clock.moment = self.clock.moment, start_of_day(valid_from)
        with writing(self.village) as work:
            for place, (rule, kind, usual, reporters, zh, en) in enumerate(RULES, start=1):
                for old in work.session.query(RuleVersion).filter_by(rule=rule, valid_to=None):
                    old.valid_to = valid_from
                text = RuleText(
                    rule=rule,
                    kind=kind,
                    area="helping_others",
                    points=points or usual,
                    reporters=reporters,
                    icon="heart-handshake",
                    title=Texts({"zh": zh, "en": en}),
                    text=Texts({"zh": zh, "en": en}),
                    remedy=Texts({"zh": "", "en": ""}),
                )
                book._write_version(work, text, place, valid_from)
            log.append(work, "rulebook_ordered", {"rules": [each[0] for each in RULES]})
            for row in work.session.query(RuleVersion).filter_by(version=version):
                self.rules[row.rule] = row.id
        self.clock.moment = now

    # --- people at the screen

    def sign(self, letter: str, *roles: str) -> str:
        """A fresh session, as card and PIN would open it."""
        return self.open_session(self.people[letter], *roles)

    def officer(self, letter: str) -> str:
        return self.sign(letter, "officer")

    def signature(self, letter: str) -> Signature:
        """Card and PIN of an officer who agrees; the card is as one of the founding."""
        self.officer(letter)
        return self.own_signature(letter)

    def own_signature(self, letter: str) -> Signature:
        """Card and PIN of somebody who signs for themselves."""
        drawn = cards.draw_card(self.village, self.people[letter])
        with writing(self.village) as work:
            cards.write_card(work, drawn, None)
        return Signature(drawn.issued.number, drawn.issued.pin)

    def form(
        self,
        by: str,
        about: str,
        rule: str,
        *,
        days_ago: int = 0,
        words: str = "",
        session_id: str = "",
        touch: str = "",
        concerned: bool = False,
        witnesses: str = "",
    ) -> Submission:
        return self.written(
            session_id or self.sign(by),
            self.people[about],
            self.rules[rule],
            words,
            days_ago=days_ago,
            touch=touch,
            concerned=concerned,
            witnesses=[self.people[each] for each in witnesses],
        )

    def hand_in(self, by: str, about: str, rule: str, **more: object) -> CaseReceipt:
        return submit.hand_in(self.village, self.form(by, about, rule, **more))  # type: ignore[arg-type]

    def accept(self, letter: str, case_id: int) -> str:
        return notices.accept_nomination(self.village, self.sign(letter), case_id, new_touch_id())

    def reply(self, letter: str, case_id: int, choice: str = "not_so", words: str = "") -> str:
        return notices.reply(
            self.village, self.sign(letter), case_id, choice, words, new_touch_id()
        )

    def confirm(self, letter: str, case_id: int) -> str:
        return confirmations.confirm(self.village, self.sign(letter), case_id, new_touch_id())

    def decide(self, letter: str, case_id: int, *, approve: bool = True) -> case_decide.CaseOutcome:
        reason = self._reason(case_id, approve)
        return case_decide.decide(
            self.village,
            self.officer(letter),
            case_id,
            approve,
            reason,
            "当天看过现场。",
            new_touch_id(),
        )

    def countersign(
        self, letter: str, case_id: int, *, approve: bool = True
    ) -> case_decide.CaseOutcome:
        return case_decide.countersign(
            self.village,
            self.officer(letter),
            case_id,
            approve,
            self._reason(case_id, approve),
            "两边都问过了。",
            new_touch_id(),
        )

    def acknowledge(self, letter: str, case_id: int) -> str:
        """Read on the screen what was decided."""
        return notices.acknowledge(self.village, self.sign(letter), case_id, new_touch_id())

    def _reason(self, case_id: int, approve: bool) -> str:
        kind = self.case(case_id).kind
        if kind == "deed":
            return "desk.reason_seen" if approve else "desk.reason_unclear"
        return "desk.reason_evidence" if approve else "desk.reason_unproven"

    def approved_deed(self, letter: str, rule: str = "help", **more: object) -> int:
        """A deed of one's own that officer Y approved."""
        case_id = self.hand_in(letter, letter, rule, **more).case_id
        self.decide("Y", case_id)
        return case_id

    def untold_concern(self, about: str = "A", by: str = "B", **more: object) -> int:
        """A concern that both officers upheld, of which nobody told the person yet."""
        case_id = self.hand_in(by, about, "litter", **more).case_id
        self.reply(about, case_id)
        self.decide("Y", case_id)
        self.countersign("Z", case_id)
        return case_id

    def decided_concern(self, about: str = "A", by: str = "B", **more: object) -> int:
        """A concern that both officers upheld, and the person knows: open to appeal."""
        case_id = self.untold_concern(about, by, **more)
        self.acknowledge(about, case_id)
        return case_id

    # --- what came of it

    def misfits(self) -> list[Finding]:
        """What of the cases is not as the log gives it: people and offices are in no entry here."""
        with reading(self.village) as work:
            findings = check_tables(work).findings
        return [each for each in findings if each.name.startswith(OF_CASES)]

    def case(self, case_id: int) -> Case:
        with self.village.read() as session:
            case = session.get_one(Case, case_id)
            assert case.rule_version is not None
            assert case.moves is not None
            assert case.confirmations is not None
            session.expunge_all()
            return case

    def state(self, case_id: int) -> str:
        return self.case(case_id).state

    def cases(self) -> int:
        with self.village.read() as session:
            return session.query(Case).count()

    def jobs(self) -> list[PrintJob]:
        with self.village.read() as session:
            found = session.query(PrintJob).order_by(PrintJob.id).all()
            session.expunge_all()
            return found

    def entries(self) -> list[PointEntry]:
        with self.village.read() as session:
            found = session.query(PointEntry).order_by(PointEntry.id).all()
            session.expunge_all()
            return found

    def credits(self) -> list[int]:
        with self.village.read() as session:
            return [each.points for each in session.query(WalletMovement)]

    def sum_of(self, letter: str) -> record_number.Sum:
        with reading(self.village) as work:
            found = record_number.number_of(work, self.people[letter], self.today)
        assert found is not None
        return found

    def number(self, letter: str) -> int:
        return self.sum_of(letter).number


def furnish(hamlet: Hamlet) -> Hamlet:
    """A and a share a house; B, C, D and E live apart; Y and y share one, Z lives apart."""
    hamlet.install(date(2026, 1, 1))
    for letters in ("Aa", "B", "C", "D", "E", "Yy", "Z"):
        hamlet.add(letters)
    return hamlet


@pytest.fixture
def hamlet(village: Village, clock: SettableClock) -> Hamlet:
    """On both databases."""
    return grown(Hamlet(village, clock), furnish)


@pytest.fixture
def sqlite_hamlet(sqlite_village: Village, clock: SettableClock) -> Hamlet:
    """On SQLite alone, for what has nothing to do with the database."""
    return grown(Hamlet(sqlite_village, clock), furnish)


@pytest.fixture
def refused() -> Callable[..., str]:
    """The code with which a step is refused."""

    def code(step: Callable[..., object], *args: object, **more: object) -> str:
        with pytest.raises(ExpectedError) as refusal:
            step(*args, **more)
        return refusal.value.code

    return code
