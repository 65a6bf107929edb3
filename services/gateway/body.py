"""Takes in a request's body as a whole: a length or chunks, no more than the limit, within BODY_LIMIT seconds.

Small bodies stay in memory, larger ones lie in a temporary file. One that is too large is refused as soon as that is
known.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

import eventlet
from eventlet.wsgi import ChunkReadError

from services.chassis.i18n import msgid as _

BODY_LIMIT = 300
IN_MEMORY = 1 << 20
PIECE = 64 << 10


class Refused(Exception):
    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(detail)


def receive(environ: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """What of the environ is new once the body is there. Raises Refused."""
    source, announced = environ["wsgi.input"], environ.get("CONTENT_LENGTH")
    if announced and int(announced) > limit:
        raise _too_large()
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as the request
    try:
        with eventlet.Timeout(BODY_LIMIT, TimeoutError()):
            size = _copy(source, body, limit)
    except TimeoutError as error:
        raise Refused(408, "invalid", _("The request did not arrive in time.")) from error
    except (ChunkReadError, OSError) as error:
        raise Refused(400, "invalid", _("The request did not arrive as a whole.")) from error
    if announced and size < int(announced):
        raise Refused(400, "invalid", _("The request did not arrive as a whole."))
    body.seek(0)
    return {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_LENGTH": str(size)}


def nothing() -> dict[str, Any]:
    """For the environ of a request whose body was refused and that is answered all the same."""
    return {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}


def _copy(source: Any, body: Any, limit: int) -> int:
    size = 0
    while piece := source.read(PIECE):
        size += len(piece)
        if size > limit:
            raise _too_large()
        body.write(piece)
    return size


def _too_large() -> Refused:
    return Refused(413, "too_large", _("This is too large."))
