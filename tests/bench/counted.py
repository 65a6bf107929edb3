"""Runs `madang` and notes each SQL statement: `python -m tests.bench.counted <file> run`.

The file gets a line for each: the time (of time.time) and the database. BEGIN and COMMIT are no statements here.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from services.chassis import cli, green


def main() -> int:
    file = open(sys.argv[1], "a", buffering=1)  # noqa: SIM115 it is open as long as the process lives

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.split(" ", 1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK"}:
            file.write(f"{time.time()}\t{connection.engine.url.database}\n")

    green.patch()
    from sqlalchemy import Engine, event

    event.listen(Engine, "before_cursor_execute", note)
    return cli.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
