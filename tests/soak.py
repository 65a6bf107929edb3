"""`make soak`: the searches of the test suite with many examples, and new ones each time. Takes hours.

The suite tries few examples, the same every time. With SOAK=1 in the environment, `pytest` on any file tries as many as
this command does. A part that fails or takes too long does not keep the next ones from running.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

SOAK = bool(os.environ.get("SOAK"))


def examples(in_suite: int, in_soak: int) -> int:
    """How many examples a test tries in this run."""
    return in_soak if SOAK else in_suite


LONGEST = 3 * 3600
"""Seconds for one part."""
PARTS = (
    "tests/unit",
    "tests/service/booking/test_machine.py",
    "tests/service/booking/test_storm.py",
    "tests/service/recruitment/test_panels.py",
    "tests/service/training/courses",
    "tests/system/test_openapi.py",
    "tests/faults/test_broadcast_kills.py",
    "tests/faults/test_closure.py",
    "tests/faults/test_delivery_kills.py",
    "tests/faults/test_room_saga.py",
)


def run(part: str) -> str:
    """How the part ended: "passed", "failed" or "took too long"."""
    command = [sys.executable, "-m", "pytest", "-q", "-o", "faulthandler_timeout=0", part]
    try:
        done = subprocess.run(command, env={**os.environ, "SOAK": "1"}, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return "took too long"
    return "failed" if done.returncode else "passed"


def main() -> int:
    """Print one line for each part. The exit status is 1 unless all passed."""
    outcomes = []
    for part in PARTS:
        began = time.monotonic()
        outcomes.append((run(part), time.monotonic() - began, part))
    for outcome, seconds, part in outcomes:
        sys.stdout.write(f"{outcome:14} {seconds:6.0f} s  {part}\n")
    return int(any(outcome != "passed" for outcome, _, _ in outcomes))


if __name__ == "__main__":
    sys.exit(main())
