"""Workers are killed (SIGKILL) at random points while they send, and so is a provider; then everything is counted.

`python -m tests.faults.delivery_storm [messages] [seed]`: 10,000 messages unless told otherwise, on PostgreSQL, over a
real SMTP server and a real HTTP provider that has troubles of its own. The test suite runs it with fewer.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select

from services.chassis import clock
from services.chassis.db import Database
from services.notify.domain.message import LOST, Category, Channel, Status
from services.notify.manifest import MANIFEST
from services.notify.models import Attempt, Message
from services.notify.usecases import replay_message
from tests import servers
from tests.people import STAFF
from tests.service import migrated
from tests.service.notify.outbound import Outbound, StandIn
from tests.service.notify.sink import Sink

MESSAGES = 10_000
WORKERS = 2
MOMENT = datetime.fromisoformat("2020-03-10T09:00:00+09:00")
BETWEEN = timedelta(hours=2)
"""By the centre's clock, from one strike to the next: every delay has passed."""
AT_ONCE = 2000
PATIENCE = 3.0
"""Seconds until the next strike where nothing goes on: a circuit is open, say."""


class Nursery:
    """Forks workers (delivery_worker.py)."""

    def __init__(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.faults.delivery_worker"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def spawn(self, plan: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(plan) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def kill(self, worker: int) -> None:
        os.kill(worker, signal.SIGKILL)
        while Path(f"/proc/{worker}").exists():
            time.sleep(0.005)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass
class Storm:
    """most_each: attempts that a worker lives for, at most. blind: the negative control (delivery_worker.py)."""

    outbound: Outbound
    sink: Sink
    texts: StandIn
    random: random.Random
    nursery: Nursery
    most_each: int = 400
    blind: bool = False
    strikes: int = 0
    provider_kills: int = 0
    provider_deaths: int = 0
    kinds: dict[str, str] = field(default_factory=dict)

    def queue(self, count: int) -> None:
        """Half of them texts, of which one in 200 is the death of the provider that has taken it; of the mails a fifth
        mandatory, and one in 25 to a server that hangs up on it.
        """
        for done in range(0, count, AT_ONCE):
            part = min(AT_ONCE, count - done)
            dropped, mandatory, deadly = part // 50, part // 10, part // 400
            self._queue("text", Channel.SMS, part // 2 - deadly)
            self._queue("deadly", Channel.SMS, deadly, body="die-{n}")
            self._queue("mandatory", Channel.EMAIL, mandatory, category=Category.MANDATORY)
            self._queue("dropped", Channel.EMAIL, dropped, email="drop-it@example.com")
            self._queue("mail", Channel.EMAIL, part - part // 2 - mandatory - dropped)

    def rage(self, most: int = 500) -> None:
        """Strike upon strike until nothing is left to do."""
        while self.left():
            assert self.strikes < most, f"{self.left()} left"
            self._strike()
            print(f"strike {self.strikes}: {self.left()} left", file=sys.stderr, flush=True)

    def send_again_what_was_given_up(self) -> None:
        """As staff do, until nothing is: texts, whose provider can be asked, and mandatory mails, which may arrive
        twice. Of either many tries may have met with trouble.
        """
        may_go_again = or_(Message.channel == Channel.SMS, Message.category == Category.MANDATORY)
        lost = select(Message.id).where(may_go_again, Message.status.in_(LOST))
        while given_up := self.outbound.database.transaction(lambda session: list(session.scalars(lost))):
            for each in given_up:
                again = partial(replay_message, message_id=each, actor=STAFF, now=MOMENT)
                self.outbound.database.transaction(again)
            self.rage()

    def left(self) -> int:
        busy = select(func.count()).select_from(Message).where(Message.status.in_([Status.QUEUED, Status.SENDING]))
        return int(self.outbound.database.transaction(lambda session: session.scalars(busy).one()))

    def _strike(self) -> None:
        self.strikes += 1
        plan = {
            "database": self.outbound.url,
            "smtp": self.sink.url,
            "sms": self.texts.url,
            "now": (MOMENT + BETWEEN * self.strikes).isoformat(),
            "blind": self.blind,
        }
        workers = [self.nursery.spawn(plan) for _ in range(WORKERS)]
        begun = self.begun()
        for number, worker in enumerate(workers, start=1):
            self._wait_for(begun + number * self.random.randint(1, self.most_each))
            if self.strikes % 3 == number and not self._revive():
                self.texts.stop()
                self.texts.start()
                self.provider_kills += 1
            self.nursery.kill(worker)
        # Both are dead: what they had is anybody's, without waiting for a minute.
        self.outbound.let_leases_run_out()
        self.outbound.forgive_providers()

    def begun(self) -> int:
        attempts = select(func.count()).select_from(Attempt)
        return int(self.outbound.database.transaction(lambda session: session.scalars(attempts).one()))

    def _wait_for(self, begun: int) -> None:
        """Until so many attempts were begun, or none is left; and a moment, so that the next strike is elsewhere."""
        end = time.monotonic() + PATIENCE
        while self.begun() < begun and time.monotonic() < end and self.left():
            self._revive()
            time.sleep(0.01)
        time.sleep(self.random.uniform(0, 0.05))

    def _revive(self) -> bool:
        if not self.texts.is_gone:
            return False
        self.texts.stop()
        self.texts.start()
        self.provider_deaths += 1
        return True

    def _queue(self, kind: str, channel: Channel, count: int, **known: Any) -> None:
        if count:
            self.kinds.update(dict.fromkeys(self.outbound.queue(channel, count, **known), kind))


@dataclass(frozen=True)
class Count:
    """What was found. doubled: by kind, of messages that arrived more often than once."""

    statuses: Counter[tuple[str, str]]
    lost: list[str]
    doubled: Counter[str]
    doubled_unlisted: list[str]
    silent: list[str]


def count(storm: Storm) -> Count:
    arrived: Counter[str] = Counter()
    for mail in storm.sink.mails():
        arrived[str(mail["Message-ID"]).strip("<>").partition("@")[0]] += 1
    for text in storm.texts.taken():
        arrived[text["customFields"]["key"].partition("@")[0]] += 1
    messages = {each.id: each for each in storm.outbound.messages()}
    in_doubt = set(
        storm.outbound.database.transaction(
            lambda session: list(session.scalars(select(Attempt.message_id).where(Attempt.outcome == "unknown")))
        )
    )
    doubled = [each for each in messages if arrived[each] > 1]
    return Count(
        statuses=Counter((storm.kinds[each.id], each.status) for each in messages.values()),
        # nobody has it, and it is not listed as something that may be so
        lost=[each.id for each in messages.values() if not arrived[each.id] and each.status != Status.UNKNOWN],
        doubled=Counter(storm.kinds[each] for each in doubled),
        doubled_unlisted=[each for each in doubled if each not in in_doubt],
        # somebody has it, and it is neither sent nor listed
        silent=[
            each.id
            for each in messages.values()
            if arrived[each.id] and each.status not in {Status.SENT, Status.UNKNOWN}
        ],
    )


@contextmanager
def storm(directory: Path, *, seed: int, chance: float = 0.02) -> Iterator[Storm]:
    with ExitStack() as stack:
        url = migrated.on_postgresql(MANIFEST)
        stack.callback(servers.postgres().drop_database, url)
        database = Database(url)
        stack.callback(database.dispose)
        clock.freeze(MOMENT)
        sink = Sink(directory / "mails.jsonl").start()
        stack.callback(sink.stop)
        texts = StandIn(directory / "taken.jsonl", ("--chance", str(chance), "--seed", str(seed))).start()
        stack.callback(texts.stop)
        nursery = Nursery()
        stack.callback(nursery.close)
        yield Storm(Outbound(database, url), sink, texts, random.Random(seed), nursery)


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as directory, storm(Path(directory), seed=seed) as raging:
        raging.queue(messages)
        began = time.perf_counter()
        raging.rage()
        found = count(raging)
        print(f"{messages} messages, {raging.strikes * WORKERS} workers and {raging.provider_kills} providers killed")
        print(f"{raging.provider_deaths} providers died of a text that they had taken")
        print(f"in {time.perf_counter() - began:.0f} s")
        for (kind, status), number in sorted(found.statuses.items()):
            print(f"  {kind:10} {status:8} {number:6}")
        print(f"lost: {len(found.lost)}, arrived and not listed: {len(found.silent)}")
        print(f"arrived more than once: {dict(found.doubled)}, of those not listed: {len(found.doubled_unlisted)}")


if __name__ == "__main__":
    from services.chassis import green

    green.patch()
    main()
