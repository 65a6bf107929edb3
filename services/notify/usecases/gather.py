"""News that belong together, such as what falls to a closure, are kept for one message per person."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.context import Context
from services.chassis.db import insert_once
from services.chassis.events import Received
from services.notify.domain.language import Language
from services.notify.domain.news import News
from services.notify.models.texts import Digest, DigestItem
from services.notify.usecases.tell import Desk


def gather(session: Session, event: Received, people: Set[str], *, desk: Desk, context: Context, now: datetime) -> None:
    """Adds a line to each person's open digest of the group, or opens one. An event has one line in all of a person's.

    In the order of the people's ids, so that events that are handled side by side never wait for each other in a ring.
    """
    news: News = event.data
    has_it = set(
        session.scalars(
            select(DigestItem.person_id).where(DigestItem.event_id == event.id, DigestItem.person_id.in_(people))
        )
    )
    zone = desk.letterhead.centre.zone
    for person_id in sorted(people - has_it):
        digest = _open_digest(session, str(news.group_key), person_id, desk, context, now)
        added = insert_once(
            session,
            DigestItem.__table__,
            digest_id=digest.id,
            event_id=event.id,
            person_id=person_id,
            lines={language: news.line(language, zone) for language in Language},
            reason=str(news.facts.get("note") or ""),
            starts_at=news.starts_at or now,
        )
        if added:
            digest.closes_at = desk.letterhead.digests.closes(digest.opened_at, now)


def _open_digest(
    session: Session, group_key: str, person_id: str, desk: Desk, context: Context, now: datetime
) -> Digest:
    """Locked, so that nobody closes it in between."""
    while True:
        insert_once(
            session,
            Digest.__table__,
            id=ids.new_id(),
            group_key=group_key,
            person_id=person_id,
            opened_at=now,
            closes_at=desk.letterhead.digests.closes(now, now),
            closed_at=None,
            correlation_id=context.correlation_id[:200],
            traceparent=context.traceparent[:60],
        )
        found = session.scalar(
            select(Digest)
            .where(Digest.group_key == group_key, Digest.person_id == person_id, Digest.closed_at.is_(None))
            .with_for_update()
        )
        if found is not None:  # else it was closed while it was waited for
            return found
