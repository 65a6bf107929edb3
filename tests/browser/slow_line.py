"""A line between a browser and Madang on which pages come in bits, as on a phone in a basement. For reading alone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BIT = 1400
PAUSE = 0.03
LEFT_OUT = (b"connection:", b"accept-encoding:")


def _asked(client: socket.socket) -> bytes:
    """One request without a body, changed to end its connection and to be answered in plain text; nothing if there is
    none.
    """
    asked = b""
    while b"\r\n\r\n" not in asked:
        bit = client.recv(65536)
        if not bit:
            return b""
        asked += bit
    lines = [line for line in asked.rstrip().split(b"\r\n") if not line.lower().startswith(LEFT_OUT)]
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n"


def _answer(port: int, asked: bytes) -> tuple[bytes, bytes]:
    answer = b""
    with socket.create_connection(("127.0.0.1", port)) as there:
        there.sendall(asked)
        while bit := there.recv(65536):
            answer += bit
    head, _, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def _carry(client: socket.socket, port: int, bent: bytes) -> None:
    with client, suppress(ConnectionError):  # whoever goes on to another page hangs up amid this one
        asked = _asked(client)
        if not asked:
            return
        head, body = _answer(port, asked)
        client.sendall(head)
        if b"text/html" not in head:
            client.sendall(body)
            return
        body = body.replace(bent, b"x" * len(bent)) if bent else body
        for start in range(0, len(body), BIT):
            client.sendall(body[start : start + BIT])
            time.sleep(PAUSE)


@contextmanager
def slow_line(port: int, bent: bytes = b"") -> Iterator[str]:
    """The address at which what listens on `port` is read slowly. bent: what comes as so many x, for a control."""
    listener = socket.create_server(("127.0.0.1", 0))

    def carry_all() -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                client, _ = listener.accept()
                threading.Thread(target=_carry, args=(client, port, bent), daemon=True).start()

    threading.Thread(target=carry_all, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
