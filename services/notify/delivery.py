"""Delivery: messages that are due go to their providers, several at once, each over a line of its own.

A worker claims a lot of messages under a lease. A line takes a handful of it: their attempts are committed, the
provider is called outside of any transaction for one after the other, their answers are committed. So a worker that
dies leaves either messages that nobody has begun, which are sent by another, or open attempts (at most HANDFUL for each
line), which are `unknown` once their lease has run out (domain/message.py says what then).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import eventlet
import structlog
from eventlet.greenpool import GreenPool
from eventlet.semaphore import Semaphore
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.chassis import clock, ids
from services.chassis.db import Database, T, Work, is_away
from services.notify import usecases
from services.notify.channels.lines import Lines
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Fault
from services.notify.domain.provider import Answer, Line, Provider
from services.notify.usecases import keep_circuit
from services.notify.usecases.begin_attempts import Begun
from services.notify.usecases.claim_messages import LEASE, Carriers, Lot
from services.notify.usecases.record_answers import Answered, give_back, release
from services.notify.usecases.settling import as_kept

HANDFUL = 10
"""Letters whose attempts are committed together. What a killed worker leaves in doubt is at most this for each line."""

PATIENCE = LEASE / 2
"""How long a worker goes on with what it has claimed; the rest goes back, for its lease must not run out meanwhile."""

DATABASE_PAUSE = 1.0

log = structlog.get_logger("madang.delivery")


class Delivery:
    """The worker of one process. Any number of processes may work on one database."""

    def __init__(self, database: Database, carriers: Carriers) -> None:
        self._database = database
        self._carriers = carriers
        self._turn = Semaphore(1)
        self._lines = Lines()

    def deliver(self, letterhead: Letterhead) -> bool:
        """Sends one lot of what is due and waits for the answers. False: there was nothing to do.

        One lot at a time in a process, so that who comes second knows when it returns that nothing is on its way.
        """
        with self._turn:
            errand = Errand(self._database, self._lines, letterhead)
            claimed = self._database.transaction(
                partial(
                    usecases.claim_messages,
                    holder=errand.holder,
                    carriers=self._carriers,
                    now=clock.now(),
                    wall=errand.began,
                )
            )
            errand.run(claimed.lots)
            if not claimed:
                self._lines.close_idle()
            return bool(claimed)

    def close(self) -> None:
        self._lines.close()


class Errand:
    """What one worker does with what it has claimed at once."""

    def __init__(self, database: Database, lines: Lines, letterhead: Letterhead) -> None:
        self.holder = ids.new_id()
        self.began = clock.wall()
        self._failures: Counter[str] = Counter()
        self._database = database
        self._lines = lines
        self._letterhead = letterhead

    def run(self, lots: Sequence[Lot]) -> None:
        pool = GreenPool()
        workers = []
        for lot in lots:
            waiting = deque(lot.ids)
            for _ in range(min(lot.lines, len(waiting))):
                workers.append(pool.spawn(self._work_off, waiting, lot))
        pool.waitall()
        for worker in workers:
            worker.wait()  # raises what it raised

    def _work_off(self, waiting: deque[str], lot: Lot) -> None:
        while waiting:
            if clock.wall() > self.began + PATIENCE:
                rest = list(waiting)
                waiting.clear()
                self._release(rest)
                return
            # A share for every line, so that the last of a lot do not all wait for one.
            share = min(HANDFUL, max(1, len(waiting) // lot.lines))
            self._send([waiting.popleft() for _ in range(min(share, len(waiting)))], lot.providers)

    def _send(self, message_ids: Sequence[str], providers: Sequence[Provider]) -> None:
        """One provider after the other, as long as it is the provider that fails."""
        ready = [each for each in providers if self._failures[each.name] < keep_circuit.FAILURES]
        for number, provider in enumerate(ready, start=1):
            message_ids = self._try(message_ids, provider, others_follow=number < len(ready))
            if not message_ids:
                return
        self._release(message_ids)

    def _release(self, message_ids: Sequence[str]) -> None:
        self._insist(partial(release, message_ids=message_ids, holder=self.holder, now=clock.now()))

    def _try(self, message_ids: Sequence[str], provider: Provider, *, others_follow: bool) -> list[str]:
        """Returns those that another provider should try."""
        begun = self._begin(message_ids, provider)
        if not begun:
            return []
        with self._lines.to(provider) as line:
            answered = _exchange(begun, line, provider, clock.wall() + PATIENCE)
        log.info("attempted", provider=provider.name, outcomes=Counter(each.answer.outcome.value for each in answered))
        unsent = begun[len(answered) :]
        self._count(provider, answered[-1].answer)

        def record(session: Session) -> list[str]:
            again = usecases.record_answers(
                session,
                answered,
                holder=self.holder,
                provider=provider,
                others_follow=others_follow,
                now=clock.now(),
                wall=clock.wall(),
            )
            if unsent:
                give_back(session, unsent, holder=self.holder, keep=others_follow, now=clock.now())
            return again

        again = self._insist(record)
        return [*again, *(each.message_id for each in unsent)] if others_follow else []

    def _count(self, provider: Provider, last: Answer) -> None:
        """This errand must not go on with a provider whose circuit opens meanwhile."""
        failed = last.fault is Fault.PROVIDER
        self._failures[provider.name] = self._failures[provider.name] + 1 if failed else 0

    def _begin(self, message_ids: Sequence[str], provider: Provider) -> list[Begun]:
        return self._database.transaction(
            lambda session: usecases.begin_attempts(
                session,
                message_ids,
                holder=self.holder,
                provider=provider,
                letterhead=self._letterhead,
                now=clock.now(),
                wall=clock.wall(),
            )
        )

    def _insist(self, work: Work[T]) -> T:
        """A database that is away for a moment must not make an answer unknown that we have in hand."""
        until = clock.wall() + LEASE
        while True:
            try:
                return self._database.transaction(work)
            except DBAPIError as error:
                if not is_away(error) or clock.wall() > until:
                    raise
                log.warning("database_away", error=str(error.orig))
                eventlet.sleep(DATABASE_PAUSE)


def _exchange(begun: Sequence[Begun], line: Line, provider: Provider, until: datetime) -> list[Answered]:
    """Of the first ones, in order; the rest has not been tried, for the provider failed or was too slow."""
    answered: list[Answered] = []
    for each in begun:
        answer = _exchange_one(each, line, provider)
        answer = replace(answer, detail=as_kept(answer.detail, each.letter.to))
        answered.append(Answered(each, answer))
        if answer.fault is Fault.PROVIDER or clock.wall() > until:
            break
    return answered


def _exchange_one(begun: Begun, line: Line, provider: Provider) -> Answer:
    if not (begun.is_repeat and provider.can_be_asked):
        return line.send(begun.letter)
    known = line.ask(begun.letter)
    if known is not None:
        return known
    return replace(line.send(begun.letter), is_first=True)
