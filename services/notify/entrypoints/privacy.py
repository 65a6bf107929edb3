"""Entrypoints by which personal data goes: a person is erased, and what is beyond its time."""

from __future__ import annotations

import structlog

from services.chassis import clock
from services.chassis.entrypoints import Call, command
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.store import Store
from services.chassis.timers import every
from services.notify import metrics, usecases
from services.notify.schemas import people as forms
from services.notify.usecases.purge_expired import BATCH

LOOK_EVERY = 3600
"""Seconds. What goes by days may go within the hour."""

log = structlog.get_logger("madang.privacy")


class Privacy:
    store: Store

    @command(forms.ErasePersonSchema)
    def erase_person(self, call: Call, wanted: forms.ErasePerson) -> None:
        usecases.erase_person(call.session, wanted, actor=call.actor, now=call.now)

    @handles(OUTSIDE, "person_erased", forms.ErasedPersonSchema)
    def obey_erasure(self, call: Call, event: Received) -> None:
        usecases.forget_person(call.session, event.data.person_id)

    @every(LOOK_EVERY, leased=True)
    def purge_expired(self) -> bool:
        """A batch of each; True: there may be more."""
        retention = self.store.profile.retention
        gone = self.store.transaction(
            lambda session: usecases.purge_expired(session, retention=retention, now=clock.now())
        )
        for what, count in gone.items():
            metrics.purged.labels(what).inc(count)
        if any(gone.values()):
            log.info("purged", **gone)
        return BATCH in gone.values()
