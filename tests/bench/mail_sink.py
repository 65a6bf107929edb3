"""A mail server that costs little: `python -m tests.bench.mail_sink FILE`. Prints its port.

It takes every mail and keeps, as a line of the file, when it had the whole of it (seconds since the epoch) and its
Message-ID. tests/smtp_sink.py is a server that is one; this is what a figure should not be limited by.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)
END = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    def __init__(self, taken: list[str]) -> None:
        self._taken = taken
        self._received = b""
        self._in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        while piece := self._next():
            self._transport.write(self._answer(piece))

    def _next(self) -> bytes:
        """The next whole line, or the whole text of a mail; nothing when it has not arrived yet."""
        piece, end, rest = self._received.partition(END if self._in_text else b"\r\n")
        if not end:
            return b""
        self._received = rest
        return piece + end

    def _answer(self, piece: bytes) -> bytes:
        if self._in_text:
            self._in_text = False
            found = _MESSAGE_ID.search(piece)
            assert found is not None
            self._taken.append(f"{time.time()} {found[1].decode()}\n")
            return b"250 OK\r\n"
        verb = piece[:4].upper()
        if verb == b"DATA":
            self._in_text = True
            return b"354 go on\r\n"
        if verb == b"EHLO":
            return b"250-sink\r\n250 PIPELINING\r\n"
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n"


async def listen(file: Path) -> None:
    taken: list[str] = []
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(taken), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    with file.open("a", encoding="ascii") as kept:
        while True:
            await asyncio.sleep(0.05)
            kept.writelines(taken)
            kept.flush()
            taken.clear()


if __name__ == "__main__":
    asyncio.run(listen(Path(sys.argv[1])))
