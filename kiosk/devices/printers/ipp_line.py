"""How an IPP request travels: HTTP, with TLS and a password where the printer wants them.

An address is ``ipp://[NAME:PASSWORD@]HOST[:PORT]/PATH`` or ``ipps://…``, and may end in
``#sha256=FINGERPRINT`` of the certificate that a printer made for itself. Such a certificate is
taken for nobody's until the keeper has written it down: most printers have one, and so may anybody
else on the same network.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import secrets
import ssl
from base64 import b64encode
from contextlib import closing
from typing import Final, Literal
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit
from urllib.request import parse_http_list, parse_keqv_list

_PORT: Final = 631
_LARGEST_ANSWER: Final = 1 << 20
_ANSWER_SECONDS: Final = 10.0
_HEADERS: Final = {"Content-Type": "application/ipp", "Accept": "application/ipp"}
_FINGERPRINT: Final = re.compile(r"sha256=((?:[0-9a-f]{2}:?){32})", re.IGNORECASE)
_DIGESTS: Final = {"MD5": "md5", "SHA-256": "sha256"}
_FIRST: Final = "00000001"
"""The count of uses of a nonce: each request has its own challenge."""

Want = Literal["", "password", "certificate"]


class NoAnswerError(Exception):
    """The printer could not be reached, or what came back is no IPP.

    `wants` names what the keeper has to write into the settings first, where that is why.
    """

    def __init__(self, cause: str, wants: Want = "") -> None:
        super().__init__(cause)
        self.wants: Want = wants


class IppLine:
    """One printer address."""

    def __init__(self, uri: str, connect_seconds: float) -> None:
        """Raises ValueError for an address that is no IPP, or a fingerprint that is none."""
        address = urlsplit(uri)
        if address.scheme not in ("ipp", "ipps") or not address.hostname:
            raise ValueError(f"no IPP address: {without_password(uri)}")
        self.uri = without_password(uri).partition("#")[0]
        self._host, self._port = address.hostname, address.port or _PORT
        self._path = address.path or "/"
        self._user = unquote(address.username or "")
        self._password = unquote(address.password or "")
        self._pinned = _fingerprint(address.fragment)
        self._secure = address.scheme == "ipps"
        self._connect_seconds = connect_seconds

    def post(self, body: bytes) -> bytes:
        """Send a request and return the answer's body.

        Raises:
            NoAnswerError: no connection within the time, or an answer that is none.
        """
        status, headers, answer = self._exchange(body, {})
        if status == http.client.UPGRADE_REQUIRED and not self._secure:
            self._secure = True
            status, headers, answer = self._exchange(body, {})
        if status == http.client.UNAUTHORIZED and self._user:
            status, headers, answer = self._exchange(body, self._credentials(headers))
        if status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
            raise NoAnswerError(f"HTTP {status}", wants="password")
        if status != http.client.OK:
            raise NoAnswerError(f"HTTP {status}")
        return answer

    def _exchange(
        self, body: bytes, more: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        try:
            with closing(self._connected()) as line:
                line.sock.settimeout(_ANSWER_SECONDS)
                line.request("POST", self._path, body, _HEADERS | more)
                response = line.getresponse()
                return response.status, response.headers, response.read(_LARGEST_ANSWER)
        except ssl.SSLCertVerificationError as trouble:
            raise NoAnswerError(type(trouble).__name__, wants="certificate") from trouble
        except (OSError, http.client.HTTPException) as trouble:
            raise NoAnswerError(type(trouble).__name__) from trouble

    def _connected(self) -> http.client.HTTPConnection:
        if not self._secure:
            plain = http.client.HTTPConnection(
                self._host, self._port, timeout=self._connect_seconds
            )
            plain.connect()
            return plain
        context = ssl.create_default_context()
        if self._pinned:
            context = _unverified()
        line = http.client.HTTPSConnection(
            self._host, self._port, timeout=self._connect_seconds, context=context
        )
        line.connect()
        if self._pinned and _sha256_of(line.sock) != self._pinned:
            line.close()
            raise NoAnswerError("another certificate", wants="certificate")
        return line

    def _credentials(self, headers: http.client.HTTPMessage) -> dict[str, str]:
        """What answers the printer's challenge (RFC 7617, RFC 7616)."""
        for challenge in headers.get_all("WWW-Authenticate", []):
            scheme, _, rest = challenge.partition(" ")
            if scheme.lower() == "digest":
                return {"Authorization": f"Digest {self._digest(rest)}"}
            if scheme.lower() == "basic":
                pair = f"{self._user}:{self._password}".encode()
                return {"Authorization": f"Basic {b64encode(pair).decode()}"}
        return {}

    def _digest(self, challenge: str) -> str:
        """RFC 7616 section 3.4, which the standard library's handler does for ASCII alone."""
        asked = parse_keqv_list(list(filter(None, parse_http_list(challenge))))
        algorithm = asked.get("algorithm", "MD5")
        name = _DIGESTS.get(algorithm.upper())
        if name is None:
            raise NoAnswerError(f"digest {algorithm}", wants="password")

        def digest(*parts: str) -> str:
            return hashlib.new(name, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

        once, realm, nonce = secrets.token_hex(8), asked.get("realm", ""), asked.get("nonce", "")
        secret, what = digest(self._user, realm, self._password), digest("POST", self._path)
        told = {"username": self._user, "realm": realm, "nonce": nonce, "uri": self._path}
        more = "" if "qop" not in asked else f", qop=auth, nc={_FIRST}, cnonce={_quoted(once)}"
        middle = (nonce, _FIRST, once, "auth") if more else (nonce,)
        told |= {"response": digest(secret, *middle, what)}
        if "opaque" in asked:
            told["opaque"] = asked["opaque"]
        pairs = ", ".join(f"{key}={_quoted(value)}" for key, value in told.items())
        return f"{pairs}, algorithm={algorithm}{more}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def certificate_of(uri: str, connect_seconds: float) -> str:
    """The SHA-256 of the certificate that a printer shows, in hexadecimal; empty when none comes.

    It tells nothing of whose it is: that is for a person to compare at the printer.
    """
    address = urlsplit(uri)
    line = http.client.HTTPSConnection(
        address.hostname or "",
        address.port or _PORT,
        timeout=connect_seconds,
        context=_unverified(),
    )
    try:
        with closing(line):
            line.connect()
            return _sha256_of(line.sock)
    except OSError:
        return ""


def without_password(uri: str) -> str:
    """The address as it may be shown."""
    address: SplitResult = urlsplit(uri)
    if "@" not in address.netloc:
        return uri
    return urlunsplit(address._replace(netloc=address.netloc.rpartition("@")[2]))


def _unverified() -> ssl.SSLContext:
    """For certificates that are compared by their fingerprint, or only looked at."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _sha256_of(sock: ssl.SSLSocket) -> str:
    return hashlib.sha256(sock.getpeercert(binary_form=True) or b"").hexdigest()


def _fingerprint(fragment: str) -> str:
    if not fragment:
        return ""
    found = _FINGERPRINT.fullmatch(fragment)
    if not found:
        raise ValueError("no SHA-256 fingerprint after #")
    return found[1].replace(":", "").lower()
