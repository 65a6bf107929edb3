"""Workers that send a broadcast until they are killed: `python -m tests.faults.broadcast_worker`.

For each line that it reads it forks a worker, and prints how it ended: so a worker is there at once. A line is JSON
{database, now, batch, torn, statements}. statements: before which statement of its own the worker is killed (SIGKILL),
so that no machine is too slow or too fast for it. torn: the protection is taken away: how far the broadcast has come is
kept before its messages.
"""

from services.chassis import green

green.patch()

import itertools  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from datetime import datetime  # noqa: E402
from functools import partial  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import hubs  # noqa: E402
from sqlalchemy import event  # noqa: E402

from services.chassis import clock, logs  # noqa: E402
from services.chassis.db import Database  # noqa: E402
from services.notify import rendering, usecases  # noqa: E402
from services.notify.usecases.tell import Desk, tell  # noqa: E402
from tests.service.notify.deliver_once import letterhead  # noqa: E402

FAN_OUT = sys.modules[usecases.fan_out_broadcasts.__module__]


def go_on(database: Database, desk: Desk, *, torn: bool) -> bool:
    fan_out = partial(usecases.fan_out_broadcasts, desk=desk, now=clock.now())
    if not torn:
        return database.transaction(fan_out)
    kept: list[Any] = []
    FAN_OUT.tell = lambda _session, *told, **known: kept.append((told, known))  # type: ignore[attr-defined]
    worked = database.transaction(fan_out)
    for told, known in kept:
        database.transaction(lambda session, told=told, known=known: tell(session, *told, **known))
    return worked


def die_at(database: Database, statement: int) -> None:
    left = itertools.count(statement - 1, -1)

    @event.listens_for(database.engine, "before_cursor_execute")
    def _(*_about: Any) -> None:
        if not next(left):
            os.kill(os.getpid(), signal.SIGKILL)


def main(plan: dict[str, Any], desk: Desk) -> None:
    logs.configure("ERROR")
    clock.start_at(datetime.fromisoformat(plan["now"]))
    FAN_OUT.BATCH, FAN_OUT.AHEAD = plan["batch"], 10**9  # type: ignore[attr-defined]
    database = Database(plan["database"])
    die_at(database, plan["statements"])
    while go_on(database, desk, torn=plan["torn"]):
        pass
    os._exit(0)


if __name__ == "__main__":
    ready = Desk(letterhead(), rendering.installed(), "example.org")
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            hubs.use_hub()  # eventlet's own is one with that of the other workers
            main(json.loads(line), ready)
        _, status = os.waitpid(worker, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
