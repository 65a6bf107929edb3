"""The only source of identifiers: UUIDv7, which sort by the time of their creation.

Their order is good enough for indexes, not for deciding which of two came first.
"""

from __future__ import annotations

import uuid

import uuid_utils


def new_id() -> str:
    return str(uuid_utils.uuid7())


def new_trace_id() -> str:
    return uuid.uuid4().hex


def new_span_id() -> str:
    return uuid.uuid4().hex[:16]
