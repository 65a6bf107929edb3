"""Ports that a server can be stopped on and started on again."""

import socket
from pathlib import Path
from random import SystemRandom

# Tests seed the global generator: two runs with one seed would pick the same ports.
_random = SystemRandom()

_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 15000
_reserved: list[socket.socket] = []


def free_ports(count: int) -> list[int]:
    """Different TCP ports that nothing on 127.0.0.1 listens on now, reserved for this process as long as it lives.

    They lie below the range that the kernel gives to outgoing connections, so that no client which keeps calling while
    the server is down can be given the server's own port.
    """
    return [free_port() for _ in range(count)]


def free_port() -> int:
    while not (_reserve(port := _random.randrange(_LOWEST, _first_ephemeral())) and is_free(port)):
        pass
    return port


def _reserve(port: int) -> bool:
    """By a name that only one process of the machine can have: the parts of the suite run side by side."""
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0madang-port-{port}")
    except OSError:
        name.close()
        return False
    _reserved.append(name)
    return True


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
