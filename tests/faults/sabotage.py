"""Runs `madang` with one fault built in: `python -m tests.faults.sabotage <fault> <marker file> serve notify`.

The fault strikes once: it leaves the marker file, and a process that finds the file behaves. Faults:
kill-before-ack: the process is killed (SIGKILL) when the handler's transaction is committed and before the message is
acknowledged. slow-handler: every handler takes two seconds more.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import eventlet

from services.chassis import cli, handlers, inbox


def kill_before_ack(marker: Path) -> None:
    settle = handlers.EventConsumer._settle

    def killed(self: Any, message: Any, *outcome: Any) -> Any:
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return settle(self, message, *outcome)

    handlers.EventConsumer._settle = killed


def slow_handler(_: Path) -> None:
    receive = inbox.receive

    def slow(*arguments: Any) -> Any:
        eventlet.sleep(2)
        return receive(*arguments)

    inbox.receive = slow


FAULTS = {"kill-before-ack": kill_before_ack, "slow-handler": slow_handler}

if __name__ == "__main__":
    FAULTS[sys.argv[1]](Path(sys.argv[2]))
    sys.exit(cli.main(sys.argv[3:]))
