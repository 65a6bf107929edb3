"""Move files between people and the store, in pieces: never as a whole in memory or in a message.

A file has arrived as a whole (body.py) before the service is asked whether it may come. Then it goes into the store,
and the service records it. If the service refuses to, the file is removed; without an answer, the service finds it by
its age.
"""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Response, current_app, g, request

from services.chassis import ids, sniffing
from services.chassis.documents import DocumentStore
from services.chassis.errors import DomainError, Invalid, NotFound
from services.chassis.i18n import msgid as _
from services.gateway.client import ask
from services.recruitment.contract.documents import (
    AdmitDocument,
    Document,
    OpenDocument,
    RecordDocument,
    StoredDocument,
)

FORM = "multipart/form-data"
FIELD = "file"


def take_in(application_id: str, kind: str, name: str) -> Document:
    """Keep the file that was sent, and return its document. Raise recruitment's refusals.

    Raise Invalid for a form without a file.
    """
    g.context = replace(g.context, idempotency_key="")  # to put the same again is the same anyway
    file, name = _arrived(name)
    finding, size = sniffing.inspect(file), _size(file)
    ask(
        AdmitDocument(
            application_id=application_id, kind=kind, size=size, media_type=finding.media_type, fault=finding.fault
        )
    )
    store, upload_id = _store(), ids.new_id()
    arrived = store.receive(upload_id, file)
    key = store.keep(upload_id, arrived)
    try:
        return ask(
            RecordDocument(
                application_id=application_id,
                kind=kind,
                size=size,
                media_type=finding.media_type or "",
                upload_id=upload_id,
                name=name,
                digest=arrived.digest,
            )
        )
    except DomainError:
        store.remove(key)
        raise


def give_out(application_id: str, kind: str) -> Response:
    """Raises NotFound."""
    document = ask(OpenDocument(application_id=application_id, kind=kind))
    try:
        content = _store().read(document.key)
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(content, content_type=document.media_type, headers=_headers(document))


def _headers(document: StoredDocument) -> dict[str, str]:
    """The browser saves the file and does not show it: nothing in it is run."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name)}",
        "Content-Length": str(document.size),
        "ETag": f'"{document.digest}"',
        "Cache-Control": "private, no-store",
    }


def _arrived(name: str) -> tuple[BinaryIO, str]:
    """Return the file and its name: the body itself, or the one file of a form."""
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
