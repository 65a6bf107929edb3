"""Lock and check the rules. Everything that takes a room comes through here, on every path.

Rules that depend on other bookings can only be checked under the locks. All rules are checked there, so that all
refusals are returned together.
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

    Raises Refused with all rules that refuse it, and with alternatives where they help.
    """
    locking.lock_for(session, [application])
    refusals = gates.refused(application, situation.situation_of(session, application, apart_from))
    if not refusals:
        return
    helps = any(refusal.code in HELPED for refusal in refusals)
    raise Refused(refusals, suggest(session, application, apart_from) if helps else ())


def admit_all(session: Session, applications: Sequence[Application], *, apart_from: Collection[str]) -> None:
    """Admit several applications at once. Raises Refused with the refusals of all."""
    locking.lock_for(session, applications)
    refusals: list[Refusal] = []
    for number, application in enumerate(applications):
        there = situation.situation_of(session, application, apart_from)
        for earlier in applications[:number]:
            there = there.joined_by(earlier, application)
        refusals += gates.refused(application, there)
    if refusals:
        raise Refused(refusals)
