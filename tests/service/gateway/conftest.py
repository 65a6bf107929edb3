"""A whole installation as `madang run` starts it: one process, embedded. The tests talk HTTP to it and nothing else."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import requests

from services.chassis.manifest import installed
from tests.servers.ports import free_port
from tests.service import migrated
from tests.system.deployment import RPC_DEADLINE
from tests.system.forking import Child, fork_server
from tests.waiting import PATIENCE, wait_until

REPOSITORY = Path(__file__).resolve().parents[3]
TENTH_OF_MARCH = "2020-03-10T09:00:00+09:00"


class Installation:
    """Started by its constructor. `call` gives the response; `token` logs somebody in.

    by_command: as a person starts it. Otherwise its databases are copies, and it is forked (forking.py).
    """

    def __init__(
        self,
        data: Path,
        now: str = TENTH_OF_MARCH,
        command: Sequence[str] = ("run",),
        by_command: bool = False,
        **settings: str,
    ) -> None:
        self.port = int(settings.get("MADANG_PORT", 0)) or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("MADANG_", "AMQP_", "DATABASE_"))
            },
            "MADANG_DATA": str(data),
            "MADANG_PORT": str(self.port),
            "MADANG_CLOCK": now,
            "MADANG_RPC_DEADLINE": RPC_DEADLINE,
            **settings,
        }
        self.session = requests.Session()
        self.session.trust_env = False
        self._log = data / "log"
        self.process = self._started(command) if by_command else self._forked(data, command)
        wait_until(self._is_ready)

    def call(self, method: str, path: str, person: str | None = None, **options: Any) -> requests.Response:
        headers = {**({"Authorization": f"Bearer {person}"} if person else {}), **options.pop("headers", {})}
        prefix = (
            ""
            if path.startswith(("/api", "/livez", "/readyz", "/metrics", "/openapi", "/login")) or path == "/"
            else "/api/v1"
        )
        options.setdefault("timeout", PATIENCE)
        return self.session.request(method, self.address + prefix + path, headers=headers, **options)

    def token(self, sub: str, *roles: str, **known: Any) -> str:
        answer = self.call("POST", "/dev/tokens", json={"sub": sub, "roles": list(roles), **known})
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def madang(self, *arguments: str) -> str:
        """Runs a `madang` command with this installation's settings. Returns what it printed."""
        program = [sys.executable, "-m", "services.chassis.cli", *arguments]
        done = subprocess.run(program, env=self.environment, capture_output=True, text=True, check=True, cwd=REPOSITORY)
        return done.stdout

    def log(self) -> str:
        """Of a forked installation it begins with its greeting."""
        return self._log.read_text()

    def stop(self) -> int:
        """Ends it politely, and gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.session.close()
        return code

    def _started(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            program = [sys.executable, "-m", "services.chassis.cli", *command]
            return subprocess.Popen(
                program, cwd=REPOSITORY, env=self.environment, stdout=subprocess.DEVNULL, stderr=log
            )

    def _forked(self, data: Path, command: Sequence[str]) -> Child:
        for service, manifest in installed().items():
            database = data / f"{service}.db"
            if manifest.has_database and not database.exists():
                migrated.copy_to(database, service)
        return fork_server().fork(command, self.environment, self._log)

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.log()
        try:
            return self.call("GET", "/readyz").status_code == 200
        except requests.ConnectionError:
            return False


@pytest.fixture(scope="package")
def madang(tmp_path_factory) -> Iterator[Installation]:
    """One for all tests of this directory; each keeps to its own days and people."""
    running = Installation(tmp_path_factory.mktemp("madang"), by_command=True)
    yield running
    running.stop()


@pytest.fixture
def fresh(tmp_path) -> Iterator[Any]:
    """fresh(now=..., command=..., MADANG_...=...): an installation of the test's own."""
    started: list[Installation] = []

    def start(**settings: Any) -> Installation:
        started.append(Installation(tmp_path, **settings))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="package")
def spring(tmp_path_factory) -> Iterator[Any]:
    """A spring's calls, tenancies and courses (access/spring.py). Who changes what it has leaves the rest alone."""
    from tests.service.gateway.access.spring import BEGIN, SETTINGS, Spring  # which need an Installation

    running = Installation(tmp_path_factory.mktemp("spring"), now=BEGIN, **SETTINGS)
    yield Spring(running)
    running.stop()


@pytest.fixture(scope="package")
def resident(madang) -> str:
    return madang.token("minji", "resident", name="김민지")


@pytest.fixture(scope="package")
def neighbour(madang) -> str:
    return madang.token("junho", "resident", name="박준호")


@pytest.fixture(scope="package")
def staff(madang) -> str:
    return madang.token("staff-1", "staff", name="김담당")


def application(space: str = "edu-1", day: str = "2020-03-20", start: int = 10, end: int = 12, **other: Any) -> dict:
    return {
        "space_id": space,
        "start": f"{day}T{start:02}:00:00+09:00",
        "end": f"{day}T{end:02}:00:00+09:00",
        "title": "마을 모임",
        "purpose": "community",
        "attendees": 10,
        **other,
    }


def problem_of(answer: requests.Response, status: int, code: str = "invalid") -> dict:
    """The problem that the answer is, after a look at what every problem has."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.text
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["correlation_id"] == answer.headers["X-Correlation-ID"]
    return problem
