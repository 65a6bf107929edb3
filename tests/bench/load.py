"""A load generator that is the same for every service: raw AMQP, a fixed number of requests on their way."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from amqp import Connection, Message


class Load:
    def __init__(self, port: int, vhost: str) -> None:
        self._connection = Connection(f"127.0.0.1:{port}", "guest", "guest", virtual_host=vhost)
        self._connection.connect()
        self._channel = self._connection.channel()
        self._replies = self._channel.queue_declare(exclusive=True).queue
        self._address = str(uuid.uuid4())
        self._channel.queue_bind(self._replies, "nameko-rpc", self._address)
        self._answers: list[Any] = []
        self._channel.basic_consume(self._replies, no_ack=True, callback=self._answers.append)

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        self._ask(service, method, arguments)
        while not self._answers:
            self._connection.drain_events(timeout=30)
        body = json.loads(self._answers.pop().body)
        assert body["error"] is None, body
        return body["result"]

    def calls_per_second(self, service: str, method: str, arguments: dict[str, Any], total: int, at_once: int) -> float:
        asked = done = 0
        began = time.perf_counter()
        while done < total:
            while asked - done < at_once and asked < total:
                self._ask(service, method, arguments)
                asked += 1
            self._connection.drain_events(timeout=30)
            done += len(self._answers)
            assert all('"error": null' in answer.body for answer in self._answers), self._answers[0].body
            self._answers.clear()
        return total / (time.perf_counter() - began)

    def publish(self, exchange: str, routing_key: str, bodies: list[Any]) -> None:
        for body in bodies:
            message = Message(
                json.dumps(body), content_type="application/json", content_encoding="utf-8", delivery_mode=2
            )
            self._channel.basic_publish(message, exchange, routing_key)

    def _ask(self, service: str, method: str, arguments: dict[str, Any]) -> None:
        message = Message(
            json.dumps({"args": [], "kwargs": arguments}),
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._address,
            correlation_id=str(uuid.uuid4()),
            delivery_mode=1,
        )
        self._channel.basic_publish(message, "nameko-rpc", f"{service}.{method}")
