"""The events as documents: JSON Schema for each, AsyncAPI 3 for all, exported from the marshmallow schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from services.chassis import topology
from services.chassis.events import EventType
from services.chassis.manifest import Manifest


def published(manifests: Iterable[Manifest]) -> Iterator[EventType]:
    """Every event type of the services, by source and name."""
    for manifest in manifests:
        if manifest.events:
            module = vars(import_module(manifest.events))
            yield from sorted(
                (each for each in module.values() if isinstance(each, EventType)), key=lambda each: each.type
            )


def heard(manifests: Iterable[Manifest]) -> frozenset[tuple[str, str]]:
    """(source, routing key) of every event of the services to which a service subscribes, as its type says.

    `topology.subscribed` finds the same by importing the subscribers.
    """
    return frozenset((each.source, each.routing_key) for each in published(manifests) if each.heard)


def json_schema(event: EventType) -> dict[str, Any]:
    """The schema of the event's `data`, with the schemas that it refers to under $defs."""
    from apispec import APISpec  # documents are rarely made
    from apispec.ext.marshmallow import MarshmallowPlugin

    plugin = MarshmallowPlugin(schema_name_resolver=lambda _: None)
    APISpec(title="events", version="1", openapi_version="3.1.0", plugins=[plugin])
    assert plugin.converter is not None
    schema = plugin.converter.schema2jsonschema(event.schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": event.dataschema,
        "title": event.type,
        **schema,
    }


def asyncapi(manifests: Sequence[Manifest]) -> dict[str, Any]:
    events = list(published(manifests))
    consumers = list(topology.subscriptions(manifests))
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Madang events", "version": "1"},
        "channels": {_channel(each): _described_channel(each) for each in events},
        "operations": {
            **{f"publish_{_channel(each)}": _operation("send", _channel(each)) for each in events},
            **{
                f"{name.replace('.', '_')}_on_{taken.name}": _operation(
                    "receive", f"{taken.source}_{taken.name}_v{taken.version}"
                )
                for name, taken in consumers
                if any(each.source == taken.source and each.name == taken.name for each in events)
            },
        },
        "components": {"messages": {_channel(each): _message(each) for each in events}},
    }


def _channel(event: EventType) -> str:
    return f"{event.source}_{event.name}_v{event.version}"


def _described_channel(event: EventType) -> dict[str, Any]:
    return {
        "address": event.routing_key,
        "messages": {"event": {"$ref": f"#/components/messages/{_channel(event)}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": f"{event.source}.events", "type": "topic", "durable": True},
            }
        },
    }


def _operation(action: str, channel: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}


def _message(event: EventType) -> dict[str, Any]:
    return {"name": event.type, "contentType": "application/json", "payload": _envelope_schema(event)}


def _envelope_schema(event: EventType) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": text,
            "source": {"const": f"/madang/{event.source}"},
            "type": {"const": event.type},
            "subject": text,
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"const": "application/json"},
            "dataschema": {"const": event.dataschema},
            "traceparent": text,
            "correlationid": text,
            "causationid": text,
            "sequence": {"type": "integer"},
            "data": json_schema(event),
        },
    }
