"""The work that goes on in the hall while something happens to it, said aloud once done."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.core.shift import Shift
from kiosk.devices.printers import Form, PaperJob, PrinterJobState, Reason
from kiosk.services.access import first_pin, grants
from kiosk.services.cases import decide, notices
from kiosk.services.cases import submit as case_submit
from kiosk.services.cases.submit import Submission
from kiosk.services.my_data import erasure
from kiosk.services.perks import redemptions
from kiosk.services.printing import papers, spooler
from kiosk.services.printing.media import put_in
from kiosk.services.printing.spooler import Spooler
from kiosk.services.rulebook import book
from kiosk.services.stars import door_signs
from kiosk.services.village import Village
from kiosk.services.wallet.balance import wallet_of
from tests.faults.hall import PRICE, Ack, Hall, Tell

_NEXT_SHEET = "\f"


class Witness:
    """A printer that shows the QR text of what came out to whoever stands beside it."""

    name = "witness"
    takes: Form = "raster"

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._count = 0

    def submit(self, job: PaperJob) -> str:
        """The paper is out in the world from here on."""
        for note in (job.raster or job.pdf or b"").decode().split(_NEXT_SHEET):
            self._tell({"op": "paper", "note": note})
        self._count += 1
        return str(self._count)

    def state(self, device_job: str) -> PrinterJobState:
        return PrinterJobState("done")

    def cancel(self, device_job: str) -> None:
        """Nothing to take back."""

    def problems(self) -> tuple[Reason, ...]:
        return ()


def draw_quickly() -> None:
    """Papers are drawn as their QR text alone: drawing one is no matter of faults."""

    def rendered(order: papers.Order, form: Form, title: str, _shift: Shift) -> PaperJob:
        return PaperJob(title, None, order.qr_text.encode(), put_in(order.media))

    def sheets_together(orders: Sequence[papers.Order], title: str, _shift: Shift) -> PaperJob:
        texts = _NEXT_SHEET.join(each.qr_text for each in orders)
        return PaperJob(title, None, texts.encode(), put_in(orders[0].media))

    vars(spooler).update(rendered=rendered, sheets_together=sheets_together)


class Worker:
    """The kiosk at work: one business operation after the other, each said aloud once it is done.

    Before each operation `tell` hears what will be tried, with the id of its touch, so that it can
    be tried again after a crash, as a person would.
    """

    def __init__(self, village: Village, hall: Hall, tell: Tell, seed: int = 0) -> None:
        self.village, self.hall, self._tell = village, hall, tell
        self.tried: Ack = {}
        self.dice = random.Random(seed)
        self.today = village_day(village.clock.now())
        self.forms = {form.touch: form for form in self._deeds()}
        self.deeds = iter(self.forms.values())
        self.concerns = list(hall.concerns)
        witness = Witness(tell)
        self.spooler = Spooler(village, {"sign": witness, "slip": witness})

    def _deeds(self) -> list[Submission]:
        """Every person, rule and day once, in an order of their own for each seed."""
        rules = [r for r in book.current(self.village) if r.kind == "deed"]
        new = [r for r in rules if r.reporters in ("self", "anyone")]
        found = [
            Submission(
                touch=f"{self.dice.getrandbits(128):032x}",
                session_id=self.hall.residents[person],
                subject_id=int(person),
                rule_version_id=rule.rule_version_id,
                happened_on=self.today - timedelta(days=days),
                part_of_day="morning",
            )
            for person in self.hall.residents
            for rule in new
            for days in range(4)
        ]
        self.dice.shuffle(found)
        return found

    def tell(self, said: Ack) -> None:
        """Say it aloud, and remember what was tried last."""
        if "try" in said:
            self.tried = said
        self._tell(said)

    def run(self, operations: int) -> None:
        """So many operations of every kind, in an order of the seed's."""
        kinds = ("deed", "deed", "card", "first_pin", "leaving", "right", "redeem", "sign", "print")
        for _ in range(operations):
            getattr(self, self.dice.choice(kinds))()

    def again(self, tried: Ack) -> None:
        """Try once more what was tried, with the same touch, as a person would after a crash."""
        touch = tried["touch"]
        ways: dict[str, Callable[[], object]] = {
            "deed": lambda: self._hand_in(self.forms[touch]),
            "approve": lambda: self._approve(tried["case"], touch),
            "right": lambda: self._put_right(tried["case"], touch),
            "sign": lambda: self._issue_sign(touch),
            "redeem": lambda: self._reserve(tried["resident"], touch),
            "collect": lambda: self._collect(tried["reference"], touch),
            "ask": lambda: self._ask(touch),
            "stay": lambda: self._stay(touch),
        }
        ways[tried["try"]]()

    def deed(self) -> None:
        """A report is handed in, and approved."""
        self._hand_in(next(self.deeds))

    def _hand_in(self, form: Submission) -> None:
        self.tell({"try": "deed", "touch": form.touch})
        receipt = case_submit.hand_in(self.village, form)
        self.tell({"op": "deed", "touch": form.touch, "reference": receipt.reference})
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "approve", "touch": touch, "case": receipt.case_id})
        self._approve(receipt.case_id, touch)

    def nominate(self) -> None:
        """A neighbour's deed is reported, which confirms it, accepted and approved."""
        by, about = list(self.hall.residents)[:2]
        rule = next(r for r in book.current(self.village) if r.rule == "clean_docks")
        form = Submission(
            touch=new_touch_id(),
            session_id=self.hall.residents[by],
            subject_id=int(about),
            rule_version_id=rule.rule_version_id,
            happened_on=self.today,
        )
        case = case_submit.hand_in(self.village, form).case_id
        notices.notices(self.village, self.hall.residents[about])
        seat = self.hall.residents[about]
        notices.accept_nomination(self.village, seat, case, new_touch_id())
        self._approve(case, new_touch_id())

    def _approve(self, case: int, touch: str) -> None:
        said = "当天看过现场。"
        decide.decide(self.village, self.hall.officer, case, True, "desk.reason_seen", said, touch)
        self.tell({"op": "approve", "touch": touch, "case": case})

    def right(self) -> None:
        """A concern was put right: its points are reversed."""
        if self.concerns:
            case, touch = self.concerns.pop(), f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "right", "touch": touch, "case": case})
            self._put_right(case, touch)

    def _put_right(self, case: int, touch: str) -> None:
        decide.put_right(self.village, self.hall.second, case, "河埠头已经打扫干净。", touch)
        self.tell({"op": "right", "touch": touch, "case": case})

    def card(self) -> None:
        """A card with a new PIN; the one before it ends."""
        person = int(self.dice.choice(list(self.hall.residents)))
        issued = grants.issue_card(self.village, self.hall.clerk, person)
        self.tell({"op": "card", "number": issued.number, "resident": person})

    def first_pin(self) -> None:
        """A card from the desk, whose holder draws its PIN and tries it."""
        person = int(self.dice.choice(list(self.hall.residents)))
        issued = grants.issue_card(self.village, self.hall.clerk, person, with_pin=False)
        self.tell({"op": "card", "number": issued.number, "resident": person})
        drawn = first_pin.draw(self.village, issued.token_text)
        self.tell({"op": "pin_drawn", "number": issued.number})
        first_pin.try_once(self.village, drawn, drawn.pin)
        self.tell({"op": "pin", "number": issued.number, "pin": drawn.pin})

    def leaving(self) -> None:
        """Somebody asks to leave, and takes it back; who asked long ago is erased."""
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "ask", "touch": touch})
        self._ask(touch)
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "stay", "touch": touch})
        self._stay(touch)
        if erasure.carry_out_wishes(self.village):
            self.tell({"op": "left", "residents": self.hall.leavers})

    def _ask(self, touch: str) -> None:
        erasure.ask(self.village, self.hall.waverer, touch)
        self.tell({"op": "ask", "touch": touch})

    def _stay(self, touch: str) -> None:
        erasure.stay(self.village, self.hall.waverer, touch)
        self.tell({"op": "stay", "touch": touch})

    def sign(self) -> None:
        """A door sign with its paper."""
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "sign", "touch": touch})
        door_signs.sign_view(self.village, self.hall.clerk, self.hall.household)
        self._issue_sign(touch)

    def _issue_sign(self, touch: str) -> None:
        clerk, house = self.hall.clerk, self.hall.household
        issued = door_signs.issue(self.village, clerk, house, {"courtyard": 4}, "A5", touch)
        self.tell({"op": "sign", "touch": touch, "serial": issued.serial})

    def redeem(self) -> None:
        """Who has points reserves a perk, and the clerk hands it over."""
        person = self._who_can_pay()
        if person:
            touch = f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "redeem", "touch": touch, "resident": person})
            reference = self._reserve(person, touch)
            touch = f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "collect", "touch": touch, "reference": reference})
            self._collect(reference, touch)

    def _who_can_pay(self) -> str:
        with self.village.read() as session:
            wallets = {each: wallet_of(session, int(each)) for each in self.hall.residents}
        return next((each for each, there in wallets.items() if there >= PRICE), "")

    def _reserve(self, person: str, touch: str) -> str:
        seat = self.hall.residents[person]
        made = redemptions.reserve(self.village, seat, self.hall.perk, touch)
        self.tell({"op": "redeem", "touch": touch, "reference": made.reference})
        return made.reference

    def _collect(self, reference: str, touch: str) -> None:
        redemptions.collect(self.village, self.hall.clerk, reference, touch)
        self.tell({"op": "collect", "touch": touch, "reference": reference})

    def print(self) -> None:
        """The next papers come out of the printers."""
        self.spooler.step()
