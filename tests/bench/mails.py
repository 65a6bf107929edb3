"""Mails through notify: how many leave each second with every row and attempt kept, and how soon after their event.

Real processes (two of notify) on RabbitMQ and PostgreSQL, and a mail server in a process of its own, whose own bound is
measured in the same run. `python -m tests.bench.mails [SECONDS]` runs it alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.chassis import clock, ids, publishing
from services.notify.domain.message import Channel
from services.notify.models import Contact
from tests import servers
from tests.bench import processor
from tests.bench.table import show
from tests.faults.notify_alone import PATIENCE, Notify, notify_alone
from tests.service.notify.outbound import Outbound
from tests.waiting import wait_until

WORKERS, SECONDS, EVENTS_PER_SECOND = 2, 10.0, 200
MOST_PER_SECOND = 1500
GOLDEN = Path("tests/contracts/events/madang.booking.booking_requested.v1.golden.json")
LEFT = "SELECT count(*) FROM messages WHERE status IN ('queued', 'sending')"


@dataclass
class Sink:
    """The process of tests/bench/mail_sink.py."""

    file: Path
    process: subprocess.Popen[str]
    port: int

    def taken(self) -> dict[str, float]:
        """When each mail had arrived, by its Message-ID, in seconds since the epoch."""
        lines = self.file.read_text(encoding="ascii").splitlines() if self.file.exists() else []
        return {name: float(at) for at, name in (line.split(" ") for line in lines)}


def mails(seconds: float = SECONDS) -> Iterator[tuple[str, str]]:
    with running_sink() as sink:
        bound = mails_per_second(sink, seconds / 2)
        yield "mails/s that the sink takes from 8 plain clients", f"{bound:.0f}"
        settings = {"MADANG_SMTP_URL": f"smtp://127.0.0.1:{sink.port}", "MADANG_LOG_LEVEL": "WARNING"}
        with notify_alone(**settings) as notify:
            for _ in range(WORKERS):
                notify.start()
            wait_until(lambda: all(queue["consumers"] == WORKERS for queue in notify.queues()), PATIENCE)
            yield f"mails/s, {WORKERS} processes of notify, all rows kept", sent_per_second(notify, sink, seconds)
            yield f"event to handoff at {EVENTS_PER_SECOND} events/s", handoff(notify, sink, seconds)


def sent_per_second(notify: Notify, sink: Sink, seconds: float) -> str:
    """All are queued before the first is sent; what arrives in `seconds` from the first on is counted."""
    held = clock.now().replace(year=clock.now().year + 1)
    known = len(sink.taken())
    clock.freeze(held)
    queued = Outbound(notify.database, notify.url).queue(Channel.EMAIL, int(seconds * MOST_PER_SECOND))
    clock.reset()
    pids = {"notify": [each.pid for each in notify.processes], **servers_of_ours(), "sink": [sink.process.pid]}
    before, busy, began = processor.seconds_by_name(pids), processor.busy_seconds(), time.monotonic()
    notify.sql("UPDATE messages SET next_attempt_at = '2020-03-01' WHERE status = 'queued'")
    wait_until(lambda: len(sink.taken()) > known, PATIENCE)
    time.sleep(seconds)
    wall, spent = time.monotonic() - began, processor.seconds_by_name(pids)
    times = sorted(sink.taken().values())[known:]
    arrived = [at for at in times if at <= times[0] + seconds]
    elsewhere = processor.busy_seconds() - busy - sum(spent[name] - before[name] for name in pids)
    notify.sql("UPDATE messages SET status = 'skipped', reason = 'bench' WHERE status = 'queued'")
    wait_until(lambda: notify.sql(LEFT) == [(0,)], PATIENCE)
    check(notify, sink, len(queued))
    costs = ", ".join(f"{name} {(spent[name] - before[name]) / len(times) * 1000:.2f}" for name in pids)
    return (
        f"{len(arrived) / seconds:.0f}; ms of processor each: {costs}; "
        f"others took {elsewhere / wall / 2:.0%} of the machine"
    )


def handoff(notify: Notify, sink: Sink, seconds: float) -> str:
    """From an event's publication to the moment at which the server has the whole of its mail."""
    people = [f"reader-{number}" for number in range(int(seconds * EVENTS_PER_SECOND))]
    at = datetime(2020, 3, 1, tzinfo=UTC)
    notify.insert(
        Contact,
        [
            {"person_id": each, "name": "", "email": f"{each}@example.com", "locale": "ko", "updated_at": at}
            for each in people
        ],
    )
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    publisher = publishing.Publisher(notify.broker)
    published: dict[str, float] = {}
    began = time.time()
    for number, person_id in enumerate(people):
        if (ahead := began + number / EVENTS_PER_SECOND - time.time()) > 0:
            time.sleep(ahead)
        envelope = {**golden, "id": ids.new_id(), "data": {**golden["data"], "requester_id": person_id}}
        published[envelope["id"]] = time.time()
        text = json.dumps(envelope)
        publisher.publish([publishing.Event("", text, "booking.events", "booking_requested", mandatory=False)])
    rate = len(people) / (time.time() - began)
    publisher.close()
    wait_until(lambda: notify.waiting() == 0 and notify.sql(LEFT) == [(0,)], PATIENCE)
    names = dict(notify.sql("SELECT message_id, event_id FROM messages WHERE channel = 'email' AND status = 'sent'"))
    time.sleep(0.2)
    waits = sorted(
        arrived - published[names[name]] for name, arrived in sink.taken().items() if names.get(name) in published
    )
    assert len(waits) == len(people)
    p50, p99 = (waits[int(len(waits) * part)] * 1000 for part in (0.5, 0.99))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms ({rate:.0f} events/s published)"


def check(notify: Notify, sink: Sink, queued: int) -> None:
    """Every mail that arrived has its message and its attempt, and there is no other."""
    ((messages, sent, attempts),) = notify.sql(
        "SELECT count(*), count(*) FILTER (WHERE status = 'sent'),"
        " (SELECT count(*) FROM attempts WHERE outcome = 'sent') FROM messages WHERE channel = 'email'"
    )
    time.sleep(0.2)
    named = {row[0] for row in notify.sql("SELECT message_id FROM messages WHERE status = 'sent'")}
    assert messages == queued
    assert sent == attempts == len(named & set(sink.taken()))


def servers_of_ours() -> dict[str, list[int]]:
    """Of the servers only those that are the bench's own."""
    known: tuple[tuple[str, Any], ...] = (("RabbitMQ", servers.rabbitmq()), ("PostgreSQL", servers.postgres()))
    return {name: [server.pid] for name, server in known if getattr(server, "pid", None) is not None}


def mails_per_second(sink: Sink, seconds: float) -> float:
    command = [sys.executable, "-m", "tests.bench.mail_clients", str(sink.port), "8", str(seconds)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@contextmanager
def running_sink() -> Iterator[Sink]:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "taken"
        command = [sys.executable, "-m", "tests.bench.mail_sink", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield Sink(file, process, int(process.stdout.readline()))
            finally:
                process.kill()


if __name__ == "__main__":
    show(mails(*(float(each) for each in sys.argv[1:2])))
