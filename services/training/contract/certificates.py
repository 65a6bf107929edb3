"""Certificates of courses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from services.centre.vocabulary import Field
from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Line, Paragraphs
from services.training.contract.people import Person
from services.training.contract.vocabulary import Track

certificates = Part("training", "certificates", "Certificates of courses, and their verification")

Code = Annotated[str, Line(max=100)]
"""Code on a certificate, however a person types it."""


# --- answers


class Certificate(Answer):
    """Certificate as its holder and staff see it. minutes: attended, of the `of_minutes` held."""

    number: str
    code: str
    course_id: str
    person: Person
    title: str
    field: Field
    track: Track
    minutes: int
    of_minutes: int
    first_day: date
    last_day: date
    issued_at: datetime
    revoked_at: datetime | None
    revoked_because: str | None
    verification: Annotated[str, Doc("What its QR code leads to")]


class VerifiedCertificate(Answer):
    """Certificate as anybody sees it who has its code. name: masked. valid: it has not been revoked."""

    valid: bool
    number: str
    code: str
    name: Annotated[str, Doc(more={"examples": ["홍*동"]})]
    title: str
    field: Field
    minutes: int
    of_minutes: int
    first_day: date
    last_day: date
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None


class CertificateFile(Answer):
    """content: in base64."""

    name: str
    content_type: str
    content: str


# --- operations


@certificates.query("GET /me/certificates")
class ListMyCertificates(ListRequest[Page[Certificate]]):
    """List my certificates, the newest first."""


@certificates.query("GET /certificates/{code}", refuses=(404,), public=True)
class VerifyCertificate(Request[VerifiedCertificate]):
    """Verify a certificate by the code that stands on it. Without a login; the name is masked.

    One wrong letter in the code leads nowhere.
    """

    code: Code


@certificates.query("GET /certificates/{code}.pdf", refuses=(404,))
class PrintCertificate(Request[CertificateFile]):
    """Get a certificate of mine on paper, as a PDF. Staff and auditors: anybody's."""

    code: Code


@certificates.command("POST /certificates/{code}/revoke", refuses=(403, 404, 409), body="Revocation")
class RevokeCertificate(Request[Certificate]):
    """Revoke a certificate. For staff. Whoever verifies it from now on reads so."""

    code: Code
    reason: Annotated[str, Paragraphs(max=500)]
