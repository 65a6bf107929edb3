"""Certificates: whose they are reads them, everybody may verify them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Response

from services.gateway.api.operations import Blueprint, Text, ask
from services.gateway.api.schemas import enrolments as schemas

certificates = Blueprint("certificates", __name__, description="Certificates of courses, and their verification")

PDF = Text("application/pdf")


@certificates.operation("GET", "/me/certificates", query=schemas.FindCertificates, answer=schemas.CertificatePage)
def list_my_certificates(query: Mapping[str, Any]) -> Any:
    """List my certificates, the newest first."""
    return ask("training", "list_my_certificates", query)


@certificates.operation(
    "GET", "/certificates/<id:code>", answer=schemas.VerifiedCertificate, refuses=(404,), public=True
)
def verify_certificate(code: str) -> Any:
    """Verify a certificate by the code that stands on it. Without a login; the name is masked.

    One wrong letter in the code leads nowhere.
    """
    return ask("training", "verify_certificate", {"code": code})


@certificates.operation("GET", "/certificates/<id:code>.pdf", answer=PDF, refuses=(404,))
def print_certificate(code: str) -> Any:
    """Get a certificate of mine on paper, as a PDF. Staff and auditors: anybody's."""
    paper = ask("training", "print_certificate", {"code": code})
    answer = Response(base64.b64decode(paper["content"]), content_type=paper["content_type"])
    answer.headers["Content-Disposition"] = f'inline; filename="{paper["name"]}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@certificates.operation(
    "POST",
    "/certificates/<id:code>/revoke",
    body=schemas.Revocation,
    answer=schemas.Certificate,
    refuses=(403, 404, 409),
)
def revoke_certificate(code: str, body: Mapping[str, Any]) -> Any:
    """Revoke a certificate. For staff. Whoever verifies it from now on reads so."""
    return ask("training", "revoke_certificate", {"code": code, **body})
