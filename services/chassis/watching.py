"""`make dev`: `madang run`, started anew when its code or the centre profile changes. Ends on Ctrl-C.

The files' times are polled: no library is needed for that, and a thousand files take a few milliseconds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from services.chassis.config import PROFILE

SERVICES = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "services.chassis.cli", "run")
POLL = 0.3
"""Seconds between two looks at the files."""
QUIET, LOOKS = 0.1, 50
"""An editor or git writes many files one after another: seconds without a change that end this, and most looks."""
DRAIN = 0.5
"""Seconds in which running work may be finished. What is cut off is done again: nothing that is committed is lost."""
PATIENCE = 5.0
"""Seconds after which a process that was told to end at once is killed."""


class Ended(BaseException):
    """SIGTERM or Ctrl-C."""


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    profile = Path(os.environ.get("MADANG_PROFILE") or PROFILE)
    process = None
    try:
        before = times(profile)
        while True:
            process = subprocess.Popen(COMMAND)
            before, reason = _next_change(process, before, profile)
            _say(f"Restarting: {reason}")
            _stop(process)
    except Ended:
        if process is not None:
            _stop(process)
        return 0


def times(profile: Path) -> dict[str, int]:
    """When each file was changed, in nanoseconds. One that is gone before it is looked at is left out."""
    found = {}
    for path in _files(profile):
        try:
            found[path] = os.stat(path).st_mtime_ns
        except FileNotFoundError:
            continue
    return found


def difference(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """Which files changed, in words; empty if none did."""
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    if not changed:
        return ""
    name = os.path.relpath(changed[0])
    return f"{name} changed" if len(changed) == 1 else f"{name} and {len(changed) - 1} more changed"


def _next_change(process: subprocess.Popen[bytes], before: dict[str, int], profile: Path) -> tuple[dict[str, int], str]:
    is_told = False
    while True:
        time.sleep(POLL)
        if process.poll() is not None and not is_told:
            _say(f"Madang ended with status {process.returncode}. It starts again when a file changes.")
            is_told = True
        if difference(before, after := times(profile)):
            after = _settled(after, profile)
            return after, difference(before, after) or "a file changed and changed back"


def _settled(seen: dict[str, int], profile: Path) -> dict[str, int]:
    for _ in range(LOOKS):
        time.sleep(QUIET)
        if (now := times(profile)) == seen:
            break
        seen = now
    return seen


def _files(profile: Path) -> Iterator[str]:
    yield str(profile)
    for folder, folders, names in os.walk(SERVICES):
        folders[:] = _without_caches(folders)
        yield from (os.path.join(folder, name) for name in names)


def _without_caches(folders: Iterable[str]) -> list[str]:
    return [each for each in folders if each != "__pycache__"]


def _stop(process: subprocess.Popen[bytes]) -> None:
    for patience in (DRAIN, PATIENCE):
        process.terminate()  # the second time it ends at once
        try:
            process.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    process.wait()


def _say(text: str) -> None:
    print(f"make dev: {text}", file=sys.stderr, flush=True)


def _end(*_: Any) -> None:
    raise Ended


if __name__ == "__main__":
    sys.exit(main())
