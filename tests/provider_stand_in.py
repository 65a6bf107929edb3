"""An HTTP provider of texts for tests, as a process of its own: `python -m tests.provider_stand_in taken.jsonl [...]`.

It speaks as services/notify/channels/solapi.py expects, checks the signature, and keeps each message that it takes as a
line of JSON in the file, from which it also answers what it is asked: so it remembers when it was killed. Prints its
port. What it does beside that is told by the beginning of the text:

    busy-     answered 503, not taken             refuse-   statusCode 3107, not taken
    nobody-   statusCode 3014: no such number     hang-     taken, never answered
    reset-    taken, reset amid the answer        die-      taken, and the process is gone without an answer
    late500-  taken, answered 500                 pace-     answered 429, not taken

With ata- before that it is for KakaoTalk notices alone. With --chance each message that says nothing of that has one of
the troubles with this probability, by --seed; with --deduplicates a key that is there already is not taken again.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import random
import re
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY, SECRET = "NCSKEY", "secret-of-the-test"
TROUBLES = ("busy", "hang", "reset", "late500", "pace")
AUTHORIZATION = re.compile(r"HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S+), signature=([0-9a-f]{64})")


class StandIn(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(("127.0.0.1", options.port), Handler)
        self.chance, self.deduplicates = options.chance, options.deduplicates
        self.random = random.Random(options.seed)
        self.lock = threading.Lock()
        self.file: Path = options.file
        self.taken: dict[str, dict[str, Any]] = {}
        if self.file.exists():
            for line in self.file.read_text(encoding="utf-8").splitlines():
                self._remember(json.loads(line))

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            known = self.taken.get(message["customFields"]["key"])
            if known is not None and self.deduplicates:
                return known
            name = f"M4V{len(self.taken):08}{os.getpid()}"
            kept = {**message, "messageId": name, "statusCode": "2000", "statusMessage": "정상 접수"}
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(kept, ensure_ascii=False) + "\n")
            self._remember(kept)
            return kept

    def trouble_for(self, message: dict[str, Any]) -> str:
        told = re.match(r"(ata-)?([a-z0-9]+)-", message["text"])
        if told:
            return told[2] if not told[1] or message["type"] == "ATA" else ""
        with self.lock:
            return self.random.choice(TROUBLES) if self.random.random() < self.chance else ""

    def _remember(self, kept: dict[str, Any]) -> None:
        self.taken[kept["customFields"]["key"]] = kept

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: StandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed() or self.path != "/messages/v4/send":
            return self._answer(401, {"errorCode": "InvalidAPIKey", "errorMessage": "유효한 키가 아닙니다."})
        message = json.loads(body)["message"]
        trouble = self.server.trouble_for(message)
        if trouble == "busy":
            return self._answer(503, {"errorCode": "ServiceUnavailable", "errorMessage": "잠시 후"})
        if trouble == "pace":
            return self._answer(429, {"errorCode": "TooManyRequests", "errorMessage": "천천히"})
        if trouble in {"refuse", "nobody"}:
            code = "3107" if trouble == "refuse" else "3014"
            return self._answer(200, {"statusCode": code, "statusMessage": f"거절 {message['to']}", "messageId": "M-0"})
        kept = self.server.take(message)
        if trouble == "hang":
            threading.Event().wait(3600)
        if trouble == "die":
            os._exit(9)
        if trouble == "reset":
            return self._reset()
        if trouble == "late500":
            return self._answer(500, {"errorCode": "InternalError", "errorMessage": "오류"})
        return self._answer(200, kept)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/taken":
            return self._answer(200, {"taken": len(self.server.taken)})
        if not self._is_signed():
            return self._answer(401, {"errorCode": "InvalidAPIKey", "errorMessage": "유효한 키가 아닙니다."})
        found = self.server.taken.get(parse_qs(parts.query)["value"][0])
        return self._answer(200, {"messageList": {found["messageId"]: found} if found else {}})

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def _is_signed(self) -> bool:
        given = AUTHORIZATION.fullmatch(self.headers.get("Authorization", ""))
        if given is None or given[1] != KEY:
            return False
        expected = hmac.new(SECRET.encode(), (given[2] + given[3]).encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, given[4])

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"stat')
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="An HTTP provider of texts for tests.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--chance", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deduplicates", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    server = StandIn(options())
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
