"""Audiences and broadcasts, as callers are shown them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis import paging
from services.notify.domain import texting
from services.notify.domain.audience import Group
from services.notify.domain.language import Language
from services.notify.models.audiences import Broadcast
from services.notify.queries.broadcasts import Progress
from services.notify.rendering import PHONES
from services.notify.usecases.broadcasting import content_of, language_of
from services.notify.usecases.try_broadcast import Recipients, Sample


def audience_list(counted: Mapping[Group, int]) -> dict[str, Any]:
    return {"items": [{"kind": each.kind, "key": each.key, "people": people} for each, people in counted.items()]}


def broadcast_page(found: Sequence[Broadcast], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _listed(each, zone))


def notice_page(found: Sequence[Broadcast], limit: int, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _notice(each, language, zone))


def broadcast(of: Broadcast, progress: Progress, zone: ZoneInfo) -> dict[str, Any]:
    counted = {
        "messages": dict(progress.messages),
        "channels": {channel: dict(each) for channel, each in sorted(progress.channels.items())},
        "skipped": dict(progress.skipped),
    }
    return {**_listed(of, zone), "progress": counted}


def recipients(of: Recipients) -> dict[str, Any]:
    return {
        "people": of.people,
        "reached": of.reached,
        "languages": dict(of.languages),
        "channels": [
            {"channel": channel, "goes": each.goes, "waits": each.waits, "skipped": dict(each.skipped)}
            for channel, each in of.channels.items()
        ],
    }


def samples(of: Iterable[Sample]) -> dict[str, Any]:
    return {"items": [_sample(each) for each in of]}


def _sample(of: Sample) -> dict[str, Any]:
    size = texting.size(of.text.body.strip()) if of.carrier in PHONES else None
    text = {"subject": of.text.subject, "body": of.text.body, "size": size}
    return {"channel": of.carrier, "locale": of.language, **text}


def _notice(of: Broadcast, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    content = content_of(of)
    read_in = language_of(content, language)
    return {"id": of.id, "locale": read_in, **content.texts[read_in], "sent_at": _local(of.finished_at, zone)}


def _listed(of: Broadcast, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": of.id,
        "state": of.state,
        "category": of.category,
        "audience": {"kind": of.audience_kind, "key": of.audience_key},
        "channels": of.channels,
        "texts": of.texts,
        "send_at": _local(of.send_at, zone),
        "finished_at": _local(of.finished_at, zone),
        "people": of.people,
        "written_by": of.written_by,
        "written_at": of.written_at.astimezone(zone),
        "version": of.version,
    }


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None
