"""The folder of the embedded databases, files and keys (MADANG_DATA). One process at a time works with it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from services.chassis.config import ConfigError

_LOCK = "lock"


def refusal(folder: Path, error: OSError) -> ConfigError:
    # mkdir says "File exists" of a file in place of the folder
    cause = "it is a file" if folder.is_file() else error.strerror
    return ConfigError(
        f"MADANG_DATA={str(folder)!r}: this folder cannot be written ({cause}); "
        "name one that can, for example MADANG_DATA=/var/lib/madang"
    )


def hold(folder: Path) -> None:
    """Make the folder if need be, and keep it for this process until its end, however it ends.

    Raises ConfigError: the folder cannot be used, or another process has it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise refusal(folder, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode(errors="replace").strip()
        os.close(lock)
        raise ConfigError(
            f"MADANG_DATA={str(folder)!r}: another process (id {holder}) works with this folder; "
            "stop it, or name another folder with MADANG_DATA"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)  # for the message above; the lock is what counts
