"""HTTP clients that cost little: one process, one thread, raw sockets that are kept open, requests made beforehand.

`python -m tests.bench.clients PLAN` sends the requests of a JSON plan {port, at_once, seconds, requests: [text]}, each
client its next one as soon as it has an answer, and prints what came of them as JSON. Of an answer it reads no more
than its status and its length. After `seconds`, or when there is no request left, it waits for the answers still owed.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter, deque
from pathlib import Path
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
PATIENCE = 60


class Client:
    """One connection, with one request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = 0.0
        self._received = b""

    def ask(self, request: bytes) -> None:
        self.began = time.perf_counter()
        self._received = b""
        self.socket.sendall(request)

    def status(self) -> int:
        """Reads what has arrived. 0: the answer is not complete yet."""
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the gateway closed the connection")
        self._received += piece
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end:
            return 0
        length = _LENGTH.search(head + b"\r\n")
        if length is None:
            raise ConnectionError("an answer without a length")
        return int(head[9:12]) if len(body) >= int(length[1]) else 0


def run(port: int, at_once: int, seconds: float, requests: list[bytes]) -> dict[str, Any]:
    waiting = deque(requests)
    statuses: Counter[int] = Counter()
    latencies = []
    clients = selectors.DefaultSelector()
    began, spent = time.perf_counter(), time.process_time()
    for _ in range(at_once):
        client = Client(port)
        client.ask(waiting.popleft())
        clients.register(client.socket, selectors.EVENT_READ, client)
    while clients.get_map():
        ready = clients.select(PATIENCE)
        if not ready:
            raise TimeoutError(f"no answer within {PATIENCE} s")
        for key, _ in ready:
            client = key.data
            if not (status := client.status()):
                continue
            now = time.perf_counter()
            statuses[status] += 1
            latencies.append(now - client.began)
            if waiting and now - began < seconds:
                client.ask(waiting.popleft())
            else:
                clients.unregister(client.socket)
                client.socket.close()
    wall = time.perf_counter() - began
    return {
        "statuses": statuses,
        "latencies": sorted(latencies),
        "wall": wall,
        "processor": time.process_time() - spent,
    }


if __name__ == "__main__":
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    plan["requests"] = [each.encode() for each in plan["requests"]]
    json.dump(run(**plan), sys.stdout)
