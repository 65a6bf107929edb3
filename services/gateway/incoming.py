"""What is read of every request beside its identity (identity/door.py): correlation id, language, idempotency key.

A correlation id or traceparent that makes no sense is replaced: they are the caller's convenience. An idempotency key
that makes no sense is refused: the caller relies on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Request, g

from services.chassis import ids
from services.chassis.context import Context
from services.chassis.errors import Invalid
from services.gateway import language, problems

CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
IDEMPOTENCY_KEY = re.compile(r"[!-~]([ -~]{0,253}[!-~])?")


def begin(request: Request) -> Context:
    """The context as far as it can be known without refusing anything."""
    return Context.begin(
        locale=language.negotiated(request.headers.get("Accept-Language")),
        correlation_id=correlation_id(request.environ),
        traceparent=_sane(TRACEPARENT, request.headers.get("traceparent")),
    )


def correlation_id(environ: Mapping[str, Any]) -> str:
    """The one that is known, or the caller's, if it makes sense, or a new one."""
    known: str = environ.get(problems.CORRELATION_ID, "")
    return known or _sane(CORRELATION_ID, environ.get("HTTP_X_CORRELATION_ID")) or ids.new_id()


def idempotency_key(request: Request) -> str:
    """Raises Invalid."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method in {"GET", "HEAD", "OPTIONS"}:
        return ""
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Invalid(errors={"Idempotency-Key": ["Give 1 to 255 printable characters."]})
    return key


def context() -> Context:
    """Of the request that is being answered."""
    return g.context  # type: ignore[no-any-return]


def is_anonymous() -> bool:
    return context().actor.is_anonymous


def as_problem(error: Exception) -> problems.Problem:
    return problems.of(error, anonymous=is_anonymous(), locale=context().locale)


def _sane(pattern: re.Pattern[str], value: str | None) -> str:
    return value if value is not None and pattern.fullmatch(value) else ""
