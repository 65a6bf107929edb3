"""Lines that stay open from one handful of letters to the next: to connect costs more than to send."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from services.notify.domain.provider import Line, Provider

IDLE = 10.0
"""Seconds after which a line that nobody has used is closed. Servers are known to close theirs after a minute."""


class Lines:
    """The lines of one worker process. One greenlet at a time has a line."""

    def __init__(self) -> None:
        self._idle: dict[str, list[tuple[float, Line]]] = defaultdict(list)

    @contextmanager
    def to(self, provider: Provider) -> Iterator[Line]:
        idle = self._idle[provider.name]
        line = idle.pop()[1] if idle else provider.line()
        try:
            yield line
        finally:
            idle.append((time.monotonic(), line))

    def close_idle(self) -> None:
        """Those that have not been used for IDLE seconds."""
        before = time.monotonic() - IDLE
        for name, lines in self._idle.items():
            for _, line in [each for each in lines if each[0] <= before]:
                line.close()
            self._idle[name] = [each for each in lines if each[0] > before]

    def close(self) -> None:
        for lines in self._idle.values():
            while lines:
                lines.pop()[1].close()
