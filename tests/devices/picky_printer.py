"""A door before a real printer that is as particular as some printers are.

It hands on to `ippeveprinter` what it lets through: after IPP/1.1 alone, without jobs in two steps,
after a name and a password, by TLS with a certificate of its own, or with answers in ISO 8859-1.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "hall", "naïve pass"
_NONCE, _REALM = "f00d", "printer"
_TLS_HANDSHAKE = 0x16
_CREATE_JOB = 0x0005
_VERSION_NOT_SUPPORTED, _OPERATION_NOT_SUPPORTED = 0x0503, 0x0501


@dataclass
class Picky:
    """What it insists on, and what it heard."""

    behind: str
    only_1_1: bool = False
    one_step: bool = False
    latin_1: bool = False
    password: str = ""
    """``Basic`` or ``Digest``."""
    tls: bool = False
    uri: str = ""
    fingerprint: str = ""
    operations: list[int] = field(default_factory=list)


@contextmanager
def picky_printer(behind: str, folder: Path, **wants: Any) -> Iterator[Picky]:
    """A picky door before the printer at the address `behind`."""
    picky = Picky(behind, **wants)
    context = _own_certificate(folder, picky)
    with _Server(("127.0.0.1", 0), _handler(picky), context) as server:
        scheme = "ipps" if picky.tls else "ipp"
        picky.uri = f"{scheme}://localhost:{server.server_address[1]}/ipp/print"
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield picky
        finally:
            server.shutdown()
            serving.join()


class _Server(ThreadingHTTPServer):
    """Plain and by TLS at one port, as IPP printers listen."""

    def __init__(self, address: Any, handler: Any, context: ssl.SSLContext) -> None:
        super().__init__(address, handler)
        self._context = context

    def finish_request(self, request: Any, client_address: Any) -> None:
        if request.recv(1, socket.MSG_PEEK)[:1] == bytes([_TLS_HANDSHAKE]):
            try:
                request = self._context.wrap_socket(request, server_side=True)
            except (ssl.SSLError, ConnectionError):
                return  # the other side did not like the certificate
        with request:
            super().finish_request(request, client_address)


def _handler(picky: Picky) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if picky.tls and not isinstance(self.connection, ssl.SSLSocket):
                self._answer(426, b"")
            elif picky.password and not _right(picky.password, self.headers["Authorization"]):
                self._answer(401, b"", ("WWW-Authenticate", _challenge(picky.password)))
            else:
                self._answer(200, _answered(picky, body), ("Content-Type", "application/ipp"))

        def _answer(self, status: int, body: bytes, *more: tuple[str, str]) -> None:
            self.send_response(status)
            for name, value in (*more, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the console."""

    return Handler


def _answered(picky: Picky, body: bytes) -> bytes:
    version, (operation, request_id) = body[:2], struct.unpack(">HI", body[2:8])
    if picky.only_1_1 and version != b"\x01\x01":
        return b"\x01\x01" + struct.pack(">HI", _VERSION_NOT_SUPPORTED, request_id) + b"\x03"
    if picky.one_step and operation == _CREATE_JOB:
        return b"\x01\x01" + struct.pack(">HI", _OPERATION_NOT_SUPPORTED, request_id) + b"\x03"
    picky.operations.append(operation)
    address = urlsplit(picky.behind)
    inner = re.sub(rb"ipps?://localhost:\d+", f"ipp://localhost:{address.port}".encode(), body)
    line = http.client.HTTPConnection(address.hostname or "", address.port or 631, timeout=10)
    line.request("POST", address.path, _same_lengths(inner, body), dict([_IPP]))
    answer = line.getresponse().read()
    line.close()
    return _in_latin_1(answer) if picky.latin_1 else answer


_IPP = ("Content-Type", "application/ipp")


def _same_lengths(inner: bytes, body: bytes) -> bytes:
    """The address inside is as long as the one that was asked for, or its length is put right."""
    found = re.search(rb"\x45\x00\x0bprinter-uri(..)", body, re.DOTALL)
    assert found is not None
    length = struct.unpack(">H", found[1])[0] + len(inner) - len(body)
    return inner[: found.start(1)] + struct.pack(">H", length) + inner[found.end(1) :]


def _in_latin_1(answer: bytes) -> bytes:
    charset = b"attributes-charset\x00"
    answer = answer.replace(charset + b"\x05utf-8", charset + b"\x0aiso-8859-1")
    message = "Drucker läuft".encode("latin-1")
    extra = b"\x41\x00\x15printer-state-message" + struct.pack(">H", len(message)) + message
    return answer[:-1] + b"\x04" + extra + b"\x03"


def _challenge(scheme: str) -> str:
    more = f', qop="auth", nonce="{_NONCE}"' if scheme == "Digest" else ""
    return f'{scheme} realm="{_REALM}"{more}'


def _right(scheme: str, given: str | None) -> bool:
    if given is None:
        return False
    if scheme == "Basic":
        return given == "Basic " + b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', given))

    def digest(*parts: str) -> str:
        return md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()

    first, second = digest(NAME, _REALM, PASSWORD), digest("POST", "/ipp/print")
    return bool(
        told["response"] == digest(first, _NONCE, told["nc"], told["cnonce"], "auth", second)
    )


def _own_certificate(folder: Path, picky: Picky) -> ssl.SSLContext:
    """As printers make it at their first start: signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Village hall printer")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    picky.fingerprint = made.fingerprint(hashes.SHA256()).hex()
    file = folder / "printer.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
