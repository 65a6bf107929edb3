"""Ports that a server can be stopped on and started on again."""

import socket
from pathlib import Path
from random import SystemRandom

# Tests seed the global generator: two runs with one seed would pick the same ports.
_random = SystemRandom()

_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 15000


def free_ports(count: int) -> list[int]:
    """Different TCP ports that nothing on 127.0.0.1 listens on now.

    They lie below the range that the kernel gives to outgoing connections, so that no client which keeps calling while
    the server is down can be given the server's own port. Nothing reserves them: two runs that start in the same
    moment could in theory draw the same one, and the later server then fails to start and says so.
    """
    found: set[int] = set()
    while len(found) < count:
        port = _random.randrange(_LOWEST, _first_ephemeral())
        if is_free(port):
            found.add(port)
    return list(found)


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1 now."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def accepts(port: int) -> bool:
    """Whether somebody listens on the port of 127.0.0.1 now."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def _first_ephemeral() -> int:
    try:
        first = int(_EPHEMERAL.read_text().split()[0])
    except OSError:
        first = 32768
    return first if first > _LOWEST + 1000 else 32768
