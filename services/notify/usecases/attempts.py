"""Writes the ends of many attempts at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import DateTime, Integer, String, bindparam, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.notify.domain.provider import Answer
from services.notify.models import Attempt

_ATTEMPTS = Attempt.__table__

_ON_POSTGRESQL = text(
    "UPDATE attempts SET finished_at = :at, outcome = ended.outcome, detail = ended.detail,"
    " provider_message_id = ended.provider_message_id"
    " FROM unnest(:ids, :numbers, :outcomes, :details, :names)"
    " AS ended(message_id, number, outcome, detail, provider_message_id)"
    " WHERE attempts.message_id = ended.message_id AND attempts.number = ended.number"
).bindparams(
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("ids", type_=ARRAY(String)),
    bindparam("numbers", type_=ARRAY(Integer)),
    bindparam("outcomes", type_=ARRAY(String)),
    bindparam("details", type_=ARRAY(String)),
    bindparam("names", type_=ARRAY(String)),
)
_ON_SQLITE = (
    update(_ATTEMPTS)  # type: ignore[arg-type]
    .where(_ATTEMPTS.c.message_id == bindparam("an_id"), _ATTEMPTS.c.number == bindparam("a_number"))
    .values(
        finished_at=bindparam("at"),
        outcome=bindparam("an_outcome"),
        detail=bindparam("a_detail"),
        provider_message_id=bindparam("a_name"),
    )
)


def finish(session: Session, ended: Sequence[tuple[str, int, Answer]], now: datetime) -> None:
    """ended: message id, number of the attempt, answer."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            _ON_POSTGRESQL,
            {
                "at": now,
                "ids": [message_id for message_id, _, _ in ended],
                "numbers": [number for _, number, _ in ended],
                "outcomes": [answer.outcome.value for _, _, answer in ended],
                "details": [answer.detail for _, _, answer in ended],
                "names": [answer.provider_message_id for _, _, answer in ended],
            },
        )
        return
    session.execute(
        _ON_SQLITE,
        [
            {
                "at": now,
                "an_id": message_id,
                "a_number": number,
                "an_outcome": answer.outcome,
                "a_detail": answer.detail,
                "a_name": answer.provider_message_id,
            }
            for message_id, number, answer in ended
        ],
    )
