"""The HTTP server under the gateway's entrypoint.

Unlike nameko's own it stops without cutting anybody off: it takes no new connection, closes those that wait for a
request, and lets a container stop only when every answer that is owed has been written. A request is handed to a worker
when it has arrived as a whole, so that slow senders hold a connection and no worker.
"""

from __future__ import annotations

import socket
from functools import partial
from typing import Any

import eventlet
import structlog
from eventlet import wsgi
from eventlet.event import Event
from nameko.containers import ContainerBeingKilled
from nameko.web.handlers import HttpRequestHandler
from nameko.web.server import WebServer as NamekoWebServer
from werkzeug.wrappers import Request, Response

from services.gateway import body, incoming, problems, security, web
from services.gateway.probes import Probes
from services.gateway.protocol import CLOSE, IDLE_LIMIT, SOCKET_LIMIT, Protocol

MOST_CONNECTIONS = 1000

log = structlog.get_logger("madang.http")


class WebServer(NamekoWebServer):
    _starting: bool
    _is_accepting: bool

    def __init__(self) -> None:
        super().__init__()
        self._connections: dict[int, list[Any]] = {}
        self._greenlets = eventlet.GreenPool(MOST_CONNECTIONS)

    def start(self) -> None:
        if self._starting:
            return
        self._starting = True
        config = self.container.config["madang"]
        family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        self._sock = eventlet.listen((config.host, config.port), family, backlog=512, reuse_port=False)
        self._sock.settimeout(None)
        self._serv = self.get_wsgi_server(self._sock, self.get_wsgi_app())
        self._gt = self.container.spawn_managed_thread(self.run)

    def get_wsgi_app(self) -> Any:
        (entrance,) = self._providers
        config = self.container.config
        return Reception(entrance, Probes(config["health"]), config["madang"].body_limit)

    def get_wsgi_server(self, sock: Any, wsgi_app: Any, protocol: Any = Protocol, debug: bool = False) -> Any:
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=protocol,
            debug=debug,
            log_output=False,
            keepalive=IDLE_LIMIT,
            socket_timeout=SOCKET_LIMIT,
        )

    def run(self) -> None:
        while self._is_accepting:
            try:
                connected, address = self._sock.accept()
            except OSError as error:
                if not self._is_accepting:
                    return
                # No file descriptor left, or the peer went away in the queue: neither is a reason to stop listening.
                log.error("accept_failed", error=str(error))
                eventlet.sleep(0.1)
                continue
            connected.settimeout(SOCKET_LIMIT)
            state = [address, connected, wsgi.STATE_IDLE]
            self._connections[id(state)] = state
            self._greenlets.spawn_n(self._serve, state)

    def _serve(self, state: list[Any]) -> None:
        try:
            self._serv.process_request(state)
        except (OSError, ValueError) as error:
            log.debug("connection_lost", error=repr(error))
        except Exception as error:
            log.error("connection_failed", error=repr(error), exc_info=True)
        finally:
            del self._connections[id(state)]
            state[1].close()

    def drain(self) -> None:
        """Returns when every answer that is owed has been written."""
        self._close_door()
        self._serv.keepalive = False
        for state in list(self._connections.values()):
            if state[2] == wsgi.STATE_IDLE:
                _shut(state[1])
            else:
                state[2] = wsgi.STATE_CLOSE
        self._greenlets.waitall()

    def stop(self) -> None:
        self._close_door()

    def kill(self) -> None:
        if self._starting:
            self._close_door()
            for state in list(self._connections.values()):
                _shut(state[1])

    def _close_door(self) -> None:
        if self._is_accepting:
            self._is_accepting = False
            if self._gt is not None:  # None: the port was taken
                self._gt.kill()
                self._sock.close()


class Reception:
    """The WSGI application: takes the request in as a whole and hands it to the entrypoint."""

    def __init__(self, entrance: Entrance, probes: Probes, limit: int) -> None:
        self._entrance, self._probes, self._limit = entrance, probes, limit

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ[problems.CORRELATION_ID] = incoming.correlation_id(environ)
        response = self._probes.answer(environ["REQUEST_METHOD"], environ["PATH_INFO"]) or self._received(environ)
        security.protect(response.headers)
        return response(environ, start_response)

    def _received(self, environ: dict[str, Any]) -> Response:
        try:
            environ.update(body.receive(environ, self._limit))
        except body.Refused as refused:
            environ[CLOSE]()
            log.info("refused", status=refused.status, correlation_id=environ[problems.CORRELATION_ID])
            if refused.status != 413 or not web.wants_page(Request(environ)):
                return problems.response(environ, refused.status, refused.code, refused.detail)
            environ.update({**body.nothing(), problems.TOO_LARGE: True})
        return self._entrance.handle_request(Request(environ))


class Entrance(HttpRequestHandler):
    """The entrypoint for every method and path; the Flask application knows which there are."""

    server = WebServer()

    def __init__(self, **options: Any) -> None:
        super().__init__("GET", "/", **options)

    def handle_request(self, request: Request) -> Response:
        answered = Event()
        try:
            self.container.spawn_worker(self, (request,), {}, handle_result=partial(self.handle_result, answered))
            response: Response = answered.wait()
            return response
        except ContainerBeingKilled:
            return problems.response(request.environ, 503, "unavailable", problems.AWAY)
        except Exception as error:
            log.error("request_failed", error=repr(error), exc_info=True)
            return problems.response(request.environ, 500, "internal", problems.UNEXPECTED)

    def stop(self) -> None:
        self.server.drain()
        super().stop()


receive = Entrance.decorator


def _shut(connected: Any) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        log.debug("connection_lost", error=repr(error))
