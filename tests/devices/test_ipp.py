"""The IPP wire format: what is sent can be read, and a broken answer is told from a printer's."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.printers.ipp import (
    Endpoint,
    Operation,
    Tag,
    decode_answer,
    encode_request,
)
from kiosk.devices.printers.ipp_line import NoAnswerError

# The Print-Job answer "successful-ok" of RFC 8010 appendix A.2, with its attributes.
RFC_8010_A_2 = (
    bytes.fromhex("0101000000000001")
    + b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    + b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    + b"\x41\x00\x0estatus-message\x00\x0dsuccessful-ok"
    + b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x93"
    + b"\x45\x00\x07job-uri\x00\x23ipp://printer.example.com/job/12345"
    + b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x03\x03"
)


def test_the_answer_printed_in_the_rfc_is_read() -> None:
    answer = decode_answer(RFC_8010_A_2)
    assert answer.accepted
    assert answer.number("job-id") == 147
    assert answer.number("job-state") == 3
    assert answer.words("status-message") == ("successful-ok",)


def test_a_request_reads_back_with_every_value_of_a_set() -> None:
    request = encode_request(
        Operation.GET_JOB_ATTRIBUTES,
        7,
        (
            ("job-id", Tag.INTEGER, 12),
            ("requested-attributes", Tag.KEYWORD, ("job-state", "job-state-reasons")),
        ),
    )
    answer = decode_answer(request)
    assert answer.status == Operation.GET_JOB_ATTRIBUTES
    assert answer.number("job-id") == 12
    assert answer.words("requested-attributes") == ("job-state", "job-state-reasons")
    assert answer.words("attributes-charset") == ("utf-8",)


def test_attributes_that_the_printer_does_not_support_are_left_out() -> None:
    body = (
        bytes.fromhex("0200040b00000001")
        + b"\x05\x44\x00\x05media\x00\x10iso_a5_148x210mm"
        + b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x01\x03"
    )
    answer = decode_answer(body)
    assert not answer.accepted
    assert answer.attributes == {"job-id": [1]}


@pytest.mark.parametrize("length", range(len(RFC_8010_A_2) - 1))
def test_a_cut_off_answer_is_no_answer(length: int) -> None:
    with pytest.raises(NoAnswerError):
        decode_answer(RFC_8010_A_2[:length])


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(noise: bytes) -> None:
    with contextlib.suppress(NoAnswerError):
        assert decode_answer(struct.pack(">HHI", 0x0200, 0, 1) + noise).accepted


def test_an_address_of_another_kind_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no IPP address"):
        Endpoint("http://localhost/printers/x", 1.0)
