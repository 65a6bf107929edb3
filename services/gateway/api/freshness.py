"""Is what somebody has still so? ETags of answers, for who asks again and for who changes what they have read.

A tag names the answer as it was given, in its language; of what has a version it begins with that: `"3-9f2c..."`. So
the tag of a thing that was read can be sent as If-Match with its change, in place of `version` in the body.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request
from marshmallow import Schema

from services.chassis.errors import Invalid, StaleVersion
from services.chassis.i18n import msgid as _
from services.gateway.problems import Outdated

VERSION = "version"
REVALIDATED = "private, no-cache"
"""May be kept by who got it, and is asked for again each time: unchanged, it is not sent again."""
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "The ETag of the answer that is there already",
    "schema": {"type": "string", "maxLength": 255, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag of what was read, in place of `version`: 412 if it has changed since",
    "schema": {"type": "string", "maxLength": 255, "pattern": '^(\\*|(W/)?"(0|[1-9][0-9]{0,8})(-[0-9a-f]+)?")$'},
}


def has_version(schema: Any) -> bool:
    return isinstance(schema, type) and issubclass(schema, Schema) and VERSION in schema._declared_fields


def conditional(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer with 304 if the request names the ETag of the answer."""

    @functools.wraps(view)
    def conditional(**arguments: Any) -> Response:
        answered = view(**arguments)
        if answered.status_code == 200 and not answered.is_streamed:
            if "ETag" not in answered.headers:
                answered.set_etag(_tag(answered))
            answered.headers.setdefault("Cache-Control", REVALIDATED)
            answered.make_conditional(request)
        return answered

    return conditional


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """The change of something that has a version; If-Match says which it was. Raises Invalid, Outdated."""

    @functools.wraps(view)
    def guarded(body: Mapping[str, Any], **arguments: Any) -> Any:
        expected = _expected(request.headers.get("If-Match", ""))
        if expected is None:
            return view(body=body, **arguments)
        if body.get(VERSION, expected) != expected:
            raise Invalid(errors={"If-Match": [_("This and `version` name two versions.")]})
        try:
            return view(body={**body, VERSION: expected}, **arguments)
        except StaleVersion as error:
            raise Outdated(error.message) from error
        except Invalid as error:
            if VERSION in error.errors and VERSION not in body:
                raise Outdated(StaleVersion.message) from error  # a version that it cannot have is not the newest
            raise

    return guarded


def _tag(answered: Response) -> str:
    digest = hashlib.sha256(answered.get_data()).hexdigest()[:32]
    content = answered.get_json() if answered.is_json else None
    version = content.get(VERSION) if isinstance(content, dict) else None
    return f"{version}-{digest}" if isinstance(version, int) else digest


def _expected(header: str) -> int | None:
    """The version that a tag of ours names; None where any is good. Proxies that compress make tags weak ones."""
    if not header or header.strip() == "*":
        return None
    version = header.strip().removeprefix("W/").strip('"').partition("-")[0]
    if not version.isascii() or not version.isdigit() or int(version[:10]) >= 2**31:
        raise Invalid(errors={"If-Match": [_("Give the ETag of what you have read.")]})
    return int(version)
