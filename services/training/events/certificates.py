"""The events about certificates."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate


class CertificateEvent(Schema):
    """`code` and `verification`: with them anybody verifies it."""

    certificate_id = fields.String(required=True)
    number = fields.String(required=True)
    code = fields.String(required=True)
    verification = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True)
    track = fields.String(required=True)
    person_id = fields.String(required=True)
    issued_at = fields.AwareDateTime(format="iso", required=True)
    revoked_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    revoked_because = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)


CERTIFICATE_ISSUED = EventType("training", "certificate_issued", CertificateEvent)
CERTIFICATE_REVOKED = EventType("training", "certificate_revoked", CertificateEvent)


def of_certificate(kind: EventType, certificate: Certificate, code: str, rules: TrainingRules) -> Event:
    zone = rules.centre.zone
    return kind.about(
        subject=certificate.id,
        sequence=certificate.version,
        data={
            "certificate_id": certificate.id,
            "number": certificate.number,
            "code": code,
            "verification": rules.courses.certificates.address_of(code),
            "course_id": certificate.course_id,
            "title": certificate.title,
            "field": certificate.field,
            "track": certificate.track,
            "person_id": certificate.person_id,
            "issued_at": certificate.issued_at.astimezone(zone),
            "revoked_at": certificate.revoked_at.astimezone(zone) if certificate.revoked_at else None,
            "revoked_because": certificate.revoked_because,
            "zone": zone.key,
        },
    )
