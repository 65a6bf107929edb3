"""The yardstick of the figures on starting: a process that imports nameko, SQLAlchemy and Flask, and does nothing.

Machines differ and are noisy; how many times the yardstick something takes says more than its seconds.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

RUNS = 5
IMPORTS = "import eventlet; eventlet.monkey_patch(); import nameko.runners, sqlalchemy.orm, flask"


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and on the processor, and megabytes resident."""

    seconds: float
    processor: float
    megabytes: float

    def beside(self, baseline: Cost) -> str:
        """The figures, each with its ratio to the baseline's."""
        return (
            f"{self.seconds:5.2f} s ({self.seconds / baseline.seconds:.1f}x), "
            f"{self.processor:5.2f} s of CPU ({self.processor / baseline.processor:.1f}x), "
            f"{self.megabytes:4.0f} MB ({self.megabytes / baseline.megabytes:.1f}x)"
        )


def imports() -> Cost:
    """Cost of the yardstick."""
    return command([sys.executable, "-W", "ignore", "-c", IMPORTS])


def command(arguments: Sequence[str], *, runs: int = RUNS, environment: Mapping[str, str] | None = None) -> Cost:
    """Median cost of a command that ends by itself, its children included, after one run that is not counted.

    Raises CalledProcessError when it fails.
    """
    costs = [_run(arguments, environment) for _ in range(runs + 1)][1:]
    return Cost(
        median(each.seconds for each in costs),
        median(each.processor for each in costs),
        median(each.megabytes for each in costs),
    )


def _run(arguments: Sequence[str], environment: Mapping[str, str] | None) -> Cost:
    """The memory is that of the largest process."""
    measured = [sys.executable, "-c", _MEASURE, *arguments]
    done = subprocess.run(measured, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, list(arguments), stderr=done.stderr)
    seconds, processor, kilobytes = done.stderr.splitlines()[-1].split()
    return Cost(float(seconds), float(processor), int(kilobytes) / 1024)


# RUSAGE_CHILDREN adds up over all children and keeps the largest ever: each run has a parent of its own.
_MEASURE = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
seconds = time.perf_counter() - began
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, spent.ru_utime + spent.ru_stime, spent.ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
