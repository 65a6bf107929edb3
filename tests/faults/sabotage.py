"""Runs `madang` with one fault built in: `python -m tests.faults.sabotage <fault> <marker file> serve notify`.

kill-before-ack: once, as the marker file tells, the process is killed (SIGKILL) when the handler's transaction is
committed and before the message is acknowledged. slow-handler: every handler takes two seconds more. fail-twice: the
first two runs of a handler fail after its effect; the marker file has the time of every run. refuse: every handler
refuses after its effect.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import eventlet

from services.chassis import cli, handlers, inbox
from services.chassis import service as chassis_service
from services.chassis.errors import DomainError


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


def fail_twice(times: Path) -> None:
    def fail(_: Any) -> None:
        with times.open("a") as file:
            file.write(f"{time.time()}\n")
        if len(times.read_text().split()) <= 2:
            raise RuntimeError("sabotaged")

    _after_effect(fail)


def refuse(_: Path) -> None:
    def raise_refusal(_: Any) -> None:
        raise DomainError("sabotaged")

    _after_effect(raise_refusal)


def _after_effect(act: Any) -> None:
    consumer_of = handlers.consumer_of

    def sabotaged(service: Any, name: str) -> inbox.Consumer:
        consumer = consumer_of(service, name)

        def effect(session: Any, event: Any) -> None:
            consumer.effect(session, event)
            act(event)

        return replace(consumer, effect=effect)

    handlers.consumer_of = chassis_service.consumer_of = sabotaged


FAULTS = {"fail-twice": fail_twice, "refuse": refuse, "kill-before-ack": kill_before_ack, "slow-handler": slow_handler}

if __name__ == "__main__":
    FAULTS[sys.argv[1]](Path(sys.argv[2]))
    sys.exit(cli.main(sys.argv[3:]))
