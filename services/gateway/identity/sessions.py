"""Who is logged in, by what their browser keeps: an opaque random value, of which the store has the hash.

A session ends LONGEST after the login, IDLE after its last request, or at once when its person logs out. Roles and
organisations are those of the login: what changes at the issuer counts from the next one on. Any replica of the gateway
may answer: they share the store.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.db import Database, affected
from services.gateway.identity.models import BrowserSession, LoginAttempt

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
NOTED_EVERY = timedelta(minutes=5)
"""That a session is used is not written at each request: it may end so much early."""
AT_ONCE = 1000


class LoginFailed(Exception):
    """The browser came back without what logs somebody in. The reason is for the log."""


@dataclass(frozen=True)
class LoggedIn:
    actor: Actor
    locale: str


class Sessions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, browser: str, person: LoggedIn, now: datetime) -> None:
        """browser: fresh and random; what it was called before the login must not be it."""
        actor = person.actor
        row = BrowserSession(
            browser_hash=hashed(browser),
            person_id=actor.id,
            name=actor.name,
            roles=sorted(actor.roles),
            orgs=list(actor.orgs),
            locale=person.locale,
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
        self._database.transaction(lambda session: session.add(row))

    def find(self, browser: str, now: datetime) -> LoggedIn | None:
        return self._database.transaction(lambda session: _find(session, hashed(browser), now))

    def end(self, browser: str) -> None:
        ended = delete(BrowserSession).where(BrowserSession.browser_hash == hashed(browser))
        self._database.transaction(lambda session: session.execute(ended))


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def forget_ended(session: Session, now: datetime) -> int:
    """Removes what has ended, in batches. Returns how much it was."""
    ended = select(BrowserSession.browser_hash).where(
        or_(BrowserSession.expires_at <= now, BrowserSession.seen_at <= now - IDLE)
    )
    given_up = select(LoginAttempt.state_hash).where(LoginAttempt.expires_at <= now)
    return affected(
        session, delete(BrowserSession).where(BrowserSession.browser_hash.in_(ended.limit(AT_ONCE)))
    ) + affected(session, delete(LoginAttempt).where(LoginAttempt.state_hash.in_(given_up.limit(AT_ONCE))))


def _find(session: Session, browser_hash: str, now: datetime) -> LoggedIn | None:
    found = session.get(BrowserSession, browser_hash)
    if found is None or found.expires_at <= now or found.seen_at <= now - IDLE:
        return None
    if found.seen_at <= now - NOTED_EVERY:
        used = update(BrowserSession).where(BrowserSession.browser_hash == browser_hash).values(seen_at=now)
        session.execute(used)
    return LoggedIn(Actor(found.person_id, found.name, frozenset(found.roles), tuple(found.orgs)), found.locale)
