"""An S3-compatible store for tests, as a process of its own: moto's server, with one empty bucket `madang`."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.servers.ports import accepts, free_ports

ADDRESS = "s3://madang/files"
PATIENCE = 60
SERVE = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"


@contextmanager
def object_store() -> Iterator[dict[str, str]]:
    """The variables by which an S3 client finds it."""
    (port,) = free_ports(1)
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], stderr=subprocess.DEVNULL)
    try:
        _await(port, server)
        found = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        requests.put(f"{found['AWS_ENDPOINT_URL']}/madang", timeout=PATIENCE).raise_for_status()
        yield found
    finally:
        server.kill()
        server.wait()


def kept(found: dict[str, str]) -> list[str]:
    """The names of everything in the bucket, half-sent uploads too."""
    names = []
    for question in ("list-type=2", "uploads"):
        answer = requests.get(f"{found['AWS_ENDPOINT_URL']}/madang?{question}", timeout=PATIENCE)
        answer.raise_for_status()
        names += re.findall("<Key>(.*?)</Key>", answer.text)
    return sorted(names)


def _await(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while not accepts(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise AssertionError("the object store did not start")
        time.sleep(0.1)
