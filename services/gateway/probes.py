"""/livez, /readyz and /metrics on the gateway's own port.

They are answered where requests arrive, not by a worker: while every worker waits for a service that is away, the
gateway is alive all the same and must not be restarted for it.
"""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response


class Probes:
    """health: services/chassis/health.py."""

    def __init__(self, health: Any) -> None:
        self._probes = {"/livez": health.live, "/readyz": health.ready, "/metrics": health.metrics}

    def answer(self, method: str, path: str) -> Response | None:
        """None: it is something else that is asked for."""
        probe = self._probes.get(path)
        if probe is None or method not in {"GET", "HEAD"}:
            return None
        status, content_type, body = probe()
        return Response(body, status, content_type=content_type)
