"""Documents of applications: what the gateway asks before and after a file comes in, and before one goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, Line, Matching, Whole
from services.chassis.i18n import msgid as _
from services.chassis.sniffing import Fault
from services.recruitment.contract.vocabulary import Capacity

documents = Part("recruitment", "applications", "Documents of applications, and who opened them")

Size = Annotated[int, Whole(0, 2**40), Doc("Bytes")]
MediaType = Annotated[str, Line(max=255)]


# --- answers


class Document(Answer):
    """digest: SHA-256 of the content. submitted: it is part of what was submitted last."""

    id: str
    kind: str
    name: str
    media_type: str
    size: Annotated[int, Doc("Bytes")]
    digest: str
    uploaded_at: datetime
    submitted: bool


class StoredDocument(Answer):
    """Document to be read from the store. key: of the file in the store."""

    key: str
    name: str
    media_type: str
    size: int
    digest: str


class Access(Answer):
    """Record of a person who opened a document. capacity: the role in which they did."""

    at: datetime
    actor_id: str
    capacity: Capacity
    document_id: str
    kind: str


# --- operations


@documents.query()
class AdmitDocument(Request[None]):
    """Check whether a file may come. media_type: found in its content. It is None if there is a fault."""

    application_id: Id
    kind: Id
    size: Size
    media_type: MediaType | None = None
    fault: Fault | None = None


@documents.command()
class RecordDocument(Request[Document]):
    """Record a file that is in the store. upload_id: under which the store has it, with its digest."""

    application_id: Id
    kind: Id
    size: Size
    media_type: MediaType
    upload_id: Annotated[str, Matching(r"^[0-9a-f-]{36}$", _("This cannot be an id."), max=36)]
    name: Annotated[str, Line(max=1000, min=0)]
    digest: Annotated[str, Matching(r"^[0-9a-f]{64}$", _("This cannot be an id."), max=64)]


@documents.command()
class OpenDocument(Request[StoredDocument]):
    """Open a document: one's own, as a judge or as staff. Every access is recorded."""

    application_id: Id
    kind: Id


@documents.query("GET /applications/{application_id}/accesses", refuses=(403,))
class ListAccesses(ListRequest[Page[Access]]):
    """Read who opened which document, the newest first. For staff and auditors."""

    application_id: Id
