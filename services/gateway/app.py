"""The Flask application: the API, its document, the pages. The services have the data, here is who is logged in."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from services.chassis import metrics, tracing
from services.chassis.config import Config
from services.chassis.documents import store_of
from services.chassis.errors import DomainError, Unavailable
from services.gateway import incoming, login, reference, security, web
from services.gateway.api import document
from services.gateway.identity.door import Door, Identity, door
from services.gateway.limits import Limit, address_of
from services.gateway.problems import TOO_LARGE, TooLarge, Unauthenticated

STATIC = "pages.static"

log = structlog.get_logger("madang.request")


class Application(Flask):
    def answer(self, environ: dict[str, Any]) -> Response:
        """What WSGI would send, as the object that it is: not written out and read in again."""
        with self.request_context(environ):
            try:
                return self.full_dispatch_request()
            except Exception as error:  # noqa: BLE001 it is Flask's to handle, as where it is called by WSGI
                return self.handle_exception(error)


def create_app(config: Config) -> Application:
    app = Application(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.extensions.update(config=config, door=Door(config), limit=Limit(config.requests_a_minute))
    app.extensions["documents"] = store_of(config)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_leave)
    app.register_error_handler(Exception, _problem)
    document.install(app, config)
    web.install(app)
    login.install(app, config)
    reference.install(app)
    return app


def _begin() -> None:
    g.began = time.perf_counter()
    g.work = ExitStack()
    g.context = g.work.enter_context(tracing.work(f"gateway.{_route()}", incoming.begin(request)))
    if request.endpoint == STATIC:
        return  # the same for everybody
    identity = _identified()
    g.context = replace(g.context, actor=identity.actor, locale=identity.locale)
    if TOO_LARGE in request.environ:
        raise TooLarge  # with the form went the token that only our own pages send
    door().require_own_page(request, identity)
    g.context = replace(g.context, idempotency_key=incoming.idempotency_key(request))


def _identified() -> Identity:
    """Who asks, if it is not too often. Raises Unauthenticated, TooMany, Unavailable."""
    limit: Limit = current_app.extensions["limit"]
    address = address_of(request, current_app.extensions["config"].trusted_proxies)
    try:
        identity = door().identify(request, g.context.locale)
    except Unauthenticated:
        limit.spend(address)
        raise
    limit.spend(identity.actor.id or address)
    return identity


def _finish(response: Response) -> Response:
    context = incoming.context()
    response.headers["X-Correlation-ID"] = context.correlation_id
    response.headers.setdefault("Content-Language", context.locale)
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.update(("Accept-Language", "Authorization", "Cookie"))
    door().browsers.keep(response)
    if current_app.extensions["config"].is_secure:
        response.headers["Strict-Transport-Security"] = security.HTTPS_FROM_HERE_ON
    seconds = time.perf_counter() - g.began
    name = _route()
    metrics.calls.labels("gateway", name, str(response.status_code)).inc()
    metrics.call_seconds.labels("gateway", name).observe(seconds)
    log.info(
        "request",
        service="gateway",
        method=request.method,
        route=name,
        status=response.status_code,
        seconds=round(seconds, 4),
        actor=context.actor.id,
        correlation_id=context.correlation_id,
    )
    return response


def _leave(_error: BaseException | None) -> None:
    g.work.close()


def _problem(error: Exception) -> Any:
    if isinstance(error, HTTPException) and error.code is not None and error.code < 400:
        return error  # a redirect
    context = incoming.context()
    problem = incoming.as_problem(error)
    if problem.status >= 500:
        known = isinstance(error, (Unavailable, DomainError))
        log.error("failed", error=repr(error), correlation_id=context.correlation_id, exc_info=not known)
    if web.wants_page(request):
        return web.problem_page(problem)
    return problem.response(context.locale, context.correlation_id)


def _route() -> str:
    """What was asked for, without the ids in it: for logs and metrics. Nobody can make up names here."""
    return f"{request.method} {request.url_rule.rule}" if request.url_rule else "unknown"
