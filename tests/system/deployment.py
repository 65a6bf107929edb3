"""A whole deployment for a test: every service as its own process (`madang serve`), on RabbitMQ and PostgreSQL.

Everything is real: processes are killed by signal, the broker by its own means. Logs stand in the test's directory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import requests
import yaml
from nameko.standalone.rpc import ClusterRpcProxy
from sqlalchemy import create_engine, text

from services.chassis import profile, topology
from services.chassis.context import Actor
from services.chassis.db import Database
from services.chassis.manifest import installed, named
from tests import servers
from tests.servers.ports import free_port
from tests.service import migrated
from tests.system.forking import Child, fork_server
from tests.system.profiles import without_quota
from tests.waiting import PATIENCE, wait_until

OUTSIDE_SOURCES = ("district",)
CLOCK = "2020-03-10T09:00:00+09:00"
RPC_DEADLINE = "60"
"""Seconds. The usual ten may pass on a busy machine."""


@dataclass
class Process:
    service: str
    popen: subprocess.Popen[bytes] | Child
    health: str
    log: Path

    @property
    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.health}/readyz", timeout=120) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def metric(self, name: str, /, **labels: str) -> float:
        """The sum of the metric's samples that have these labels, 0 if there is none yet."""
        with urllib.request.urlopen(f"{self.health}/metrics", timeout=120) as answer:
            lines = answer.read().decode().splitlines()
        samples = [line for line in lines if line.startswith(f"{name}{{")]
        found = [line for line in samples if all(f'{label}="{value}"' in line for label, value in labels.items())]
        return sum(float(line.split()[-1]) for line in found)

    def send(self, number: signal.Signals) -> None:
        self.popen.send_signal(number)

    def kill(self) -> None:
        self.popen.kill()
        self.popen.wait()


class Deployment:
    """Databases have the profile, and the broker its queues.

    by_commands: all is done by the commands that an operator types. Otherwise databases are copies, and processes are
    forked (forking.py).
    """

    def __init__(self, directory: Path, *, by_commands: bool = False, **environment: str) -> None:
        self.directory = directory
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/api/v1"
        self.amqp_uri = servers.rabbitmq().fresh_vhost()
        centre = environment.get("MADANG_PROFILE") or str(without_quota(directory))
        content = Path(centre).read_text(encoding="utf-8")
        self.databases = {
            name: servers.postgres().create_database(like=None if by_commands else _loaded(name, content))
            for name, manifest in installed().items()
            if manifest.has_database
        }
        self.processes: list[Process] = []
        self._environment = {
            **os.environ,
            "AMQP_URI": self.amqp_uri,
            "MADANG_PORT": str(self.port),
            "MADANG_DATA": str(directory / "data"),
            "MADANG_PROFILE": centre,
            "MADANG_CLOCK": CLOCK,
            "MADANG_DEV_LOGIN": "1",
            "MADANG_RPC_DEADLINE": RPC_DEADLINE,
            "MADANG_TOKEN_KEY": "a key for this test alone, long enough",
            **{f"MADANG_{name.upper()}_DATABASE_URL": url for name, url in self.databases.items()},
            **environment,
        }
        self._by_commands = by_commands
        if by_commands:
            self.madang("migrate")
            self.madang("load")
        else:
            topology.declare(self.amqp_uri, installed().values(), OUTSIDE_SOURCES)

    def start_at(self, moment: str) -> None:
        """Whatever is started from now on has this clock."""
        self._environment["MADANG_CLOCK"] = moment

    def start(self, *services: str, sabotage: Sequence[str] = (), patience: float = PATIENCE) -> list[Process]:
        """One process for each name, ready. `sabotage`: a fault of tests/faults/sabotage.py and its marker file."""
        started = [self.spawn(service, sabotage) for service in services]
        for process in started:
            wait_until(lambda process=process: process.is_ready or process.popen.poll() is not None, patience)
            assert process.popen.poll() is None, process.log.read_text()
        return started

    def madang(self, *arguments: str) -> str:
        """Runs a `madang` command to its end. Returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "services.chassis.cli", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def of(self, service: str) -> list[Process]:
        return [each for each in self.processes if each.service == service and each.popen.poll() is None]

    def session(self, sub: str, *roles: str, orgs: Sequence[str] = ()) -> requests.Session:
        """An HTTP client of a person, who has a contact."""
        person = {"sub": sub, "name": sub, "roles": list(roles), "orgs": list(orgs), "locale": "ko"}
        token = requests.post(f"{self.url}/dev/tokens", json=person, timeout=120).json()["access_token"]
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        return session

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[Any]:
        with ClusterRpcProxy(
            {"AMQP_URI": self.amqp_uri}, context_data={"actor": actor.to_wire(), "locale": "ko"}, timeout=30
        ) as proxy:
            yield proxy

    def sql(self, service: str, statement: str, **values: Any) -> list[Any]:
        engine = create_engine(self.databases[service])
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            rows = list(result) if result.returns_rows else []
        engine.dispose()
        return rows

    def stop(self) -> None:
        """End all at once. What an orderly end does is shown by tests of it alone."""
        for process in self.processes:
            process.send(signal.SIGKILL)
        for process in self.processes:
            process.popen.wait(60)
        for url in self.databases.values():
            servers.postgres().drop_database(url)
        servers.rabbitmq().drop_vhost(self.amqp_uri)

    def spawn(self, service: str, sabotage: Sequence[str] = ()) -> Process:
        health_port = free_port()
        log = self.directory / f"{service}-{len(self.processes)}.log"
        environment = {**self._environment, "MADANG_HEALTH_PORT": str(health_port)}
        popen: subprocess.Popen[bytes] | Child
        if self._by_commands:
            command = [sys.executable, "-m", "services.chassis.cli", "serve", service]
            with log.open("wb") as output:
                popen = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        else:
            popen = fork_server().fork(["serve", service], environment, log, sabotage)
        process = Process(service, popen, f"http://127.0.0.1:{health_port}", log)
        self.processes.append(process)
        return process


@cache
def _loaded(service: str, content: str) -> str:
    """The address of a database with the profile, to be copied."""
    manifest = named(service)
    url = migrated.on_postgresql(manifest)
    database = Database(url)
    load = partial(
        profile.load, manifest=manifest, content=yaml.load(content, yaml.CSafeLoader), now=datetime.fromisoformat(CLOCK)
    )
    database.transaction(load)
    database.dispose()
    return url
