"""Several workers, and workers that die: nothing is lost, and nothing is sent twice that should not be.

Leases follow wall time; a test lets one run out by moving its end into the past.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import eventlet
import pytest
from eventlet.event import Event
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import clock, ids
from services.chassis.context import Context
from services.chassis.db import Database
from services.chassis.events import Received
from services.notify import rendering, usecases
from services.notify.channels.mailbox import Mailbox
from services.notify.channels.smtp import Smtp
from services.notify.delivery import Delivery
from services.notify.domain.message import DELAYS, Channel, Outcome
from services.notify.domain.news.booking import BOOKING
from services.notify.domain.provider import Answer, Provider
from services.notify.models import Attempt, Contact, Mail, Message
from services.notify.usecases.announce import Desk
from services.notify.usecases.begin_attempts import Begun
from services.notify.usecases.claim_messages import Claimed
from services.notify.usecases.record_answers import Answered
from tests.service import migrated
from tests.service.notify.conftest import GOLDEN
from tests.service.notify.deliver_once import MAIL_FROM, letterhead, worker
from tests.service.notify.sink import Sink

SERVICE, MANDATORY = "booking_requested", "booking_approved"


@dataclass
class Ledger:
    """Notify's database without a service at work: the test itself queues, claims and sends."""

    url: str
    database: Database
    desk: Desk = field(default_factory=lambda: Desk(letterhead(), rendering.installed(), "centre.example"))

    def queue(self, event: str, *, person: str = "resident-1", email: str = "hong@example.com") -> None:
        data = json.loads((GOLDEN / f"madang.booking.{event}.v1.golden.json").read_text(encoding="utf-8"))["data"]
        news = BOOKING.schema().load({**data, "requester_id": person})
        received = Received(ids.new_id(), f"madang.booking.{event}.v1", "/madang/booking", "", 1, None, news)
        contact = Contact(
            person_id=person, name="", email=email, phone=None, locale="ko", updated_at=datetime(2020, 3, 1, tzinfo=UTC)
        )
        self.database.transaction(lambda session: session.merge(contact))
        self.database.transaction(
            lambda session: usecases.announce(
                session, received, desk=self.desk, context=Context.begin(), now=clock.now()
            )
        )

    def claim(self, holder: str) -> Claimed:
        return self.database.transaction(lambda session: self.claim_in(session, holder))

    def claim_in(self, session: Session, holder: str) -> Claimed:
        carriers = {Channel.EMAIL: [self.server]}
        return usecases.claim_messages(session, holder=holder, carriers=carriers, now=clock.now(), wall=clock.wall())

    @property
    def server(self) -> Smtp:
        """Nobody listens there."""
        return Smtp("smtp://127.0.0.1:9", MAIL_FROM)

    def begin(self, holder: str, provider: Provider | None = None) -> Begun | None:
        begun = self.database.transaction(
            lambda session: usecases.begin_attempts(
                session,
                [self.message().id],
                holder=holder,
                provider=provider or self.server,
                letterhead=self.desk.letterhead,
                now=clock.now(),
                wall=clock.wall(),
            )
        )
        return begun[0] if begun else None

    def record(self, holder: str, begun: Begun, outcome: Outcome) -> None:
        self.database.transaction(
            lambda session: usecases.record_answers(
                session,
                [Answered(begun, Answer(outcome, "late"))],
                holder=holder,
                provider=self.server,
                others_follow=False,
                now=clock.now(),
                wall=clock.wall(),
            )
        )

    def let_leases_run_out(self) -> None:
        past = clock.wall() - timedelta(seconds=1)
        self.database.transaction(lambda session: session.execute(update(Message).values(lease_until=past)))

    def messages(self) -> list[Message]:
        return self.database.transaction(lambda session: list(session.scalars(select(Message).order_by(Message.id))))

    def message(self) -> Message:
        (only,) = self.messages()
        return only

    def states(self) -> list[tuple[str, int]]:
        return [(each.status, each.attempts) for each in self.messages()]

    def outcomes(self) -> list[tuple[int, str | None]]:
        return self.database.transaction(
            lambda session: [
                (each.number, each.outcome) for each in session.scalars(select(Attempt).order_by(Attempt.id))
            ]
        )


@pytest.fixture
def ledger(database_kind) -> Iterator[Ledger]:
    clock.freeze(datetime.fromisoformat("2020-03-10T09:00:00+09:00"))
    with migrated.lend(database_kind, "notify") as database:
        yield Ledger(database.url, database)


@dataclass
class SilentServer:
    """Takes a mail to its final dot and then says nothing any more."""

    url: str
    taken: Event


@pytest.fixture
def silent_server() -> Iterator[SilentServer]:
    listening = eventlet.listen(("127.0.0.1", 0))
    taken = Event()

    def serve(connection, _):
        lines = connection.makefile("rb")
        connection.sendall(b"220 silent\r\n")
        for line in lines:
            verb = line[:4].upper()
            if verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
            elif line == b".\r\n":
                taken.send(True)
                eventlet.sleep(3600)
            elif verb in {b"EHLO", b"MAIL", b"RCPT"}:
                connection.sendall(b"250 OK\r\n")

    serving = eventlet.spawn(eventlet.serve, listening, serve)
    yield SilentServer(f"smtp://127.0.0.1:{listening.getsockname()[1]}", taken)
    serving.kill()
    listening.close()


@pytest.fixture
def worker_on(ledger: Ledger) -> Iterator[Callable[[str], Delivery]]:
    """worker_on(smtp url): a worker of this process, with connections of its own."""
    with ExitStack() as stack:

        def start(smtp_url: str) -> Delivery:
            database = Database(ledger.url)
            stack.callback(database.dispose)
            return worker(database, smtp_url)

        yield start


def kill_a_worker_amid_a_mail(ledger: Ledger, server: SilentServer) -> None:
    """Its process dies by SIGKILL after the server took the text and before it answered."""
    command = [sys.executable, "-m", "tests.service.notify.deliver_once", ledger.url, server.url]
    with subprocess.Popen(command) as process:
        try:
            with eventlet.Timeout(30):
                server.taken.wait()
        finally:
            process.send_signal(signal.SIGKILL)


def test_mail_of_a_killed_worker_is_unknown_and_not_sent_again(ledger: Ledger, worker_on, silent_server, sink: Sink):
    ledger.queue(SERVICE)
    kill_a_worker_amid_a_mail(ledger, silent_server)
    assert (ledger.states(), ledger.outcomes()) == ([("sending", 1)], [(1, None)])
    another = worker_on(sink.url)
    assert another.deliver(ledger.desk.letterhead) is False  # its lease still runs

    ledger.let_leases_run_out()
    assert another.deliver(ledger.desk.letterhead) is True
    clock.freeze(clock.now() + timedelta(days=1))
    assert another.deliver(ledger.desk.letterhead) is False
    assert (ledger.states(), ledger.outcomes()) == ([("unknown", 1)], [(1, "unknown")])
    assert ledger.message().reason == "the worker ended before the answer came"
    assert sink.lines() == []


def test_mandatory_mail_of_a_killed_worker_is_sent_again_under_its_message_id(
    ledger: Ledger, worker_on, silent_server, sink: Sink
):
    ledger.queue(MANDATORY)
    kill_a_worker_amid_a_mail(ledger, silent_server)
    ledger.let_leases_run_out()
    another = worker_on(sink.url)
    assert another.deliver(ledger.desk.letterhead) is True
    assert ledger.states() == [("queued", 1)]
    clock.freeze(clock.now() + DELAYS[0])
    assert another.deliver(ledger.desk.letterhead) is True
    assert (ledger.states(), ledger.outcomes()) == ([("sent", 2)], [(1, "unknown"), (2, "sent")])
    assert [mail["Message-ID"] for mail in sink.mails()] == [f"<{ledger.message().message_id}>"]


def test_mail_that_a_dead_worker_had_claimed_and_not_begun_is_sent_by_another(ledger: Ledger, worker_on, sink: Sink):
    ledger.queue(SERVICE)
    assert ledger.claim("dead").ids == [ledger.message().id]
    another = worker_on(sink.url)
    assert another.deliver(ledger.desk.letterhead) is False
    ledger.let_leases_run_out()
    assert another.deliver(ledger.desk.letterhead) is True
    assert (ledger.states(), ledger.outcomes(), len(sink.lines())) == ([("sent", 1)], [(1, "sent")], 1)


def test_worker_that_lost_its_lease_begins_nothing(ledger: Ledger):
    ledger.queue(SERVICE)
    ledger.claim("slow")
    ledger.let_leases_run_out()
    ledger.claim("another")
    assert ledger.begin("slow") is None
    assert ledger.outcomes() == []


@pytest.mark.parametrize(("outcome", "status"), [(Outcome.SENT, "sent"), (Outcome.PERMANENT, "unknown")])
def test_answer_that_comes_after_the_lease_counts_when_it_is_good(ledger: Ledger, outcome: Outcome, status: str):
    ledger.queue(SERVICE)
    ledger.claim("slow")
    begun = ledger.begin("slow")
    assert begun is not None
    ledger.let_leases_run_out()
    ledger.claim("another")
    assert ledger.states() == [("unknown", 1)]
    ledger.record("slow", begun, outcome)
    assert (ledger.states(), ledger.outcomes()) == ([(status, 1)], [(1, outcome)])


def test_mailbox_knows_a_repeat_when_it_sees_one(ledger: Ledger):
    """So what was on its way there is tried again whatever its category, and lies there once."""
    ledger.queue(SERVICE)
    ledger.claim("dead")
    mailbox = Mailbox(ledger.database)
    begun = ledger.begin("dead", mailbox)
    assert begun is not None
    mailbox.send(begun.letter)
    ledger.let_leases_run_out()
    another = Delivery(ledger.database, {Channel.EMAIL: [mailbox]})
    another.deliver(ledger.desk.letterhead)
    clock.freeze(clock.now() + DELAYS[0])
    another.deliver(ledger.desk.letterhead)
    assert ledger.states() == [("sent", 2)]
    assert len(ledger.database.transaction(lambda session: session.scalars(select(Mail)).all())) == 1


def test_mail_that_another_is_claiming_is_passed_over(ledger: Ledger):
    ledger.queue(SERVICE)
    message_id = ledger.message().id

    def claim_and_linger(session: Session) -> object:
        """The transaction of the first claim is still open while the second is made."""
        assert ledger.claim_in(session, "first").ids == [message_id]
        session.flush()
        second = eventlet.spawn(ledger.claim, "second")
        eventlet.sleep(0.3)
        return second

    second = ledger.database.transaction(claim_and_linger)
    assert second.wait().ids == []
    assert ledger.message().lease_holder == "first"


def test_workers_side_by_side_send_each_mail_once(ledger: Ledger, worker_on, sink: Sink):
    for number in range(60):
        ledger.queue(SERVICE, person=f"person-{number}", email=f"person-{number}@example.com")
    workers = [worker_on(sink.url) for _ in range(3)]

    def work_off(one: Delivery) -> None:
        while one.deliver(ledger.desk.letterhead):
            pass

    for done in [eventlet.spawn(work_off, one) for one in workers]:
        done.wait()
    assert sorted(line["to"] for line in sink.lines()) == sorted(f"person-{number}@example.com" for number in range(60))
    assert ledger.states() == [("sent", 1)] * 60
