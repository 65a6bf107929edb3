"""The process that forks `madang` processes for forking.py: `python -m tests.system.fork_server`.

For each line that it reads it forks a process, and prints its process id. A line is JSON {arguments, environment, log,
sabotage, status}. When the process has ended, its exit status is written to the file `status`.
"""

from services.chassis import green

green.patch()

import ctypes  # noqa: E402
import gc  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import hubs  # noqa: E402

from services.chassis import cli, runner  # noqa: E402, F401
from services.chassis.manifest import installed  # noqa: E402
from tests.faults import sabotage  # noqa: E402


def serve() -> None:
    for manifest in installed().values():
        manifest.service_class()
    gc.freeze()  # or each process would search all modules for garbage, and copy them for that
    running: dict[int, Path] = {}

    def reap(*_: Any) -> None:
        while running:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return  # the signal of the last child came just now, and its call of this function was quicker
            if not pid:
                return
            file = running.pop(pid)
            partial = file.with_suffix(".partial")
            partial.write_text(str(os.waitstatus_to_exitcode(status)))
            partial.rename(file)

    signal.signal(signal.SIGCHLD, reap)
    for line in sys.stdin:
        plan = json.loads(line)
        log = os.open(plan["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)  # it is there when a test reads it
        # a process that ends at once must be known before its end is noticed
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid == 0:
            sys.exit(become(plan, log))
        os.close(log)
        running[pid] = Path(plan["status"])
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def become(plan: dict[str, Any], log: int) -> int:
    """Do what the command does, in a process that was just forked. Returns the exit status."""
    hubs.use_hub()  # eventlet's own is one with the parent's, and with that of every other child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    ctypes.CDLL(None).prctl(sabotage.PR_SET_PDEATHSIG, signal.SIGKILL)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ.clear()
    os.environ.update(plan["environment"])
    if plan["sabotage"]:
        fault, marker = plan["sabotage"]
        sabotage.FAULTS[fault](Path(marker))
    return cli.main(plan["arguments"])


if __name__ == "__main__":
    serve()
