"""The mail server process of tests/smtp_sink.py, which is started when a test says so."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any


@dataclass
class Sink:
    """A mail server process (tests/smtp_sink.py) that is started when a test says so."""

    file: Path
    options: tuple[str, ...] = ()
    port: int = 0
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> Sink:
        command = [sys.executable, "-m", "tests.smtp_sink", str(self.file), "--port", str(self.port), *self.options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def stop(self) -> None:
        if self._process is not None:
            assert self._process.stdout is not None
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def lines(self) -> list[dict[str, Any]]:
        return (
            [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]
            if self.file.exists()
            else []
        )

    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(line["raw"].encode(), policy=default) for line in self.lines()]  # type: ignore[misc]
