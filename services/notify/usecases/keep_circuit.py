"""How much may go through a provider now: its circuit and its rate, in the database, for all workers alike.

The circuit opens when the provider fails FAILURES times in a row, and nothing goes to it; after OPEN_FOR one worker
sends one letter (half-open), whose answer closes the circuit or opens it again. The rate is a bucket that fills with
the provider's rate and holds one second of it. By wall time: providers recover in it, whatever the centre's clock says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from services.chassis.db import affected, insert_once
from services.notify.domain.message import Fault
from services.notify.domain.provider import Answer, Provider
from services.notify.models import ProviderState

FAILURES = 5
OPEN_FOR = timedelta(seconds=30)
PROBE = timedelta(seconds=60)
"""How long the one letter of a half-open circuit may take before another may try."""

_STATES = ProviderState.__table__
_FIND = select(ProviderState.failures, ProviderState.open_until).where(ProviderState.provider == bindparam("name"))
_PROBE = (
    update(ProviderState)
    .where(ProviderState.provider == bindparam("name"), ProviderState.open_until == bindparam("found"))
    .values(open_until=bindparam("until"))
    .execution_options(synchronize_session=False)
)
_CLOSE = (
    update(ProviderState)
    .where(
        ProviderState.provider == bindparam("name"),
        or_(ProviderState.failures > 0, ProviderState.open_until.is_not(None)),
    )
    .values(failures=0, open_until=None)
    .execution_options(synchronize_session=False)
)


def room(session: Session, provider: Provider, wanted: int, wall: datetime) -> int:
    """How many letters may go to the provider now, at most `wanted`. Call `take` for those that do."""
    found = session.execute(_FIND, {"name": provider.name}).one_or_none()
    if found is None:
        _begin(session, provider, wall)
    elif found.open_until is not None:
        if wall < found.open_until:
            return 0
        mine = affected(session, _PROBE, name=provider.name, found=found.open_until, until=wall + PROBE)
        wanted = min(wanted, mine)
    if provider.rate is None:
        return wanted
    return min(wanted, int(_allowance(session, provider, provider.rate, wall)))


def take(session: Session, provider: Provider, count: int, wall: datetime) -> None:
    """Reckons `count` letters among what the provider's rate allows."""
    if provider.rate is None or not count:
        return
    left = _allowance(session, provider, provider.rate, wall) - count
    session.execute(
        update(ProviderState)
        .where(ProviderState.provider == provider.name)
        .values(allowance=left, allowance_at=wall)
        .execution_options(synchronize_session=False)
    )


def note(session: Session, provider: Provider, answers: Sequence[Answer], wall: datetime) -> None:
    """Reckons what the provider has just answered, in order."""
    in_a_row = 0
    for answer in reversed(answers):
        if answer.fault is not Fault.PROVIDER:
            break
        in_a_row += 1
    if in_a_row < len(answers):
        session.execute(_CLOSE, {"name": provider.name})
    if in_a_row:
        _begin(session, provider, wall)
        state = session.get_one(ProviderState, provider.name, with_for_update=True, populate_existing=True)
        state.failures += in_a_row
        if state.failures >= FAILURES:
            state.open_until = wall + OPEN_FOR


def _allowance(session: Session, provider: Provider, rate: float, wall: datetime) -> float:
    """As it is now; the row is locked until the transaction ends."""
    state = session.get_one(ProviderState, provider.name, with_for_update=True, populate_existing=True)
    elapsed = max(0.0, (wall - state.allowance_at).total_seconds())
    return min(max(rate, 1.0), state.allowance + rate * elapsed)


def _begin(session: Session, provider: Provider, wall: datetime) -> None:
    first = max(provider.rate or 0.0, 1.0)
    insert_once(
        session, _STATES, provider=provider.name, failures=0, open_until=None, allowance=first, allowance_at=wall
    )
