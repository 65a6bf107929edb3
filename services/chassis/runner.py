"""Runs services in this process: builds their containers, supervises them, drains them at a stop.

A container that dies is started again after a pause that doubles up to a limit; the others go on meanwhile. SIGTERM or
Ctrl-C: not ready, take nothing new, finish and acknowledge what runs, publish what is due, exit. A second signal, or
running work that exceeds the drain limit, ends it at once; what was cut off is delivered again by the broker. The
process must have been monkey-patched before anything else was imported (cli.py does it).
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import time
from collections.abc import Iterable, Sequence
from typing import Any

import eventlet
import structlog
from eventlet.event import Event
from nameko.containers import ServiceContainer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.chassis import health, metrics, store
from services.chassis.config import Config, database_variable
from services.chassis.db import is_away
from services.chassis.manifest import Manifest

DATABASE_PAUSE = 2.0
SELECT_1 = text("SELECT 1")
HEALTH_HOST = "0.0.0.0"
FIRST_PAUSE, LONGEST_PAUSE, HEALTHY_AFTER = 0.5, 30.0, 60.0

log = structlog.get_logger("madang.runner")


class StartRefused(Exception):
    """A service cannot be started here, and trying again would not help."""


def require_free_ports(config: Config, manifests: Iterable[Manifest]) -> None:
    """Raise StartRefused if a port that these services listen on cannot be had."""
    if config.health_port:
        _require_free_port("MADANG_HEALTH_PORT", HEALTH_HOST, config.health_port)
    if any(each.is_front for each in manifests):
        _require_free_port("MADANG_PORT", config.host, config.port)


def _require_free_port(variable: str, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        eventlet.listen((host, port), family, reuse_port=False).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            cause, remedy = "is already in use", f"{variable}={port % 65535 + 1}"
        elif error.errno == errno.EACCES:
            cause, remedy = "is not allowed to this user", f"{variable}=8001"
        else:
            raise StartRefused(
                f"MADANG_HOST={host!r}: {error.strerror}; give an address of this machine, such as 127.0.0.1."
            ) from error
        raise StartRefused(
            f"Port {port} on {host} {cause}. Choose another with {variable}, for example {remedy}."
        ) from error


def _wake_hub(heard: socket.socket, _written: socket.socket) -> None:
    """Read the bytes that the interpreter writes for signals, so that the hub wakes. Keeps both sockets open."""
    while heard.recv(64):
        pass


class Runner:
    def __init__(self, config: Config, manifests: Sequence[Manifest], subscribed: frozenset[tuple[str, str]]) -> None:
        """`manifests`: the services that run here. `subscribed`: (source, routing key) of their events that have a
        subscriber, and must reach it.
        """
        self._config = config
        self._manifests = manifests
        self._containers: dict[str, Any] = {}
        self._running: dict[str, Event] = {each.name: Event() for each in manifests}
        self._started: set[str] = set()
        self._stopping = False
        self._stop = Event()
        self.health = health.Health([each.name for each in manifests], lambda: self._containers)
        self._nameko_config = {
            "AMQP_URI": config.amqp_uri,
            "max_workers": config.max_workers,
            "HEARTBEAT": 30,
            "ACCEPT": ["json"],
            "madang": config,
            "subscribed": subscribed,
            "health": self.health,
        }

    def obey_signals(self) -> None:
        """From here on SIGTERM and Ctrl-C end `start` and `wait`. To be called first, so that none is missed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        # A handler does not end the hub's wait, so the stop would begin at the next timer. A readable socket ends it.
        heard, written = socket.socketpair()
        signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
        eventlet.spawn_n(_wake_hub, heard, written)

    def start(self) -> bool:
        """Returns when every container has been started once; False when a signal asked to stop before that."""
        if self._config.health_port:
            health.serve(self.health, HEALTH_HOST, self._config.health_port)
        for manifest in self._manifests:
            eventlet.spawn(self._supervise, manifest)
        for started in self._running.values():
            started.wait()
        return not self._stop.ready()

    def wait(self) -> None:
        """Until a signal asks to stop."""
        self._stop.wait()

    def stop(self) -> None:
        """Drains: the fronts first, for they hand work to the others."""
        self._stopping = True
        self.health.stopping = True
        fronts = [each.name for each in self._manifests if each.is_front]
        behind = [each.name for each in self._manifests if not each.is_front]
        for group in (fronts, behind):
            stops = [eventlet.spawn(self._stop_container, name) for name in group if name in self._containers]
            for each in stops:
                each.wait()
        store.close_databases()

    def _stop_container(self, name: str) -> None:
        container = self._containers[name]
        if name not in self._started:
            return  # it has begun no work, and may be waiting for a broker that is away
        try:
            with eventlet.Timeout(self._config.drain_limit, TimeoutError()):
                container.stop()
        except TimeoutError:
            log.error("drain_limit_exceeded", service=name)
            container.kill()

    def _supervise(self, manifest: Manifest) -> None:
        pause = FIRST_PAUSE
        while not self._stopping:
            began = time.monotonic()
            try:
                self._run_once(manifest)
                return
            except Exception as error:
                if self._stopping:
                    return
                metrics.container_restarts.labels(manifest.name).inc()
                if time.monotonic() - began > HEALTHY_AFTER:
                    pause = FIRST_PAUSE
                log.error("container_died", service=manifest.name, error=repr(error), pause=pause, exc_info=True)
            eventlet.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _run_once(self, manifest: Manifest) -> None:
        self._await_database(manifest)
        workers = max(manifest.max_workers, self._config.max_workers)
        container = ServiceContainer(manifest.service_class(), {**self._nameko_config, "max_workers": workers})
        self._containers[manifest.name] = container
        self._started.discard(manifest.name)
        try:
            container.start()
        except Exception as error:
            container.kill()
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                self._refuse_to_start(manifest, error)
            raise
        if not self._running[manifest.name].ready():
            self._running[manifest.name].send(True)
        self._started.add(manifest.name)
        log.info("started", service=manifest.name)
        container.wait()

    def _await_database(self, manifest: Manifest) -> None:
        """Wait while the database is away, as for a broker: a service may be started before what it needs."""
        while manifest.has_database and not self._stopping:
            try:
                store.open_database(self._config, manifest.name).transaction(lambda session: session.execute(SELECT_1))
                return
            except DBAPIError as error:
                if not is_away(error):
                    raise
                log.warning(
                    "database_away",
                    service=manifest.name,
                    error=str(error.orig).strip().partition("\n")[0],
                    remedy=f"start it, or correct {database_variable(manifest.name)} or DATABASE_URL",
                    retry_in=DATABASE_PAUSE,
                )
            eventlet.sleep(DATABASE_PAUSE)

    def _refuse_to_start(self, manifest: Manifest, error: OSError) -> None:
        """Somebody else has the port: trying again would hide that from who is waiting for the start."""
        if not self._running[manifest.name].ready():
            self._stopping = True
            self._running[manifest.name].send_exception(StartRefused(f"{manifest.name}: {error.strerror}"))

    def _on_signal(self, number: int, _: Any) -> None:
        if self._stop.ready():
            os._exit(1)
        log.info("stopping", signal=signal.Signals(number).name)
        self._stop.send(True)
        for started in self._running.values():
            if not started.ready():
                started.send(False)
