"""`madang run` as a user starts it: one process, embedded broker, SQLite, with a clock that starts in March 2020."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.servers.ports import free_port
from tests.system.deployment import CLOCK, RPC_DEADLINE
from tests.system.profiles import without_quota
from tests.waiting import PATIENCE, wait_until

RUN = (sys.executable, "-m", "services.chassis.cli", "run")


class Embedded:
    """command, cwd: to start an installed Madang instead of this work tree."""

    def __init__(
        self, directory: Path, *, command: Sequence[str] = RUN, cwd: Path | None = None, **environment: str
    ) -> None:
        self._command, self._cwd = command, cwd
        self.directory = directory
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.root}/api/v1"
        self._log = directory / "run.log"
        self._environment = {
            **os.environ,
            "MADANG_DATA": str(directory / "data"),
            "MADANG_PROFILE": str(without_quota(directory)),
            "MADANG_PORT": str(self.port),
            "MADANG_CLOCK": CLOCK,
            "MADANG_RPC_DEADLINE": RPC_DEADLINE,
            **environment,
        }
        self.popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as output:
            self.popen = subprocess.Popen(
                self._command, cwd=self._cwd, env=self._environment, stdout=output, stderr=output
            )
        wait_until(lambda: self.is_ready() or self.popen.poll() is not None)
        assert self.popen.poll() is None, self.output()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.popen.send_signal(number)
        return self.popen.wait(PATIENCE)

    def is_ready(self) -> bool:
        try:
            return requests.get(f"{self.root}/readyz", timeout=120).status_code == 200
        except requests.RequestException:
            return False

    def output(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def token(self, sub: str, *roles: str, orgs: tuple[str, ...] = (), locale: str = "ko") -> str:
        person = {"sub": sub, "name": sub, "roles": list(roles), "orgs": list(orgs), "locale": locale}
        return requests.post(f"{self.url}/dev/tokens", json=person, timeout=120).json()["access_token"]

    def session(self, sub: str, *roles: str, **other) -> requests.Session:
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {self.token(sub, *roles, **other)}"
        return session


@contextmanager
def running(directory: Path, **environment: str) -> Iterator[Embedded]:
    embedded = Embedded(directory, **environment)
    embedded.start()
    try:
        yield embedded
    finally:
        if embedded.popen.poll() is None:
            embedded.stop()
