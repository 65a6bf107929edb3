"""Notify at work, with people who can be reached, booking's golden events, and a mail server where a test wants one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import clock, ids
from services.chassis.context import Actor
from services.chassis.tables import outbox
from services.chassis.testing import Bench
from services.notify.models import Attempt, Message
from tests import centre
from tests.people import STAFF
from tests.service import migrated
from tests.service.notify.outbound import Outbound, StandIn
from tests.service.notify.sink import Sink

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

    def tell(self, source: str, event: str, event_id: str, data: dict[str, Any], *, sequence: int = 1) -> None:
        """Another service publishes an event of which there is no golden sample yet."""
        subject = next((str(value) for name, value in data.items() if name.endswith("_id")), event_id)
        envelope = {
            "specversion": "1.0",
            "id": event_id,
            "source": f"/madang/{source}",
            "type": f"madang.{source}.{event}.v1",
            "subject": subject,
            "sequence": sequence,
            "data": data,
        }
        self.bench.publish(source, event, envelope)

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

    def read(self, table: type[Any]) -> list[Any]:
        """All rows, in the order of their keys."""
        return self._read(select(table).order_by(*table.__table__.primary_key.columns))

    def _read(self, query: Any) -> list[Any]:
        return self.bench.database("notify").transaction(lambda session: list(session.scalars(query)))


@pytest.fixture
def notify_with(bench_of, tmp_path) -> Callable[..., Correspondents]:
    """notify_with(smtp_urls=(...,)): with other settings than the development mailbox.

    profile: what is otherwise in the profile's section. Messages go by mail alone unless it says otherwise.
    """

    def start(*, profile: dict[str, Any] | None = None, **settings: Any) -> Correspondents:
        values = {"channels": ["email"], **(profile or {})}
        path = centre.write_variant(tmp_path / "centre.yaml", "notify", values)
        return Correspondents(bench_of("notify", profile_path=path, **settings))

    return start


@pytest.fixture
def notify(notify_with) -> Correspondents:
    return notify_with()


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


@pytest.fixture
def outbound(database_kind) -> Iterator[Outbound]:
    """Notify's database without a service at work, at 09:00 on 10 March 2020."""
    clock.freeze(datetime.fromisoformat("2020-03-10T09:00:00+09:00"))
    with migrated.lend(database_kind, "notify") as database:
        yield Outbound(database, database.url)


@pytest.fixture
def stand_in_with(tmp_path) -> Iterator[Callable[..., StandIn]]:
    """stand_in_with("--chance", "0.1"): a provider of texts (tests/provider_stand_in.py) with those options."""
    started: list[StandIn] = []

    def start(*options: str) -> StandIn:
        started.append(StandIn(tmp_path / f"taken-{len(started)}.jsonl", options).start())
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def stand_in(stand_in_with) -> StandIn:
    return stand_in_with()
