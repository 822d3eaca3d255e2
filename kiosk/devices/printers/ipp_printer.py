"""Sheets: any printer of the local CUPS, or an IPP Everywhere printer on the network.

Why IPP is spoken here directly, and a job made in two steps: `docs/decisions/printing_by_ipp.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
from kiosk.devices.printers.ipp import Answer, Attribute, Endpoint, Operation, Status, Tag
from kiosk.devices.printers.ipp_line import NoAnswerError, without_password

_MEDIA: Final[dict[Media, str]] = {
    "A4": "iso_a4_210x297mm",
    "A3": "iso_a3_297x420mm",
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
_FORMAT: Final[Attribute] = ("document-format", Tag.MIME_TYPE, "application/pdf")
_WHO: Final[Attribute] = ("requesting-user-name", Tag.NAME, "kiosk")
_PRINTER_STOPPED: Final = 5
_COUNTED: Final = "job-impressions-completed"
"""RFC 8011 section 5.3.18.2: sides that were printed and stacked; every paper is one-sided."""
_OF_CUPS: Final = "job-media-progress"
"""Only CUPS says this of a job. It counts a side once its filter has drawn it, before it is out."""
_NO_NUMBER: Final = "0"
"""In the place of a job's number where the answer that would have told it was lost."""


def cups_uri(queue: str) -> str:
    """The address of a queue of this machine's CUPS."""
    return f"ipp://localhost:631/printers/{quote(queue, safe='')}"


class IppPrinter:
    """One queue or printer, followed until it says *completed*."""

    def __init__(self, uri: str, name: str = "") -> None:
        self._endpoint = Endpoint(uri, CONNECT_SECONDS)
        self._name = name or without_password(uri)

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
        so that a paper is never handed in twice. A printer that makes no job in two steps, as
        IPP/1.1 allows, gets it in one.
        """
        if job.pdf is None:
            raise PrinterFault("wrong_format")
        answer = self._made(Operation.CREATE_JOB, job)
        if answer.status == Status.OPERATION_NOT_SUPPORTED:
            return self._print_at_once(job, job.pdf)
        number = _number_in(answer)
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

    def _made(self, operation: Operation, job: PaperJob, document: bytes = b"") -> Answer:
        title: Attribute = ("job-name", Tag.NAME, job.title)
        kind = (_FORMAT,) if document else ()
        try:
            return self._endpoint.ask(
                operation, (_WHO, title, *kind), _job_attributes(job), document
            )
        except NoAnswerError as trouble:
            raise PrinterFault(trouble.wants or "offline") from trouble

    def _print_at_once(self, job: PaperJob, pdf: bytes) -> str:
        try:
            return str(_number_in(self._made(Operation.PRINT_JOB, job, pdf)))
        except PrinterFault as trouble:
            if trouble.reason == "offline":
                return _NO_NUMBER  # It answered a moment ago: the paper may be on its way.
            raise

    def state(self, device_job: str) -> PrinterJobState:
        """Where the job stands, with the printer's own reason while it is not done."""
        if device_job == _NO_NUMBER:
            return PrinterJobState("failed", "lost")
        wanted = ("job-state", "job-state-reasons", _COUNTED, _OF_CUPS)
        try:
            answer = self._endpoint.ask(
                Operation.GET_JOB_ATTRIBUTES, (*_job(device_job), _requested(wanted))
            )
        except NoAnswerError as trouble:
            return PrinterJobState("printing", trouble.wants or "offline")
        if not answer.accepted:
            return PrinterJobState("failed", "lost")
        state = _STATES.get(answer.number("job-state") or 0, PrinterJobState("printing", "unknown"))
        explained = self._explained(state, answer.words("job-state-reasons"))
        return replace(explained, sheets=_stacked(answer))

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
        except NoAnswerError as trouble:
            return (trouble.wants or "offline",)
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
        _FORMAT,
        ("last-document", Tag.BOOLEAN, 1),
    )


def _number_in(answer: Answer) -> int:
    number = answer.number("job-id")
    if not answer.accepted or number is None:
        raise PrinterFault(_refusal(answer))
    return number


def _stacked(answer: Answer) -> int:
    if _OF_CUPS in answer.attributes:
        return 0
    return max(answer.number(_COUNTED) or 0, 0)


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
