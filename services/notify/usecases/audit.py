"""The audit log: one row for each decision about a broadcast or a template, written in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.notify.models.audiences import Broadcast
from services.notify.models.decisions import Decision
from services.notify.models.texts import StoredTemplate

Subject = Broadcast | StoredTemplate
Snapshot = Mapping[str, Any]

_KEPT: Mapping[type, tuple[str, ...]] = {
    Broadcast: ("state", "category", "audience_kind", "audience_key", "channels", "texts", "send_at"),
    StoredTemplate: ("version", "source", "variables", "approval", "approval_note"),
}
_INSERT = insert(Decision.__table__)  # type: ignore[arg-type]


def snapshot(of: Subject | None) -> Snapshot:
    """Nothing of nothing."""
    return {name: _plain(getattr(of, name)) for name in _KEPT[type(of)]} if of is not None else {}


def record(
    session: Session, of: Subject, action: str, *, before: Snapshot | None = None, actor: Actor, now: datetime
) -> None:
    """before: what it was; of something new there is none."""
    row = {
        "subject_id": of.id if isinstance(of, Broadcast) else f"{of.key}.{of.channel}.{of.locale}",
        "at": now,
        "actor_id": actor.id,
        "action": action,
        "before": dict(before or {}),
        "after": dict(snapshot(of)),
    }
    session.execute(_INSERT, row)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
