"""What checking a change costs: one file of tests, the checks, the whole suite. `python -m tests.bench.suite`."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import baseline
from tests.bench.table import show

PROGRAMS = Path(sys.executable).parent
CHECKS = ("ruff format --check .", "ruff check .", "mypy", "lint-imports")
ONE_FILE = "tests/unit/booking/test_gates.py"


def suite() -> Iterator[tuple[str, str]]:
    nothing = baseline.imports()
    yield "import of nameko, SQLAlchemy and Flask alone", nothing.beside(nothing)
    one_file = baseline.command([sys.executable, "-m", "pytest", "-q", ONE_FILE], runs=3)
    yield f"pytest {ONE_FILE}", one_file.beside(nothing)
    yield "make check, without caches", cold_check().beside(nothing)
    began = time.perf_counter()
    done = subprocess.run(["make", "test"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    minutes = (time.perf_counter() - began) / 60
    yield "make test", f"{minutes:.1f} min, " + ("passed" if done.returncode == 0 else "FAILED")


def cold_check() -> baseline.Cost:
    with tempfile.TemporaryDirectory() as cold:
        caches = {"RUFF_CACHE_DIR": f"{cold}/ruff", "MYPY_CACHE_DIR": f"{cold}/mypy", "HOME": cold}
        checks = " && ".join(f"{shlex.quote(str(PROGRAMS))}/{check}" for check in CHECKS)
        script = f"rm -rf {cold}/* .import_linter_cache; {checks}"
        return baseline.command(["sh", "-c", script], runs=2, environment={**os.environ, **caches})


if __name__ == "__main__":
    show(suite())
