"""What people are shown of certificates, and what strangers are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import paging
from services.chassis.i18n import translate
from services.training.domain.courses.lifecycle import Field, Track
from services.training.domain.courses.verification import masked
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Certificate
from services.training.usecases.courses.certifying import Certified
from services.training.views.courses import person


def certificate(of: Certificate, rules: TrainingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "number": of.number,
        "code": of.code,
        "course_id": of.course_id,
        "person": {"id": of.person_id, "name": of.person_name},
        "title": of.title,
        "field": Field(of.field),
        "track": Track(of.track),
        "minutes": of.minutes,
        "of_minutes": of.of_minutes,
        "first_day": of.first_day,
        "last_day": of.last_day,
        "issued_at": of.issued_at.astimezone(zone),
        "revoked_at": of.revoked_at.astimezone(zone) if of.revoked_at else None,
        "revoked_because": of.revoked_because,
        "verification": rules.courses.certificates.address_of(of.code or ""),
    }


def page(found: Sequence[Certificate], limit: int, rules: TrainingRules) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: certificate(each, rules))


def verified(of: Certificate, locale: str, rules: TrainingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    signed_by = rules.courses.certificates.signed_by
    return {
        "valid": of.revoked_at is None,
        "number": of.number,
        "code": of.code,
        "name": masked(of.person_name),
        "title": of.title,
        "field": Field(of.field),
        "minutes": of.minutes,
        "of_minutes": of.of_minutes,
        "first_day": of.first_day,
        "last_day": of.last_day,
        "issued_at": of.issued_at.astimezone(zone),
        "issued_by": signed_by.get(locale, signed_by["en"]),
        "revoked_at": of.revoked_at.astimezone(zone) if of.revoked_at else None,
    }


def certified(of: Certified, locale: str, rules: TrainingRules) -> dict[str, Any]:
    return {
        "certificates": [certificate(each, rules) for each in of.issued],
        "withheld": [
            {
                "person": person(each.enrolment),
                "refusal": {
                    "code": each.refusal.code,
                    "message": translate("services.training", locale, each.refusal.message, each.refusal.details),
                    "details": each.refusal.details,
                },
            }
            for each in of.withheld
        ],
    }
