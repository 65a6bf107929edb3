"""`make bench`: figures and ratios, all of one run. Machines are noisy: compare within a table, not between runs.

Each part is a process of its own, for what one imports changes how another works: clients wait in threads here and in
green threads there. A part that fails ends it, and what was measured before stands.
"""

from __future__ import annotations

import subprocess
import sys

PARTS = ("starting", "resting", "messaging", "bookings", "mails", "availability", "suite")


def main() -> None:
    for part in PARTS:
        subprocess.run([sys.executable, "-W", "ignore", "-m", f"tests.bench.{part}"], check=True)


if __name__ == "__main__":
    main()
