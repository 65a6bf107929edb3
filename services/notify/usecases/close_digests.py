"""Digests to which nothing more came for a while become messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.context import Context
from services.notify import queries
from services.notify.domain.language import Language
from services.notify.domain.message import Category
from services.notify.domain.rules import DIGEST
from services.notify.models.texts import Digest, DigestItem
from services.notify.usecases.tell import Desk, Occasion, tell, with_stored_templates

BATCH = 50


def close_digests(session: Session, *, desk: Desk, now: datetime) -> bool:
    """Writes the messages of some that are due. False: none is. Several replicas side by side take different ones."""
    due = session.scalars(
        select(Digest)
        .where(Digest.closed_at.is_(None), Digest.closes_at <= now)
        .order_by(Digest.closes_at, Digest.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return False
    items = _items(session, due)
    contacts = queries.contacts(session, {each.person_id for each in due})
    desk = with_stored_templates(session, desk, [DIGEST])
    for digest in due:
        digest.closed_at = now
        gathered = items.get(digest.id)
        if gathered:
            context = Context.begin(correlation_id=digest.correlation_id, traceparent=digest.traceparent)
            person = {digest.person_id: contacts.get(digest.person_id)}
            tell(session, _occasion(digest, gathered), person, desk=desk, context=context, now=now)
    return True


def _items(session: Session, digests: Sequence[Digest]) -> Mapping[str, list[DigestItem]]:
    """By digest, in the order in which they would have taken place."""
    found: dict[str, list[DigestItem]] = {}
    for item in session.scalars(
        select(DigestItem)
        .where(DigestItem.digest_id.in_([each.id for each in digests]))
        .order_by(DigestItem.starts_at, DigestItem.id)
    ):
        found.setdefault(item.digest_id, []).append(item)
    return found


def _occasion(digest: Digest, items: Sequence[DigestItem]) -> Occasion:
    reasons = list(dict.fromkeys(each.reason for each in items if each.reason))

    def words(language: Language) -> Mapping[str, str]:
        return {
            "lines": "\n".join(f"- {each.lines[language]}" for each in items),
            "reason": "\n".join(reasons),
            "count": str(len(items)),
        }

    return Occasion(digest.id, Category.MANDATORY, DIGEST, words)
