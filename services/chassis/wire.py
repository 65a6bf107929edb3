"""Has a socket something to be read? Asked without waiting and without asking the other side.

An idle connection has nothing to say, unless it has been cut: this is what tells one that is still good, for a
millionth of a second instead of a question and its answer.
"""

from __future__ import annotations

from typing import Any

from eventlet import patcher

# the true one: eventlet's own would wait in the hub, and has no poll
_select: Any = patcher.original("select")


def has_arrived(descriptor: int) -> bool:
    """True also when the other side has closed the connection, or the descriptor is no open one."""
    asked = _select.poll()
    asked.register(descriptor, _select.POLLIN)
    return bool(asked.poll(0))
