"""RabbitMQ's management API: virtual hosts and queues, without the slow command line."""

import base64
import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

_SECONDS = 60

# A proxy of the environment is for the world outside, not for a server under test.
_opener = build_opener(ProxyHandler({}))


class Management:
    """The API below a base address such as `http://127.0.0.1:15672`; the user must be an administrator."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._address = address.rstrip("/")
        self._authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def answers(self) -> bool:
        """Whether the API is up and lets the user in."""
        try:
            self._ask("GET", "/overview")
        except (URLError, OSError):
            return False
        return True

    def create_vhost(self, name: str, user: str) -> None:
        """The virtual host is there on return, and the user may do everything in it."""
        self._ask("PUT", f"/vhosts/{_part(name)}", {})
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        self._ask("PUT", f"/permissions/{_part(name)}/{_part(user)}", everything)

    def delete_vhost(self, name: str) -> None:
        """The virtual host and its queues are gone, and connections to it are closed. One that is not there is fine."""
        try:
            self._ask("DELETE", f"/vhosts/{_part(name)}")
        except HTTPError as refusal:
            if refusal.code != 404:
                raise

    def queues(self, vhost: str) -> dict[str, dict[str, Any]]:
        """The queues by name, each as the API describes it, with the freshest counts that it has."""
        described = self._ask("GET", f"/queues/{_part(vhost)}")
        # The description is as old as the last sample; totals without statistics come from the queues themselves.
        totals = self._ask("GET", f"/queues/{_part(vhost)}?disable_stats=true&enable_queue_totals=true")
        fresh = {queue["name"]: queue for queue in totals}
        return {queue["name"]: {**queue, **fresh.get(queue["name"], {})} for queue in described}

    def limit_deliveries(self, vhost: str, limit: int) -> None:
        policy = {"pattern": ".*", "apply-to": "queues", "definition": {"delivery-limit": limit}}
        self._ask("PUT", f"/policies/{_part(vhost)}/deliveries", policy)

    def close_connections(self, vhost: str) -> int:
        """Closes each connection to the virtual host that the API knows of, and counts them."""
        known = self._ask("GET", f"/vhosts/{_part(vhost)}/connections")
        for connection in known:
            self._ask("DELETE", f"/connections/{_part(connection['name'])}")
        return len(known)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        request = Request(f"{self._address}/api{path}", method=method)
        request.add_header("Authorization", self._authorization)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with _opener.open(request, timeout=_SECONDS) as answer:
                text = answer.read()
        except HTTPError as refusal:
            refusal.close()
            raise
        return json.loads(text) if text else None


def _part(name: str) -> str:
    return quote(name, safe="")
