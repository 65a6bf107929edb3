"""Traces across RPC and the outbox, by the W3C traceparent, with OpenTelemetry's API only.

Without an SDK in the process, spans cost nothing and the traceparent is still passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.chassis import context as call_context
from services.chassis.context import Context

_tracer = trace.get_tracer("madang")
_propagator = TraceContextTextMapPropagator()


@contextmanager
def work(name: str, context: Context) -> Iterator[Context]:
    """Open a span below the caller's. Yield the context with this span as the parent of further work."""
    parent = _propagator.extract({"traceparent": context.traceparent})
    with _tracer.start_as_current_span(name, context=parent) as span:
        if span.is_recording():
            carrier: dict[str, str] = {}
            _propagator.inject(carrier)
            context = replace(context, traceparent=carrier["traceparent"])
        with call_context.use(context):
            yield context
