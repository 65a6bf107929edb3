"""The server programs and the browser: where they are, and how they get there."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_POLICY = Path("/usr/sbin/policy-rc.d")
_POLICY_TEXT = "#!/bin/sh\n# Packages may be installed, their services not started.\nexit 101\n"


class ServersMissing(RuntimeError):
    """A server program is not on this machine and could not be installed. The message says which, and what to do."""


@dataclass(frozen=True)
class Package:
    """A Debian package, the programs that the tests need of it, and the variable that makes it unnecessary.

    also: packages that are installed with it.
    """

    name: str
    programs: tuple[str, ...]
    directories: tuple[str, ...]
    variable: str
    also: tuple[str, ...] = ()

    def program(self, name: str) -> Path | None:
        """The program of that name: in the newest of the package's own directories, else on the PATH."""
        for pattern in self.directories:
            # Newest first: 15 comes before 9.6, so it is the number that counts, not the text.
            for directory in sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True):
                if os.access(directory / name, os.X_OK):
                    return directory / name
        found = shutil.which(name)
        return Path(found) if found else None

    def missing(self) -> list[str]:
        return [name for name in self.programs if self.program(name) is None]


# Debian's /usr/sbin/rabbitmq-server changes directory and account before it starts the real script, so that one is not
# looked for.
RABBITMQ = Package(
    "rabbitmq-server",
    ("rabbitmq-server", "rabbitmqctl", "epmd"),
    ("/usr/lib/rabbitmq/bin", "/usr/lib/erlang/bin"),
    "TEST_AMQP_URI",
)
POSTGRESQL = Package("postgresql", ("postgres", "initdb"), ("/usr/lib/postgresql/*/bin",), "TEST_DATABASE_URL")
# Chromium without its windows takes a quarter less of the processor. Playwright brings a node that needs libatomic.
CHROMIUM = Package(
    "chromium-headless-shell", ("chromium-headless-shell",), (), "TEST_CHROMIUM", also=("fonts-nanum", "libatomic1")
)


def wanted() -> list[Package]:
    """The packages that no variable of the environment replaces."""
    return [package for package in (RABBITMQ, POSTGRESQL, CHROMIUM) if not os.environ.get(package.variable)]


def ensure(*packages: Package) -> None:
    """The programs of the packages are there on return, else ServersMissing.

    Packages are installed only by root and only where apt-get is; no service of theirs is started on the way.
    """
    absent = [package for package in packages if package.missing()]
    if not absent:
        return
    trouble = _install(absent) if _may_install() else ""
    if lacking := [package for package in absent if package.missing()]:
        raise ServersMissing(_advice(lacking) + trouble)


def path_of(package: Package, program: str) -> str:
    """Where the program is; ServersMissing when it is not."""
    found = package.program(program)
    if found is None:
        raise ServersMissing(_advice([package]))
    return str(found)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: list[Package]) -> str:
    """Empty when apt-get is content, else the end of what it said."""
    names = [name for package in packages for name in (package.name, *package.also)]
    sys.stderr.write(f"Installing {' and '.join(names)}: about half a minute ...\n")
    with _one_at_a_time(), _services_held_back():
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
            done = subprocess.run(
                ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *command],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
    if done.returncode == 0:
        return ""
    return f"\napt-get install {' '.join(names)} failed; it ended with:\n" + "\n".join(done.stdout.splitlines()[-15:])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Parallel test runs take turns, so that none removes the other's policy."""
    with (Path(tempfile.gettempdir()) / "madang-tests-install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _services_held_back() -> Iterator[None]:
    """Debian starts the service of a package that it installs, unless this program forbids it. An own one stays."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text(_POLICY_TEXT)
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink(missing_ok=True)


def _advice(packages: list[Package]) -> str:
    names = " ".join(name for package in packages for name in (package.name, *package.also))
    programs = ", ".join(
        f"{', '.join(package.missing())} (Debian package {package.name})" for package in packages if package.missing()
    )
    variables = " and ".join(package.variable for package in packages)
    return (
        f"These programs are missing: {programs}. Install them (as root: apt-get install {names}), or name "
        f"what is to be used instead in {variables}; the tests that need no server run with `make test-embedded`."
    )


def _version(directory: Path) -> list[int]:
    return [int(number) for part in directory.parts for number in part.split(".") if number.isdigit()]
