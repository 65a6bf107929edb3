"""RPC with keyword arguments, deadlines and typed errors, in nameko's own message format.

Server: a request that nobody waits for any more is not begun; one without `reply_to` or off the format is answered or
put aside, never a reason to die. A reply that cannot be sent because the broker is away is left: the request comes
again with the next connection and is answered from its idempotency key. Caller: `Caller.call` returns within the
deadline or raises `Unavailable`; requests vanish from the queue at their deadline. Requests and replies are transient:
a broker that restarts loses them, and the caller asks again.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import eventlet
import structlog
from nameko import exceptions as nameko_exceptions
from nameko.containers import ContainerBeingKilled
from nameko.exceptions import MalformedRequest, RpcTimeout, deserialize
from nameko.extensions import DependencyProvider
from nameko.rpc import ReplyListener as NamekoReplyListener
from nameko.rpc import Rpc as NamekoRpc
from nameko.rpc import RpcConsumer as NamekoRpcConsumer

from services.chassis import clock, metrics
from services.chassis.agenda import LOOK
from services.chassis.context import Context
from services.chassis.errors import (
    DomainError,
    Forbidden,
    IllegalTransition,
    Invalid,
    NotFound,
    Refused,
    StaleVersion,
    Unavailable,
)
from services.chassis.i18n import localised
from services.chassis.messaging import AnswerConsumer, BrokerAway, DrainingConsumer, rpc_queue
from services.chassis.publishing import Transient

log = structlog.get_logger(__name__)

# nameko rebuilds a registered exception from the arguments that came over the wire; ours come as one body.
for _type in (DomainError, Refused, Invalid, NotFound, Forbidden, StaleVersion, IllegalTransition):
    nameko_exceptions.registry[nameko_exceptions.get_module_path(_type)] = _type.from_wire


class RpcConsumer(NamekoRpcConsumer):
    queue_consumer = DrainingConsumer()

    def __init__(self) -> None:
        super().__init__()
        self.queue: Any = None

    def setup(self) -> None:
        if self.queue is None:
            self.queue = rpc_queue(self.container.service_name)
            self._replies = Transient(self.container.config["AMQP_URI"])
            self.queue_consumer.register_provider(self)

    def stop(self) -> None:
        super().stop()
        self._replies.close()

    def handle_message(self, body: Any, message: Any) -> None:
        if not message.properties.get("reply_to"):
            self._put_aside(message, "no reply_to")
            return
        if not isinstance(body, dict):
            self.handle_result(message, None, (MalformedRequest, MalformedRequest("a request is an object"), None))
            return
        super().handle_message(body, message)

    def handle_unreadable(self, message: Any, reason: str) -> None:
        self._put_aside(message, reason)

    def handle_result(self, message: Any, result: Any, exc_info: Any, locale: str = "en") -> tuple[Any, Any]:
        error = exc_info[1] if exc_info else None
        try:
            self._reply(message, {"result": result, "error": self._described(error, locale) if error else None})
        except BrokerAway as away:
            log.warning("reply_not_sent", reason=str(away))
            self.queue_consumer.give_up_message(message)
            return result, exc_info
        self.queue_consumer.ack_message(message)
        return result, exc_info

    def _described(self, error: Exception, locale: str) -> dict[str, Any]:
        """The error part of a reply, in nameko's own shape, readable by any nameko client."""
        if not isinstance(error, DomainError):
            return nameko_exceptions.serialize(error)
        package = self.container.service_cls.__module__.rpartition(".")[0]
        wire = localised(error, package, locale)
        return {
            "exc_type": type(error).__name__,
            "exc_path": nameko_exceptions.get_module_path(type(error)),
            "exc_args": [wire],
            "value": wire["message"],
        }

    def _reply(self, message: Any, payload: Mapping[str, Any]) -> None:
        self._replies.publish(
            payload,
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties.get("correlation_id"),
        )

    def _put_aside(self, message: Any, reason: str) -> None:
        log.error("request_put_aside", routing_key=message.delivery_info.get("routing_key"), reason=reason)
        metrics.requests_put_aside.labels(self.container.service_name).inc()
        self.queue_consumer.reject_message(message)


class Rpc(NamekoRpc):
    """The entrypoint under `command` and `query` (entrypoints.py)."""

    rpc_consumer = RpcConsumer()

    def handle_message(self, body: dict[str, Any], message: Any) -> None:
        if body.get("args") or not isinstance(body.get("kwargs"), dict):
            raise MalformedRequest("Give keyword arguments only.")
        headers = self.unpack_message_headers(message)
        context = Context.from_headers(headers, call_id=str(message.properties.get("correlation_id") or ""))
        if context.deadline is not None and context.deadline <= clock.wall():
            raise RpcTimeout("the deadline had passed before the work began")
        # nameko's own tracking of the call, and ours, ready made.
        headers = {**headers, "context": context}
        try:
            self.container.spawn_worker(
                self,
                (),
                body["kwargs"],
                context_data=headers,
                handle_result=partial(self._settle, message, context.locale),
            )
        except ContainerBeingKilled:
            self.rpc_consumer.requeue_message(message)

    def _settle(self, message: Any, locale: str, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        return self.rpc_consumer.handle_result(message, result, exc_info, locale)


rpc = Rpc.decorator


class ReplyListener(NamekoReplyListener):
    queue_consumer = AnswerConsumer()

    def setup(self) -> None:
        super().setup()
        # who waited for a reply that was lost with its connection asks again
        self.queue.no_ack = True

    def forget(self, correlation_id: str) -> None:
        self._reply_events.pop(correlation_id, None)

    def handle_message(self, body: Any, message: Any) -> None:
        waiting = self._reply_events.pop(message.properties.get("correlation_id"), None)
        if waiting is not None:  # it came within its deadline
            waiting.send(body)


class Caller(DependencyProvider):
    """Gives a service `self.caller.call("booking", "request_booking", {...}, context)`."""

    replies = ReplyListener()

    def setup(self) -> None:
        self._requests = Transient(self.container.config["AMQP_URI"])

    def stop(self) -> None:
        self._requests.close()

    def get_dependency(self, worker_ctx: Any) -> Caller:
        return self

    def call(self, service: str, method: str, arguments: Mapping[str, Any], context: Context) -> Any:
        """The method's answer. Raises the service's typed refusal, Unavailable, or nameko's RemoteError."""
        deadline = context.deadline or clock.wall() + timedelta(seconds=self.container.config["madang"].rpc_deadline)
        remaining = (deadline - clock.wall()).total_seconds()
        if remaining <= 0:
            raise Unavailable(service, "the deadline has passed")
        correlation_id = str(uuid.uuid4())
        reply = self.replies.get_reply_event(correlation_id)
        try:
            with eventlet.Timeout(remaining, RpcTimeout(remaining)):
                self._send(service, method, arguments, context, deadline, correlation_id, remaining)
                body = reply.wait()
        except RpcTimeout as error:
            raise Unavailable(service, f"no answer within {remaining:.1f} s") from error
        except BrokerAway as error:
            raise Unavailable(service, str(error)) from error
        finally:
            self.replies.forget(correlation_id)
        if body["error"]:
            raise deserialize(body["error"])
        return body["result"]

    def _send(
        self,
        service: str,
        method: str,
        arguments: Mapping[str, Any],
        context: Context,
        deadline: Any,
        correlation_id: str,
        remaining: float,
    ) -> None:
        headers = {**context.to_headers(), "deadline": deadline.isoformat()}
        self._requests.publish(
            {"args": [], "kwargs": dict(arguments)},
            routing_key=f"{service}.{method}",
            reply_to=self.replies.routing_key,
            correlation_id=correlation_id,
            expiration=str(int(remaining * 1000)),
            headers={f"nameko.{key}": value for key, value in headers.items()},
        )


def ask_to_look(uri: str, service: str) -> bool:
    """Asks the service, from another process, to look for due work at once. Nobody waits for its answer.

    False: the broker cannot be reached; the agenda finds the work by its next look.
    """
    requests = Transient(uri)
    try:
        # unanswered for so long, the service has looked by itself
        expiration = str(int(LOOK * 1000))
        requests.publish(
            {"args": [], "kwargs": {}},
            routing_key=f"{service}.look",
            reply_to="nobody",
            correlation_id=str(uuid.uuid4()),
            expiration=expiration,
        )
    except BrokerAway as away:
        log.warning("look_not_asked_for", service=service, reason=str(away))
        return False
    finally:
        requests.close()
    return True
