"""Applications of organisations to a call. Files go in and out here; all else follows from the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from services.chassis.contract_schemas import answer_schema
from services.chassis.fields import Line
from services.gateway import documents
from services.gateway.api.bodies import Upload
from services.gateway.api.derived import add, blueprint_of
from services.gateway.api.operations import FILE
from services.recruitment.contract import applications as contract
from services.recruitment.contract.documents import Document, ListAccesses
from services.recruitment.contract.panel import RecuseJudge

applications = blueprint_of(contract.applications)
add(applications, RecuseJudge)


class UploadQuery(Schema):
    name = Line(max=1000, min=0, metadata={"description": "The file's name, if the body is the file itself"})


@applications.operation(
    "PUT",
    "/applications/<id:application_id>/documents/<id:kind>",
    query=UploadQuery,
    body=Upload(),
    answer=answer_schema(Document),
    refuses=(404, 409),
)
def put_document(application_id: str, kind: str, query: Mapping[str, Any]) -> Any:
    """Send a document: as the body, or as the `file` of a form. It takes the place of one of its kind.

    PDF, HWP, HWPX, DOCX, PNG or JPEG, at most 20 MB, told from the content and not from the name.
    """
    return answer_schema(Document)().dump(documents.take_in(application_id, kind, query.get("name", "")))


@applications.operation("GET", "/applications/<id:application_id>/documents/<id:kind>", answer=FILE, refuses=(403, 404))
def get_document(application_id: str, kind: str) -> Any:
    """Open a document: one's own, as a judge or as staff. It is written down who did."""
    return documents.give_out(application_id, kind)


add(applications, ListAccesses)
