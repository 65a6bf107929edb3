"""The gateway's one entrypoint: every HTTP request goes to the Flask application, which asks the services by RPC."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Request, Response

from services.chassis import clock
from services.chassis.rpc import Caller
from services.chassis.store import Store
from services.chassis.timers import every
from services.gateway.app import create_app
from services.gateway.client import CALLER
from services.gateway.identity import sessions
from services.gateway.manifest import MANIFEST
from services.gateway.server import receive


class Site(DependencyProvider):
    """The Flask application, made once for each container."""

    def setup(self) -> None:
        self.application = create_app(self.container.config["madang"])

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self.application


class GatewayService:
    name = "gateway"
    manifest = MANIFEST

    store = Store()
    caller = Caller()
    site = Site()

    @every(3600, leased=True)
    def forget_ended_sessions(self) -> bool:
        """True: there is more."""
        return self.store.transaction(lambda session: sessions.forget_ended(session, clock.wall())) > 0

    @receive
    def answer(self, request: Request) -> Response:
        answered: Response = self.site.answer({**request.environ, CALLER: self.caller})
        return answered
