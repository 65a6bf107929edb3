"""Messages on their way out, without a service at work: the test itself queues them, and workers send them."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from services.chassis import clock, ids
from services.chassis.db import Database
from services.chassis.tables import outbox
from services.notify.channels.solapi import Solapi
from services.notify.delivery import Delivery
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Category, Channel, Status
from services.notify.models import Attempt, Contact, Message, ProviderState
from tests.provider_stand_in import KEY, SECRET
from tests.service.notify.deliver_once import letterhead

LONG_AGO = datetime(2020, 3, 1, tzinfo=UTC)


@dataclass
class Outbound:
    database: Database
    url: str
    letterhead: Letterhead = field(default_factory=letterhead)
    phones: Iterator[str] = field(default_factory=lambda: (f"+8210{number:08}" for number in itertools.count(1)))

    def queue(
        self,
        channel: Channel,
        count: int = 1,
        *,
        body: str = "예약이 확정되었습니다.",
        category: Category = Category.SERVICE,
        subject: str = "안내",
        email: str = "",
    ) -> list[str]:
        """Messages to people of their own, whose phones and addresses are distinct. Returns their ids."""
        made = [ids.new_id() for _ in range(count)]
        contacts, messages = [], []
        for number, message_id in enumerate(made):
            contacts.append(
                {
                    "person_id": message_id,
                    "name": "홍길동",
                    "email": email or f"p-{message_id}@example.com",
                    "phone": next(self.phones),
                    "locale": "ko",
                    "updated_at": LONG_AGO,
                }
            )
            messages.append(
                {
                    "id": message_id,
                    "event_id": f"event-{message_id}",
                    "person_id": message_id,
                    "category": category,
                    "channel": channel,
                    "template": "booking_approved",
                    "template_version": "v",
                    "locale": "ko",
                    "subject": subject,
                    "body": body.replace("{n}", str(number)),
                    "status": Status.QUEUED,
                    "attempts": 0,
                    "attempts_before": 0,
                    "next_attempt_at": clock.now(),
                    "message_id": f"{message_id}@centre.example",
                    "created_at": clock.now(),
                    "version": 1,
                    "correlation_id": "chain",
                    "traceparent": "",
                }
            )

        def write(session: Any) -> None:
            session.execute(insert(Contact), contacts)
            session.execute(insert(Message), messages)

        self.database.transaction(write)
        return made

    def deliver(self, carriers: Any, *, rounds: int = 100) -> None:
        """Until nothing is due."""
        worker = Delivery(self.database, carriers)
        for _ in range(rounds):
            if not worker.deliver(self.letterhead):
                break
        worker.close()

    def later(self, carriers: Any, wait: timedelta = timedelta(days=1), *, times: int = 6) -> None:
        """As `deliver`, again and again, until every delay has passed."""
        for _ in range(times):
            self.deliver(carriers)
            clock.freeze(clock.now() + wait)
            self.close_circuits()
        self.deliver(carriers)

    def close_circuits(self) -> None:
        """As if the time had passed for which they stay open."""
        past = clock.wall() - timedelta(seconds=1)
        statement = update(ProviderState).where(ProviderState.open_until.is_not(None)).values(open_until=past)
        self.database.transaction(lambda session: session.execute(statement))

    def forgive_providers(self) -> None:
        """As if each had answered well in between: none of their failures counts any more."""
        statement = update(ProviderState).values(failures=0, open_until=None)
        self.database.transaction(lambda session: session.execute(statement))

    def let_leases_run_out(self) -> None:
        past = clock.wall() - timedelta(seconds=1)
        statement = update(Message).where(Message.status == Status.SENDING).values(lease_until=past)
        self.database.transaction(lambda session: session.execute(statement))

    def messages(self) -> list[Message]:
        return self._read(select(Message).order_by(Message.id))

    def message(self) -> Message:
        (only,) = self.messages()
        return only

    def states(self) -> Counter[tuple[str, str]]:
        return Counter((each.channel, each.status) for each in self.messages())

    def attempts(self) -> list[tuple[str, str | None]]:
        """Provider and outcome, in order."""
        return [(each.provider, each.outcome) for each in self._read(select(Attempt).order_by(Attempt.id))]

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(each) for each in self._read(select(outbox.c.envelope).order_by(outbox.c.id))]

    def circuit(self, provider: str) -> ProviderState:
        return self.database.transaction(lambda session: session.get_one(ProviderState, provider))

    def _read(self, query: Any) -> list[Any]:
        return self.database.transaction(lambda session: list(session.scalars(query)))


@dataclass
class StandIn:
    """The process of tests/provider_stand_in.py; started again it remembers what it has taken."""

    file: Path
    arguments: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> StandIn:
        command = [sys.executable, "-m", "tests.provider_stand_in", str(self.file), "--port", str(self.port)]
        self.process = subprocess.Popen([*command, *self.arguments], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        return self

    def stop(self) -> None:
        if self.process is not None:
            assert self.process.stdout is not None
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    @property
    def is_gone(self) -> bool:
        """Did it die by itself?"""
        return self.process is not None and self.process.poll() is not None

    @property
    def url(self) -> str:
        return f"http://{KEY}:{SECRET}@127.0.0.1:{self.port}?from=0325600000&profile=KA01"

    def provider(self, name: str = "sms", options: str = "") -> Solapi:
        return Solapi(self.url + options, name)

    def taken(self) -> list[dict[str, Any]]:
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        return [json.loads(line) for line in lines]
