"""The entrypoints that a `service.py` is written in: `command`, `query`, `handles`.

Each loads what came with a schema, opens the one transaction of the work, calls the method with a `Call`, dumps its
answer with a schema, and writes one log line and the metrics. So a method of a service is: call one use case. A
command has an idempotency key; a query has none; a handler has the inbox (inbox.py).
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import structlog
from marshmallow import RAISE, Schema, ValidationError
from sqlalchemy.orm import Session

from services.chassis import clock, idempotency, metrics, tracing
from services.chassis.call import Call as Call
from services.chassis.context import Context
from services.chassis.contract import Handler
from services.chassis.contract_schemas import answer_schema, request_schema
from services.chassis.db import AGENDA, wake_after_commit
from services.chassis.errors import DomainError, Invalid, Refused
from services.chassis.rpc import rpc

log = structlog.get_logger("madang.call")


Method = Callable[[Any, Call[Any], Any], Any]
Makes = Callable[..., Schema]
"""A schema's class, or what makes a schema when it is needed first."""


def command(load: Makes, dump: Makes | None = None, *, secret: bool = False) -> Callable[[Method], Any]:
    """An RPC method that changes something: once per idempotency key, all of it or nothing.

    secret: its answer holds one, which must not lie about with the idempotency keys. It is given once.
    """
    loading, dumping = _made_once(load, dump)

    def decorate(method: Method) -> Any:
        @functools.wraps(method)
        def entry(self: Any, **arguments: Any) -> Any:
            with _observed(self, method.__name__) as context:
                loaded = loads(loading(), arguments)
                key = _key(context, method.__name__, arguments)

                def work(session: Session) -> Any:
                    call = Call(session, context, clock.now(), profile)
                    wake_after_commit(session, AGENDA)

                    def do() -> Any:
                        return dumps(dumping(), method(self, call, loaded))

                    return idempotency.once(session, key, clock.wall(), do, secret=secret)

                profile = self.store.profile
                try:
                    return self.store.transaction(work)
                except Refused as refused:
                    if context.idempotency_key:
                        _remember(self, key, refused)
                    raise

        return rpc(entry)

    return decorate


def query(load: Makes, dump: Makes | None = None) -> Callable[[Method], Any]:
    """An RPC method that only reads."""
    loading, dumping = _made_once(load, dump)

    def decorate(method: Method) -> Any:
        @functools.wraps(method)
        def entry(self: Any, **arguments: Any) -> Any:
            with _observed(self, method.__name__) as context:
                loaded = loads(loading(), arguments)
                profile = self.store.profile

                def work(session: Session) -> Any:
                    return dumps(dumping(), method(self, Call(session, context, clock.now(), profile), loaded))

                return self.store.transaction(work)

        return rpc(entry)

    return decorate


def serve(handler: Handler) -> Any:
    """The RPC method of an operation: load the request, let its use case carry it out, dump the answer."""
    operation = handler.operation

    def load(**options: Any) -> Schema:
        return request_schema(operation.request)(**options)

    def dump() -> Schema:
        return answer_schema(operation.answer)()

    def method(service: Any, call: Call[Any], request: Any) -> Any:
        return handler.usecase(replace(call, resources=service.resources), request)

    method.__name__ = method.__qualname__ = operation.name
    answers = dump if operation.answer is not None else None
    return command(load, answers, secret=operation.secret)(method) if operation.writes else query(load, answers)(method)


def loads(schema: Schema, arguments: Mapping[str, Any]) -> Any:
    """Raises Invalid with marshmallow's messages by field."""
    try:
        return schema.load(arguments)
    except ValidationError as error:
        raise Invalid("The request is not valid.", errors=error.messages) from error


def dumps(schema: Schema | None, answer: Any) -> Any:
    return schema.dump(answer) if schema is not None else answer


def _made_once(load: Makes, dump: Makes | None) -> tuple[Callable[[], Schema], Callable[[], Schema | None]]:
    """A schema keeps nothing of what it loads or dumps, and making one costs more than using it. Made at the first
    call: a process knows the methods of all services, and has the calls of one.
    """
    return functools.cache(lambda: load(unknown=RAISE)), functools.cache(lambda: dump() if dump is not None else None)


@contextmanager
def observed(service: str, name: str, context: Context, **known: Any) -> Iterator[Context]:
    """One span, one log line and the metrics of a piece of work."""
    began = time.perf_counter()
    outcome = "error"
    try:
        with tracing.work(f"{service}.{name}", context) as inner:
            yield inner
        outcome = "ok"
    except DomainError as error:
        outcome = error.code
        raise
    except Exception:
        log.exception("failed", service=service, call=name, correlation_id=context.correlation_id)
        raise
    finally:
        seconds = time.perf_counter() - began
        metrics.calls.labels(service, name, outcome).inc()
        metrics.call_seconds.labels(service, name).observe(seconds)
        log.info(
            "done",
            service=service,
            call=name,
            outcome=outcome,
            seconds=round(seconds, 4),
            actor=context.actor.id,
            correlation_id=context.correlation_id,
            **known,
        )


@contextmanager
def _observed(service: Any, name: str) -> Iterator[Context]:
    with observed(service.name, name, service.context) as context:
        yield context


def _key(context: Context, name: str, arguments: Mapping[str, Any]) -> idempotency.Key:
    return idempotency.Key.of(context.actor.id, name, context.idempotency_key or context.call_id, arguments)


def _remember(service: Any, key: idempotency.Key, refused: Refused) -> None:
    service.store.transaction(lambda session: idempotency.remember_refusal(session, key, clock.wall(), refused))
