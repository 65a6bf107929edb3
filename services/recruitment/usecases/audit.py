"""The audit log: one row for each decision about a call or an application, written in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.models import Decision


def record(
    session: Session,
    action: StrEnum,
    *,
    subject_id: str,
    call_id: str | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> None:
    """before, after: JSON values of what the decision changed; of something new there was nothing before."""
    session.add(
        Decision(
            subject_id=subject_id,
            call_id=call_id,
            at=now,
            actor_id=actor.id,
            action=action,
            reason=reason,
            before=dict(before),
            after=dict(after),
        )
    )


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Days and moments as texts."""
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in values.items()}
