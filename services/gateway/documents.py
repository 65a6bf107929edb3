"""Files on their way between people and the store: in pieces, never as a whole in memory, never in a message.

A file has arrived as a whole (body.py) before anything is asked. Then: may it come? into the store; it is there. Where
the last answer is a refusal the file goes again; where there is none, the service finds it by its age.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from flask import Response, current_app, g, request

from services.chassis import ids, sniffing
from services.chassis.documents import DocumentStore
from services.chassis.errors import DomainError, Invalid, NotFound
from services.chassis.i18n import msgid as _
from services.gateway.api.operations import ask

FORM = "multipart/form-data"
FIELD = "file"


def take_in(application_id: str, kind: str, name: str) -> Any:
    """The document as recruitment knows it. Raises its refusals, and Invalid for a form without a file."""
    g.context = replace(g.context, idempotency_key="")  # to put the same again is the same anyway
    file, name = _arrived(name)
    found = sniffing.inspect(file)
    of = {"application_id": application_id, "kind": kind, "size": _size(file), "media_type": found.media_type}
    ask("recruitment", "admit_document", {**of, "fault": found.fault})

    store, upload_id = _store(), ids.new_id()
    arrived = store.receive(upload_id, file)
    key = store.keep(upload_id, arrived)
    told = {**of, "upload_id": upload_id, "name": name, "digest": arrived.digest}
    try:
        return ask("recruitment", "record_document", told)
    except DomainError:
        store.remove(key)
        raise


def give_out(application_id: str, kind: str) -> Response:
    found = ask("recruitment", "open_document", {"application_id": application_id, "kind": kind})
    try:
        content = _store().read(found["key"])
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(content, content_type=found["media_type"], headers=_headers(found))


def _headers(found: Mapping[str, Any]) -> dict[str, str]:
    """To be saved, not shown: what a stranger sent runs nowhere."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found['name'])}",
        "Content-Length": str(found["size"]),
        "ETag": f'"{found["digest"]}"',
        "Cache-Control": "private, no-store",
    }


def _arrived(name: str) -> tuple[BinaryIO, str]:
    """The file and its name: the body itself, or the one file of a form."""
    if request.mimetype != FORM:
        return cast("BinaryIO", request.environ["wsgi.input"]), name
    file = request.files.get(FIELD)
    if file is None:
        raise Invalid(errors={FIELD: [_("Give a file.")]})
    return cast("BinaryIO", file.stream), file.filename or name


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _store() -> DocumentStore:
    store: DocumentStore = current_app.extensions["documents"]
    return store
