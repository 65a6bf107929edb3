"""Documents, and who opened them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import paging
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Document, FileAccess


def document(of: Document, rules: RecruitmentRules, *, submitted: bool = False) -> dict[str, Any]:
    return {
        "id": of.id,
        "kind": of.kind,
        "name": of.name,
        "media_type": of.media_type,
        "size": of.size,
        "digest": of.digest,
        "uploaded_at": of.uploaded_at.astimezone(rules.centre.zone),
        "submitted": submitted,
    }


def accesses(found: Sequence[FileAccess], limit: int, rules: RecruitmentRules) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _access(each, rules))


def _access(of: FileAccess, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "at": of.at.astimezone(rules.centre.zone),
        "actor_id": of.actor_id,
        "capacity": of.capacity,
        "document_id": of.document_id,
        "kind": of.kind,
    }
