"""Read, verify and print certificates."""

from __future__ import annotations

import base64

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import NotFound
from services.training.contract import certificates as contract
from services.training.domain.courses.verification import masked
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate
from services.training.queries.courses import records
from services.training.usecases.courses import access


def list_my_certificates(call: Call[TrainingRules], request: contract.ListMyCertificates) -> Page[contract.Certificate]:
    """Raises Forbidden."""
    roles.require_person(call.actor)
    return records.certificates_page(call, request, call.actor.id)


def verify_certificate(call: Call[TrainingRules], request: contract.VerifyCertificate) -> contract.VerifiedCertificate:
    """Raises NotFound."""
    certificate = _certificate(call, request.code)
    signed_by = call.profile.courses.certificates.signed_by
    return contract.VerifiedCertificate.of(
        certificate,
        call.profile.centre.zone,
        valid=certificate.revoked_at is None,
        name=masked(certificate.person_name),
        issued_by=signed_by.get(call.context.locale, signed_by["en"]),
    )


def print_certificate(call: Call[TrainingRules], request: contract.PrintCertificate) -> contract.CertificateFile:
    """Raises NotFound."""
    certificate = _certificate(call, request.code)
    access.require_holder(call.actor, certificate)
    from services.training.certificate_paper import certificate_paper  # PDF takes 30 MB of memory

    paper = certificate_paper(certificate, call.profile)
    return contract.CertificateFile(
        name=f"{certificate.number}.pdf",
        content_type="application/pdf",
        content=base64.b64encode(paper).decode(),
    )


def _certificate(call: Call[TrainingRules], code: str) -> Certificate:
    certificate = records.certificate(call.session, code)
    if certificate is None:
        raise NotFound(access.NO_CERTIFICATE)
    return certificate
