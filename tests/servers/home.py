"""The directory of one server: its configuration, its data and its log, all of which go with it."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.servers.accounts import Account

MEMORY = Path("/dev/shm")
ROOM = 8 << 30
"""Bytes that memory must have free to hold the servers of all parts that run at once."""


def _root() -> Path:
    """In memory where there is room: a new database is hundreds of files, and there are thousands of databases. Nothing
    is synced anyway (postgres.py). TEST_SERVERS_ROOT says otherwise.
    """
    if chosen := os.environ.get("TEST_SERVERS_ROOT"):
        return Path(chosen).resolve()
    if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY / f"madang-servers-{os.getuid()}"
    return Path(__file__).resolve().parents[2] / ".servers"


ROOT = _root()

# PostgreSQL puts its socket inside; the kernel takes no socket path beyond 107 bytes.
_LONGEST = 85


def make_home(name: str, account: Account | None = None) -> Path:
    """A new empty directory `ROOT/<pid>/<name>-<random>`, owned by the account that the server will run as.

    Where that account cannot enter the checkout, or the checkout's path is too long for a socket, the directory is made
    in the machine's directory for temporary files.
    """
    own = ROOT / str(os.getpid())
    for parent in (own, Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        if home := _make_below(parent, name, account):
            return home
    raise PermissionError(f"no directory for {name}: {account} can enter neither {ROOT} nor a temporary directory")


def remove_home(home: Path) -> None:
    """The directory and all in it are gone, whoever wrote them; and so is `ROOT/<pid>` with its last one."""
    shutil.rmtree(home, ignore_errors=True)
    if above := directory_above(home):
        with suppress(OSError):
            above.rmdir()


def directory_above(home: Path) -> Path | None:
    """`ROOT/<pid>`, which goes with the last home in it; None where the home is in a directory of the machine's."""
    return home.parent if ROOT in home.parents else None


def _make_below(parent: Path, name: str, account: Account | None) -> Path | None:
    if len(os.fsencode(parent / name)) > _LONGEST:
        return None
    if ROOT in parent.parents:
        parent.mkdir(parents=True, exist_ok=True)
        for directory in (ROOT, parent):  # whatever the umask is: the server's account must pass through
            directory.chmod(0o755)
    home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))
    if account is None:
        return home
    os.chown(home, account.uid, account.gid)
    if _can_enter(account, home):
        return home
    remove_home(home)
    return None


def _can_enter(account: Account, home: Path) -> bool:
    test = ["test", "-w", str(home), "-a", "-x", str(home)]
    return subprocess.run(test, cwd="/", user=account.uid, group=account.gid, extra_groups=[]).returncode == 0
