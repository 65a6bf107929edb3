"""HTTP as providers need it: one request, and whether an answer's absence leaves open what became of the request.

A connection is kept from one request to the next. One that was kept and breaks before a byte of the answer came is
opened again only where repeating is harmless; else the outcome is open. Answers beyond MOST are cut.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import eventlet

TIMEOUT = 10.0
"""Seconds to connect, and for any part of an answer."""

LIMIT = 20.0
"""Seconds for a request in all."""

MOST = 64 * 1024
"""Bytes of an answer that are read."""

Resolve = Callable[[str, int], tuple[str, int]]


class NotReached(Exception):
    """The request cannot have been received."""


class NoAnswer(Exception):
    """The request may have been received, and there is no whole answer."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


class HttpLine:
    """One connection, opened when it is needed. resolve: the address to connect to, for who must not call anybody."""

    def __init__(self, url: str, resolve: Resolve | None = None) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._resolve = resolve
        self._connection: http.client.HTTPConnection | None = None

    def request(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """Raises NotReached, NoAnswer. target: path and query."""
        try:
            with eventlet.Timeout(LIMIT, TimeoutError(f"not done after {LIMIT:.0f} s")):
                self._connect()
                return self._exchange(method, target, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connect(self) -> None:
        if self._connection is not None and _is_stale(self._connection):
            self.close()
        if self._connection is not None:
            return
        connection = self._new()
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise NotReached(f"{type(error).__name__}: {error}") from error
        self._connection = connection

    def _new(self) -> http.client.HTTPConnection:
        if self._secure:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self._host, self._port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT)
        if self._resolve is not None:
            place = self._resolve(self._host, self._port)
            connection._create_connection = lambda _, *rest: socket.create_connection(place, *rest)  # type: ignore[attr-defined]
        return connection

    def _exchange(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        assert self._connection is not None
        self._connection.request(method, target, body, dict(headers))
        answer = self._connection.getresponse()
        content = answer.read(MOST)
        if answer.will_close or not answer.isclosed():
            self.close()
        return Reply(answer.status, content)


def _is_stale(connection: http.client.HTTPConnection) -> bool:
    """Has the server closed the connection, or said something that nobody asked for?"""
    if connection.sock is None:
        return True
    connection.sock.settimeout(0)
    try:
        connection.sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    finally:
        connection.sock.settimeout(TIMEOUT)
    return True
