"""One server program as a child process, known by its pid."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.servers.accounts import Account
from tests.servers.home import directory_above

START_SECONDS = 60
STOP_SECONDS = 30
_TAIL_LINES = 40

# Reads from a pipe that this process holds open. A word means that the server has ended; the end of the pipe means that
# this process has, in whatever way, and then nobody else is left to end the server and to remove its directory.
_GUARD = 'read -r _ && exit; kill -s "$1" "$2"; sleep 2; rm -rf "$3"; [ -z "$4" ] || rmdir "$4"'


class ServerFailed(RuntimeError):
    """A server did not start, or ended by itself. The message ends with the tail of its log."""


class ServerNotOurs(RuntimeError):
    """The tests may use this server, but neither stop nor break it: somebody else runs it."""


class Process:
    """A program that ends when it is told to, and at the latest when the Python process that started it ends.

    Its output is appended to `<home>/<name>.log`. It has a session of its own, so that Ctrl-C in the terminal does not
    reach it.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        home: Path,
        environment: Mapping[str, str],
        account: Account | None = None,
        crash_signal: signal.Signals = signal.SIGKILL,
    ) -> None:
        self.name = name
        self._command = list(command)
        self._home = home
        self._environment = dict(environment)
        self._account = account
        self._crash_signal = crash_signal
        self._child: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The operating system's number of the program, None while it does not run."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def launch(self) -> None:
        """Starts the program and does not wait until it is ready. A program that runs is left alone."""
        if self.pid is not None:
            return
        self._reap()
        user, group = (self._account.uid, self._account.gid) if self._account else (None, None)
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                self._command,
                cwd=self._home,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=[] if self._account else None,
            )
        self._guard = self._guarded(self._child.pid)

    def await_ready(self, is_ready: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        """Returns once `is_ready()`. When the program ends first or takes longer, ends it and raises ServerFailed."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self.pid is None:
                raise self._failure("ended while it started")
            if time.monotonic() > deadline:
                failure = self._failure(f"was not ready after {seconds:.0f} s")
                self.crash()
                raise failure
            time.sleep(0.05)

    def end(self, polite: signal.Signals, seconds: float = STOP_SECONDS) -> None:
        """Asks the program to end and waits; after `seconds` it is killed. The program is gone on return."""
        if self.pid is not None and self._child is not None:
            self._child.send_signal(polite)
            try:
                self._child.wait(seconds)
            except subprocess.TimeoutExpired:
                self._child.kill()
        self._reap()

    def crash(self) -> None:
        """Ends the program without any chance to put its data in order. The program is gone on return."""
        self.end(self._crash_signal)

    def _reap(self) -> None:
        if self._child is not None:
            self._child.wait()
            self._child = None
        if self._guard is not None:
            self._guard.communicate(b"ended\n")
            self._guard = None

    def _guarded(self, pid: int) -> subprocess.Popen[bytes]:
        arguments = [
            self._crash_signal.name.removeprefix("SIG"),
            str(pid),
            str(self._home),
            str(directory_above(self._home) or ""),
        ]
        return subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", *arguments],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def _log(self) -> Path:
        return self._home / f"{self.name}.log"

    def _failure(self, what: str) -> ServerFailed:
        lines = self._log.read_text(errors="replace").splitlines()[-_TAIL_LINES:]
        return ServerFailed("\n".join([f"{self.name} {what}; the end of its log:", *lines]))
