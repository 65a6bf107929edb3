"""Templates, and what was decided about them, as callers are shown them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis import paging
from services.notify.domain import template as measures
from services.notify.domain.template import Approval
from services.notify.models.decisions import Decision
from services.notify.models.texts import StoredTemplate
from services.notify.rendering import SHIPPED, TemplateId, Text


def template(
    of: TemplateId, stored: StoredTemplate | None, shipped: str | None, sample: Mapping[str, str], zone: ZoneInfo
) -> dict[str, Any]:
    return {
        **_listed(of, stored, zone),
        "source": stored.source if stored else shipped or "",
        "offers": [{"name": name, "sample": text} for name, text in sorted(sample.items())],
        "limit": measures.limit(of.channel),
        "approval_note": stored.approval_note if stored else None,
        "written_by": stored.written_by if stored else None,
    }


def template_list(
    shipped: Iterable[TemplateId], stored: Mapping[TemplateId, StoredTemplate], zone: ZoneInfo
) -> dict[str, Any]:
    known = sorted({*shipped, *stored}, key=str)
    return {"items": [_listed(each, stored.get(each), zone) for each in known]}


def preview(text: Text, of: TemplateId) -> dict[str, Any]:
    size = measures.size(text.body, of.channel)
    return {"subject": text.subject, "body": text.body, "size": size, "limit": measures.limit(of.channel)}


def decision_page(found: Sequence[Decision], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _decision(each, zone))


def _listed(of: TemplateId, stored: StoredTemplate | None, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "key": of.key,
        "channel": of.channel,
        "locale": of.language,
        "version": stored.version if stored else SHIPPED,
        "approval": Approval(stored.approval) if stored and stored.approval else None,
        "written_at": stored.written_at.astimezone(zone) if stored else None,
    }


def _decision(of: Decision, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "subject_id": of.subject_id,
        "at": of.at.astimezone(zone),
        "actor_id": of.actor_id,
        "action": of.action,
        "before": of.before,
        "after": of.after,
    }
