"""What an application has to say, whether it is complete, and the hash of what was submitted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis.errors import Refusal
from services.recruitment.contract.vocabulary import LegalType, UnitKind
from services.recruitment.domain import refusals
from services.recruitment.domain.eligibility import Candidate, Verdict
from services.recruitment.domain.rules import DocumentRule

NEEDED = ("organisation_name", "legal_type", "status_since", "founded_on", "in_district", "incubated_elsewhere")
"""Without these the rules cannot be asked."""
FACTS = ("legal_type", "status_since", "founded_on", "in_district", "relocates_by", "incubated_elsewhere")
"""What staff may find to be other than it was declared."""

Content = Mapping[str, Any]
"""JSON values by name, as an applicant gave them."""


def missing(content: Content) -> list[str]:
    return [name for name in NEEDED if content.get(name) is None]


def candidate(kind: str, content: Content) -> Candidate:
    """content: a complete one, with the facts that staff found over it."""
    relocates_by = content.get("relocates_by")
    return Candidate(
        kind=UnitKind(kind),
        legal_type=LegalType(content["legal_type"]),
        status_since=date.fromisoformat(content["status_since"]),
        founded_on=date.fromisoformat(content["founded_on"]),
        in_district=content["in_district"],
        relocates_by=date.fromisoformat(relocates_by) if relocates_by else None,
        incubated_elsewhere=content["incubated_elsewhere"],
    )


@dataclass(frozen=True)
class Submitting:
    """What is known when somebody submits. verdicts: of the rules on what was declared."""

    verdicts: Sequence[Verdict]
    lacking: Sequence[DocumentRule]
    deadline: datetime
    zone: ZoneInfo
    now: datetime


def refused(wish: Submitting) -> list[Refusal]:
    """Every reason why it cannot be submitted. The deadline itself is too late. Source: DOMAIN, scenario 20."""
    found = [late] if (late := too_late(wish.deadline, wish.now, wish.zone)) else []
    found += [refusals.not_eligible(verdict) for verdict in wish.verdicts if not verdict.passed]
    return found + [refusals.document_missing(document) for document in wish.lacking]


def too_late(deadline: datetime, now: datetime, zone: ZoneInfo) -> Refusal | None:
    return refusals.deadline_passed(deadline.astimezone(zone)) if now >= deadline else None


def digest(application_id: str, content: Content, documents: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of all that was submitted: keys sorted, no spaces, UTF-8.

    documents: of each kind its hash, name, media type and size.
    """
    whole = {"application_id": application_id, "content": content, "documents": documents}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
