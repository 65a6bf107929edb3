"""Lock, then the rules: the one way in for everything that wants to have a room, by whatever path it comes.

A rule that depends on what others do can only be judged under the locks; all of them are judged there, so that all
refusals come together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from services.booking.domain import gates
from services.booking.domain.alternatives import HELPED
from services.booking.domain.application import Application
from services.booking.queries import situation
from services.booking.usecases import locking
from services.booking.usecases.suggesting import suggest
from services.chassis.errors import Refusal, Refused


def admit(session: Session, application: Application, *, apart_from: Collection[str] = ()) -> None:
    """apart_from: bookings whose rooms, equipment and quota the application takes over.

    Raises Refused with every rule that speaks against it, and with alternatives where they help.
    """
    locking.lock_for(session, [application])
    found = gates.refused(application, situation.found(session, application, apart_from))
    if not found:
        return
    helps = any(refusal.code in HELPED for refusal in found)
    raise Refused(found, suggest(session, application, apart_from) if helps else ())


def admit_all(session: Session, applications: Sequence[Application], *, apart_from: Collection[str]) -> None:
    """Several at once, which take over from bookings of theirs. Raises Refused with the refusals of all."""
    locking.lock_for(session, applications)
    found: list[Refusal] = []
    for number, application in enumerate(applications):
        there = situation.found(session, application, apart_from)
        for earlier in applications[:number]:
            there = there.joined_by(earlier, application)
        found += gates.refused(application, there)
    if found:
        raise Refused(found)
