"""Sheets: any printer of the local CUPS, or an IPP Everywhere printer on the network.

Why IPP is spoken here directly, and a job made in two steps: `docs/decisions/printing_by_ipp.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from kiosk.devices.printers import (
    CONNECT_SECONDS,
    Form,
    Media,
    PaperJob,
    PrinterFault,
    PrinterJobState,
    Reason,
)
from kiosk.devices.printers.ipp import (
    Answer,
    Attribute,
    Endpoint,
    NoAnswerError,
    Operation,
    Status,
    Tag,
)

_MEDIA: Final[dict[Media, str]] = {
    "A4": "iso_a4_210x297mm",
    "A5": "iso_a5_148x210mm",
}
"""Self-describing media names, PWG 5101.1. A slip takes the paper that is in the printer."""

_STATES: Final[dict[int, PrinterJobState]] = {
    3: PrinterJobState("queued"),
    4: PrinterJobState("queued", "stopped"),
    5: PrinterJobState("printing"),
    6: PrinterJobState("printing", "stopped"),
    7: PrinterJobState("failed", "cancelled"),
    8: PrinterJobState("failed", "unknown"),
    9: PrinterJobState("done"),
}
"""job-state, RFC 8011 section 5.3.7."""

_REASONS: Final[dict[str, Reason]] = {
    "media-empty": "out_of_paper",
    "media-needed": "out_of_paper",
    "input-tray-missing": "out_of_paper",
    "cover-open": "cover_open",
    "door-open": "cover_open",
    "interlock-open": "cover_open",
    "media-jam": "paper_jam",
    "toner-empty": "ink_empty",
    "marker-supply-empty": "ink_empty",
    "marker-supply-missing": "ink_empty",
    "offline": "offline",
    "connecting-to-device": "offline",
    "timed-out": "offline",
    "shutdown": "offline",
    "paused": "stopped",
    "moving-to-paused": "stopped",
    "stopped-partly": "stopped",
    "printer-stopped": "stopped",
    "unsupported-document-format": "wrong_format",
    "document-format-error": "wrong_format",
    "unsupported-compression": "wrong_format",
}
"""printer-state-reasons (RFC 8011 section 5.4.12) and job-state-reasons (5.3.8), in the order in
which a person should see to them."""

_REFUSALS: Final[dict[int, Reason]] = {
    Status.NOT_FOUND: "not_found",
    Status.FORMAT_NOT_SUPPORTED: "wrong_format",
    Status.VALUES_NOT_SUPPORTED: "paper_size",
    Status.NOT_ACCEPTING_JOBS: "stopped",
    Status.BUSY: "stopped",
    Status.DEACTIVATED: "stopped",
}
_WHO: Final[Attribute] = ("requesting-user-name", Tag.NAME, "kiosk")
_PRINTER_STOPPED: Final = 5


def cups_uri(queue: str) -> str:
    """The address of a queue of this machine's CUPS."""
    return f"ipp://localhost:631/printers/{quote(queue, safe='')}"


class IppPrinter:
    """One queue or printer, followed until it says *completed*."""

    def __init__(self, uri: str, name: str = "") -> None:
        self._endpoint = Endpoint(uri, CONNECT_SECONDS)
        self._name = name or uri

    @property
    def name(self) -> str:
        """The name in the settings."""
        return self._name

    @property
    def takes(self) -> Form:
        """A PDF."""
        return "pdf"

    def submit(self, job: PaperJob) -> str:
        """Make a job, then send its document.

        A lost answer to the second step is no failure: the job has a number and can be asked for,
        so that a paper is never handed in twice.
        """
        if job.pdf is None:
            raise PrinterFault("wrong_format")
        number = self._create(job)
        try:
            answer = self._endpoint.ask(
                Operation.SEND_DOCUMENT, _document_attributes(number), document=job.pdf
            )
        except NoAnswerError:
            return str(number)
        if not answer.accepted:
            self.cancel(str(number))
            raise PrinterFault(_refusal(answer))
        return str(number)

    def _create(self, job: PaperJob) -> int:
        title: Attribute = ("job-name", Tag.NAME, job.title)
        try:
            answer = self._endpoint.ask(Operation.CREATE_JOB, (_WHO, title), _job_attributes(job))
        except NoAnswerError as trouble:
            raise PrinterFault("offline") from trouble
        number = answer.number("job-id")
        if not answer.accepted or number is None:
            raise PrinterFault(_refusal(answer))
        return number

    def state(self, device_job: str) -> PrinterJobState:
        """Where the job stands, with the printer's own reason while it is not done."""
        wanted = ("job-state", "job-state-reasons")
        try:
            answer = self._endpoint.ask(
                Operation.GET_JOB_ATTRIBUTES, (*_job(device_job), _requested(wanted))
            )
        except NoAnswerError:
            return PrinterJobState("printing", "offline")
        if not answer.accepted:
            return PrinterJobState("failed", "lost")
        state = _STATES.get(answer.number("job-state") or 0, PrinterJobState("printing", "unknown"))
        return self._explained(state, answer.words("job-state-reasons"))

    def _explained(self, state: PrinterJobState, words: tuple[str, ...]) -> PrinterJobState:
        if state.phase == "done" or state.reason == "cancelled":
            return state
        reasons = _reasons(words)
        if state.phase != "failed":
            reasons = (*self.problems(), *reasons)
        return PrinterJobState(state.phase, next(iter(reasons), state.reason))

    def cancel(self, device_job: str) -> None:
        """Ask for the job to be taken back; an answer is not waited for beyond the time-out."""
        try:
            self._endpoint.ask(Operation.CANCEL_JOB, _job(device_job))
        except NoAnswerError:
            return

    def problems(self) -> tuple[Reason, ...]:
        """What the printer says of itself, most pressing first."""
        wanted = ("printer-state", "printer-state-reasons")
        try:
            answer = self._endpoint.ask(
                Operation.GET_PRINTER_ATTRIBUTES, (_WHO, _requested(wanted))
            )
        except NoAnswerError:
            return ("offline",)
        if not answer.accepted:
            return (_refusal(answer),)
        reasons = _reasons(answer.words("printer-state-reasons"))
        if not reasons and answer.number("printer-state") == _PRINTER_STOPPED:
            return ("stopped",)
        return reasons


def _job_attributes(job: PaperJob) -> tuple[Attribute, ...]:
    always: tuple[Attribute, ...] = (
        ("copies", Tag.INTEGER, job.copies),
        ("sides", Tag.KEYWORD, "one-sided"),
    )
    if job.media in _MEDIA:
        return (*always, ("media", Tag.KEYWORD, _MEDIA[job.media]))
    return (*always, ("print-scaling", Tag.KEYWORD, "none"))


def _document_attributes(number: int) -> tuple[Attribute, ...]:
    return (
        *_job(str(number)),
        ("document-format", Tag.MIME_TYPE, "application/pdf"),
        ("last-document", Tag.BOOLEAN, 1),
    )


def _job(device_job: str) -> tuple[Attribute, ...]:
    return ("job-id", Tag.INTEGER, int(device_job)), _WHO


def _requested(names: tuple[str, ...]) -> Attribute:
    return ("requested-attributes", Tag.KEYWORD, names)


def _reasons(words: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons behind printers' keywords, without their severity (``-error``, ``-report``)."""
    plain = set(words)
    bare = plain | {word.removesuffix(f"-{_severity(word)}") for word in plain}
    return tuple(dict.fromkeys(reason for word, reason in _REASONS.items() if word in bare))


def _severity(word: str) -> str:
    last = word.rpartition("-")[2]
    return last if last in ("error", "warning", "report") else ""


def _refusal(answer: Answer) -> Reason:
    return _REFUSALS.get(answer.status, "refused")
