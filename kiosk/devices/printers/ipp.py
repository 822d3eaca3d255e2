"""The part of the Internet Printing Protocol that a kiosk needs: ask, and read the answer.

Encoding by RFC 8010 section 3, operations and status codes by RFC 8011. Nothing here knows
printers' troubles or papers; that is `ipp_printer`. How the request travels is in `ipp_line`.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from kiosk.devices.printers.ipp_line import IppLine, NoAnswerError

Value = int | str | bytes
Attributes = dict[str, list[Value]]

_VERSIONS: Final = (b"\x02\x00", b"\x01\x01")
"""2.0, and 1.1 for printers that know no other (RFC 8010 section 3.1.1)."""
_END: Final = 0x03
_UNSUPPORTED_GROUP: Final = 0x05
_FIRST_VALUE_TAG: Final = 0x10


class Operation(IntEnum):
    """Operation ids, RFC 8011 section 5.4.15."""

    PRINT_JOB = 0x0002
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class Status(IntEnum):
    """The status codes that are told apart, RFC 8011 appendix B."""

    LAST_SUCCESS = 0x00FF
    NOT_FOUND = 0x0406
    FORMAT_NOT_SUPPORTED = 0x040A
    VALUES_NOT_SUPPORTED = 0x040B
    OPERATION_NOT_SUPPORTED = 0x0501
    VERSION_NOT_SUPPORTED = 0x0503
    NOT_ACCEPTING_JOBS = 0x0506
    BUSY = 0x0507
    DEACTIVATED = 0x050A


class Tag(IntEnum):
    """Value tags, RFC 8010 section 3.5.2."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


_NUMBERS: Final = frozenset({Tag.INTEGER, Tag.ENUM})
_FIRST_TEXT_TAG: Final = 0x41
_LAST_TEXT_TAG: Final = 0x49

Attribute = tuple[str, Tag, Sequence[int | str] | int | str]


@dataclass(frozen=True)
class Answer:
    """A printer's answer; attributes of the group *unsupported* are left out."""

    status: int
    attributes: Attributes = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether the operation was carried out, perhaps with a substituted wish."""
        return self.status <= Status.LAST_SUCCESS

    def number(self, name: str) -> int | None:
        """The first value of `name` when it is a number."""
        first = next(iter(self.attributes.get(name, ())), None)
        return first if isinstance(first, int) else None

    def words(self, name: str) -> tuple[str, ...]:
        """Every textual value of `name`."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))


class Endpoint:
    """One printer address, as `kiosk.devices.printers.ipp_line.IppLine` takes it."""

    def __init__(self, uri: str, connect_seconds: float) -> None:
        self._line = IppLine(uri, connect_seconds)
        self._last_request = 0
        self._version = _VERSIONS[0]

    @property
    def uri(self) -> str:
        """The address without name, password and fingerprint."""
        return self._line.uri

    def ask(
        self,
        operation: Operation,
        attributes: Sequence[Attribute] = (),
        job_attributes: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> Answer:
        """Send one request and read its answer; a printer that knows 1.1 alone is asked in that.

        Raises:
            NoAnswerError: no connection within the time, or no IPP came back.
        """
        answer = self._ask(operation, attributes, job_attributes, document)
        if answer.status == Status.VERSION_NOT_SUPPORTED and self._version != _VERSIONS[-1]:
            self._version = _VERSIONS[-1]
            answer = self._ask(operation, attributes, job_attributes, document)
        return answer

    def _ask(
        self,
        operation: Operation,
        attributes: Sequence[Attribute],
        job_attributes: Sequence[Attribute],
        document: bytes,
    ) -> Answer:
        self._last_request += 1
        target: Attribute = ("printer-uri", Tag.URI, self.uri)
        request = encode_request(
            operation, self._last_request, (target, *attributes), job_attributes, self._version
        )
        return decode_answer(self._line.post(request + document))


def encode_request(
    operation: Operation,
    request_id: int,
    operation_attributes: Sequence[Attribute],
    job_attributes: Sequence[Attribute] = (),
    version: bytes = _VERSIONS[0],
) -> bytes:
    """A request without its document (RFC 8010 section 3.1)."""
    head = version + struct.pack(">HI", operation, request_id) + b"\x01"
    first: tuple[Attribute, ...] = (
        ("attributes-charset", Tag.CHARSET, "utf-8"),
        ("attributes-natural-language", Tag.LANGUAGE, "en"),
    )
    body = b"".join(map(_encoded, (*first, *operation_attributes)))
    job = b"\x02" + b"".join(map(_encoded, job_attributes)) if job_attributes else b""
    return head + body + job + bytes([_END])


def _encoded(attribute: Attribute) -> bytes:
    """One attribute; values after the first have an empty name."""
    name, tag, values = attribute
    listed = (values,) if isinstance(values, int | str) else values
    names = (name, *("" for _ in listed[1:]))
    return b"".join(
        bytes([tag]) + _sized(each.encode("ascii")) + _sized(_value_bytes(tag, value))
        for each, value in zip(names, listed, strict=True)
    )


def _value_bytes(tag: Tag, value: int | str) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8")
    return struct.pack(">?" if tag is Tag.BOOLEAN else ">i", value)


def _sized(content: bytes) -> bytes:
    return struct.pack(">H", len(content)) + content


def decode_answer(body: bytes) -> Answer:
    """Read an answer.

    Raises:
        NoAnswerError: `body` is not IPP.
    """
    try:
        (status,) = struct.unpack_from(">H", body, 2)
        attributes: Attributes = {}
        for name, value in _values(body):
            attributes.setdefault(name, []).append(value)
    except (struct.error, IndexError, UnicodeDecodeError) as trouble:
        raise NoAnswerError("not IPP") from trouble
    return Answer(status, attributes)


def _values(body: bytes) -> Iterator[tuple[str, Value]]:
    """Every value with its attribute's name, in order.

    Texts come in the encoding that the answer names first (attributes-charset). What is not in it
    is no reason to disbelieve the rest: every keyword is ASCII.
    """
    at, name, group, charset = 8, "", 0, "utf-8"
    while (tag := body[at]) != _END:
        at += 1
        if tag < _FIRST_VALUE_TAG:
            group = tag
            continue
        written, at = _piece(body, at)
        content, at = _piece(body, at)
        name = written.decode("ascii") or name
        value = _decoded(tag, content, charset)
        if name == "attributes-charset":
            charset = _known_charset(str(value))
        if group != _UNSUPPORTED_GROUP:
            yield name, value


def _piece(body: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", body, at)
    end = at + 2 + length
    if end > len(body):
        raise IndexError("cut off")
    return body[at + 2 : end], end


def _known_charset(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _decoded(tag: int, content: bytes, charset: str) -> Value:
    if tag in _NUMBERS:
        (number,) = struct.unpack(">i", content)
        return int(number)
    if tag == Tag.BOOLEAN:
        return int(content == b"\x01")
    if _FIRST_TEXT_TAG <= tag <= _LAST_TEXT_TAG:
        return content.decode(charset, "replace")
    return content
