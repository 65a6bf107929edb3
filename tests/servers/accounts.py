"""The account of the machine that a server runs as, for servers that refuse to run as root."""

import os
import pwd
from typing import NamedTuple


class Account(NamedTuple):
    name: str
    uid: int
    gid: int


def unprivileged() -> Account | None:
    """None where the caller is not root (the server then runs as the caller), else `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise LookupError("root may not run PostgreSQL, and this machine has neither an account postgres nor one nobody")
