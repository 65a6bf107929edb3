"""Folder of the embedded databases, files and keys (MADANG_DATA). One process at a time uses it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from services.chassis.config import ConfigError

_LOCK = "lock"


def unwritable(folder: Path, error: OSError) -> ConfigError:
    """Return the error for a folder that cannot be created or written."""
    # If a file has the name of the folder, mkdir says "File exists".
    cause = "it is a file" if folder.is_file() else error.strerror
    return ConfigError(
        f"MADANG_DATA={str(folder)!r}: this folder cannot be written ({cause}); "
        "choose another, for example MADANG_DATA=/var/lib/madang"
    )


def lock(folder: Path) -> None:
    """Create the folder if needed, and lock it for this process until it ends.

    Raises ConfigError if the folder cannot be used or another process has locked it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
        os.close(descriptor)
        raise ConfigError(
            f"MADANG_DATA={str(folder)!r}: another process (id {holder}) uses this folder; "
            "stop it, or choose another folder with MADANG_DATA"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)  # only for the message above
