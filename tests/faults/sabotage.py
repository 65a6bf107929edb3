"""Faults that are built into a `madang` process before it starts (tests/system/fork_server.py).

kill-before-ack: once, as the marker file tells, the process is killed (SIGKILL) when the handler's transaction is
committed and before the message is acknowledged. kill-midway: the same with the 9th and with the 18th message, as the
marker file counts them. slow-handler: every handler takes two seconds more. fail-twice: the first two runs of a handler
fail after its effect; the marker file has the time of every run. refuse: every handler refuses after its effect.
eight: the process is eight, each a consumer of its own; they end with the first. eight-without-inbox: the same, and no
event is known again when it comes again.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import eventlet
from eventlet import hubs

from services.chassis import handlers, inbox
from services.chassis import service as chassis_service
from services.chassis.errors import DomainError
from services.chassis.manifest import installed

REPLICAS = 8
PR_SET_PDEATHSIG = 1
"""linux/prctl.h: the signal that a process gets when its parent is gone."""


def kill_before_ack(marker: Path) -> None:
    settle = handlers.EventConsumer._settle

    def killed(self: Any, message: Any, *outcome: Any) -> Any:
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return settle(self, message, *outcome)

    handlers.EventConsumer._settle = killed


def kill_midway(marker: Path) -> None:
    settle = handlers.EventConsumer._settle

    def killed(self: Any, message: Any, *outcome: Any) -> Any:
        with marker.open("a") as file:
            file.write(".")
        if marker.stat().st_size in {9, 18}:
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


def eight(_: Path) -> None:
    """Forked when all is imported and nothing connected yet. Each goes on to what this process is told to do."""
    for manifest in installed().values():
        manifest.service_class()
    first = os.getpid()
    for _number in range(REPLICAS - 1):
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != first:
                os._exit(0)
            hubs.use_hub()  # the first one's would wake up each of them for what comes to another
            os.environ["MADANG_HEALTH_PORT"] = "0"  # the port is the first one's
            return


def eight_without_inbox(marker: Path) -> None:
    inbox._arrive = lambda *_: True
    eight(marker)


def _after_effect(act: Any) -> None:
    consumer_of = handlers.consumer_of

    def sabotaged(service: Any, name: str) -> inbox.Consumer:
        consumer = consumer_of(service, name)

        def effect(session: Any, event: Any) -> None:
            consumer.effect(session, event)
            act(event)

        return replace(consumer, effect=effect)

    handlers.consumer_of = chassis_service.consumer_of = sabotaged


FAULTS = {
    "fail-twice": fail_twice,
    "refuse": refuse,
    "kill-before-ack": kill_before_ack,
    "kill-midway": kill_midway,
    "slow-handler": slow_handler,
    "eight": eight,
    "eight-without-inbox": eight_without_inbox,
}
