"""The only source of time.

`now()` is the time that the rules use. It can be set at the start and moved forward, never back.
`wall()` is the time of the machine: for leases, deadlines and measurements, which must not follow a moved clock.
Both are aware and in UTC. Processes with the same MADANG_CLOCK differ by the moments at which they started.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)
_frozen_at: datetime | None = None
_listeners: list[Callable[[], None]] = []


def wall() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    return _frozen_at if _frozen_at is not None else wall() + _offset


def start_at(moment: datetime) -> None:
    """Set the clock to `moment` (aware). It runs on from there."""
    global _offset, _frozen_at
    _frozen_at = None
    _offset = moment.astimezone(UTC) - wall()


def move_to(moment: datetime) -> None:
    """Move the clock forward. Raises ValueError if `moment` is before now()."""
    if moment < now():
        raise ValueError(f"the clock cannot go back from {now().isoformat()} to {moment.isoformat()}")
    if _frozen_at is not None:
        freeze(moment)
    else:
        start_at(moment)
    for listener in list(_listeners):
        listener()


def freeze(moment: datetime) -> None:
    """Stop the clock at `moment` until it is moved or reset. For tests."""
    global _frozen_at
    _frozen_at = moment.astimezone(UTC)


def is_frozen() -> bool:
    """Return whether the clock stands still, so that nothing falls due by itself."""
    return _frozen_at is not None


def reset() -> None:
    """Return to the time of the machine."""
    global _offset, _frozen_at
    _offset, _frozen_at = timedelta(0), None


def on_move(listener: Callable[[], None]) -> None:
    """Call `listener` each time the clock is moved, so that due work is found at once."""
    _listeners.append(listener)


def forget(listener: Callable[[], None]) -> None:
    """Stop calling `listener`, if it is registered."""
    if listener in _listeners:
        _listeners.remove(listener)
