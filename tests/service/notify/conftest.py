"""Notify at work, with people who can be reached, booking's golden events, and a mail server where a test wants one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import ids
from services.chassis.context import Actor
from services.chassis.tables import outbox
from services.chassis.testing import Bench
from services.notify.models import Attempt, Message
from tests.people import STAFF

GOLDEN = Path("tests/contracts/events")


@dataclass
class Correspondents:
    """Notify, and those who write to it and read from it."""

    bench: Bench

    def join(self, email: str, *, person: str = "resident-1", name: str = "홍길동", locale: str = "ko") -> None:
        with self.bench.acting(Actor(person, name, frozenset({"resident"}))) as rpc:
            rpc.notify.put_contact(email=email, locale=locale)

    def hear(self, event: str, *, event_id: str = "", **data: Any) -> str:
        """Booking publishes its golden event once more, under an id of its own. Nothing is sent yet. Returns the id."""
        golden = json.loads((GOLDEN / f"madang.booking.{event}.v1.golden.json").read_text(encoding="utf-8"))
        envelope = {**golden, "id": event_id or ids.new_id(), "data": {**golden["data"], **data}}
        self.bench.publish("booking", event, envelope)
        return str(envelope["id"])

    def settle(self) -> None:
        self.bench.settle()

    def mailbox(self) -> list[dict[str, Any]]:
        with self.bench.acting() as rpc:
            return rpc.notify.list_mailbox()["items"]

    def messages(self, **find: Any) -> list[dict[str, Any]]:
        with self.bench.acting(STAFF) as rpc:
            return rpc.notify.list_messages(**find)["items"]

    def message(self) -> dict[str, Any]:
        (only,) = self.messages()
        return only

    def rows(self) -> list[Message]:
        return self._read(select(Message).order_by(Message.id))

    def attempts(self) -> list[Attempt]:
        return self._read(select(Attempt).order_by(Attempt.id))

    def published(self) -> list[dict[str, Any]]:
        """Notify's own events, in order."""
        return [json.loads(envelope) for envelope in self._read(select(outbox.c.envelope).order_by(outbox.c.id))]

    def _read(self, query: Any) -> list[Any]:
        return self.bench.database("notify").transaction(lambda session: list(session.scalars(query)))


@pytest.fixture
def notify_with(bench_of) -> Callable[..., Correspondents]:
    """notify_with(smtp_url=...): with other settings than the development mailbox."""
    return lambda **settings: Correspondents(bench_of("notify", **settings))


@pytest.fixture
def notify(notify_with) -> Correspondents:
    return notify_with()


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


@pytest.fixture
def sink_with(tmp_path) -> Iterator[Callable[..., Sink]]:
    """sink_with("--login", "user:password"): a mail server with those options."""
    started: list[Sink] = []

    def start(*options: str) -> Sink:
        started.append(Sink(tmp_path / f"mails-{len(started)}.jsonl", options).start())
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def sink(sink_with) -> Sink:
    return sink_with()
