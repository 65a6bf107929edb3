"""Delivery: messages that are due go to their providers, several at once, each over a line of its own.

For each message: the attempt is committed, the provider is called outside of any transaction, its answer is committed.
So a worker that dies leaves either a message that nobody has begun, which is sent by another, or an open attempt, which
is `unknown` once its lease has run out (domain/message.py says what then).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import partial

import eventlet
import structlog
from eventlet.greenpool import GreenPool
from eventlet.semaphore import Semaphore
from sqlalchemy.exc import DBAPIError

from services.chassis import clock, ids
from services.chassis.db import Database, T, Work, is_away
from services.notify import usecases
from services.notify.channels.provider import Answer, Line, Provider
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Channel
from services.notify.usecases.begin_attempt import Begun
from services.notify.usecases.claim_messages import LEASE
from services.notify.usecases.record_answer import without_address

LINES = 4
"""Connections to one provider at a time, for each worker process."""

DATABASE_PAUSE = 1.0

log = structlog.get_logger("madang.delivery")


class Delivery:
    """The worker of one process. Any number of processes may work on one database."""

    def __init__(self, database: Database, providers: Mapping[Channel, Provider]) -> None:
        self._database = database
        self._providers = providers
        self._turn = Semaphore(1)

    def deliver(self, letterhead: Letterhead) -> bool:
        """Sends one batch of what is due and waits for the answers. False: there was nothing to do.

        One batch at a time in a process, so that who comes second knows when it returns that nothing is on its way.
        """
        with self._turn:
            holder = ids.new_id()
            claimed = self._database.transaction(
                partial(
                    usecases.claim_messages,
                    holder=holder,
                    providers=self._providers,
                    now=clock.now(),
                    wall=clock.wall(),
                )
            )
            pool = GreenPool(LINES * len(self._providers))
            workers = []
            for channel, messages in claimed.ids.items():
                waiting = deque(messages)
                for _ in range(min(LINES, len(waiting))):
                    workers.append(pool.spawn(self._work_off, waiting, self._providers[channel], holder, letterhead))
            pool.waitall()
            for worker in workers:
                worker.wait()  # raises what it raised
            return bool(claimed)

    def _work_off(self, waiting: deque[str], provider: Provider, holder: str, letterhead: Letterhead) -> None:
        with provider.line() as line:
            while waiting:
                self._send(waiting.popleft(), line, provider, holder, letterhead)

    def _send(self, message_id: str, line: Line, provider: Provider, holder: str, letterhead: Letterhead) -> None:
        begun = self._database.transaction(
            lambda session: usecases.begin_attempt(
                session,
                message_id,
                holder=holder,
                provider=provider.name,
                letterhead=letterhead,
                now=clock.now(),
                wall=clock.wall(),
            )
        )
        if begun is not None:
            answer = without_address(line.send(begun.letter), begun.letter.to)
            log.info("attempted", message_id=message_id, attempt=begun.number, outcome=answer.outcome)
            self._record(begun, answer, provider, holder)

    def _record(self, begun: Begun, answer: Answer, provider: Provider, holder: str) -> None:
        self._insist(
            lambda session: usecases.record_answer(
                session,
                begun.message_id,
                begun.number,
                answer,
                holder=holder,
                repeats_are_safe=provider.repeats_are_safe,
                now=clock.now(),
            )
        )

    def _insist(self, work: Work[T]) -> T:
        """A transaction that waits for a database that is away: an answer that is lost would send the message again."""
        until = clock.wall() + LEASE
        while True:
            try:
                return self._database.transaction(work)
            except DBAPIError as error:
                if not is_away(error) or clock.wall() > until:
                    raise
                log.warning("database_away", error=str(error.orig))
                eventlet.sleep(DATABASE_PAUSE)
