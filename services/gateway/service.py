"""The gateway's one entrypoint: every HTTP request goes to the Flask application, which asks the services by RPC."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider
from werkzeug.wrappers import Request, Response

from services.chassis.rpc import Caller
from services.gateway.api.operations import CALLER
from services.gateway.app import create_app
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

    caller = Caller()
    site = Site()

    @receive
    def answer(self, request: Request) -> Response:
        return Response.from_app(self.site, {**request.environ, CALLER: self.caller})
