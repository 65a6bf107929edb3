"""One HTTP/1.1 connection: what eventlet's own protocol does, stricter and with bounds.

A request must arrive within HEAD_LIMIT; what is ambiguous (two lengths, an unknown transfer coding) is refused and the
connection closed, so that nobody can hide one request in another. Refusals are problem+json and name no software.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import eventlet
import structlog
from eventlet import wsgi

from services.chassis import ids

log = structlog.get_logger("madang.http")

CLOSE = "madang.close"
"""In the environ: closes the connection after the answer, without reading what is left of the request."""
IDLE_LIMIT = 30
HEAD_LIMIT = 30
SOCKET_LIMIT = 30
LINGER_LIMIT = 5


class Protocol(wsgi.HttpProtocol):
    rfile: Any
    _lingers = False

    def handle_one_request(self) -> None:
        try:
            with eventlet.Timeout(HEAD_LIMIT, TimeoutError("the request did not arrive in time")):
                complete = self._read_head()
        except TimeoutError:
            complete = False
        if not complete:
            self.close_connection = 1
            return
        self.environ = self.get_environ()
        self.environ[CLOSE] = self._close_after_answer
        self.environ["eventlet.input"].rfile = BoundedLines(self.rfile)
        self.application = self.server.app
        self.handle_one_response()

    def _read_head(self) -> bool:
        self.raw_requestline = self._read_request_line()
        if not self.raw_requestline:
            return False
        if self.conn_state[2] != wsgi.STATE_CLOSE:
            self.conn_state[2] = wsgi.STATE_REQUEST
        if len(self.raw_requestline) >= self.server.url_length_limit:
            return self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        lines, self.rfile = self.rfile, wsgi.FileObjectForHeaders(self.rfile)
        try:
            if not self.parse_request():
                return False
        except (wsgi.HeaderLineTooLong, wsgi.HeadersTooLarge):
            return self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header is too long.")
        finally:
            self.rfile = lines
        return self._has_clear_framing()

    def _has_clear_framing(self) -> bool:
        lengths = self.headers.get_all("content-length", [])
        codings = self.headers.get_all("transfer-encoding", [])
        if codings and (lengths or [each.lower() for each in codings] != ["chunked"]):
            return self._refuse(HTTPStatus.BAD_REQUEST, "The length of the body is not clear.")
        if lengths and (len(set(lengths)) > 1 or not _is_length(lengths[0])):
            return self._refuse(HTTPStatus.BAD_REQUEST, "The length of the body is not clear.")
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library refuses: a request line or header that cannot be read."""
        self._refuse(HTTPStatus(code), "The request cannot be read.")

    def _refuse(self, status: HTTPStatus, detail: str) -> bool:
        """Its words are English: what languages the caller reads has not been heard."""
        correlation_id = ids.new_id()
        log.info("refused", status=status.value, correlation_id=correlation_id)
        problem = {
            "type": "urn:madang:problem:invalid",
            "title": status.phrase,
            "status": status,
            "detail": detail,
            "code": "invalid",
            "correlation_id": correlation_id,
        }
        text = json.dumps(problem)
        head = {
            "Content-Type": "application/problem+json",
            "Content-Length": len(text),
            "X-Correlation-ID": correlation_id,
            "Connection": "close",
        }
        self.wfile.write(f"HTTP/1.1 {status.value} {status.phrase}\r\n{_lines(head)}\r\n{text}".encode())
        self._close_after_answer()
        return False

    def _close_after_answer(self) -> None:
        self.close_connection = 1
        self._lingers = True

    def finish(self) -> None:
        if self._lingers:
            self._linger()
        super().finish()

    def _linger(self) -> None:
        """Lets the peer read the answer: a socket closed with unread input would reset the connection under it."""
        try:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            with eventlet.Timeout(LINGER_LIMIT, False):
                while self.connection.recv(65536):
                    pass
        except OSError:
            return


class BoundedLines:
    """The input of a chunked body, whose lines between the chunks are short, and not without end."""

    LONGEST, MOST = 1024, 4 << 20

    def __init__(self, lines: Any) -> None:
        self._lines, self._read_so_far = lines, 0

    def read(self, size: int = -1) -> bytes:
        return self._lines.read(size)  # type: ignore[no-any-return]

    def readline(self, size: int = -1) -> bytes:
        line: bytes = self._lines.readline(self.LONGEST)
        self._read_so_far += len(line)
        if not line.endswith(b"\n") or self._read_so_far > self.MOST:
            raise wsgi.ChunkReadError("a chunk of the body is not well-formed")
        return line


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _lines(head: Mapping[str, Any]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in head.items())
